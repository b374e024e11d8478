// SPDX-License-Identifier: Apache-2.0
// The Espb backend's entrance: a TargetMachine made without LLVM's registry.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBTARGET_H
#define ESPB_TRANSLATOR_BACKEND_ESPBTARGET_H

#include "EspbCodegenContext.h"
#include "llvm/Support/CodeGen.h"
#include <memory>

namespace llvm {
class TargetMachine;
}

namespace espb {

// The data layout and triple every module is put on before the pipeline runs.
extern const char kEspbDataLayout[];
extern const char kEspbTriple[];

// A target machine whose code generation reads and fills Context (which must outlive it).
// addPassesToEmitFile(ObjectFile) on it gives an ELF relocatable with code in .text (all functions, one
// section) and the relocation types below.
std::unique_ptr<llvm::TargetMachine> createEspbTargetMachine(llvm::CodeGenOptLevel Level,
                                                             EspbCodegenContext &Context);

// ELF relocation types in the object (e_machine EM_NONE+0xE5B0). S symbol, A addend.
enum EspbReloc : unsigned {
  R_ESPB_NONE = 0,
  R_ESPB_32 = 1,    // data: 32-bit address S + A (data, rodata, function or import)
  R_ESPB_DAT16 = 2, // code: u16 offset of S + A from the data base
  R_ESPB_DAT32 = 3,
  R_ESPB_RO16 = 4, // code: u16 offset of S + A from the rodata base
  R_ESPB_RO32 = 5,
};

} // namespace espb

#endif
