// SPDX-License-Identifier: Apache-2.0
// Inline assembly: what can be given a meaning without knowing a machine.
#include "llvm/IR/InlineAsm.h"
#include "Passes.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace espb {

static const InlineAsm *asmOf(const Instruction &I) {
  const auto *Call = dyn_cast<CallBase>(&I);
  return Call ? dyn_cast<InlineAsm>(Call->getCalledOperand()) : nullptr;
}

// True when the text holds no instruction: blanks, comments, nops.
static bool isEmptyAsm(StringRef Text) {
  SmallVector<StringRef, 4> Lines;
  Text.split(Lines, '\n');
  for (StringRef Line : Lines) {
    SmallVector<StringRef, 4> Parts;
    Line.split('#').first.split("//").first.split(Parts, ';');
    for (StringRef Part : Parts) {
      Part = Part.trim();
      if (!Part.empty() && Part != "nop")
        return false;
    }
  }
  return true;
}

// asm("" : "+r"(x)) hides a value from the optimiser; asm("" ::: "memory") orders memory accesses. Returns
// false if I is neither.
static bool lowerBarrier(CallInst &I, const InlineAsm &Asm) {
  if (!isEmptyAsm(Asm.getAsmString()))
    return false;
  Value *Result = nullptr;
  int ArgNo = 0;
  unsigned Outputs = 0;
  bool Memory = false;
  for (const InlineAsm::ConstraintInfo &C : Asm.ParseConstraints()) {
    if (C.Type == InlineAsm::isOutput) {
      if (C.isIndirect)
        ++ArgNo;
      else
        ++Outputs;
    } else if (C.Type == InlineAsm::isInput) {
      if (C.hasMatchingInput() || (!C.Codes.empty() && C.Codes[0] == "0"))
        Result = I.getArgOperand(ArgNo);
      ++ArgNo;
    } else if (C.Type == InlineAsm::isClobber) {
      Memory |= !C.Codes.empty() && C.Codes[0] == "{memory}";
    } else {
      return false;
    }
  }
  if (Outputs > 1 || (Outputs == 1 && (!Result || Result->getType() != I.getType())))
    return false;
  IRBuilder<> B(&I);
  if (Memory || Asm.hasSideEffects())
    B.CreateFence(AtomicOrdering::SequentiallyConsistent, SyncScope::SingleThread);
  if (Outputs) {
    // Through a volatile slot, so that the value stays as unknown as the author wanted it.
    AllocaInst *Slot = new AllocaInst(I.getType(), I.getModule()->getDataLayout().getAllocaAddrSpace(), "",
                                      I.getFunction()->getEntryBlock().getFirstInsertionPt());
    B.CreateStore(Result, Slot, true);
    I.replaceAllUsesWith(B.CreateLoad(I.getType(), Slot, true));
  }
  I.eraseFromParent();
  return true;
}

void lowerInlineAsm(Module &M, function_ref<bool(StringRef)> IsListed) {
  for (Function &F : M) {
    bool HasAsm = false;
    for (BasicBlock &BB : F)
      for (Instruction &I : make_early_inc_range(BB))
        if (const InlineAsm *Asm = asmOf(I)) {
          auto *Call = dyn_cast<CallInst>(&I);
          if (!Call || !lowerBarrier(*Call, *Asm))
            HasAsm = true;
        }
    if (HasAsm && IsListed(F.getName())) {
      F.deleteBody(); // makes it external
      F.setComdat(nullptr);
      F.removeFnAttr(Attribute::AlwaysInline);
      F.removeFnAttr(Attribute::NoInline);
      F.removeFnAttr(Attribute::OptimizeNone);
    }
  }
}

} // namespace espb
