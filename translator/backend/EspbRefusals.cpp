// SPDX-License-Identifier: Apache-2.0
// IR constructs that instruction selection must not see: inline assembly. The driver has turned what it can
// into imports; empty assembly (a compiler barrier) disappears here, everything else is an error.
#include "EspbTargetMachine.h"
#include "llvm/CodeGen/TargetPassConfig.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace {
class EspbRefusals : public FunctionPass {
public:
  static char ID;
  EspbRefusals() : FunctionPass(ID) {}
  StringRef getPassName() const override { return "ESPB refusals"; }
  void getAnalysisUsage(AnalysisUsage &AU) const override { AU.addRequired<TargetPassConfig>(); }
  bool runOnFunction(Function &F) override;
};
} // namespace

char EspbRefusals::ID = 0;

bool EspbRefusals::runOnFunction(Function &F) {
  const auto &TM = getAnalysis<TargetPassConfig>().getTM<EspbTargetMachine>();
  // Code is bytes without alignment; some front ends ask for more.
  F.setAlignment(MaybeAlign());
  // Lines are kept, variables are not: there is no debugger to show them.
  for (BasicBlock &BB : F)
    for (Instruction &I : BB)
      I.dropDbgRecords();
  SmallVector<CallBase *, 4> Asm;
  for (BasicBlock &BB : F)
    for (Instruction &I : BB)
      if (auto *CB = dyn_cast<CallBase>(&I); CB && CB->isInlineAsm())
        Asm.push_back(CB);
  for (CallBase *CB : Asm) {
    const auto *IA = cast<InlineAsm>(CB->getCalledOperand());
    const bool Barrier = StringRef(IA->getAsmString()).trim().empty();
    Value *Result = nullptr;
    if (Barrier && isa<CallInst>(CB)) {
      // The usual way to hide a value from the optimiser: one output tied to one input.
      for (Value *Arg : CB->args())
        if (Arg->getType() == CB->getType())
          Result = Arg;
    }
    if (!Barrier || !isa<CallInst>(CB) || (!CB->getType()->isVoidTy() && !Result))
      TM.getSubtargetImpl(F)->reportError(
          F, &CB->getDebugLoc(),
          "inline assembly is not supported; move it to a function of the firmware and import it");
    if (!isa<CallInst>(CB)) {
      // asm goto: keep the ordinary way out, so that the rest of the function can be checked as well.
      BasicBlock *Next = cast<CallBrInst>(CB)->getDefaultDest();
      for (BasicBlock *Target : cast<CallBrInst>(CB)->getIndirectDests())
        Target->removePredecessor(CB->getParent());
      BranchInst::Create(Next, CB->getIterator());
    }
    if (!CB->getType()->isVoidTy())
      CB->replaceAllUsesWith(Result ? Result : PoisonValue::get(CB->getType()));
    CB->eraseFromParent();
  }
  return !Asm.empty();
}

FunctionPass *llvm::createEspbRefusalsPass() { return new EspbRefusals; }
