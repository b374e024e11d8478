// SPDX-License-Identifier: Apache-2.0
// Source places of IR, and the text of a diagnostic.
#include "Diagnostics.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace espb {

std::string demangled(StringRef Symbol) { return demangle(Symbol); }

static std::string nameOf(const DISubprogram *SP) {
  if (!SP)
    return "";
  StringRef Linkage = SP->getLinkageName();
  return Linkage.empty() ? SP->getName().str() : demangle(Linkage);
}

SourcePlace placeOf(const Instruction &I) {
  SourcePlace P;
  const Function *F = I.getFunction();
  std::string Outer = F ? demangle(F->getName()) : "";
  P.Function = Outer;
  if (const DILocation *Loc = I.getDebugLoc().get()) {
    P.File = Loc->getFilename().str();
    P.Line = Loc->getLine();
    if (Loc->getInlinedAt()) {
      std::string Inner = nameOf(Loc->getScope()->getSubprogram());
      if (!Inner.empty() && Inner != Outer)
        P.Function = Inner + " (inlined into " + Outer + ")";
    }
    return P;
  }
  if (F)
    if (const DISubprogram *SP = F->getSubprogram()) {
      P.File = SP->getFilename().str();
      P.Line = SP->getLine();
    }
  return P;
}

const Instruction *firstUse(const GlobalValue &GV) {
  SmallVector<const User *, 8> Work(GV.user_begin(), GV.user_end());
  SmallPtrSet<const User *, 8> Seen;
  const Instruction *Found = nullptr;
  while (!Work.empty()) {
    const User *U = Work.pop_back_val();
    if (!Seen.insert(U).second)
      continue;
    if (const auto *I = dyn_cast<Instruction>(U)) {
      // Prefer one that knows its line; users come in no particular order.
      if (!Found || (!Found->getDebugLoc() && I->getDebugLoc()) ||
          (Found->getDebugLoc() && I->getDebugLoc() && Found->getFunction() == I->getFunction() &&
           I->getDebugLoc().getLine() < Found->getDebugLoc().getLine()))
        Found = I;
      continue;
    }
    if (isa<Constant>(U))
      Work.append(U->user_begin(), U->user_end());
  }
  return Found;
}

SourcePlace placeOf(const GlobalValue &GV) {
  SourcePlace P;
  if (const auto *F = dyn_cast<Function>(&GV)) {
    if (!F->isDeclaration())
      P.Function = demangle(F->getName());
    if (const DISubprogram *SP = F->getSubprogram(); SP && !F->isDeclaration()) {
      P.File = SP->getFilename().str();
      P.Line = SP->getLine();
    }
    if (!F->isDeclaration())
      return P;
  }
  if (const auto *V = dyn_cast<GlobalVariable>(&GV)) {
    SmallVector<DIGlobalVariableExpression *, 1> Info;
    V->getDebugInfo(Info);
    if (!Info.empty()) {
      P.File = Info[0]->getVariable()->getFilename().str();
      P.Line = Info[0]->getVariable()->getLine();
      if (const Instruction *I = firstUse(GV))
        P.Function = placeOf(*I).Function;
      return P;
    }
  }
  if (const Instruction *I = firstUse(GV))
    return placeOf(*I);
  return P;
}

void DiagnosticList::error(const SourcePlace &At, const Twine &Message, const Twine &Hint) {
  add({Severity::Error, At.File, At.Line, At.Function, Message.str(), Hint.str()});
}

void DiagnosticList::warning(const SourcePlace &At, const Twine &Message, const Twine &Hint) {
  add({Severity::Warning, At.File, At.Line, At.Function, Message.str(), Hint.str()});
}

void DiagnosticList::add(Diagnostic D) {
  // A construct in a header reaches us once per file that includes it: once is enough.
  for (const Diagnostic &Old : Items)
    if (Old.Level == D.Level && Old.File == D.File && Old.Line == D.Line && Old.Message == D.Message &&
        Old.Function == D.Function)
      return;
  if (D.Level == Severity::Error)
    ++Errors;
  Items.push_back(std::move(D));
}

std::string Diagnostic::render() const {
  std::string S;
  if (!File.empty()) {
    S += File;
    if (Line)
      S += ":" + std::to_string(Line);
    S += ": ";
  }
  S += Level == Severity::Error ? "error: " : Level == Severity::Warning ? "warning: " : "note: ";
  if (!Function.empty())
    S += "in function " + Function + ": ";
  S += Message;
  if (!Hint.empty())
    S += "\n  hint: " + Hint;
  return S;
}

} // namespace espb
