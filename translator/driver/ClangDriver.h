// SPDX-License-Identifier: Apache-2.0
// Runs clang on C and C++ sources so that the translator gets bitcode: what `espb build` does first. Needs no
// LLVM header.
#ifndef ESPB_TRANSLATOR_DRIVER_CLANGDRIVER_H
#define ESPB_TRANSLATOR_DRIVER_CLANGDRIVER_H

#include "Translator.h"
#include <string>
#include <vector>

namespace espb {

// The command line of `espb build`, less what the command itself understands (-o, --symbols, ...).
struct BuildArguments {
  std::vector<std::string> Sources; // C and C++
  std::vector<std::string> Bitcode; // .bc and .ll, in any order with the sources
  std::vector<std::string> Flags;   // for clang
  std::vector<std::string> Order;   // all inputs as they were given
  char OptLevel = '2';              // of the last -O
};

// Sorts arguments into inputs and clang flags. False (with a diagnostic) when one makes no sense here.
bool splitBuildArguments(const std::vector<std::string> &Arguments, BuildArguments &Out,
                         std::vector<Diagnostic> &Diags);

struct ClangSettings {
  std::string Clang; // empty: $ESPB_CLANG, else the one found when this was built, else from PATH
  std::vector<std::string>
      IncludeDirs;          // system directories searched before the boards' headers ($ESPB_BOARD_INCLUDE)
  std::string LibcInclude;  // empty: $ESPB_LIBC_INCLUDE, else the one set when this was built
  std::string GuestInclude; // empty: $ESPB_GUEST_INCLUDE, else the one set when this was built
  bool Colour = false;      // clang's own messages in colour
  bool Verbose = false;     // the clang commands become part of Messages
};

// Compiles sources into a temporary directory that lives as long as the object.
class ClangBuild {
public:
  ClangBuild() = default;
  ClangBuild(const ClangBuild &) = delete;
  ClangBuild &operator=(const ClangBuild &) = delete;
  ~ClangBuild();

  // Fills Inputs (for TranslateOptions, in the order of the command line) and Messages (clang's output).
  // False when a file did not compile.
  bool run(const BuildArguments &Arguments, const ClangSettings &Settings, std::vector<Diagnostic> &Diags);

  std::vector<std::string> Inputs;
  std::string Messages;

private:
  bool compile(const std::string &Source, const std::string &Output, const std::vector<std::string> &Flags,
               std::string &Text, int &Status);
  std::string Directory;
  std::vector<std::string> Files;
};

} // namespace espb

#endif
