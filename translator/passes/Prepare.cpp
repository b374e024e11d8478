// SPDX-License-Identifier: Apache-2.0
// Small IR passes around the optimisation pipeline. See Passes.h.
#include "Passes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"
#include <algorithm>
#include <map>

using namespace llvm;

namespace espb {

void stripTarget(Module &M) {
  static const char *const kMachineAttributes[] = {"target-cpu",
                                                   "target-features",
                                                   "tune-cpu",
                                                   "stack-protector-buffer-size",
                                                   "probe-stack",
                                                   "zero-call-used-regs",
                                                   "patchable-function-entry"};
  for (Function &F : M) {
    for (const char *Name : kMachineAttributes)
      F.removeFnAttr(Name);
    for (Attribute::AttrKind Kind :
         {Attribute::StackProtect, Attribute::StackProtectReq, Attribute::StackProtectStrong,
          Attribute::UWTable, Attribute::ShadowCallStack})
      F.removeFnAttr(Kind);
    for (BasicBlock &BB : F)
      for (Instruction &I : BB)
        if (auto *Call = dyn_cast<CallBase>(&I))
          for (const char *Name : kMachineAttributes)
            Call->removeFnAttr(Name);
  }
  for (GlobalObject &GO : M.global_objects()) {
    // The arrays of pointers to constructors are read by takeLifecycle; other sections mean something to a
    // linker script only.
    StringRef Section = GO.getSection();
    if (Section != "llvm.metadata" && !Section.starts_with(".init_array") &&
        !Section.starts_with(".fini_array") && !Section.starts_with(".preinit_array") &&
        !Section.starts_with(".ctors") && !Section.starts_with(".dtors"))
      GO.setSection("");
    GO.setPartition("");
    if (auto *F = dyn_cast<Function>(&GO))
      F->setAlignment(MaybeAlign());
  }
  // Flags like target-abi or wchar_size differ between the chips' compilers and would keep modules from being
  // linked.
  if (NamedMDNode *Flags = M.getModuleFlagsMetadata()) {
    SmallVector<MDNode *, 8> Keep;
    for (MDNode *Flag : Flags->operands())
      if (Flag->getNumOperands() == 3)
        if (auto *Name = dyn_cast_or_null<MDString>(Flag->getOperand(1));
            Name && Name->getString() == "Debug Info Version")
          Keep.push_back(Flag);
    Flags->clearOperands();
    for (MDNode *Flag : Keep)
      Flags->addOperand(Flag);
    if (Keep.empty())
      M.eraseNamedMetadata(Flags);
  }
  for (const char *Name : {"llvm.linker.options", "llvm.dependent-libraries", "llvm.ident"})
    if (NamedMDNode *Node = M.getNamedMetadata(Name))
      M.eraseNamedMetadata(Node);
}

void readAnnotations(Module &M, StringSet<> &Exports) {
  GlobalVariable *List = M.getGlobalVariable("llvm.global.annotations");
  if (!List)
    return;
  if (auto *Entries =
          dyn_cast_or_null<ConstantArray>(List->hasInitializer() ? List->getInitializer() : nullptr))
    for (const Use &Entry : Entries->operands()) {
      auto *Fields = dyn_cast<ConstantStruct>(Entry);
      if (!Fields || Fields->getNumOperands() < 2)
        continue;
      auto *Subject = dyn_cast<GlobalObject>(Fields->getOperand(0)->stripPointerCastsAndAliases());
      auto *Text = dyn_cast<GlobalVariable>(Fields->getOperand(1)->stripPointerCasts());
      if (!Subject || !Text || !Text->hasInitializer())
        continue;
      auto *String = dyn_cast<ConstantDataSequential>(Text->getInitializer());
      if (!String || !String->isCString())
        continue;
      if (String->getAsCString() == "espb_export")
        Exports.insert(Subject->getName());
      if (auto *F = dyn_cast<Function>(Subject); F && String->getAsCString() == "espb_hot")
        F->addFnAttr("espb-hot");
    }
  List->eraseFromParent();
}

static bool isThrowOrCatch(StringRef Name) {
  return Name == "__cxa_throw" || Name == "__cxa_rethrow" || Name == "__cxa_begin_catch" ||
         Name == "__cxa_allocate_exception" || Name == "_Unwind_RaiseException" ||
         Name == "_Unwind_Resume_or_Rethrow" || Name == "__cxa_get_exception_ptr";
}

void lowerUnusedExceptions(Module &M) {
  for (Function &F : M) {
    if (F.isDeclaration())
      continue;
    if (F.getName() == "__clang_call_terminate") {
      // Reached only by an exception that leaves a noexcept function, and nothing throws.
      F.deleteBody();
      F.setLinkage(GlobalValue::PrivateLinkage);
      BasicBlock *BB = BasicBlock::Create(M.getContext(), "", &F);
      IRBuilder<> B(BB);
      B.CreateIntrinsic(Intrinsic::trap, {});
      B.CreateUnreachable();
      F.setComdat(nullptr);
      continue;
    }
    // A landing pad that only cleans up, or ends in std::terminate, is never reached.
    for (BasicBlock &BB : F) {
      auto *II = dyn_cast<InvokeInst>(BB.getTerminator());
      if (!II)
        continue;
      SmallPtrSet<BasicBlock *, 8> Seen;
      SmallVector<BasicBlock *, 8> Work{II->getUnwindDest()};
      bool Catches = false;
      while (!Work.empty() && !Catches) {
        BasicBlock *Pad = Work.pop_back_val();
        if (!Seen.insert(Pad).second)
          continue;
        for (Instruction &I : *Pad)
          if (auto *Call = dyn_cast<CallBase>(&I); Call && Call->getCalledFunction())
            Catches |= isThrowOrCatch(Call->getCalledFunction()->getName());
        append_range(Work, successors(Pad));
      }
      if (!Catches)
        changeToCall(II);
    }
    removeUnreachableBlocks(F);
    bool Pads = any_of(F, [](const BasicBlock &BB) { return BB.isLandingPad(); });
    if (!Pads && F.hasPersonalityFn())
      F.setPersonalityFn(nullptr);
  }
}

//===-- Constructors and destructors
//--------------------------------------------------------------------------------===//

namespace {
struct LifecycleEntry {
  uint32_t Priority;
  Function *F;
};
} // namespace

static void addEntry(std::vector<LifecycleEntry> &Out, uint32_t Priority, Value *V, StringRef Where,
                     DiagnosticList &Diags) {
  V = V->stripPointerCastsAndAliases();
  if (isa<ConstantPointerNull>(V))
    return;
  auto *F = dyn_cast<Function>(V);
  if (!F || F->isDeclaration()) {
    Diags.error(
        {},
        Twine(Where) + " holds " +
            (F ? "the undefined function " + demangled(F->getName()) : "something that is no function"),
        "a constructor or destructor must be defined in the module");
    return;
  }
  Out.push_back({Priority, F});
}

// llvm.global_ctors and llvm.global_dtors: arrays of { priority, function, associated data }.
static void takeList(Module &M, const char *Name, std::vector<LifecycleEntry> &Out, DiagnosticList &Diags) {
  GlobalVariable *List = M.getGlobalVariable(Name);
  if (!List)
    return;
  if (auto *Entries =
          dyn_cast_or_null<ConstantArray>(List->hasInitializer() ? List->getInitializer() : nullptr))
    for (const Use &Entry : Entries->operands())
      if (auto *Fields = dyn_cast<ConstantStruct>(Entry))
        addEntry(Out, cast<ConstantInt>(Fields->getOperand(0))->getZExtValue(), Fields->getOperand(1), Name,
                 Diags);
  List->eraseFromParent();
}

// Variables that were put into .init_array by hand. The section name may carry a priority: .init_array.00101.
static void takeSection(Module &M, StringRef Prefix, uint32_t Default, std::vector<LifecycleEntry> &Out,
                        DiagnosticList &Diags) {
  for (GlobalVariable &V : make_early_inc_range(M.globals())) {
    if (!V.getSection().starts_with(Prefix) || !V.hasInitializer())
      continue;
    uint32_t Priority = Default;
    StringRef Suffix = V.getSection().drop_front(Prefix.size());
    if (Suffix.consume_front("."))
      Suffix.getAsInteger(10, Priority);
    Constant *Init = V.getInitializer();
    if (isa<ConstantArray>(Init))
      for (Use &Entry : Init->operands())
        addEntry(Out, Priority, Entry, V.getSection(), Diags);
    else
      addEntry(Out, Priority, Init, V.getSection(), Diags);
    V.setSection("");
  }
}

static bool doesNothing(const Function &F) {
  auto I = F.getEntryBlock().getFirstNonPHIOrDbg();
  return I != F.getEntryBlock().end() && isa<ReturnInst>(*I);
}

Lifecycle takeLifecycle(Module &M, DiagnosticList &Diags) {
  std::vector<LifecycleEntry> Ctors, Dtors;
  takeSection(M, ".preinit_array", 0, Ctors, Diags);
  takeList(M, "llvm.global_ctors", Ctors, Diags);
  takeSection(M, ".init_array", 65535, Ctors, Diags);
  takeSection(M, ".fini_array", 65535, Dtors, Diags);
  takeList(M, "llvm.global_dtors", Dtors, Diags);
  auto ByPriority = [](const LifecycleEntry &A, const LifecycleEntry &B) { return A.Priority < B.Priority; };
  std::stable_sort(Ctors.begin(), Ctors.end(), ByPriority);
  std::stable_sort(Dtors.begin(), Dtors.end(), ByPriority);
  std::reverse(Dtors.begin(), Dtors.end());
  Lifecycle L;
  for (auto [From, To] : {std::pair(&Ctors, &L.Initialisers), std::pair(&Dtors, &L.Finalisers)})
    for (const LifecycleEntry &E : *From) {
      if (doesNothing(*E.F))
        continue;
      if (!E.F->hasName())
        E.F->setName("espb.lifecycle");
      To->push_back(E.F->getName().str());
    }
  return L;
}

//===-- Computed goto
//-----------------------------------------------------------------------------------------------===//

void lowerIndirectBranches(Module &M) {
  for (Function &F : M) {
    SmallVector<IndirectBrInst *, 4> Branches;
    SmallVector<BasicBlock *, 16> Targets;
    for (BasicBlock &BB : F) {
      if (auto *IBr = dyn_cast<IndirectBrInst>(BB.getTerminator()))
        Branches.push_back(IBr);
      if (BB.hasAddressTaken())
        Targets.push_back(&BB);
    }
    if (Targets.empty() && Branches.empty())
      continue;
    IntegerType *I32 = Type::getInt32Ty(M.getContext());
    // A block's address becomes its number; 0 stays free, so that no label is null.
    std::map<BasicBlock *, ConstantInt *> Number;
    for (BasicBlock *BB : Targets) {
      ConstantInt *N = ConstantInt::get(I32, Number.size() + 1);
      Number[BB] = N;
      if (BlockAddress *BA = BlockAddress::lookup(BB)) {
        BA->replaceAllUsesWith(ConstantExpr::getIntToPtr(N, BA->getType()));
        BA->destroyConstant();
      }
    }
    for (IndirectBrInst *IBr : Branches) {
      BasicBlock *BB = IBr->getParent();
      IRBuilder<> B(IBr);
      SmallPtrSet<BasicBlock *, 16> Reached;
      SmallVector<BasicBlock *, 16> Cases;
      for (BasicBlock *Succ : IBr->successors()) {
        if (!Reached.insert(Succ).second)
          Succ->removePredecessor(BB); // was listed twice
        else if (Number.count(Succ))
          Cases.push_back(Succ);
        else
          Succ->removePredecessor(BB); // its address is never taken
      }
      BasicBlock *Nowhere = BasicBlock::Create(M.getContext(), "", &F);
      new UnreachableInst(M.getContext(), Nowhere);
      SwitchInst *Switch = B.CreateSwitch(B.CreatePtrToInt(IBr->getAddress(), I32), Nowhere, Cases.size());
      for (BasicBlock *Case : Cases)
        Switch->addCase(Number[Case], Case);
      IBr->eraseFromParent();
    }
  }
}

//===-- Floating point
//----------------------------------------------------------------------------------------------===//

static Value *relaxed(IRBuilder<> &B, ConstrainedFPIntrinsic &I) {
  SmallVector<Value *, 3> Args;
  for (unsigned K = 0; K < I.getNonMetadataArgCount(); ++K)
    Args.push_back(I.getArgOperand(K));
  if (auto *Compare = dyn_cast<ConstrainedFPCmpIntrinsic>(&I))
    return B.CreateFCmp(Compare->getPredicate(), Args[0], Args[1]);
  Intrinsic::ID Plain = Intrinsic::not_intrinsic;
  switch (I.getIntrinsicID()) {
#define INSTRUCTION(NAME, NARGS, ROUND, INTRINSIC)                                                           \
  case Intrinsic::INTRINSIC:                                                                                 \
    if constexpr (NARGS == 1)                                                                                \
      return B.CreateCast(static_cast<Instruction::CastOps>(Instruction::NAME), Args[0], I.getType());       \
    else                                                                                                     \
      return B.CreateBinOp(static_cast<Instruction::BinaryOps>(Instruction::NAME), Args[0], Args[1]);
#define FUNCTION(NAME, NARGS, ROUND, INTRINSIC)                                                              \
  case Intrinsic::INTRINSIC:                                                                                 \
    Plain = Intrinsic::NAME;                                                                                 \
    break;
#define CMP_INSTRUCTION(NAME, NARGS, ROUND, INTRINSIC, NODE)
#include "llvm/IR/ConstrainedOps.def"
  default:
    return nullptr;
  }
  // Overloaded on the result and, where it differs from that, on the argument (lrint, ldexp, powi).
  SmallVector<Type *, 2> Types;
  SmallVector<Intrinsic::IITDescriptor, 8> Table;
  Intrinsic::getIntrinsicInfoTableEntries(Plain, Table);
  SmallVector<Type *, 3> ArgTypes;
  for (Value *A : Args)
    ArgTypes.push_back(A->getType());
  ArrayRef<Intrinsic::IITDescriptor> Rest = Table;
  FunctionType *FT = FunctionType::get(I.getType(), ArgTypes, false);
  if (Intrinsic::matchIntrinsicSignature(FT, Rest, Types) != Intrinsic::MatchIntrinsicTypes_Match)
    return nullptr;
  return B.CreateIntrinsic(Plain, Types, Args);
}

void lowerConstrainedFloat(Module &M) {
  for (Function &F : M) {
    F.removeFnAttr(Attribute::StrictFP);
    for (BasicBlock &BB : F)
      for (Instruction &I : make_early_inc_range(BB)) {
        if (auto *Call = dyn_cast<CallBase>(&I))
          Call->removeFnAttr(Attribute::StrictFP);
        auto *Strict = dyn_cast<ConstrainedFPIntrinsic>(&I);
        if (!Strict)
          continue;
        IRBuilder<> B(Strict);
        if (Value *V = relaxed(B, *Strict)) {
          Strict->replaceAllUsesWith(V);
          Strict->eraseFromParent();
        }
      }
  }
}

void lowerCoroutineTailCalls(Module &M) {
  for (Function &F : M)
    for (BasicBlock &BB : F)
      if (CallInst *Call = BB.getTerminatingMustTailCall())
        Call->setTailCallKind(CallInst::TCK_None);
}

bool usesHalf(const Module &M) {
  auto IsHalf = [](const Type *Ty) {
    Ty = Ty->getScalarType();
    return Ty->isHalfTy() || Ty->isBFloatTy();
  };
  for (const Function &F : M)
    for (const BasicBlock &BB : F)
      for (const Instruction &I : BB)
        if (IsHalf(I.getType()) || any_of(I.operands(), [&](const Value *V) { return IsHalf(V->getType()); }))
          return true;
  return false;
}

//===-- Aliases, constants, order
//-----------------------------------------------------------------------------------===//

void resolveAliases(Module &M, StringMap<std::string> &Renamed) {
  for (GlobalAlias &A : make_early_inc_range(M.aliases())) {
    Constant *Target = A.getAliasee();
    if (auto *GO = dyn_cast<GlobalObject>(Target->stripPointerCastsAndAliases()))
      Renamed[A.getName()] = GO->getName().str();
    A.replaceAllUsesWith(Target);
    A.eraseFromParent();
  }
}

void placeConstants(Module &M) {
  for (GlobalVariable &V : M.globals())
    if (V.isConstant() && V.hasInitializer() && V.getInitializer()->needsRelocation())
      V.setConstant(false);
}

void orderFunctions(Module &M) {
  std::map<const Function *, uint64_t> Calls;
  for (Function &F : M) {
    if (F.isDeclaration())
      continue;
    DominatorTree DT(F);
    LoopInfo LI(DT);
    for (BasicBlock &BB : F) {
      uint64_t Weight = 1ull << (3 * std::min(LI.getLoopDepth(&BB), 5u));
      for (Instruction &I : BB)
        if (auto *Call = dyn_cast<CallBase>(&I))
          if (Function *Callee = Call->getCalledFunction(); Callee && !Callee->isDeclaration())
            Calls[Callee] += Weight;
    }
  }
  std::vector<Function *> Order;
  for (Function &F : M)
    if (!F.isDeclaration())
      Order.push_back(&F);
  std::stable_sort(Order.begin(), Order.end(), [&](Function *A, Function *B) { return Calls[A] > Calls[B]; });
  auto &List = M.getFunctionList();
  for (Function *F : Order)
    List.splice(List.end(), List, F->getIterator());
}

} // namespace espb
