// SPDX-License-Identifier: Apache-2.0
// The subcommands: each adds itself to the command line and, when chosen, runs and returns the exit code.
#ifndef ESPB_TOOLS_COMMANDS_H
#define ESPB_TOOLS_COMMANDS_H

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

namespace espb::tools {

struct Command {
  CLI::App *app = nullptr;
  std::function<int()> run;
};

Command add_run_command(CLI::App &root, const std::vector<std::string> &guest_words);
Command add_dump_command(CLI::App &root);
Command add_size_command(CLI::App &root);
#ifdef ESPB_WITH_TRANSLATOR
struct BuildWords;
// `words` are those of the command line when it is one of `build`.
Command add_build_command(CLI::App &root, const BuildWords &words);
Command add_translate_command(CLI::App &root);
#endif

} // namespace espb::tools

#endif
