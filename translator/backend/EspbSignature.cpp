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

namespace {
// The arguments of a signature and what it says of structures behind them.
class ArgumentText {
public:
  void add(Type *Ty, bool SExt, bool ZExt, Attribute Struct, const DataLayout &DL) {
    if (Struct.isValid()) {
      const StringRef Kind = Struct.getValueAsString();
      Structs += Kind.front() + std::to_string(Index) + ":" + Kind.drop_front().str();
    }
    const size_t Before = Letters.size();
    append(Letters, Ty, SExt, ZExt, DL);
    Index += Letters.size() - Before;
  }
  void variadic() { Letters += '.'; }
  void hiddenPointer() {
    Letters += 'p';
    ++Index;
  }
  std::string text() const { return "(" + Letters + ")" + Structs; }

private:
  std::string Letters, Structs;
  size_t Index = 0; // of the next letter
};
} // namespace

std::string llvm::espbSignature(const TargetLowering::CallLoweringInfo &CLI, const DataLayout &DL) {
  ArgumentText A;
  // Empty arguments are not among Args, and a pointer for the result may be in front.
  SmallVector<unsigned, 8> Operands;
  for (unsigned I = 0; CLI.CB && I != CLI.CB->arg_size(); ++I)
    if (!CLI.CB->getArgOperand(I)->getType()->isEmptyTy())
      Operands.push_back(I);
  const size_t Hidden = CLI.Args.size() - std::min(CLI.Args.size(), Operands.size());
  unsigned N = 0;
  for (const auto &Arg : CLI.Args) {
    if (CLI.IsVarArg && N == CLI.NumFixedArgs)
      A.variadic();
    Attribute Struct;
    if (CLI.CB && N >= Hidden)
      Struct = CLI.CB->getParamAttr(Operands[N - Hidden], kEspbStructAttribute);
    ++N;
    A.add(Arg.Ty, Arg.IsSExt, Arg.IsZExt, Struct, DL);
  }
  if (CLI.IsVarArg && N <= CLI.NumFixedArgs)
    A.variadic();
  return result(CLI.RetTy, CLI.RetSExt, CLI.RetZExt, DL) + A.text();
}

std::string llvm::espbSignature(const Function &F) {
  const DataLayout &DL = F.getDataLayout();
  const AttributeList Attrs = F.getAttributes();
  ArgumentText A;
  std::string Result = "v";
  if (espbResultWords(F.getReturnType(), DL) > 2)
    A.hiddenPointer();
  else
    Result =
        result(F.getReturnType(), Attrs.hasRetAttr(Attribute::SExt), Attrs.hasRetAttr(Attribute::ZExt), DL);
  for (const Argument &Arg : F.args())
    A.add(Arg.getType(), Arg.hasSExtAttr(), Arg.hasZExtAttr(),
          Attrs.getParamAttr(Arg.getArgNo(), kEspbStructAttribute), DL);
  if (F.isVarArg())
    A.variadic();
  return Result + A.text();
}
