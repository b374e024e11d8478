// SPDX-License-Identifier: Apache-2.0
// Says which constructs of a program cannot be translated: what, in which function, at which line, and what
// to do instead.
#include "Passes.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace espb {

namespace {

class Checker {
public:
  Checker(Module &M, DiagnosticList &Diags) : M(M), Diags(Diags), DL(M.getDataLayout()) {}
  void run();

private:
  void checkVariable(const GlobalVariable &V);
  void checkFunction(const Function &F);
  void checkInstruction(const Instruction &I);
  void checkCall(const CallBase &Call);
  void checkIntrinsic(const CallBase &Call, const Function &Callee);
  // True when Ty was reported.
  bool checkType(Type *Ty, const SourcePlace &At);
  void report(const Instruction &I, const Twine &Message, const Twine &Hint) {
    Diags.error(placeOf(I), Message, Hint);
  }

  Module &M;
  DiagnosticList &Diags;
  const DataLayout &DL;
  SmallPtrSet<Type *, 32> GoodTypes;
};

constexpr char kExceptionHint[] = "compile with -fno-exceptions and report failure by a return value";
constexpr char kJumpHint[] = "return an error code through the callers, or end the module with abort()";
constexpr char kThreadHint[] = "use an ordinary static variable, or keep the value in the task's own storage "
                               "(pvTaskGetThreadLocalStoragePointer) or in a struct handed to the task";

} // namespace

bool Checker::checkType(Type *Ty, const SourcePlace &At) {
  if (GoodTypes.count(Ty))
    return false;
  const char *What = nullptr, *Hint = "";
  if (isa<ScalableVectorType>(Ty)) {
    What = "a scalable vector type";
    Hint = "compile without the vector extension (no 'v' in -march, no <riscv_vector.h>)";
  } else if (Ty->isPPC_FP128Ty() || Ty->isX86_FP80Ty() || Ty->isX86_AMXTy()) {
    What = "a type of another machine";
    Hint = "compile for riscv32";
  } else if (Ty->isFP128Ty()) {
    What = "long double (128 bits)";
    Hint = "use double";
  } else if (isa<TargetExtType>(Ty)) {
    What = "a type of another machine";
    Hint = "compile for riscv32";
  } else if (Ty->isPointerTy() && Ty->getPointerAddressSpace() != 0) {
    Diags.error(At,
                "address space " + Twine(Ty->getPointerAddressSpace()) +
                    " is not supported: there is one flat memory",
                "drop __attribute__((address_space))");
    return true;
  }
  if (What) {
    Diags.error(At, Twine(What) + " is not supported", Hint);
    return true;
  }
  GoodTypes.insert(Ty); // before the parts, so that recursion ends
  for (Type *Part : Ty->subtypes())
    if (checkType(Part, At)) {
      GoodTypes.erase(Ty);
      return true;
    }
  return false;
}

void Checker::checkVariable(const GlobalVariable &V) {
  if (V.getName().starts_with("llvm.") || V.getSection() == "llvm.metadata")
    return;
  if (V.isThreadLocal()) {
    Diags.error(placeOf(V), "thread-local variable '" + demangled(V.getName()) + "' is not supported",
                kThreadHint);
    return;
  }
  if (V.getAddressSpace() != 0) {
    Diags.error(placeOf(V),
                "address space " + Twine(V.getAddressSpace()) + " of variable '" + demangled(V.getName()) +
                    "' is not supported: there is one flat memory",
                "drop __attribute__((address_space))");
    return;
  }
  if (!V.isDeclaration())
    checkType(V.getValueType(), placeOf(V));
}

void Checker::checkFunction(const Function &F) {
  SourcePlace At = placeOf(F);
  if (F.hasFnAttribute(Attribute::Naked)) {
    Diags.error(At, "a naked function (its body is assembly) is not supported",
                "write it in C, or keep it in the firmware and list it in a .sym file");
    return;
  }
  if (F.hasFnAttribute("interrupt")) {
    Diags.error(At, "an interrupt handler (__attribute__((interrupt))) is not supported",
                "register an ordinary function with the system's interrupt API");
    return;
  }
  if (F.hasGC() || F.hasPrefixData() || F.hasPrologueData()) {
    Diags.error(At, "garbage collection, prefix and prologue data are not supported", "");
    return;
  }
  switch (F.getCallingConv()) {
  case CallingConv::C:
  case CallingConv::Fast:
  case CallingConv::Cold:
  case CallingConv::PreserveMost:
  case CallingConv::PreserveAll:
    break;
  default:
    Diags.error(At, "calling convention " + Twine(F.getCallingConv()) + " is not supported",
                "use the C calling convention");
    return;
  }
  if (checkType(F.getFunctionType(), At))
    return;
  for (const Argument &A : F.args())
    if (A.hasInAllocaAttr() || A.hasPreallocatedAttr() || A.hasSwiftErrorAttr() || A.hasNestAttr()) {
      Diags.error(At, "a parameter attribute (inalloca, preallocated, swifterror or nest) is not supported",
                  "compile C or C++ for riscv32");
      return;
    }
  unsigned Before = Diags.numErrors();
  for (const BasicBlock &BB : F)
    for (const Instruction &I : BB) {
      checkInstruction(I);
      if (Diags.numErrors() > Before + 20)
        return; // enough of one function
    }
}

void Checker::checkInstruction(const Instruction &I) {
  if (isa<LandingPadInst>(I) || isa<ResumeInst>(I) || I.isEHPad() || isa<CatchReturnInst>(I) ||
      isa<CleanupReturnInst>(I)) {
    // Reported once, where the exception is thrown or caught.
    return;
  }
  if (checkType(I.getType(), placeOf(I)))
    return;
  for (const Value *Op : I.operands())
    if (!isa<BasicBlock>(Op) && !isa<MetadataAsValue>(Op) && checkType(Op->getType(), placeOf(I)))
      return;
  if (const auto *A = dyn_cast<AllocaInst>(&I)) {
    if (checkType(A->getAllocatedType(), placeOf(I)))
      return;
    if (auto Size = A->getAllocationSize(DL); Size && Size->getFixedValue() > 0x7fffffff)
      report(I, "a local object of " + Twine(Size->getFixedValue()) + " bytes does not fit a 32-bit machine",
             "make it smaller");
  }
  if (isa<CallBrInst>(I)) {
    report(I, "asm goto is not supported",
           "write it in C, or keep the function in the firmware and list it in a .sym file");
    return;
  }
  uint64_t AtomicBits = 0;
  if (const auto *RMW = dyn_cast<AtomicRMWInst>(&I))
    AtomicBits = DL.getTypeSizeInBits(RMW->getType());
  else if (const auto *CAS = dyn_cast<AtomicCmpXchgInst>(&I))
    AtomicBits = DL.getTypeSizeInBits(CAS->getNewValOperand()->getType());
  else if (const auto *L = dyn_cast<LoadInst>(&I); L && L->isAtomic())
    AtomicBits = DL.getTypeSizeInBits(L->getType());
  else if (const auto *S = dyn_cast<StoreInst>(&I); S && S->isAtomic())
    AtomicBits = DL.getTypeSizeInBits(S->getValueOperand()->getType());
  if (AtomicBits > 64) {
    report(I, "an atomic access of " + Twine(AtomicBits) + " bits is not supported: 64 is the limit",
           "protect the object by a mutex");
    return;
  }
  if (const auto *Call = dyn_cast<CallBase>(&I))
    checkCall(*Call);
}

void Checker::checkCall(const CallBase &Call) {
  if (const auto *Asm = dyn_cast<InlineAsm>(Call.getCalledOperand())) {
    std::string Text = StringRef(Asm->getAsmString()).split('\n').first.trim().str();
    SourcePlace At = placeOf(Call);
    std::string Holder = At.Function.substr(0, At.Function.find(' '));
    Diags.error(At, "inline assembly (\"" + Text + "\") is not supported: the module runs on every chip",
                "write it in C, or keep " + (Holder.empty() ? std::string("the function") : Holder) +
                    " in the firmware: a function that holds assembly becomes an import when a .sym file "
                    "lists its name (compile it without inlining)");
    return;
  }
  if (const auto *CI = dyn_cast<CallInst>(&Call); CI && CI->isMustTailCall()) {
    report(Call, "a guaranteed tail call (musttail) is not supported",
           "drop [[clang::musttail]], or write a loop");
    return;
  }
  const Function *Callee = Call.getCalledFunction();
  if (!Callee)
    return;
  StringRef Name = Callee->getName();
  if (Callee->isIntrinsic()) {
    checkIntrinsic(Call, *Callee);
    return;
  }
  const char *Exception =
      StringSwitch<const char *>(Name)
          .Cases({"__cxa_throw", "_Unwind_RaiseException"}, "a C++ exception is thrown here (throw)")
          .Cases({"__cxa_rethrow", "_Unwind_Resume_or_Rethrow"},
                 "a C++ exception is thrown again here (throw;)")
          .Cases({"__cxa_begin_catch", "__cxa_get_exception_ptr"},
                 "a C++ exception is caught here (try/catch)")
          .Default(nullptr);
  if (Exception) {
    report(Call, Twine(Exception) + ": exceptions are not supported", kExceptionHint);
    return;
  }
  const bool Jumps =
      StringSwitch<bool>(Name)
          .Cases({"setjmp", "_setjmp", "__sigsetjmp", "sigsetjmp", "longjmp", "_longjmp", "siglongjmp"}, true)
          .Default(false);
  if (Jumps || (Call.hasFnAttr(Attribute::ReturnsTwice) && Callee->isDeclaration())) {
    report(Call, Name + "() is not supported: the stack of a module cannot be cut from inside", kJumpHint);
    return;
  }
  if (Name == "__tls_get_addr")
    report(Call, "thread-local storage (__tls_get_addr) is not supported", kThreadHint);
}

void Checker::checkIntrinsic(const CallBase &Call, const Function &Callee) {
  StringRef Name = Callee.getName();
  switch (Callee.getIntrinsicID()) {
  case Intrinsic::threadlocal_address:
    return; // the variable has been reported
  case Intrinsic::thread_pointer:
    report(Call, "the thread pointer is not available", kThreadHint);
    return;
  case Intrinsic::read_register:
  case Intrinsic::read_volatile_register:
  case Intrinsic::write_register:
    report(Call, "a named machine register is not available: the module runs on every chip",
           "use an ordinary variable");
    return;
  case Intrinsic::init_trampoline:
  case Intrinsic::adjust_trampoline:
    report(Call, "a trampoline is not supported", "hand the context to the function as a parameter");
    return;
  case Intrinsic::gcroot:
  case Intrinsic::gcread:
  case Intrinsic::gcwrite:
  case Intrinsic::experimental_gc_statepoint:
  case Intrinsic::experimental_patchpoint_void:
  case Intrinsic::experimental_patchpoint:
  case Intrinsic::experimental_stackmap:
  case Intrinsic::localescape:
  case Intrinsic::localrecover:
    report(Call, "the intrinsic " + Name + " is not supported", "");
    return;
  default:
    break;
  }
  if (Name.starts_with("llvm.eh.sjlj")) {
    report(Call,
           "__builtin_setjmp/__builtin_longjmp is not supported: the stack of a module cannot be cut from "
           "inside",
           kJumpHint);
    return;
  }
  if (Name.starts_with("llvm.eh.") && Callee.getIntrinsicID() != Intrinsic::eh_typeid_for) {
    report(Call, "exception handling (" + Name + ") is not supported", kExceptionHint);
    return;
  }
  if (Callee.isTargetIntrinsic())
    report(Call, "the machine intrinsic " + Name + " is not supported: the module runs on every chip",
           "write it in C");
}

void Checker::run() {
  if (!M.getModuleInlineAsm().empty()) {
    SourcePlace At;
    At.File = M.getSourceFileName();
    Diags.error(At,
                "assembly at file level is not supported (\"" + M.getModuleInlineAsm().substr(0, 40) + "\")",
                "write it in C, or keep it in the firmware and list its names in a .sym file");
  }
  for (const GlobalIFunc &I : M.ifuncs())
    Diags.error(placeOf(I), "ifunc '" + demangled(I.getName()) + "' is not supported",
                "choose the implementation by a function pointer");
  for (const GlobalVariable &V : M.globals())
    checkVariable(V);
  for (const Function &F : M)
    if (!F.isDeclaration())
      checkFunction(F);
}

void checkConstructs(Module &M, DiagnosticList &Diags) { Checker(M, Diags).run(); }

} // namespace espb
