// SPDX-License-Identifier: Apache-2.0
// Sorts the words of an `espb build` command line: espb's own options, input files, and everything else,
// which is clang's.
#ifndef ESPB_TOOLS_BUILD_WORDS_H
#define ESPB_TOOLS_BUILD_WORDS_H

#include <string>
#include <vector>

namespace espb::tools {

struct BuildWords {
  std::vector<std::string> own;         // for the option parser, inputs among them
  std::vector<std::string> clang_flags; // in their order
  std::string level = "2";              // translator's optimisation level: the last -O decides, as in clang
};

// `words` are those behind "build".
BuildWords sort_build_words(const std::vector<std::string> &words);

} // namespace espb::tools

#endif
