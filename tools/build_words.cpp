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
                              {"--jit", true},
                              {"--stack", true},
                              {"--timeout", true},
                              {"--emit-ir", true},
                              {"--emit-object", true},
                              {"--clang", true},
                              {"--strict-symbols", false},
                              {"--no-debug", false},
                              {"--timing", false},
                              {"--verify-machine", false},
                              {"--json", false},
                              {"--verbose", false},
                              {"-h", false},
                              {"--help", false}};

// clang's options whose value is a word of its own, which must not be taken for an option of ours.
constexpr const char *kClangWithValue[] = {
    "-I",         "-D",       "-U",           "-include",       "-imacros", "-isystem", "-iquote",
    "-idirafter", "-x",       "-Xclang",      "-mllvm",         "-MF",      "-MT",      "-MQ",
    "-isysroot",  "-iprefix", "-iwithprefix", "-Xpreprocessor", "-target"};

} // namespace

BuildWords sort_build_words(const std::vector<std::string> &words) {
  BuildWords sorted;
  for (size_t i = 0; i < words.size(); i++) {
    const std::string &word = words[i];
    if (word == "--") { // all that follow are inputs
      sorted.rest.insert(sorted.rest.end(), words.begin() + long(i), words.end());
      break;
    }
    std::string name = word.substr(0, word.find('='));
    if (word.size() > 2 && word.rfind("-o", 0) == 0) // -oapp.espb
      name = "-o";
    auto own =
        std::find_if(std::begin(kOwn), std::end(kOwn), [&](const OwnOption &o) { return name == o.name; });
    bool is_own = own != std::end(kOwn);
    std::vector<std::string> &list = is_own ? sorted.own : sorted.rest;
    list.push_back(word);
    bool value_follows = is_own ? own->has_value && word == own->name
                                : std::any_of(std::begin(kClangWithValue), std::end(kClangWithValue),
                                              [&](const char *o) { return word == o; });
    if (value_follows && i + 1 < words.size())
      list.push_back(words[++i]);
  }
  return sorted;
}

} // namespace espb::tools
