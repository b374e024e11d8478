// SPDX-License-Identifier: Apache-2.0
// Sorts the words of an `espb build` command line: espb's own options, and everything else (inputs and
// clang's flags).
#ifndef ESPB_TOOLS_BUILD_WORDS_H
#define ESPB_TOOLS_BUILD_WORDS_H

#include <string>
#include <vector>

namespace espb::tools {

struct BuildWords {
  std::vector<std::string> own;
  std::vector<std::string> rest; // in their order
};

// `words` are those behind "build".
BuildWords sort_build_words(const std::vector<std::string> &words);

} // namespace espb::tools

#endif
