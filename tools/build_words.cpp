// SPDX-License-Identifier: Apache-2.0
// Sorting the words of `espb build`: see build_words.h.
#include "tools/build_words.h"

#include <algorithm>

namespace espb::tools {

namespace {

struct OwnOption {
  const char *name;
  bool has_value;
};
// Every option that add_build_command declares. What is not here goes to clang.
constexpr OwnOption kOwn[] = {{"-o", true},
                              {"--output", true},
                              {"--symbols", true},
                              {"--export", true},
                              {"--strict-symbols", false},
                              {"--jit", true},
                              {"--stack", true},
                              {"--timeout", true},
                              {"--no-debug", false},
                              {"--timing", false},
                              {"--verify-machine", false},
                              {"--emit-ir", true},
                              {"--emit-object", true},
                              {"--json", false},
                              {"--clang", true},
                              {"-h", false},
                              {"--help", false},
                              {"--verbose", false}};

// clang's options whose value is a word of its own.
constexpr const char *kClangWithValue[] = {"-I",
                                           "-D",
                                           "-U",
                                           "-include",
                                           "-imacros",
                                           "-isystem",
                                           "-iquote",
                                           "-idirafter",
                                           "-isysroot",
                                           "-iprefix",
                                           "-iwithprefix",
                                           "-x",
                                           "-Xclang",
                                           "-mllvm",
                                           "-MF",
                                           "-MT",
                                           "-MQ",
                                           "-target",
                                           "-Xpreprocessor",
                                           "-L",
                                           "-l",
                                           "-resource-dir",
                                           "--sysroot",
                                           "-F",
                                           "-include-pch"};

std::string level_of_flag(const std::string &flag) {
  std::string level = flag.substr(2);
  if (level == "s" || level == "z" || level == "0" || level == "1" || level == "2")
    return level;
  if (level.empty() || level == "g")
    return "1";
  return "3"; // -O3, -O4, -Ofast
}

} // namespace

BuildWords sort_build_words(const std::vector<std::string> &words) {
  BuildWords sorted;
  for (size_t i = 0; i < words.size(); i++) {
    const std::string &word = words[i];
    if (word == "-" || word.empty() || word[0] != '-') {
      sorted.own.push_back(word);
      continue;
    }
    if (word == "--") { // all that follows are inputs
      sorted.own.insert(sorted.own.end(), words.begin() + long(i), words.end());
      break;
    }
    std::string name = word.substr(0, word.find('='));
    auto own = std::find_if(std::begin(kOwn), std::end(kOwn), [&](const OwnOption &o) {
      return name == o.name ||
             (word.rfind("-o", 0) == 0 && word.rfind("-objc", 0) != 0 && std::string("-o") == o.name);
    });
    if (own != std::end(kOwn)) {
      sorted.own.push_back(word);
      if (own->has_value && word == own->name && i + 1 < words.size())
        sorted.own.push_back(words[++i]);
      continue;
    }
    if (word.rfind("-O", 0) == 0)
      sorted.level = level_of_flag(word);
    sorted.clang_flags.push_back(word);
    bool takes_value = std::any_of(std::begin(kClangWithValue), std::end(kClangWithValue),
                                   [&](const char *with) { return word == with; });
    if (takes_value && i + 1 < words.size())
      sorted.clang_flags.push_back(words[++i]);
  }
  return sorted;
}

} // namespace espb::tools
