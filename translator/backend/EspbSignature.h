// SPDX-License-Identifier: Apache-2.0
// Signatures of functions and call sites, as EspbCodegenContext.h describes them.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBSIGNATURE_H
#define ESPB_TRANSLATOR_BACKEND_ESPBSIGNATURE_H

#include "llvm/CodeGen/TargetLowering.h"
#include <string>

namespace llvm {
class Function;

std::string espbSignature(const TargetLowering::CallLoweringInfo &CLI, const DataLayout &DL);
std::string espbSignature(const Function &F);
// Words of registers a value of type Ty is returned in; more than 2: it is returned in memory.
unsigned espbResultWords(Type *Ty, const DataLayout &DL);
} // namespace llvm

#endif
