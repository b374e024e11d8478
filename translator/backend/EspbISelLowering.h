// SPDX-License-Identifier: Apache-2.0
// How LLVM's DAG is brought to what the machine has; the calling convention.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBISELLOWERING_H
#define ESPB_TRANSLATOR_BACKEND_ESPBISELLOWERING_H

#include "llvm/CodeGen/MachineJumpTableInfo.h"
#include "llvm/CodeGen/TargetLowering.h"

namespace llvm {
class EspbSubtarget;

namespace ESPBISD {
enum NodeType : unsigned {
  FIRST_NUMBER = ISD::BUILTIN_OP_END,
  CALL,  // chain, function index, argument registers, mask
  CALLN, // chain, import index, ...
  CALLI, // chain, callee, signature index, ...
  RET,
  LADATA, // address of a symbol in the data block
  LARO,   // ... in rodata
  LADATAL,
  LAROL,
  LAFN,  // native-callable address of callable k
  LAIMP, // address of import k
  SPOFF, // sp + constant: outgoing stack arguments
  MEMCPY,
  MEMSET,
  MULUD,
  MULSD,
  SWITCH,
  SWITCH32,
  GETSP,
  SETSP,
  DYNAREA,
};
}

class EspbTargetLowering : public TargetLowering {
  const EspbSubtarget &Subtarget;

public:
  EspbTargetLowering(const TargetMachine &TM, const EspbSubtarget &STI);

  const char *getTargetNodeName(unsigned Opcode) const override;
  SDValue LowerOperation(SDValue Op, SelectionDAG &DAG) const override;
  void ReplaceNodeResults(SDNode *N, SmallVectorImpl<SDValue> &Results, SelectionDAG &DAG) const override;

  EVT getSetCCResultType(const DataLayout &, LLVMContext &, EVT VT) const override;
  MVT getScalarShiftAmountTy(const DataLayout &, EVT) const override { return MVT::i32; }
  bool isFPImmLegal(const APFloat &, EVT, bool) const override { return true; }
  bool isIntDivCheap(EVT, AttributeList) const override { return true; }
  bool isOffsetFoldingLegal(const GlobalAddressSDNode *) const override { return false; }
  bool isLegalAddressingMode(const DataLayout &DL, const AddrMode &AM, Type *Ty, unsigned AS,
                             Instruction *I = nullptr) const override;
  bool isLegalICmpImmediate(int64_t Imm) const override { return isInt<8>(Imm); }
  bool isLegalAddImmediate(int64_t Imm) const override { return isInt<8>(Imm); }
  bool isTruncateFree(Type *From, Type *To) const override;
  bool isTruncateFree(EVT From, EVT To) const override;
  bool isCheapToSpeculateCttz(Type *) const override { return true; }
  bool isCheapToSpeculateCtlz(Type *) const override { return true; }
  bool allowsMisalignedMemoryAccesses(EVT VT, unsigned AS, Align Alignment, MachineMemOperand::Flags Flags,
                                      unsigned *Fast) const override;
  bool getPostIndexedAddressParts(SDNode *N, SDNode *Op, SDValue &Base, SDValue &Offset,
                                  ISD::MemIndexedMode &AM, SelectionDAG &DAG) const override;
  unsigned getJumpTableEncoding() const override { return MachineJumpTableInfo::EK_Inline; }
  bool shouldConvertConstantLoadToIntImm(const APInt &, Type *) const override { return true; }
  bool decomposeMulByConstant(LLVMContext &, EVT, SDValue) const override { return false; }
  bool convertSelectOfConstantsToMath(EVT) const override { return true; }
  bool hasBitTest(SDValue, SDValue Y) const override { return isa<ConstantSDNode>(Y); }
  bool hasAndNotCompare(SDValue) const override { return false; }

  bool shouldInsertFencesForAtomic(const Instruction *I) const override;
  AtomicExpansionKind shouldExpandAtomicLoadInIR(LoadInst *LI) const override;
  AtomicExpansionKind shouldExpandAtomicStoreInIR(StoreInst *SI) const override;
  AtomicExpansionKind shouldExpandAtomicRMWInIR(AtomicRMWInst *AI) const override;

  std::pair<unsigned, const TargetRegisterClass *>
  getRegForInlineAsmConstraint(const TargetRegisterInfo *TRI, StringRef Constraint, MVT VT) const override;
  Register getRegisterByName(const char *RegName, LLT Ty, const MachineFunction &MF) const override;

  SDValue LowerFormalArguments(SDValue Chain, CallingConv::ID CC, bool IsVarArg,
                               const SmallVectorImpl<ISD::InputArg> &Ins, const SDLoc &DL, SelectionDAG &DAG,
                               SmallVectorImpl<SDValue> &InVals) const override;
  SDValue LowerCall(CallLoweringInfo &CLI, SmallVectorImpl<SDValue> &InVals) const override;
  bool CanLowerReturn(CallingConv::ID CC, MachineFunction &MF, bool IsVarArg,
                      const SmallVectorImpl<ISD::OutputArg> &Outs, LLVMContext &Context,
                      const Type *RetTy) const override;
  SDValue LowerReturn(SDValue Chain, CallingConv::ID CC, bool IsVarArg,
                      const SmallVectorImpl<ISD::OutputArg> &Outs, const SmallVectorImpl<SDValue> &OutVals,
                      const SDLoc &DL, SelectionDAG &DAG) const override;

private:
  SDValue lowerGlobalAddress(SDValue Op, SelectionDAG &DAG) const;
  SDValue lowerWideMul(SDValue Op, SelectionDAG &DAG) const;
  SDValue lowerDynamicAlloc(SDValue Op, SelectionDAG &DAG) const;
};
} // namespace llvm

#endif
