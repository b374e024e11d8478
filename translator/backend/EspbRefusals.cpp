// SPDX-License-Identifier: Apache-2.0
// IR constructs that instruction selection must not see: inline assembly. The driver has turned what it can
// into imports; empty assembly (a compiler barrier) disappears here, everything else is an error.
#include "EspbTargetMachine.h"
#include "llvm/CodeGen/TargetPassConfig.h"
#include "llvm/IR/IRBuilder.h"
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

// __atomic_load(size, object, result, order) and its siblings; false if the call is none of them or of
// another size.
static bool inlineAtomicCall(CallInst &Call) {
  const Function *Callee = Call.getCalledFunction();
  if (!Callee || !Callee->isDeclaration() || Call.arg_size() < 4)
    return false;
  const StringRef Name = Callee->getName();
  const auto *Size = dyn_cast<ConstantInt>(Call.getArgOperand(0));
  if (!Name.starts_with("__atomic_") || !Size || !isPowerOf2_64(Size->getZExtValue()) ||
      Size->getZExtValue() > 8)
    return false;
  IRBuilder<> B(&Call);
  Type *Ty = B.getIntNTy(8 * Size->getZExtValue());
  const Align Natural(Size->getZExtValue());
  Value *Object = Call.getArgOperand(1), *Second = Call.getArgOperand(2), *Third = Call.getArgOperand(3);
  const AtomicOrdering Order = AtomicOrdering::SequentiallyConsistent;
  // The other operands are ordinary memory of unknown alignment.
  auto load = [&](Value *From) { return B.CreateAlignedLoad(Ty, From, Align(1)); };
  auto store = [&](Value *V, Value *To) { B.CreateAlignedStore(V, To, Align(1)); };
  if (Name == "__atomic_load" && Call.arg_size() == 4) {
    LoadInst *Load = B.CreateAlignedLoad(Ty, Object, Natural);
    Load->setAtomic(Order);
    store(Load, Second);
  } else if (Name == "__atomic_store" && Call.arg_size() == 4) {
    B.CreateAlignedStore(load(Second), Object, Natural)->setAtomic(Order);
  } else if (Name == "__atomic_exchange" && Call.arg_size() == 5) {
    store(B.CreateAtomicRMW(AtomicRMWInst::Xchg, Object, load(Second), Natural, Order), Third);
  } else if (Name == "__atomic_compare_exchange" && Call.arg_size() == 6) {
    Value *Expected = load(Second);
    Value *Pair = B.CreateAtomicCmpXchg(Object, Expected, load(Third), Natural, Order, Order);
    // On success this writes what is there already.
    store(B.CreateExtractValue(Pair, 0), Second);
    Call.replaceAllUsesWith(B.CreateZExt(B.CreateExtractValue(Pair, 1), Call.getType()));
  } else {
    return false;
  }
  Call.eraseFromParent();
  return true;
}

bool EspbRefusals::runOnFunction(Function &F) {
  const auto &TM = getAnalysis<TargetPassConfig>().getTM<EspbTargetMachine>();
  // Code is bytes without alignment; some front ends ask for more.
  F.setAlignment(MaybeAlign());
  // Lines are kept, variables are not: there is no debugger to show them.
  for (BasicBlock &BB : F)
    for (Instruction &I : BB)
      I.dropDbgRecords();
  bool Changed = false;
  for (BasicBlock &BB : F)
    for (Instruction &I : llvm::make_early_inc_range(BB))
      if (auto *Call = dyn_cast<CallInst>(&I))
        Changed |= inlineAtomicCall(*Call);
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
  return Changed || !Asm.empty();
}

FunctionPass *llvm::createEspbRefusalsPass() { return new EspbRefusals; }
