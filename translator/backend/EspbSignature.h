// SPDX-License-Identifier: Apache-2.0
// Signatures of functions and call sites, as EspbCodegenContext.h describes them.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBSIGNATURE_H
#define ESPB_TRANSLATOR_BACKEND_ESPBSIGNATURE_H

#include "llvm/CodeGen/TargetLowering.h"
#include <string>

namespace llvm {
class Function;

// Of a call's argument or a parameter: the structure that the source passes by value here, as a signature
// tells it (kind and bytes). translator/passes/Structs.cpp writes it.
inline constexpr char kEspbStructAttribute[] = "espb-struct";

std::string espbSignature(const TargetLowering::CallLoweringInfo &CLI, const DataLayout &DL);
std::string espbSignature(const Function &F);
// Words of registers a value of type Ty is returned in; more than 2: it is returned in memory.
unsigned espbResultWords(Type *Ty, const DataLayout &DL);
} // namespace llvm

#endif
