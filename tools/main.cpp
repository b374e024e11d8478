// SPDX-License-Identifier: Apache-2.0
// The `espb` command: picks the subcommand and turns every failure into a message and an exit code.
#include "tools/build_words.h"
#include "tools/commands.h"
#include "tools/common.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>

using namespace espb::tools;

static int run(int argc, char **argv) {
  CLI::App app(
      "espb - C and C++ functions compiled once on a PC, loaded at run time by any ESP32-class chip\n",
      "espb");
  app.set_version_flag("--version", std::string("espb ") + ESPB_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.footer(
      "Examples:\n"
#ifdef ESPB_WITH_TRANSLATOR
      "  espb build app.c -O2 -o app.espb     compile, link and translate in one go\n"
#endif
      "  espb run app.espb                    run it on the emulated RV32 chip\n"
      "  espb run app.espb --on host          run it in this process\n"
      "  espb dump app.espb                   what is inside: sections, imports, code and source lines\n"
      "  espb size app.espb old.espb          how big each part is, and what has changed\n"
      "\n"
      "Exit codes (of `run`: besides the guest's own exit status):\n"
      "  0 done                  120 wrong usage            121 file cannot be read or written\n"
      "  122 source refused      123 module refused         124 timeout\n"
      "  125 guest trapped       126 clang, qemu or firmware missing or failing\n"
      "  130 Ctrl-C              1 internal error (please report)\n"
      "\n"
      "`espb COMMAND --help` explains each command. Colours appear on terminals only; NO_COLOR=1 turns them "
      "off.");

  std::vector<std::string> words(argv + 1, argv + argc);
  std::vector<Command> commands;
#ifdef ESPB_WITH_TRANSLATOR
  // What is not espb's own in a `build` command line is clang's: the parser below does not see it.
  BuildWords build_words;
  if (!words.empty() && words[0] == "build") {
    build_words = sort_build_words({words.begin() + 1, words.end()});
    words = build_words.own;
    words.insert(words.begin(), "build");
  }
  commands.push_back(add_build_command(app, build_words));
  commands.push_back(add_translate_command(app));
#endif
  // Behind `run ... --` everything is the guest's.
  std::vector<std::string> guest_words;
  if (auto mark = std::find(words.begin(), words.end(), "--");
      !words.empty() && words[0] == "run" && mark != words.end()) {
    guest_words.assign(mark + 1, words.end());
    words.erase(mark, words.end());
  }
  commands.push_back(add_run_command(app, guest_words));
  commands.push_back(add_dump_command(app));
  commands.push_back(add_size_command(app));

  try {
    std::reverse(words.begin(), words.end()); // the parser takes them from the back
    app.parse(words);
  } catch (const CLI::Success &success) { // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError &error) {
    print_error(error.what());
    std::string name = "espb";
    for (const CLI::App *chosen : app.get_subcommands())
      name += " " + chosen->get_name();
    print_note("`" + name + " --help` explains the usage");
    return kExitUsage;
  }
  for (const Command &command : commands)
    if (command.app->parsed())
      return command.run();
  return kExitUsage;
}

int main(int argc, char **argv) {
  // A reader that goes away (`espb dump | head`) is an ordinary end.
  std::signal(SIGPIPE, SIG_DFL);
  int code;
  try {
    code = run(argc, argv);
  } catch (const Failure &failure) {
    print_error(failure.what());
    code = failure.code;
  } catch (const std::exception &error) {
    print_error(std::string("internal error: ") + error.what());
    code = 1;
  }
  if (std::fflush(stdout) != 0 && code == kExitOk) {
    print_error("cannot write to standard output");
    code = kExitFile;
  }
  return code;
}
