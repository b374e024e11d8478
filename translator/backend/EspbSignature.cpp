// SPDX-License-Identifier: Apache-2.0
// Signatures of functions and call sites, as EspbCodegenContext.h describes them.
#include "EspbSignature.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Function.h"

using namespace llvm;

// Appends the letters of Ty, whose members travel as separate values.
static void append(std::string &S, Type *Ty, bool SExt, bool ZExt, const DataLayout &DL) {
  if (auto *ST = dyn_cast<StructType>(Ty)) {
    for (Type *Member : ST->elements())
      append(S, Member, SExt, ZExt, DL);
  } else if (auto *AT = dyn_cast<ArrayType>(Ty)) {
    for (uint64_t I = 0; I != AT->getNumElements(); ++I)
      append(S, AT->getElementType(), SExt, ZExt, DL);
  } else if (auto *VT = dyn_cast<FixedVectorType>(Ty)) {
    for (unsigned I = 0; I != VT->getNumElements(); ++I)
      append(S, VT->getElementType(), SExt, ZExt, DL);
  } else if (Ty->isIntegerTy()) {
    const unsigned Bits = Ty->getIntegerBitWidth();
    if (Bits > 64)
      S += 'p'; // by reference
    else if (Bits > 32)
      S += 'l';
    else if (Bits <= 8 && (SExt || ZExt))
      S += SExt ? 'b' : 'B';
    else if (Bits <= 16 && (SExt || ZExt))
      S += SExt ? 'h' : 'H';
    else
      S += 'i';
  } else if (Ty->isFloatTy()) {
    S += 'f';
  } else if (Ty->isDoubleTy()) {
    S += 'd';
  } else if (Ty->isHalfTy() || Ty->isBFloatTy()) {
    S += 'i';
  } else if (!Ty->isVoidTy()) {
    S += 'p'; // pointers, and 128-bit floats by reference
  }
}

unsigned llvm::espbResultWords(Type *Ty, const DataLayout &DL) {
  std::string S;
  append(S, Ty, false, false, DL);
  unsigned Words = 0;
  for (char C : S)
    Words += C == 'l' || C == 'd' ? 2 : 1;
  // What would be passed by reference as an argument is returned in memory.
  if (Ty->isIntegerTy() && Ty->getIntegerBitWidth() > 64)
    Words = 4;
  if (Ty->isFP128Ty())
    Words = 4;
  return Words;
}

static std::string result(Type *Ty, bool SExt, bool ZExt, const DataLayout &DL) {
  std::string S;
  append(S, Ty, SExt, ZExt, DL);
  return S.empty() ? "v" : S;
}

std::string llvm::espbSignature(const TargetLowering::CallLoweringInfo &CLI, const DataLayout &DL) {
  std::string S = result(CLI.RetTy, CLI.RetSExt, CLI.RetZExt, DL) + "(";
  unsigned N = 0;
  for (const auto &Arg : CLI.Args) {
    if (CLI.IsVarArg && N == CLI.NumFixedArgs)
      S += '.';
    ++N;
    append(S, Arg.Ty, Arg.IsSExt, Arg.IsZExt, DL);
  }
  if (CLI.IsVarArg && N <= CLI.NumFixedArgs)
    S += '.';
  return S + ")";
}

std::string llvm::espbSignature(const Function &F) {
  const DataLayout &DL = F.getDataLayout();
  const AttributeList Attrs = F.getAttributes();
  const bool InMemory = espbResultWords(F.getReturnType(), DL) > 2;
  std::string S = InMemory ? "v(p"
                           : result(F.getReturnType(), Attrs.hasRetAttr(Attribute::SExt),
                                    Attrs.hasRetAttr(Attribute::ZExt), DL) +
                                 "(";
  for (const Argument &A : F.args())
    append(S, A.getType(), A.hasSExtAttr(), A.hasZExtAttr(), DL);
  if (F.isVarArg())
    S += '.';
  return S + ")";
}
