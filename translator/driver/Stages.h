// SPDX-License-Identifier: Apache-2.0
// The stages of one translation, as they run in the child process.
#ifndef ESPB_TRANSLATOR_DRIVER_STAGES_H
#define ESPB_TRANSLATOR_DRIVER_STAGES_H

#include "../backend/EspbCodegenContext.h"
#include "../passes/Passes.h"
#include "Diagnostics.h"
#include "SymbolFile.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>
#include <optional>

namespace espb {

struct Translation {
  const TranslateOptions &Options;
  DiagnosticList Diags;
  std::vector<SymbolFile> Symbols;
  llvm::LLVMContext Context;
  EspbCodegenContext Codegen;
  std::unique_ptr<llvm::TargetMachine> TM;
  std::unique_ptr<llvm::Module> M;
  Lifecycle Life;
  // What the module shows to the outside: name in the export table -> symbol.
  std::vector<std::pair<std::string, std::string>> Exports;
  llvm::SmallVector<char, 0> Object; // the ELF object
  std::vector<uint8_t> ModuleBytes, DebugBytes;

  explicit Translation(const TranslateOptions &O) : Options(O) {}
  bool isListed(llvm::StringRef Name) const {
    for (const SymbolFile &S : Symbols)
      if (S.find({Name.data(), Name.size()}) >= 0)
        return true;
    return false;
  }
};

// Each returns false when it has reported an error.
bool readSymbols(Translation &T);
bool loadInputs(Translation &T);       // parse, check the triple, link into T.M
bool linkGuestRuntime(Translation &T); // the C++ support that the program refers to
bool prepare(Translation &T);          // exports, internalise, refusals, lowering before the pipeline
bool optimise(Translation &T);
bool generate(Translation &T); // T.Object and T.Codegen
bool pack(Translation &T);     // T.ModuleBytes and T.DebugBytes

} // namespace espb

#endif
