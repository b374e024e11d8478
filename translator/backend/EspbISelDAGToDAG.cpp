// SPDX-License-Identifier: Apache-2.0
// Instruction selection: what patterns cannot say, and the addressing modes.
#include "EspbISelLowering.h"
#include "EspbSubtarget.h"
#include "EspbTargetMachine.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/SelectionDAGISel.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

#define DEBUG_TYPE "espb-isel"

namespace {
class EspbDAGToDAGISel : public SelectionDAGISel {
public:
  EspbDAGToDAGISel(EspbTargetMachine &TM, CodeGenOptLevel OL) : SelectionDAGISel(TM, OL) {}

  void Select(SDNode *N) override;
  bool SelectInlineAsmMemoryOperand(const SDValue &Op, InlineAsm::ConstraintCode,
                                    std::vector<SDValue> &OutOps) override {
    OutOps.push_back(Op);
    return false;
  }

  bool selectAddrRO(SDNode *Parent, SDValue N, SDValue &Base, SDValue &Offset);
  template <unsigned Shift> bool selectAddrRX(SDValue N, SDValue &Base, SDValue &Index);
  bool selectAddrData(SDValue N, SDValue &Symbol) { return selectSymbol(N, ESPBISD::LADATA, Symbol); }
  bool selectAddrRo(SDValue N, SDValue &Symbol) { return selectSymbol(N, ESPBISD::LARO, Symbol); }
  bool selectAddrSP(SDValue N, SDValue &Words);

#include "EspbGenDAGISel.inc"

private:
  bool selectSymbol(SDValue N, unsigned Node, SDValue &Symbol);
  void selectCall(SDNode *N);
  bool selectBitField(SDNode *N);
  bool selectPostIncrement(SDNode *N);
  SDValue immediate(int64_t V, const SDLoc &DL) { return CurDAG->getSignedTargetConstant(V, DL, MVT::i32); }
  // A word constant in a register.
  SDValue word(uint32_t V, const SDLoc &DL);
  SDValue pairOf(SDValue Lo, SDValue Hi, MVT VT, const SDLoc &DL);
};

class EspbDAGToDAGISelLegacy : public SelectionDAGISelLegacy {
public:
  static char ID;
  EspbDAGToDAGISelLegacy(EspbTargetMachine &TM, CodeGenOptLevel OL)
      : SelectionDAGISelLegacy(ID, std::make_unique<EspbDAGToDAGISel>(TM, OL)) {}
};
} // namespace

char EspbDAGToDAGISelLegacy::ID = 0;

FunctionPass *llvm::createEspbISelDag(EspbTargetMachine &TM, CodeGenOptLevel OptLevel) {
  return new EspbDAGToDAGISelLegacy(TM, OptLevel);
}

//===-- Addresses
//---------------------------------------------------------------------------------------------------===//
bool EspbDAGToDAGISel::selectAddrRO(SDNode *Parent, SDValue N, SDValue &Base, SDValue &Offset) {
  const SDLoc DL(N);
  // Only words and pairs have forms that count from sp; other accesses share one computed address.
  const auto *Mem = dyn_cast<MemSDNode>(Parent);
  const bool Word = Mem && Mem->getMemoryVT().getStoreSize().getKnownMinValue() >= 4;
  int64_t Imm = 0;
  SDValue B = N;
  if (CurDAG->isBaseWithConstantOffset(N)) {
    Imm = cast<ConstantSDNode>(N.getOperand(1))->getSExtValue();
    B = N.getOperand(0);
  }
  if (const auto *FI = dyn_cast<FrameIndexSDNode>(B); FI && Word) {
    Base = CurDAG->getTargetFrameIndex(FI->getIndex(), MVT::i32);
    Offset = immediate(Imm, DL);
    return true;
  }
  if (!isInt<8>(Imm)) {
    B = N;
    Imm = 0;
  }
  Base = B;
  Offset = immediate(Imm, DL);
  return true;
}

template <unsigned Shift> bool EspbDAGToDAGISel::selectAddrRX(SDValue N, SDValue &Base, SDValue &Index) {
  if (N.getOpcode() != ISD::ADD && !(N.getOpcode() == ISD::OR && N->getFlags().hasDisjoint()))
    return false;
  SDValue A = N.getOperand(0), B = N.getOperand(1);
  if constexpr (Shift == 0) {
    if (isa<ConstantSDNode>(A) || isa<ConstantSDNode>(B))
      return false;
    Base = A;
    Index = B;
    return true;
  }
  for (int Try = 0; Try != 2; ++Try, std::swap(A, B))
    if (B.getOpcode() == ISD::SHL && isa<ConstantSDNode>(B.getOperand(1)) &&
        B.getConstantOperandVal(1) == Shift) {
      Base = A;
      Index = B.getOperand(0);
      return true;
    }
  return false;
}

bool EspbDAGToDAGISel::selectSymbol(SDValue N, unsigned Node, SDValue &Symbol) {
  int64_t Offset = 0;
  if (N.getOpcode() == ISD::ADD && isa<ConstantSDNode>(N.getOperand(1))) {
    Offset = cast<ConstantSDNode>(N.getOperand(1))->getSExtValue();
    N = N.getOperand(0);
  }
  if (N.getOpcode() != Node)
    return false;
  SDValue Target = N.getOperand(0);
  if (const auto *G = dyn_cast<GlobalAddressSDNode>(Target)) {
    // An address outside its object may lie outside the block as well: no 16-bit field can be trusted to hold
    // it.
    const int64_t At = G->getOffset() + Offset;
    const auto *GV = dyn_cast_or_null<GlobalVariable>(G->getGlobal()->getAliaseeObject());
    if (Offset &&
        (!GV || At < 0 ||
         (uint64_t)At >= CurDAG->getDataLayout().getTypeAllocSize(GV->getValueType()).getFixedValue()))
      return false;
    Symbol = CurDAG->getTargetGlobalAddress(G->getGlobal(), SDLoc(N), MVT::i32, At);
    return true;
  }
  if (Offset)
    return false;
  Symbol = Target;
  return true;
}

bool EspbDAGToDAGISel::selectAddrSP(SDValue N, SDValue &Words) {
  if (N.getOpcode() != ESPBISD::SPOFF)
    return false;
  const uint64_t Offset = N.getConstantOperandVal(0);
  if (Offset % 4 || Offset / 4 > 255)
    return false;
  Words = immediate(Offset / 4, SDLoc(N));
  return true;
}

//===-- Nodes
//-------------------------------------------------------------------------------------------------------===//
SDValue EspbDAGToDAGISel::word(uint32_t V, const SDLoc &DL) {
  const int32_t S = (int32_t)V;
  const unsigned Opcode = isInt<8>(S) ? Espb::LI_ri : isInt<16>(S) ? Espb::LI_rw : Espb::LI_rl;
  return SDValue(CurDAG->getMachineNode(Opcode, DL, MVT::i32, immediate(S, DL)), 0);
}

SDValue EspbDAGToDAGISel::pairOf(SDValue Lo, SDValue Hi, MVT VT, const SDLoc &DL) {
  SDValue Ops[] = {CurDAG->getTargetConstant(Espb::GPR64RegClassID, DL, MVT::i32), Lo,
                   CurDAG->getTargetConstant(Espb::sub_lo, DL, MVT::i32), Hi,
                   CurDAG->getTargetConstant(Espb::sub_hi, DL, MVT::i32)};
  return SDValue(CurDAG->getMachineNode(TargetOpcode::REG_SEQUENCE, DL, VT, Ops), 0);
}

void EspbDAGToDAGISel::selectCall(SDNode *N) {
  const SDLoc DL(N);
  SmallVector<SDValue, 16> Ops;
  // The window is known when the function is finished.
  Ops.push_back(immediate(0, DL));
  unsigned Next = 2;
  unsigned Opcode;
  if (N->getOpcode() == ESPBISD::CALLI) {
    Ops.push_back(N->getOperand(1));
    Ops.push_back(N->getOperand(2));
    Opcode = N->getConstantOperandVal(2) < 256 ? Espb::CALLI8 : Espb::CALLI16;
    Next = 3;
  } else {
    const bool Short = N->getConstantOperandVal(1) < 256;
    Ops.push_back(N->getOperand(1));
    Opcode = N->getOpcode() == ESPBISD::CALL ? (Short ? Espb::CALL8 : Espb::CALL16)
                                             : (Short ? Espb::CALLN8 : Espb::CALLN16);
  }
  SDValue Glue;
  for (unsigned I = Next; I != N->getNumOperands(); ++I) {
    if (N->getOperand(I).getValueType() == MVT::Glue)
      Glue = N->getOperand(I);
    else
      Ops.push_back(N->getOperand(I));
  }
  Ops.push_back(N->getOperand(0));
  if (Glue)
    Ops.push_back(Glue);
  ReplaceNode(N, CurDAG->getMachineNode(Opcode, DL, N->getVTList(), Ops));
}

// (x >> lsb) & mask, x & mask, and the signed (x << l) >> r.
bool EspbDAGToDAGISel::selectBitField(SDNode *N) {
  const SDLoc DL(N);
  if (N->getValueType(0) != MVT::i32 || !isa<ConstantSDNode>(N->getOperand(1)))
    return false;
  const uint64_t C = N->getConstantOperandVal(1) & 0xffffffffu;
  SDValue X = N->getOperand(0);
  if (N->getOpcode() == ISD::AND) {
    if (!isMask_32(C) || C == 0xffffffffu)
      return false;
    const unsigned Width = llvm::popcount(C);
    unsigned Lsb = 0;
    if ((X.getOpcode() == ISD::SRL || X.getOpcode() == ISD::SRA) && X.hasOneUse() &&
        isa<ConstantSDNode>(X.getOperand(1)) && X.getConstantOperandVal(1) + Width <= 32) {
      Lsb = X.getConstantOperandVal(1);
      X = X.getOperand(0);
    }
    if (Lsb == 0 && (Width <= 8 || Width == 16))
      return false; // a plain AND or ZEXTH
    if (Lsb + Width == 32 && Lsb) {
      CurDAG->SelectNodeTo(N, Espb::SHR_rri, MVT::i32, X, immediate(Lsb, DL));
      return true;
    }
    CurDAG->SelectNodeTo(N, Espb::EXTU_rr, MVT::i32, X, immediate(Lsb, DL), immediate(Width, DL));
    return true;
  }
  // Shifts of shifts.
  if (X.getOpcode() != ISD::SHL || !X.hasOneUse() || !isa<ConstantSDNode>(X.getOperand(1)))
    return false;
  const uint64_t L = X.getConstantOperandVal(1);
  if (C >= 32 || L > C || C == 0)
    return false;
  const unsigned Opcode = N->getOpcode() == ISD::SRA ? Espb::EXTS_rr : Espb::EXTU_rr;
  CurDAG->SelectNodeTo(N, Opcode, MVT::i32, X.getOperand(0), immediate(C - L, DL), immediate(32 - C, DL));
  return true;
}

bool EspbDAGToDAGISel::selectPostIncrement(SDNode *N) {
  const auto *Mem = cast<LSBaseSDNode>(N);
  if (Mem->getAddressingMode() != ISD::POST_INC)
    return false;
  const SDLoc DL(N);
  const bool IsLoad = isa<LoadSDNode>(N);
  const bool Signed = IsLoad && cast<LoadSDNode>(N)->getExtensionType() == ISD::SEXTLOAD;
  const EVT VT = Mem->getMemoryVT();
  const int64_t Inc = cast<ConstantSDNode>(Mem->getOffset())->getSExtValue();
  unsigned P = 0, Q = 0;
  if (VT == MVT::i32 || VT == MVT::f32) {
    P = IsLoad ? Espb::LW_rp : Espb::SW_rp;
    Q = IsLoad ? Espb::LWX_rq : Espb::SWX_rq;
  } else if (VT == MVT::i16) {
    P = IsLoad ? (Signed ? Espb::LH_rp : Espb::LHU_rp) : Espb::SH_rp;
  } else if (VT == MVT::i8) {
    P = IsLoad ? (Signed ? Espb::LBX_rp : Espb::LBU_rp) : Espb::SB_rp;
    Q = IsLoad ? (Signed ? 0 : Espb::LBUQ_rq) : Espb::SBQ_rq;
  } else if (VT == MVT::i64 || VT == MVT::f64) {
    P = IsLoad ? Espb::LDDX_rp : Espb::SDDX_rp;
  }
  const bool Plain = Inc == (int64_t)VT.getStoreSize().getFixedValue();
  const unsigned Opcode = Plain ? P : Q;
  if (!Opcode)
    return false;
  SmallVector<SDValue, 4> Ops;
  if (!IsLoad)
    Ops.push_back(cast<StoreSDNode>(N)->getValue());
  Ops.push_back(Mem->getBasePtr());
  if (!Plain)
    Ops.push_back(immediate(Inc, DL));
  Ops.push_back(Mem->getChain());
  // Results: value and pointer of a load, pointer of a store, then the chain, as in the node replaced.
  MachineSDNode *New = CurDAG->getMachineNode(Opcode, DL, N->getVTList(), Ops);
  CurDAG->setNodeMemRefs(New, {Mem->getMemOperand()});
  ReplaceNode(N, New);
  return true;
}

void EspbDAGToDAGISel::Select(SDNode *N) {
  if (N->isMachineOpcode()) {
    N->setNodeId(-1);
    return;
  }
  const SDLoc DL(N);
  switch (N->getOpcode()) {
  case ISD::Constant:
    if (N->getValueType(0) == MVT::i64) {
      const uint64_t V = cast<ConstantSDNode>(N)->getZExtValue();
      if (isInt<8>((int64_t)V))
        break;
      ReplaceNode(N, pairOf(word(V, DL), word(V >> 32, DL), MVT::i64, DL).getNode());
      return;
    }
    break;
  case ISD::ConstantFP: {
    const uint64_t Bits = cast<ConstantFPSDNode>(N)->getValueAPF().bitcastToAPInt().getZExtValue();
    if (N->getValueType(0) == MVT::f32) {
      SDValue W = word(Bits, DL);
      ReplaceNode(N, CurDAG->getMachineNode(W.getMachineOpcode(), DL, MVT::f32, W.getOperand(0)));
    } else if (Bits == 0) {
      ReplaceNode(N, CurDAG->getMachineNode(Espb::LID_ri, DL, MVT::f64, immediate(0, DL)));
    } else {
      ReplaceNode(N, pairOf(word(Bits, DL), word(Bits >> 32, DL), MVT::f64, DL).getNode());
    }
    return;
  }
  case ISD::FrameIndex: {
    SDValue FI = CurDAG->getTargetFrameIndex(cast<FrameIndexSDNode>(N)->getIndex(), MVT::i32);
    CurDAG->SelectNodeTo(N, Espb::PseudoADDFI, MVT::i32, FI, immediate(0, DL));
    return;
  }
  case ISD::ADD:
  case ISD::OR:
    if (N->getValueType(0) == MVT::i32 && CurDAG->isBaseWithConstantOffset(SDValue(N, 0)))
      if (const auto *FI = dyn_cast<FrameIndexSDNode>(N->getOperand(0))) {
        SDValue T = CurDAG->getTargetFrameIndex(FI->getIndex(), MVT::i32);
        CurDAG->SelectNodeTo(N, Espb::PseudoADDFI, MVT::i32, T,
                             immediate(cast<ConstantSDNode>(N->getOperand(1))->getSExtValue(), DL));
        return;
      }
    break;
  case ISD::BUILD_PAIR:
    ReplaceNode(N, pairOf(N->getOperand(0), N->getOperand(1), MVT::i64, DL).getNode());
    return;
  case ISD::EXTRACT_ELEMENT: {
    const unsigned Sub = N->getConstantOperandVal(1) ? Espb::sub_hi : Espb::sub_lo;
    ReplaceNode(N, CurDAG->getTargetExtractSubreg(Sub, DL, MVT::i32, N->getOperand(0)).getNode());
    return;
  }
  case ISD::AND:
  case ISD::SRL:
  case ISD::SRA:
    if (selectBitField(N))
      return;
    break;
  case ISD::LOAD:
  case ISD::STORE:
    if (selectPostIncrement(N))
      return;
    break;
  case ESPBISD::CALL:
  case ESPBISD::CALLN:
  case ESPBISD::CALLI:
    selectCall(N);
    return;
  case ESPBISD::RET: {
    SmallVector<SDValue, 4> Ops;
    SDValue Glue;
    for (unsigned I = 1; I != N->getNumOperands(); ++I) {
      if (N->getOperand(I).getValueType() == MVT::Glue)
        Glue = N->getOperand(I);
      else
        Ops.push_back(N->getOperand(I));
    }
    Ops.push_back(N->getOperand(0));
    if (Glue)
      Ops.push_back(Glue);
    ReplaceNode(N, CurDAG->getMachineNode(Espb::RET, DL, MVT::Other, Ops));
    return;
  }
  case ESPBISD::SPOFF: {
    const uint64_t Offset = N->getConstantOperandVal(0);
    CurDAG->SelectNodeTo(N, isUInt<16>(Offset) ? Espb::ADDSP_r : Espb::ADDSP_l, MVT::i32,
                         immediate(Offset, DL));
    return;
  }
  default:
    break;
  }
  SelectCode(N);
}
