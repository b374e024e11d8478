// SPDX-License-Identifier: Apache-2.0
// How the LLVM side of the translator reports: a list that passes add to, and source locations for IR.
#ifndef ESPB_TRANSLATOR_DRIVER_DIAGNOSTICS_H
#define ESPB_TRANSLATOR_DRIVER_DIAGNOSTICS_H

#include "Translator.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include <string>
#include <vector>

namespace llvm {
class Function;
class GlobalValue;
class Instruction;
} // namespace llvm

namespace espb {

struct SourcePlace {
  std::string File;
  unsigned Line = 0;
  std::string Function; // demangled
};

// The line that was written: of inlined code the innermost one, with "f (inlined into g)" as the function.
SourcePlace placeOf(const llvm::Instruction &I);
// Of a function or variable its definition, or its first use when it has none.
SourcePlace placeOf(const llvm::GlobalValue &GV);
// The first instruction that uses GV, through constants too; null if there is none.
const llvm::Instruction *firstUse(const llvm::GlobalValue &GV);

std::string demangled(llvm::StringRef Symbol);

class DiagnosticList {
public:
  void error(const SourcePlace &At, const llvm::Twine &Message, const llvm::Twine &Hint = "");
  void warning(const SourcePlace &At, const llvm::Twine &Message, const llvm::Twine &Hint = "");
  void add(Diagnostic D);
  bool hasErrors() const { return Errors != 0; }
  unsigned numErrors() const { return Errors; }
  const std::vector<Diagnostic> &all() const { return Items; }

private:
  std::vector<Diagnostic> Items;
  unsigned Errors = 0;
};

} // namespace espb

#endif
