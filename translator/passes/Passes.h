// SPDX-License-Identifier: Apache-2.0
// What the driver does to IR before and after LLVM's optimisation pipeline.
#ifndef ESPB_TRANSLATOR_PASSES_PASSES_H
#define ESPB_TRANSLATOR_PASSES_PASSES_H

#include "../driver/Diagnostics.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/IR/Module.h"
#include <string>
#include <vector>

namespace espb {

// -- Per input, before linking
// ---------------------------------------------------------------------------------------

// Functions that hold inline assembly become imports when IsListed knows their name; assembly without
// instructions (a compiler barrier) becomes a fence. What is left is reported by checkConstructs.
void lowerInlineAsm(llvm::Module &M, llvm::function_ref<bool(llvm::StringRef)> IsListed);

// Drops what ties a function to the machine it was compiled for: target-cpu, features, sections, stack
// protectors.
void stripTarget(llvm::Module &M);

// Says at calls and parameters (kEspbStructAttribute) which structures they pass by value.
void recordStructs(llvm::Module &M);

// -- On the linked module
// ----------------------------------------------------------------------------------------------

// Reads annotations: espb_hot becomes the attribute "espb-hot", espb_export a name in Exports.
void readAnnotations(llvm::Module &M, llvm::StringSet<> &Exports);

// Invokes become calls when nothing throws; whatever throws or catches is left for checkConstructs.
void lowerUnusedExceptions(llvm::Module &M);

// Reports every construct that cannot be translated.
void checkConstructs(llvm::Module &M, DiagnosticList &Diags);

// %Lf in constant formats of printf and scanf becomes %f and %lf: long double is double in guests.
void lowerLongDoubleFormats(llvm::Module &M);

// Constructors and destructors in the order in which they run. The arrays are removed from the module.
struct Lifecycle {
  std::vector<std::string> Initialisers, Finalisers;
};
Lifecycle takeLifecycle(llvm::Module &M, DiagnosticList &Diags);

// Computed goto becomes a switch over block numbers.
void lowerIndirectBranches(llvm::Module &M);

// The machine has one rounding mode and no exception flags: strict floating point is floating point.
void lowerConstrainedFloat(llvm::Module &M);

// Where one coroutine resumes another in its place LLVM asks for a tail call: an ordinary one will do.
void lowerCoroutineTailCalls(llvm::Module &M);

// True when the program uses a 16-bit floating-point type.
bool usesHalf(const llvm::Module &M);

// Replaces aliases by what they stand for; Renamed maps an alias to its target's name.
void resolveAliases(llvm::Module &M, llvm::StringMap<std::string> &Renamed);

// Constants that hold addresses must lie in RAM: says so in the IR, so that code generation and packer agree.
void placeConstants(llvm::Module &M);

// Orders the functions of the module: most calls (weighted by loop depth) first. Calls to them are then
// shortest.
void orderFunctions(llvm::Module &M);

} // namespace espb

#endif
