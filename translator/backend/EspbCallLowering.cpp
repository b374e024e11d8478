// SPDX-License-Identifier: Apache-2.0
// The calling convention: RISC-V's ILP32 soft-float psABI on r0-r7 (callee) and o0-o7 (caller).
#include "EspbISelLowering.h"
#include "EspbMachineFunctionInfo.h"
#include "EspbSignature.h"
#include "EspbSubtarget.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"
#include "llvm/CodeGen/SelectionDAG.h"
#include "llvm/IR/GlobalAlias.h"

using namespace llvm;

namespace {
constexpr unsigned kArgRegs = 8;

struct ArgPlace {
  enum Kind { Register, Pair, Split, Stack } K;
  unsigned Reg = 0;    // first register
  unsigned Offset = 0; // of the stack part
};

// Hands out registers and stack words in argument order.
struct ArgAssigner {
  unsigned NextReg = 0;
  unsigned StackBytes = 0;

  ArgPlace word() {
    if (NextReg < kArgRegs)
      return {ArgPlace::Register, NextReg++, 0};
    return {ArgPlace::Stack, 0, stack(4, 4)};
  }
  ArgPlace pair(bool EvenAligned) {
    if (EvenAligned)
      NextReg = std::min(kArgRegs, (NextReg + 1) & ~1u);
    if (NextReg + 1 < kArgRegs) {
      NextReg += 2;
      return {ArgPlace::Pair, NextReg - 2, 0};
    }
    if (NextReg < kArgRegs)
      return {ArgPlace::Split, NextReg++, stack(4, 4)};
    return {ArgPlace::Stack, 0, stack(8, 8)};
  }

private:
  unsigned stack(unsigned Bytes, unsigned Alignment) {
    const unsigned At = alignTo(StackBytes, Alignment);
    StackBytes = At + Bytes;
    return At;
  }
};

bool isPairType(MVT VT) { return VT == MVT::i64 || VT == MVT::f64; }

// Scalars wider than two words are passed by reference; they arrive here in parts.
template <typename Arg> bool isByReference(const Arg &A) { return A.Flags.isSplit() && !A.ArgVT.isVector(); }
} // namespace

static MCRegister argRegister(bool Outgoing, unsigned I) { return (Outgoing ? Espb::O0 : Espb::R0) + I; }
static MCRegister argPair(bool Outgoing, unsigned I) { return (Outgoing ? Espb::OP0 : Espb::P0) + I; }

//===-- Callee
//------------------------------------------------------------------------------------------------------===//
SDValue EspbTargetLowering::LowerFormalArguments(SDValue Chain, CallingConv::ID, bool IsVarArg,
                                                 const SmallVectorImpl<ISD::InputArg> &Ins, const SDLoc &DL,
                                                 SelectionDAG &DAG, SmallVectorImpl<SDValue> &InVals) const {
  MachineFunction &MF = DAG.getMachineFunction();
  MachineFrameInfo &MFI = MF.getFrameInfo();
  auto *FI = MF.getInfo<EspbMachineFunctionInfo>();
  ArgAssigner Assigner;

  auto fromRegister = [&](MCRegister Reg, MVT VT) {
    const TargetRegisterClass *RC = isPairType(VT) ? &Espb::GPR64RegClass : &Espb::GPRRegClass;
    return DAG.getCopyFromReg(Chain, DL, MF.addLiveIn(Reg, RC), VT);
  };
  auto fromStack = [&](unsigned Offset, MVT VT) {
    const int Slot = MFI.CreateFixedObject(isPairType(VT) ? 8 : 4, Offset, true);
    return DAG.getLoad(VT, DL, Chain, DAG.getFrameIndex(Slot, MVT::i32),
                       MachinePointerInfo::getFixedStack(MF, Slot));
  };
  auto take = [&](MVT VT) -> SDValue {
    if (!isPairType(VT)) {
      const ArgPlace P = Assigner.word();
      return P.K == ArgPlace::Register ? fromRegister(argRegister(false, P.Reg), VT)
                                       : fromStack(P.Offset, VT);
    }
    const ArgPlace P = Assigner.pair(false);
    if (P.K == ArgPlace::Pair)
      return fromRegister(argPair(false, P.Reg), VT);
    if (P.K == ArgPlace::Stack)
      return fromStack(P.Offset, VT);
    SDValue Lo = fromRegister(argRegister(false, P.Reg), MVT::i32);
    SDValue Hi = fromStack(P.Offset, MVT::i32);
    return DAG.getBitcast(VT, DAG.getNode(ISD::BUILD_PAIR, DL, MVT::i64, Lo, Hi));
  };

  for (unsigned I = 0; I != Ins.size(); ++I) {
    if (!isByReference(Ins[I])) {
      InVals.push_back(take(Ins[I].VT));
      continue;
    }
    SDValue Pointer = take(MVT::i32);
    const unsigned Arg = Ins[I].OrigArgIndex;
    for (;; ++I) {
      SDValue Part = DAG.getMemBasePlusOffset(Pointer, TypeSize::getFixed(Ins[I].PartOffset), DL);
      InVals.push_back(DAG.getLoad(Ins[I].VT, DL, Chain, Part, MachinePointerInfo()));
      if (I + 1 == Ins.size() || Ins[I + 1].OrigArgIndex != Arg || Ins[I].Flags.isSplitEnd())
        break;
    }
  }

  if (IsVarArg) {
    // The unnamed register arguments go directly below those on the stack, so that va_arg walks over both.
    const unsigned First = Assigner.NextReg;
    if (First == kArgRegs) {
      FI->VarArgsFrameIndex = MFI.CreateFixedObject(4, Assigner.StackBytes, true);
    } else {
      SmallVector<SDValue, kArgRegs> Stores;
      for (unsigned R = First; R != kArgRegs; ++R) {
        const int Slot = MFI.CreateFixedObject(4, 4 * (int)R - 4 * (int)kArgRegs, false);
        if (R == First)
          FI->VarArgsFrameIndex = Slot;
        SDValue Value = fromRegister(argRegister(false, R), MVT::i32);
        Stores.push_back(
            DAG.getStore(Chain, DL, Value, DAG.getFrameIndex(Slot, MVT::i32), MachinePointerInfo()));
      }
      Stores.push_back(Chain);
      Chain = DAG.getNode(ISD::TokenFactor, DL, MVT::Other, Stores);
    }
    FI->ArgWords = kArgRegs;
  } else {
    FI->ArgWords = Assigner.NextReg;
  }
  return Chain;
}

bool EspbTargetLowering::CanLowerReturn(CallingConv::ID, MachineFunction &, bool,
                                        const SmallVectorImpl<ISD::OutputArg> &Outs, LLVMContext &,
                                        const Type *) const {
  unsigned Words = 0;
  for (const ISD::OutputArg &Out : Outs)
    Words += isPairType(Out.VT) ? 2 : 1;
  return Words <= 2;
}

SDValue EspbTargetLowering::LowerReturn(SDValue Chain, CallingConv::ID, bool,
                                        const SmallVectorImpl<ISD::OutputArg> &Outs,
                                        const SmallVectorImpl<SDValue> &OutVals, const SDLoc &DL,
                                        SelectionDAG &DAG) const {
  SmallVector<SDValue, 4> Ops(1);
  SDValue Glue;
  unsigned Word = 0;
  for (unsigned I = 0; I != Outs.size(); ++I) {
    const bool Pair = isPairType(Outs[I].VT);
    const MCRegister Reg = Pair ? argPair(false, Word) : argRegister(false, Word);
    Word += Pair ? 2 : 1;
    Chain = DAG.getCopyToReg(Chain, DL, Reg, OutVals[I], Glue);
    Glue = Chain.getValue(1);
    Ops.push_back(DAG.getRegister(Reg, Outs[I].VT));
  }
  DAG.getMachineFunction().getInfo<EspbMachineFunctionInfo>()->ResultWords = Word;
  Ops[0] = Chain;
  if (Glue)
    Ops.push_back(Glue);
  return DAG.getNode(ESPBISD::RET, DL, MVT::Other, Ops);
}

//===-- Caller
//------------------------------------------------------------------------------------------------------===//
SDValue EspbTargetLowering::LowerCall(CallLoweringInfo &CLI, SmallVectorImpl<SDValue> &InVals) const {
  SelectionDAG &DAG = CLI.DAG;
  const SDLoc &DL = CLI.DL;
  MachineFunction &MF = DAG.getMachineFunction();
  espb::EspbCodegenContext &Ctx = Subtarget.context();
  SDValue Chain = CLI.Chain;
  CLI.IsTailCall = false;
  if (CLI.CB && CLI.CB->isMustTailCall())
    Subtarget.reportError(
        MF.getFunction(), &DL.getDebugLoc(),
        "a guaranteed tail call (musttail) is not supported; use an ordinary call or a loop");

  SmallVector<std::pair<unsigned, SDValue>, 8> Registers; // register, value
  SmallVector<std::pair<unsigned, SDValue>, 8> OnStack;   // offset, value
  ArgAssigner Assigner;
  auto put = [&](SDValue V, MVT VT, bool EvenAligned) {
    if (!isPairType(VT)) {
      const ArgPlace P = Assigner.word();
      if (P.K == ArgPlace::Register)
        Registers.push_back({argRegister(true, P.Reg).id(), V});
      else
        OnStack.push_back({P.Offset, V});
      return;
    }
    const ArgPlace P = Assigner.pair(EvenAligned);
    if (P.K == ArgPlace::Pair) {
      Registers.push_back({argPair(true, P.Reg).id(), V});
    } else if (P.K == ArgPlace::Stack) {
      OnStack.push_back({P.Offset, V});
    } else {
      SDValue Bits = DAG.getBitcast(MVT::i64, V);
      Registers.push_back({argRegister(true, P.Reg).id(), DAG.getNode(ISD::EXTRACT_ELEMENT, DL, MVT::i32,
                                                                      Bits, DAG.getIntPtrConstant(0, DL))});
      OnStack.push_back(
          {P.Offset, DAG.getNode(ISD::EXTRACT_ELEMENT, DL, MVT::i32, Bits, DAG.getIntPtrConstant(1, DL))});
    }
  };

  for (unsigned I = 0; I != CLI.Outs.size(); ++I) {
    const ISD::OutputArg &Out = CLI.Outs[I];
    SDValue V = CLI.OutVals[I];
    if (isByReference(Out)) {
      // The parts go to a temporary, its address is the argument.
      const unsigned Arg = Out.OrigArgIndex;
      SDValue Slot = DAG.CreateStackTemporary(Out.ArgVT);
      const int FI = cast<FrameIndexSDNode>(Slot)->getIndex();
      SmallVector<SDValue, 4> Stores;
      for (;; ++I) {
        SDValue Part = DAG.getMemBasePlusOffset(Slot, TypeSize::getFixed(CLI.Outs[I].PartOffset), DL);
        Stores.push_back(DAG.getStore(Chain, DL, CLI.OutVals[I], Part,
                                      MachinePointerInfo::getFixedStack(MF, FI, CLI.Outs[I].PartOffset)));
        if (I + 1 == CLI.Outs.size() || CLI.Outs[I + 1].OrigArgIndex != Arg || CLI.Outs[I].Flags.isSplitEnd())
          break;
      }
      Chain = DAG.getNode(ISD::TokenFactor, DL, MVT::Other, Stores);
      put(Slot, MVT::i32, false);
      continue;
    }
    if (Out.Flags.isByVal()) {
      // The callee owns its copy.
      const uint64_t Size = Out.Flags.getByValSize();
      const Align Alignment = Out.Flags.getNonZeroByValAlign();
      const int FI = MF.getFrameInfo().CreateStackObject(std::max<uint64_t>(Size, 1), Alignment, false);
      SDValue Copy = DAG.getFrameIndex(FI, MVT::i32);
      Chain = DAG.getMemcpy(Chain, DL, Copy, V, DAG.getConstant(Size, DL, MVT::i32), Alignment, false, false,
                            nullptr, std::nullopt, MachinePointerInfo::getFixedStack(MF, FI),
                            MachinePointerInfo());
      V = Copy;
    }
    const bool Variadic = CLI.IsVarArg && Out.OrigArgIndex >= CLI.NumFixedArgs;
    put(V, Out.VT, Variadic && Out.Flags.getNonZeroOrigAlign() >= Align(8));
  }

  // Outgoing stack arguments are at the bottom of the frame.
  const unsigned StackBytes = alignTo(Assigner.StackBytes, 16);
  Chain = DAG.getCALLSEQ_START(Chain, StackBytes, 0, DL);
  SmallVector<SDValue, 8> Stores;
  for (auto &[Offset, V] : OnStack) {
    SDValue Address = DAG.getNode(ESPBISD::SPOFF, DL, MVT::i32, DAG.getTargetConstant(Offset, DL, MVT::i32));
    Stores.push_back(DAG.getStore(Chain, DL, V, Address, MachinePointerInfo::getStack(MF, Offset)));
  }
  if (!Stores.empty())
    Chain = DAG.getNode(ISD::TokenFactor, DL, MVT::Other, Stores);

  // Whom to call.
  unsigned Node;
  SmallVector<SDValue, 16> Ops(1);
  auto direct = [&](StringRef Symbol, bool Defined) {
    if (auto It = Ctx.FunctionIndex.find(Symbol); Defined && It != Ctx.FunctionIndex.end()) {
      Node = ESPBISD::CALL;
      Ops.push_back(DAG.getTargetConstant(It->second, DL, MVT::i32));
    } else {
      Node = ESPBISD::CALLN;
      Ops.push_back(DAG.getTargetConstant(Ctx.importIndex(Symbol, espbSignature(CLI, DAG.getDataLayout())),
                                          DL, MVT::i32));
    }
  };
  if (const auto *G = dyn_cast<GlobalAddressSDNode>(CLI.Callee)) {
    const GlobalValue *GV = G->getGlobal();
    const GlobalObject *GO = GV->getAliaseeObject();
    const bool Defined = GO && !GO->isDeclaration() && isa<Function>(GO);
    direct(Defined ? GO->getName() : GV->getName(), Defined);
  } else if (const auto *E = dyn_cast<ExternalSymbolSDNode>(CLI.Callee)) {
    // A runtime function that the module itself defines is called like any other.
    direct(E->getSymbol(), true);
  } else {
    Node = ESPBISD::CALLI;
    Ops.push_back(CLI.Callee);
    Ops.push_back(
        DAG.getTargetConstant(Ctx.signatureIndex(espbSignature(CLI, DAG.getDataLayout())), DL, MVT::i32));
  }

  SDValue Glue;
  for (auto &[Reg, V] : Registers) {
    Chain = DAG.getCopyToReg(Chain, DL, Register(Reg), V, Glue);
    Glue = Chain.getValue(1);
  }
  for (auto &[Reg, V] : Registers)
    Ops.push_back(DAG.getRegister(Register(Reg), V.getValueType()));
  Ops.push_back(DAG.getRegisterMask(Subtarget.getRegisterInfo()->getCallPreservedMask(MF, CLI.CallConv)));
  if (Glue)
    Ops.push_back(Glue);
  Ops[0] = Chain;
  Chain = DAG.getNode(Node, DL, {MVT::Other, MVT::Glue}, Ops);
  Glue = Chain.getValue(1);
  Chain = DAG.getCALLSEQ_END(Chain, StackBytes, 0, Glue, DL);
  Glue = Chain.getValue(1);

  unsigned Word = 0;
  for (const ISD::InputArg &In : CLI.Ins) {
    const bool Pair = isPairType(In.VT);
    const MCRegister Reg = Pair ? argPair(true, Word) : argRegister(true, Word);
    Word += Pair ? 2 : 1;
    SDValue V = DAG.getCopyFromReg(Chain, DL, Reg, In.VT, Glue);
    Chain = V.getValue(1);
    Glue = V.getValue(2);
    InVals.push_back(V);
  }
  return Chain;
}
