// SPDX-License-Identifier: Apache-2.0
// What structures by value looked like in the source. RISC-V's front end makes a pointer of one of more than
// eight bytes and words of a smaller one, which says enough for native code with RISC-V's ABI only; other
// chips need size and alignment (docs/format.md, signatures). Known right behind the front end: from the copy
// that a call passes, and for parameters from the debug information.
#include "../backend/EspbSignature.h"
#include "Passes.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

namespace espb {

namespace {

// A structure as it is passed: the letter says how it is aligned.
std::string shape(uint64_t Bytes, uint64_t Align) {
  return (Align <= 4 ? "w" : Align == 8 ? "d" : "q") + std::to_string(Bytes);
}

// clang makes a complex number an unnamed structure of two numbers. They are passed one by one.
bool isComplex(Type *Ty) {
  auto *ST = dyn_cast<StructType>(Ty);
  return ST && ST->isLiteral() && ST->getNumElements() == 2 && ST->getElementType(0) == ST->getElementType(1);
}

// What becomes of a structure of 5 to 8 bytes, and of a complex number of two floats.
bool isTwoWords(Type *Ty) {
  auto *AT = dyn_cast<ArrayType>(Ty);
  return AT && AT->getNumElements() == 2 && AT->getElementType()->isIntegerTy(32);
}

std::string shapeOf(Type *Ty, Align A, const DataLayout &DL) {
  const uint64_t Bytes = DL.getTypeAllocSize(Ty);
  return isComplex(Ty) ? "c" + std::to_string(Bytes) : shape(Bytes, A.value());
}

const DIType *resolved(const DIType *Ty) {
  while (const auto *D = dyn_cast_or_null<DIDerivedType>(Ty)) {
    const unsigned Tag = D->getTag();
    if (Tag != dwarf::DW_TAG_typedef && Tag != dwarf::DW_TAG_const_type &&
        Tag != dwarf::DW_TAG_volatile_type && Tag != dwarf::DW_TAG_restrict_type &&
        Tag != dwarf::DW_TAG_atomic_type)
      break;
    Ty = D->getBaseType();
  }
  return Ty;
}

// Debug information tells an alignment only where the source does. Members that lie where their own alignment
// would not have them tell of packed structures.
uint64_t alignOf(const DIType *Ty) {
  for (uint64_t Explicit; const auto *D = dyn_cast_or_null<DIDerivedType>(Ty); Ty = D->getBaseType()) {
    if ((Explicit = D->getAlignInBytes()) != 0)
      return Explicit;
    if (D->getTag() == dwarf::DW_TAG_pointer_type || D->getTag() == dwarf::DW_TAG_reference_type ||
        D->getTag() == dwarf::DW_TAG_rvalue_reference_type || D->getTag() == dwarf::DW_TAG_ptr_to_member_type)
      return 4;
  }
  if (!Ty)
    return 1;
  const uint64_t Bytes = Ty->getSizeInBits() / 8;
  if (Ty->getAlignInBytes() != 0)
    return Ty->getAlignInBytes();
  if (const auto *B = dyn_cast<DIBasicType>(Ty))
    return std::clamp<uint64_t>(B->getEncoding() == dwarf::DW_ATE_complex_float ? Bytes / 2 : Bytes, 1, 16);
  const auto *C = dyn_cast<DICompositeType>(Ty);
  if (!C || C->getTag() == dwarf::DW_TAG_enumeration_type)
    return std::clamp<uint64_t>(Bytes, 1, 8);
  if (C->getTag() == dwarf::DW_TAG_array_type)
    return C->isVector() ? std::clamp<uint64_t>(PowerOf2Ceil(Bytes), 1, 16) : alignOf(C->getBaseType());
  uint64_t Align = C->getFlags() & DINode::FlagVector ? 4 : 1;
  SmallVector<std::pair<uint64_t, uint64_t>, 16> Members; // bit offset, alignment
  for (const DINode *N : C->getElements())
    if (const auto *M = dyn_cast_or_null<DIDerivedType>(N);
        M && !M->isStaticMember() &&
        (M->getTag() == dwarf::DW_TAG_member || M->getTag() == dwarf::DW_TAG_inheritance)) {
      const uint64_t A = alignOf(M);
      Members.push_back({M->isBitField() ? 0 : M->getOffsetInBits(), A});
      Align = std::max(Align, A);
    }
  auto fits = [&] {
    return Bytes % Align == 0 &&
           all_of(Members, [&](auto M) { return M.first % (8 * std::min(M.second, Align)) == 0; });
  };
  while (Align > 1 && !fits())
    Align /= 2;
  return Align;
}

bool passedByReference(const DIType *Ty) {
  const auto *C = dyn_cast_or_null<DICompositeType>(resolved(Ty));
  return C && (C->getFlags() & DINode::FlagTypePassByReference);
}

class Recorder {
public:
  explicit Recorder(Module &M) : M(M), DL(M.getDataLayout()) {
    // Objects of classes that want to be copied or destroyed are returned in memory everywhere.
    DebugInfoFinder Finder;
    Finder.processModule(M);
    for (const DIType *Ty : Finder.types())
      if (passedByReference(Ty) && isa<DICompositeType>(Ty))
        NotTrivial.insert(cast<DICompositeType>(Ty)->getName());
  }

  void run() {
    for (Function &F : M)
      if (!F.isIntrinsic())
        for (Argument &A : F.args())
          set(A, parameter(A));
    for (Function &F : M)
      for (BasicBlock &BB : F)
        for (Instruction &I : BB)
          if (auto *Call = dyn_cast<CallBase>(&I); Call && !isa<IntrinsicInst>(I) && !Call->isInlineAsm())
            for (unsigned N = 0; N != Call->arg_size(); ++N)
              if (std::string S = argument(*Call, N); !S.empty())
                Call->addParamAttr(N, Attribute::get(M.getContext(), kEspbStructAttribute, S));
  }

private:
  void set(Argument &A, const std::string &S) {
    if (!S.empty())
      A.addAttr(Attribute::get(M.getContext(), kEspbStructAttribute, S));
  }

  // Of the structure behind argument 0; empty where native code is given its address as well.
  std::string result(Type *Ty, const DIType *Known) {
    const uint64_t Bytes = DL.getTypeAllocSize(Ty);
    if (Bytes <= 8 || Bytes > 16 || passedByReference(Known))
      return "";
    if (auto *ST = dyn_cast<StructType>(Ty); ST && ST->hasName() && !Known) {
      StringRef Name = ST->getName();
      Name.consume_front("struct.") || Name.consume_front("class.") || Name.consume_front("union.");
      if (size_t Colon = Name.rfind(':'); Colon != StringRef::npos)
        Name = Name.substr(Colon + 1);
      if (NotTrivial.contains(Name.split('.').first))
        return "";
    }
    return "r" + std::to_string(Bytes);
  }

  // Types of result and parameters in the source.
  static DITypeRefArray sourceTypes(const Function *F) {
    const DISubprogram *SP = F ? F->getSubprogram() : nullptr;
    return SP && SP->getType() ? SP->getType()->getTypeArray() : nullptr;
  }
  static const DIType *resultType(const Function *F) {
    const DITypeRefArray Types = sourceTypes(F);
    return Types && Types.size() != 0 ? Types[0] : nullptr;
  }

  // By the declaration: clang before 22 does not tell pointers to copies from others.
  static std::string declared(const Function *F, unsigned N) {
    const DITypeRefArray Types = sourceTypes(F);
    const unsigned Hidden = F && F->hasStructRetAttr() ? 1 : 0;
    // Empty structures are not passed: where there are some nobody knows which is which.
    if (!Types || N < Hidden || N >= F->arg_size() ||
        F->arg_size() + 1 - Hidden != Types.size() - F->isVarArg())
      return "";
    const DIType *Ty = Types[N - Hidden + 1];
    const auto *C = dyn_cast_or_null<DICompositeType>(resolved(Ty));
    if (!C || C->getSizeInBits() <= 64 || passedByReference(C) || C->getTag() == dwarf::DW_TAG_array_type ||
        C->getTag() == dwarf::DW_TAG_enumeration_type)
      return "";
    return shape(C->getSizeInBits() / 8, alignOf(Ty));
  }

  // The variable that a parameter is in the source.
  static const DILocalVariable *variable(Argument &A) {
    SmallVector<Value *, 4> Places{&A};
    for (User *U : A.users())
      if (auto *S = dyn_cast<StoreInst>(U); S && S->getValueOperand() == &A)
        Places.push_back(S->getPointerOperand()->stripInBoundsOffsets());
    for (Value *Place : Places)
      for (const DbgVariableRecord *R : findDVRDeclares(Place))
        if (R->getVariable()->getArg() != 0)
          return R->getVariable();
    return nullptr;
  }

  std::string parameter(Argument &A, unsigned Depth = 0) {
    if (A.hasStructRetAttr())
      return result(A.getParamStructRetType(), resultType(A.getParent()));
    if (A.hasByValAttr())
      return shapeOf(A.getParamByValType(), A.getParamAlign().valueOrOne(), DL);
    const bool Words = isTwoWords(A.getType());
    if (A.getParent()->isDeclaration())
      return "";
    if (!Words && !A.hasAttribute(Attribute::DeadOnReturn))
      return A.getType()->isPointerTy() ? declared(A.getParent(), A.getArgNo()) : "";
    if (const DILocalVariable *V = variable(A)) {
      const DIType *Ty = resolved(V->getType());
      if (const auto *B = dyn_cast_or_null<DIBasicType>(Ty);
          B && B->getEncoding() == dwarf::DW_ATE_complex_float)
        return Words ? "" : "c" + std::to_string(B->getSizeInBits() / 8);
      if (Ty && !Words)
        return shape(Ty->getSizeInBits() / 8, alignOf(V->getType()));
    }
    if (Words)
      return "w8";
    // A thunk of C++, which has no variables, passes on what it got.
    for (const Use &U : A.uses())
      if (const auto *Call = dyn_cast<CallBase>(U.getUser()); Call && Call->isArgOperand(&U))
        if (Function *F = Call->getCalledFunction();
            F && Depth < 4 && Call->getArgOperandNo(&U) < F->arg_size())
          if (std::string S = parameter(*F->getArg(Call->getArgOperandNo(&U)), Depth + 1); !S.empty())
            return S;
    return "";
  }

  std::string argument(CallBase &Call, unsigned N) {
    Value *V = Call.getArgOperand(N);
    if (Call.paramHasAttr(N, Attribute::StructRet)) {
      const Function *F = Call.getCalledFunction();
      return result(Call.getParamStructRetType(N), resultType(F));
    }
    if (Call.paramHasAttr(N, Attribute::ByVal))
      return shapeOf(Call.getParamByValType(N), Call.getParamAlign(N).valueOrOne(), DL);
    if (isTwoWords(V->getType())) {
      const auto *L = dyn_cast<LoadInst>(V);
      const Value *From = L ? L->getPointerOperand()->stripInBoundsOffsets() : nullptr;
      const auto *Copy = dyn_cast_or_null<AllocaInst>(From);
      return Copy && isComplex(Copy->getAllocatedType()) ? "" : "w8";
    }
    if (!V->getType()->isPointerTy())
      return "";
    const bool Known = Call.paramHasAttr(N, Attribute::DeadOnReturn);
    V = V->stripPointerCasts();
    if (const auto *Copy = dyn_cast<AllocaInst>(V); Copy && Known)
      return shapeOf(Copy->getAllocatedType(), Copy->getAlign(), DL);
    if (std::string S = declared(Call.getCalledFunction(), N); !S.empty())
      return S;
    if (const auto *A = dyn_cast<Argument>(V); A && Known)
      return A->getParent()
          ->getAttributes()
          .getParamAttr(A->getArgNo(), kEspbStructAttribute)
          .getValueAsString()
          .str();
    return "";
  }

  Module &M;
  const DataLayout &DL;
  StringSet<> NotTrivial;
};

} // namespace

void recordStructs(Module &M) { Recorder(M).run(); }

} // namespace espb
