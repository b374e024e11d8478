// SPDX-License-Identifier: Apache-2.0
// How LLVM's DAG is brought to what the machine has. The calling convention is in EspbCallLowering.cpp.
#include "EspbISelLowering.h"
#include "EspbMachineFunctionInfo.h"
#include "EspbSubtarget.h"
#include "EspbTargetObjectFile.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineJumpTableInfo.h"
#include "llvm/CodeGen/SelectionDAG.h"
#include "llvm/IR/GlobalAlias.h"

using namespace llvm;

EspbTargetLowering::EspbTargetLowering(const TargetMachine &TM, const EspbSubtarget &STI)
    : TargetLowering(TM, STI), Subtarget(STI) {
  addRegisterClass(MVT::i32, &Espb::GPRRegClass);
  addRegisterClass(MVT::f32, &Espb::GPRRegClass);
  addRegisterClass(MVT::i64, &Espb::GPR64RegClass);
  addRegisterClass(MVT::f64, &Espb::GPR64RegClass);
  computeRegisterProperties(STI.getRegisterInfo());
  setBooleanContents(ZeroOrOneBooleanContent);
  setMinFunctionAlignment(Align(1));
  setPrefFunctionAlignment(Align(1));
  setMinStackArgumentAlignment(Align(4));

  for (MVT VT : {MVT::i32, MVT::i64}) {
    for (unsigned Op : {ISD::SDIVREM, ISD::UDIVREM, ISD::SHL_PARTS, ISD::SRL_PARTS, ISD::SRA_PARTS,
                        ISD::BR_CC, ISD::SELECT_CC})
      setOperationAction(Op, VT, Expand);
    for (unsigned Op : {ISD::CTLZ, ISD::CTTZ, ISD::CTPOP, ISD::BSWAP, ISD::SELECT, ISD::SETCC})
      setOperationAction(Op, VT, Legal);
    for (unsigned Op : {ISD::FP_TO_SINT_SAT, ISD::FP_TO_UINT_SAT})
      setOperationAction(Op, VT, Custom);
  }
  for (unsigned Op :
       {ISD::ROTL, ISD::ROTR, ISD::SMIN, ISD::SMAX, ISD::UMIN, ISD::UMAX, ISD::MULHU, ISD::MULHS})
    setOperationAction(Op, MVT::i32, Legal);
  for (unsigned Op : {ISD::ROTL, ISD::ROTR, ISD::MULHU, ISD::MULHS, ISD::UMUL_LOHI, ISD::SMUL_LOHI})
    setOperationAction(Op, MVT::i64, Expand);
  setOperationAction(ISD::UMUL_LOHI, MVT::i32, Custom);
  setOperationAction(ISD::SMUL_LOHI, MVT::i32, Custom);
  for (MVT VT : {MVT::i1, MVT::i8, MVT::i16, MVT::i32})
    setOperationAction(ISD::SIGN_EXTEND_INREG, VT, Legal);
  setOperationAction(ISD::BR_JT, MVT::Other, Custom);
  setOperationAction(ISD::BRIND, MVT::Other, Expand);

  for (MVT VT : {MVT::f32, MVT::f64}) {
    for (unsigned Op :
         {ISD::BR_CC, ISD::SELECT_CC, ISD::FCOPYSIGN, ISD::FMINNUM, ISD::FMAXNUM, ISD::FCANONICALIZE,
          ISD::FSINCOS, ISD::FMAD, ISD::FMINIMUM, ISD::FMAXIMUM, ISD::FMINIMUMNUM, ISD::FMAXIMUMNUM})
      setOperationAction(Op, VT, Expand);
    for (unsigned Op : {ISD::FREM, ISD::FMA, ISD::FSQRT, ISD::FPOWI})
      setOperationAction(Op, VT, LibCall);
    for (unsigned Op : {ISD::SETCC, ISD::SELECT, ISD::FNEG, ISD::FABS})
      setOperationAction(Op, VT, Legal);
    setLoadExtAction(ISD::EXTLOAD, VT, MVT::f16, Expand);
    setLoadExtAction(ISD::EXTLOAD, VT, MVT::bf16, Expand);
    setTruncStoreAction(VT, MVT::f16, Expand);
    setTruncStoreAction(VT, MVT::bf16, Expand);
    setOperationAction(ISD::FP16_TO_FP, VT, Expand);
    setOperationAction(ISD::FP_TO_FP16, VT, Expand);
    setOperationAction(ISD::BF16_TO_FP, VT, Expand);
    setOperationAction(ISD::FP_TO_BF16, VT, Expand);
  }
  setLoadExtAction(ISD::EXTLOAD, MVT::f64, MVT::f32, Expand);
  setTruncStoreAction(MVT::f64, MVT::f32, Expand);
  setOperationAction(ISD::FMUL, MVT::f128, LibCall);

  for (unsigned Ext : {ISD::EXTLOAD, ISD::ZEXTLOAD, ISD::SEXTLOAD}) {
    setLoadExtAction(Ext, MVT::i32, MVT::i1, Promote);
    for (MVT Mem : {MVT::i8, MVT::i16, MVT::i32})
      setLoadExtAction(Ext, MVT::i64, Mem, Expand);
    setLoadExtAction(Ext, MVT::i64, MVT::i1, Promote);
  }
  for (MVT Mem : {MVT::i1, MVT::i8, MVT::i16, MVT::i32})
    setTruncStoreAction(MVT::i64, Mem, Expand);
  setTruncStoreAction(MVT::i32, MVT::i1, Expand);
  for (MVT VT : {MVT::i8, MVT::i16, MVT::i32, MVT::i64, MVT::f32, MVT::f64}) {
    setIndexedLoadAction(ISD::POST_INC, VT, Legal);
    setIndexedStoreAction(ISD::POST_INC, VT, Legal);
  }

  for (unsigned Op :
       {ISD::GlobalAddress, ISD::BlockAddress, ISD::ConstantPool, ISD::GlobalTLSAddress, ISD::ExternalSymbol,
        ISD::DYNAMIC_STACKALLOC, ISD::FRAMEADDR, ISD::RETURNADDR, ISD::JumpTable})
    setOperationAction(Op, MVT::i32, Custom);
  setOperationAction(ISD::STACKSAVE, MVT::Other, Custom);
  setOperationAction(ISD::STACKRESTORE, MVT::Other, Custom);
  setOperationAction(ISD::VASTART, MVT::Other, Custom);
  for (unsigned Op : {ISD::VAARG, ISD::VACOPY, ISD::VAEND})
    setOperationAction(Op, MVT::Other, Expand);
  setOperationAction(ISD::TRAP, MVT::Other, Legal);
  setOperationAction(ISD::DEBUGTRAP, MVT::Other, Legal);
  setOperationAction(ISD::UBSANTRAP, MVT::Other, Legal);
  setOperationAction(ISD::PREFETCH, MVT::Other, Custom);
  setOperationAction(ISD::READCYCLECOUNTER, MVT::i64, Custom);
  setOperationAction(ISD::READSTEADYCOUNTER, MVT::i64, Custom);
  setOperationAction(ISD::EH_DWARF_CFA, MVT::i32, Custom);
  setOperationAction(ISD::CLEAR_CACHE, MVT::Other, Custom);

  setOperationAction(ISD::ATOMIC_FENCE, MVT::Other, Custom);
  setMaxAtomicSizeInBitsSupported(64);
  setMinCmpXchgSizeInBits(32);
  setMaxDivRemBitWidthSupported(64);
  setMaxLargeFPConvertBitWidthSupported(64);

  setMinimumJumpTableEntries(4);
  MaxStoresPerMemcpy = MaxStoresPerMemmove = 4;
  MaxStoresPerMemset = 4;
  MaxStoresPerMemcpyOptSize = MaxStoresPerMemmoveOptSize = MaxStoresPerMemsetOptSize = 2;
  MaxLoadsPerMemcmp = MaxLoadsPerMemcmpOptSize = 2;
  setStackPointerRegisterToSaveRestore(Espb::SP);
  setJumpIsExpensive(false);
}

const char *EspbTargetLowering::getTargetNodeName(unsigned Opcode) const {
  static const char *const Names[] = {"FIRST",   "CALL",  "CALLN",  "CALLI",    "RET",   "LADATA", "LARO",
                                      "LADATAL", "LAROL", "LAFN",   "LAIMP",    "SPOFF", "MEMCPY", "MEMSET",
                                      "MULUD",   "MULSD", "SWITCH", "SWITCH32", "GETSP", "SETSP",  "DYNAREA"};
  const unsigned I = Opcode - ESPBISD::FIRST_NUMBER;
  return I < std::size(Names) ? Names[I] : nullptr;
}

EVT EspbTargetLowering::getSetCCResultType(const DataLayout &, LLVMContext &, EVT VT) const {
  return VT.isVector() ? VT.changeVectorElementTypeToInteger() : EVT(MVT::i32);
}

bool EspbTargetLowering::isLegalAddressingMode(const DataLayout &DL, const AddrMode &AM, Type *Ty, unsigned,
                                               Instruction *) const {
  if (AM.BaseGV)
    return !AM.HasBaseReg && AM.Scale == 0 && isUInt<16>(AM.BaseOffs);
  if (AM.Scale == 0)
    return isInt<8>(AM.BaseOffs);
  const uint64_t Size = Ty->isSized() ? DL.getTypeStoreSize(Ty).getKnownMinValue() : 0;
  if (!AM.HasBaseReg) // 2 * r is r + r
    return AM.Scale == 1 ? isInt<8>(AM.BaseOffs) : false;
  return AM.BaseOffs == 0 && Size <= 8 && (uint64_t)AM.Scale == Size;
}

bool EspbTargetLowering::isTruncateFree(Type *From, Type *To) const {
  return From->isIntegerTy() && To->isIntegerTy() && From->getIntegerBitWidth() > To->getIntegerBitWidth();
}

bool EspbTargetLowering::isTruncateFree(EVT From, EVT To) const {
  return From.isScalarInteger() && To.isScalarInteger() && From.getSizeInBits() > To.getSizeInBits();
}

bool EspbTargetLowering::allowsMisalignedMemoryAccesses(EVT VT, unsigned, Align Alignment,
                                                        MachineMemOperand::Flags, unsigned *Fast) const {
  // Pairs need the alignment of a word only.
  const bool OK = (VT == MVT::i64 || VT == MVT::f64) && Alignment >= Align(4);
  if (Fast)
    *Fast = OK;
  return OK;
}

bool EspbTargetLowering::getPostIndexedAddressParts(SDNode *N, SDNode *Op, SDValue &Base, SDValue &Offset,
                                                    ISD::MemIndexedMode &AM, SelectionDAG &DAG) const {
  const auto *Mem = dyn_cast<LSBaseSDNode>(N);
  if (!Mem || Op->getOpcode() != ISD::ADD || Op->getValueType(0) != MVT::i32)
    return false;
  const auto *C = dyn_cast<ConstantSDNode>(Op->getOperand(1));
  if (!C || isa<FrameIndexSDNode>(Op->getOperand(0)))
    return false;
  const int64_t Inc = C->getSExtValue();
  const EVT VT = Mem->getMemoryVT();
  bool OK = Inc == (int64_t)VT.getStoreSize().getFixedValue();
  const bool Signed = isa<LoadSDNode>(N) && cast<LoadSDNode>(N)->getExtensionType() == ISD::SEXTLOAD;
  if (VT == MVT::i32 || VT == MVT::f32 || (VT == MVT::i8 && !Signed))
    OK |= isInt<8>(Inc);
  if (!OK)
    return false;
  if (const auto *St = dyn_cast<StoreSDNode>(N); St && St->getValue() == Op->getOperand(0))
    return false;
  Base = Op->getOperand(0);
  Offset = Op->getOperand(1);
  AM = ISD::POST_INC;
  return true;
}

//===-- Atomics
//-----------------------------------------------------------------------------------------------------===//
// Read-modify-write instructions are sequentially consistent by themselves.
bool EspbTargetLowering::shouldInsertFencesForAtomic(const Instruction *I) const {
  return (isa<LoadInst>(I) || isa<StoreInst>(I)) && I->getAccessType()->getPrimitiveSizeInBits() <= 32;
}

TargetLowering::AtomicExpansionKind EspbTargetLowering::shouldExpandAtomicLoadInIR(LoadInst *LI) const {
  return LI->getType()->getPrimitiveSizeInBits() == 64 ? AtomicExpansionKind::CmpXChg
                                                       : AtomicExpansionKind::None;
}

TargetLowering::AtomicExpansionKind EspbTargetLowering::shouldExpandAtomicStoreInIR(StoreInst *SI) const {
  return SI->getValueOperand()->getType()->getPrimitiveSizeInBits() == 64 ? AtomicExpansionKind::Expand
                                                                          : AtomicExpansionKind::None;
}

TargetLowering::AtomicExpansionKind EspbTargetLowering::shouldExpandAtomicRMWInIR(AtomicRMWInst *AI) const {
  if (AI->isFloatingPointOperation() || AI->getType()->getPrimitiveSizeInBits() != 32)
    return AtomicExpansionKind::CmpXChg;
  switch (AI->getOperation()) {
  case AtomicRMWInst::Xchg:
  case AtomicRMWInst::Add:
  case AtomicRMWInst::Sub:
  case AtomicRMWInst::And:
  case AtomicRMWInst::Or:
  case AtomicRMWInst::Xor:
  case AtomicRMWInst::Min:
  case AtomicRMWInst::Max:
  case AtomicRMWInst::UMin:
  case AtomicRMWInst::UMax:
    return AtomicExpansionKind::None;
  default:
    return AtomicExpansionKind::CmpXChg;
  }
}

//===-- Custom operations
//---------------------------------------------------------------------------------------------===//
SDValue EspbTargetLowering::lowerGlobalAddress(SDValue Op, SelectionDAG &DAG) const {
  const auto *N = cast<GlobalAddressSDNode>(Op);
  const GlobalValue *GV = N->getGlobal();
  const GlobalObject *GO = GV->getAliaseeObject();
  const SDLoc DL(Op);
  espb::EspbCodegenContext &Ctx = Subtarget.context();
  SDValue Address;
  int64_t Offset = N->getOffset();
  if (const auto *F = dyn_cast_or_null<Function>(GO); F && !F->isDeclaration()) {
    Address = DAG.getNode(ESPBISD::LAFN, DL, MVT::i32,
                          DAG.getTargetConstant(Ctx.callableIndex(F->getName()), DL, MVT::i32));
  } else if (!GO || GO->isDeclaration()) {
    Address =
        DAG.getNode(ESPBISD::LAIMP, DL, MVT::i32,
                    DAG.getTargetConstant(Ctx.importIndex((GO ? GO : GV)->getName(), ""), DL, MVT::i32));
  } else {
    const bool Rodata = EspbTargetObjectFile::isRodata(GO);
    const unsigned Node = Rodata ? (Ctx.LargeData ? ESPBISD::LAROL : ESPBISD::LARO)
                                 : (Ctx.LargeData ? ESPBISD::LADATAL : ESPBISD::LADATA);
    return DAG.getNode(Node, DL, MVT::i32, DAG.getTargetGlobalAddress(GV, DL, MVT::i32, Offset));
  }
  if (Offset)
    Address = DAG.getNode(ISD::ADD, DL, MVT::i32, Address, DAG.getSignedConstant(Offset, DL, MVT::i32));
  return Address;
}

SDValue EspbTargetLowering::lowerWideMul(SDValue Op, SelectionDAG &DAG) const {
  const SDLoc DL(Op);
  SDValue Wide = DAG.getNode(Op.getOpcode() == ISD::UMUL_LOHI ? ESPBISD::MULUD : ESPBISD::MULSD, DL, MVT::i64,
                             Op.getOperand(0), Op.getOperand(1));
  SDValue Lo = DAG.getTargetExtractSubreg(Espb::sub_lo, DL, MVT::i32, Wide);
  SDValue Hi = DAG.getTargetExtractSubreg(Espb::sub_hi, DL, MVT::i32, Wide);
  return DAG.getMergeValues({Lo, Hi}, DL);
}

SDValue EspbTargetLowering::lowerDynamicAlloc(SDValue Op, SelectionDAG &DAG) const {
  const SDLoc DL(Op);
  SDValue Chain = Op.getOperand(0);
  SDValue Size = Op.getOperand(1);
  const MaybeAlign Alignment = cast<ConstantSDNode>(Op.getOperand(2))->getMaybeAlignValue();
  SDValue SP = DAG.getNode(ESPBISD::GETSP, DL, {MVT::i32, MVT::Other}, {Chain});
  Chain = SP.getValue(1);
  SDValue Area = DAG.getNode(ESPBISD::DYNAREA, DL, MVT::i32);
  // Outgoing stack arguments stay below the allocation.
  SDValue NewSP = DAG.getNode(ISD::SUB, DL, MVT::i32, SP, Size);
  NewSP = DAG.getNode(ISD::AND, DL, MVT::i32, NewSP, DAG.getSignedConstant(-16, DL, MVT::i32));
  SDValue Result = DAG.getNode(ISD::ADD, DL, MVT::i32, NewSP, Area);
  if (Alignment && *Alignment > Align(16)) {
    Result = DAG.getNode(ISD::AND, DL, MVT::i32, Result,
                         DAG.getSignedConstant(-(int64_t)Alignment->value(), DL, MVT::i32));
    NewSP = DAG.getNode(ISD::SUB, DL, MVT::i32, Result, Area);
  }
  Chain = DAG.getNode(ESPBISD::SETSP, DL, MVT::Other, Chain, NewSP);
  return DAG.getMergeValues({Result, Chain}, DL);
}

SDValue EspbTargetLowering::LowerOperation(SDValue Op, SelectionDAG &DAG) const {
  const SDLoc DL(Op);
  MachineFunction &MF = DAG.getMachineFunction();
  espb::EspbCodegenContext &Ctx = Subtarget.context();
  switch (Op.getOpcode()) {
  case ISD::GlobalAddress:
    return lowerGlobalAddress(Op, DAG);
  case ISD::UMUL_LOHI:
  case ISD::SMUL_LOHI:
    return lowerWideMul(Op, DAG);
  case ISD::DYNAMIC_STACKALLOC:
    return lowerDynamicAlloc(Op, DAG);
  case ISD::ExternalSymbol:
    return DAG.getNode(ESPBISD::LAIMP, DL, MVT::i32,
                       DAG.getTargetConstant(Ctx.importIndex(cast<ExternalSymbolSDNode>(Op)->getSymbol(), ""),
                                             DL, MVT::i32));
  case ISD::ConstantPool: {
    const auto *CP = cast<ConstantPoolSDNode>(Op);
    return DAG.getNode(
        Ctx.LargeData ? ESPBISD::LAROL : ESPBISD::LARO, DL, MVT::i32,
        DAG.getTargetConstantPool(CP->getConstVal(), MVT::i32, CP->getAlign(), CP->getOffset()));
  }
  case ISD::BlockAddress: // computed goto was made a switch over block numbers; a label that nothing jumps to
                          // has number 1
    return DAG.getConstant(1, DL, MVT::i32);
  case ISD::JumpTable: // only reached by nodes that BR_JT has made dead
    return DAG.getConstant(0, DL, MVT::i32);
  case ISD::GlobalTLSAddress:
    Subtarget.reportError(
        MF.getFunction(), &DL.getDebugLoc(),
        "thread-local variable '" + cast<GlobalAddressSDNode>(Op)->getGlobal()->getName() +
            "' is not supported; make it an ordinary global or keep it in a task's own structure");
    return DAG.getConstant(0, DL, MVT::i32);
  case ISD::BR_JT: {
    const auto *JT = cast<JumpTableSDNode>(Op.getOperand(1));
    return DAG.getNode(ESPBISD::SWITCH, DL, MVT::Other, Op.getOperand(0), Op.getOperand(2),
                       DAG.getTargetJumpTable(JT->getIndex(), MVT::i32));
  }
  case ISD::VASTART: {
    SDValue FI = DAG.getFrameIndex(MF.getInfo<EspbMachineFunctionInfo>()->VarArgsFrameIndex, MVT::i32);
    const Value *SV = cast<SrcValueSDNode>(Op.getOperand(2))->getValue();
    return DAG.getStore(Op.getOperand(0), DL, FI, Op.getOperand(1), MachinePointerInfo(SV));
  }
  case ISD::FRAMEADDR:
  case ISD::EH_DWARF_CFA: {
    if (Op.getOpcode() == ISD::FRAMEADDR && Op.getConstantOperandVal(0) != 0)
      return DAG.getConstant(0, DL, MVT::i32);
    MF.getFrameInfo().setFrameAddressIsTaken(true);
    return DAG.getFrameIndex(MF.getFrameInfo().CreateFixedObject(4, 0, true), MVT::i32);
  }
  case ISD::RETURNADDR:
    return DAG.getConstant(0, DL, MVT::i32);
  case ISD::STACKSAVE:
    return DAG.getNode(ESPBISD::GETSP, DL, {MVT::i32, MVT::Other}, {Op.getOperand(0)});
  case ISD::STACKRESTORE:
    // The register copy of sp for frame objects must exist.
    MF.getFrameInfo().CreateVariableSizedObject(Align(1), nullptr);
    return DAG.getNode(ESPBISD::SETSP, DL, MVT::Other, Op.getOperand(0), Op.getOperand(1));
  case ISD::PREFETCH:
  case ISD::CLEAR_CACHE:
    return Op.getOperand(0);
  case ISD::READCYCLECOUNTER:
  case ISD::READSTEADYCOUNTER:
    Subtarget.reportError(MF.getFunction(), &DL.getDebugLoc(),
                          "a module has no cycle counter; call an imported time function instead");
    return DAG.getMergeValues({DAG.getConstant(0, DL, MVT::i64), Op.getOperand(0)}, DL);
  case ISD::ATOMIC_FENCE:
    if (Op.getConstantOperandVal(2) == SyncScope::SingleThread)
      return DAG.getNode(ISD::MEMBARRIER, DL, MVT::Other, Op.getOperand(0));
    return Op;
  case ISD::FP_TO_SINT_SAT:
  case ISD::FP_TO_UINT_SAT: {
    const EVT Width = cast<VTSDNode>(Op.getOperand(1))->getVT();
    const EVT Src = Op.getOperand(0).getValueType();
    if (Width == Op.getValueType() && (Src == MVT::f32 || Src == MVT::f64))
      return Op;
    return expandFP_TO_INT_SAT(Op.getNode(), DAG);
  }
  default:
    return SDValue();
  }
}

void EspbTargetLowering::ReplaceNodeResults(SDNode *N, SmallVectorImpl<SDValue> &Results,
                                            SelectionDAG &DAG) const {
  SDValue Result = LowerOperation(SDValue(N, 0), DAG);
  if (!Result.getNode())
    return;
  for (unsigned I = 0; I != N->getNumValues(); ++I)
    Results.push_back(Result.getValue(I));
}

std::pair<unsigned, const TargetRegisterClass *>
EspbTargetLowering::getRegForInlineAsmConstraint(const TargetRegisterInfo *TRI, StringRef Constraint,
                                                 MVT VT) const {
  if (Constraint == "r")
    return {0U, VT == MVT::i64 || VT == MVT::f64 ? &Espb::GPR64RegClass : &Espb::GPRRegClass};
  return TargetLowering::getRegForInlineAsmConstraint(TRI, Constraint, VT);
}

Register EspbTargetLowering::getRegisterByName(const char *RegName, LLT, const MachineFunction &MF) const {
  Subtarget.reportError(MF.getFunction(), nullptr,
                        Twine("register variable '") + RegName +
                            "' is not supported; a module has no access to machine registers");
  return Espb::SP;
}
