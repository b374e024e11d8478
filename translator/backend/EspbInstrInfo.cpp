// SPDX-License-Identifier: Apache-2.0
// Instructions: copies, spills, branches, sizes.
#include "EspbInstrInfo.h"
#include "EspbEncoding.h"
#include "EspbMachineFunctionInfo.h"
#include "EspbSubtarget.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineFunction.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineJumpTableInfo.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"

using namespace llvm;

#define GET_INSTRINFO_CTOR_DTOR
#include "EspbGenInstrInfo.inc"

EspbInstrInfo::EspbInstrInfo(const EspbSubtarget &STI)
    : EspbGenInstrInfo(STI, RI, Espb::ADJCALLSTACKDOWN, Espb::ADJCALLSTACKUP) {}

Register EspbInstrInfo::isLoadFromStackSlot(const MachineInstr &MI, int &FrameIndex) const {
  if ((MI.getOpcode() == Espb::LW_ro || MI.getOpcode() == Espb::LDD_ro) && MI.getOperand(1).isFI() &&
      MI.getOperand(2).isImm() && MI.getOperand(2).getImm() == 0) {
    FrameIndex = MI.getOperand(1).getIndex();
    return MI.getOperand(0).getReg();
  }
  return Register();
}

Register EspbInstrInfo::isStoreToStackSlot(const MachineInstr &MI, int &FrameIndex) const {
  if ((MI.getOpcode() == Espb::SW_ro || MI.getOpcode() == Espb::SDD_ro) && MI.getOperand(1).isFI() &&
      MI.getOperand(2).isImm() && MI.getOperand(2).getImm() == 0) {
    FrameIndex = MI.getOperand(1).getIndex();
    return MI.getOperand(0).getReg();
  }
  return Register();
}

void EspbInstrInfo::copyPhysReg(MachineBasicBlock &MBB, MachineBasicBlock::iterator I, const DebugLoc &DL,
                                Register Dst, Register Src, bool KillSrc, bool, bool) const {
  const bool Pair = Espb::GPR64RegClass.contains(Dst);
  BuildMI(MBB, I, DL, get(Pair ? Espb::MOVD_rr : Espb::MOV_rr), Dst).addReg(Src, getKillRegState(KillSrc));
}

static MachineMemOperand *slotOperand(MachineFunction &MF, int FI, MachineMemOperand::Flags Flags) {
  MachineFrameInfo &MFI = MF.getFrameInfo();
  return MF.getMachineMemOperand(MachinePointerInfo::getFixedStack(MF, FI), Flags, MFI.getObjectSize(FI),
                                 MFI.getObjectAlign(FI));
}

void EspbInstrInfo::storeRegToStackSlot(MachineBasicBlock &MBB, MachineBasicBlock::iterator I, Register Src,
                                        bool IsKill, int FI, const TargetRegisterClass *RC, Register,
                                        MachineInstr::MIFlag Flags) const {
  const bool Pair = Espb::GPR64RegClass.hasSubClassEq(RC);
  BuildMI(MBB, I, DebugLoc(), get(Pair ? Espb::SDD_ro : Espb::SW_ro))
      .addReg(Src, getKillRegState(IsKill))
      .addFrameIndex(FI)
      .addImm(0)
      .addMemOperand(slotOperand(*MBB.getParent(), FI, MachineMemOperand::MOStore))
      .setMIFlag(Flags);
}

void EspbInstrInfo::loadRegFromStackSlot(MachineBasicBlock &MBB, MachineBasicBlock::iterator I, Register Dst,
                                         int FI, const TargetRegisterClass *RC, Register, unsigned SubReg,
                                         MachineInstr::MIFlag Flags) const {
  const bool Pair = Espb::GPR64RegClass.hasSubClassEq(RC);
  BuildMI(MBB, I, DebugLoc(), get(Pair ? Espb::LDD_ro : Espb::LW_ro))
      .addReg(Dst, RegState::Define, SubReg)
      .addFrameIndex(FI)
      .addImm(0)
      .addMemOperand(slotOperand(*MBB.getParent(), FI, MachineMemOperand::MOLoad))
      .setMIFlag(Flags);
}

void EspbInstrInfo::loadImmediate(MachineBasicBlock &MBB, MachineBasicBlock::iterator I, const DebugLoc &DL,
                                  Register Dst, int64_t Value) const {
  const unsigned Opcode = isInt<8>(Value) ? Espb::LI_ri : isInt<16>(Value) ? Espb::LI_rw : Espb::LI_rl;
  BuildMI(MBB, I, DL, get(Opcode), Dst).addImm(Value);
}

void EspbInstrInfo::materializeAddress(MachineBasicBlock &MBB, MachineBasicBlock::iterator I,
                                       const DebugLoc &DL, Register Dst, Register Base,
                                       int64_t Offset) const {
  if (Base == Espb::SP) {
    BuildMI(MBB, I, DL, get(isUInt<16>(Offset) ? Espb::ADDSP_r : Espb::ADDSP_l), Dst).addImm(Offset);
  } else if (isInt<8>(Offset)) {
    BuildMI(MBB, I, DL, get(Espb::ADD_rri), Dst).addReg(Base).addImm(Offset);
  } else {
    Register Tmp = Dst == Base || Dst.isVirtual()
                       ? MBB.getParent()->getRegInfo().createVirtualRegister(&Espb::GPRRegClass)
                       : Dst;
    loadImmediate(MBB, I, DL, Tmp, Offset);
    BuildMI(MBB, I, DL, get(Espb::ADD_rrr), Dst).addReg(Tmp, RegState::Kill).addReg(Base);
  }
}

//===-- Branches
//----------------------------------------------------------------------------------------------------===//
bool EspbInstrInfo::isJump(unsigned Opcode) {
  return Opcode == Espb::JMP8 || Opcode == Espb::JMP16 || Opcode == Espb::JMP32;
}

bool EspbInstrInfo::isSwitch(unsigned Opcode) { return Opcode == Espb::SWITCH || Opcode == Espb::SWITCH32; }

// The conditional branch with the opposite condition, 0 if there is none.
static unsigned oppositeBranch(unsigned Opcode) {
  static const unsigned Pairs[][2] = {
      {Espb::BEQ_rr, Espb::BNE_rr},   {Espb::BEQ_ar, Espb::BNE_ar},   {Espb::BEQ_ri, Espb::BNE_ri},
      {Espb::BEQ_ai, Espb::BNE_ai},   {Espb::BEQ_rz, Espb::BNE_rz},   {Espb::BEQ_az, Espb::BNE_az},
      {Espb::BLT_rr, Espb::BGE_rr},   {Espb::BLT_ar, Espb::BGE_ar},   {Espb::BLT_ri, Espb::BGE_ri},
      {Espb::BLT_ai, Espb::BGE_ai},   {Espb::BLT_rz, Espb::BGE_rz},   {Espb::BLTU_rr, Espb::BGEU_rr},
      {Espb::BLTU_ar, Espb::BGEU_ar}, {Espb::BLTU_ri, Espb::BGEU_ri}, {Espb::BLTU_ai, Espb::BGEU_ai},
      {Espb::BTZ_ri, Espb::BTNZ_ri},
  };
  for (auto &P : Pairs) {
    if (Opcode == P[0])
      return P[1];
    if (Opcode == P[1])
      return P[0];
  }
  return 0;
}

static bool isConditional(const MachineInstr &MI) { return MI.getDesc().isConditionalBranch(); }

MachineBasicBlock *EspbInstrInfo::getBranchDestBlock(const MachineInstr &MI) const {
  for (const MachineOperand &MO : llvm::reverse(MI.explicit_operands()))
    if (MO.isMBB())
      return MO.getMBB();
  return nullptr;
}

// Cond is the opcode followed by the branch's operands less the target.
bool EspbInstrInfo::analyzeBranch(MachineBasicBlock &MBB, MachineBasicBlock *&TBB, MachineBasicBlock *&FBB,
                                  SmallVectorImpl<MachineOperand> &Cond, bool AllowModify) const {
  TBB = FBB = nullptr;
  Cond.clear();
  SmallVector<MachineInstr *, 4> Terms;
  for (MachineInstr &MI : MBB.terminators())
    if (!MI.isDebugInstr())
      Terms.push_back(&MI);
  // What follows an unconditional jump is never executed.
  for (unsigned I = 0; I < Terms.size(); ++I)
    if (isJump(Terms[I]->getOpcode())) {
      if (AllowModify)
        for (unsigned J = I + 1; J < Terms.size(); ++J)
          Terms[J]->eraseFromParent();
      Terms.resize(I + 1);
    }
  if (Terms.empty())
    return false;
  if (Terms.size() > 2)
    return true;
  MachineInstr &Last = *Terms.back();
  auto parseConditional = [&](MachineInstr &MI) {
    TBB = getBranchDestBlock(MI);
    Cond.push_back(MachineOperand::CreateImm(MI.getOpcode()));
    for (const MachineOperand &MO : MI.explicit_operands())
      if (!MO.isMBB())
        Cond.push_back(MO);
  };
  if (Terms.size() == 1) {
    if (isJump(Last.getOpcode())) {
      TBB = getBranchDestBlock(Last);
      return false;
    }
    if (isConditional(Last)) {
      parseConditional(Last);
      return false;
    }
    return true;
  }
  if (isConditional(*Terms[0]) && isJump(Last.getOpcode())) {
    parseConditional(*Terms[0]);
    FBB = getBranchDestBlock(Last);
    return false;
  }
  return true;
}

unsigned EspbInstrInfo::removeBranch(MachineBasicBlock &MBB, int *BytesRemoved) const {
  unsigned Count = 0;
  int Bytes = 0;
  for (auto I = MBB.getLastNonDebugInstr(); I != MBB.end(); I = MBB.getLastNonDebugInstr()) {
    if (!isJump(I->getOpcode()) && !isConditional(*I))
      break;
    Bytes += getInstSizeInBytes(*I);
    I->eraseFromParent();
    ++Count;
  }
  if (BytesRemoved)
    *BytesRemoved = Bytes;
  return Count;
}

unsigned EspbInstrInfo::insertBranch(MachineBasicBlock &MBB, MachineBasicBlock *TBB, MachineBasicBlock *FBB,
                                     ArrayRef<MachineOperand> Cond, const DebugLoc &DL,
                                     int *BytesAdded) const {
  unsigned Count = 0;
  int Bytes = 0;
  auto jump = [&](MachineBasicBlock *To) {
    MachineInstr &MI = *BuildMI(&MBB, DL, get(Espb::JMP8)).addMBB(To);
    Bytes += getInstSizeInBytes(MI);
    ++Count;
  };
  if (Cond.empty()) {
    jump(TBB);
  } else {
    auto MIB = BuildMI(&MBB, DL, get(Cond[0].getImm()));
    for (const MachineOperand &MO : Cond.drop_front())
      MIB.add(MO);
    MIB.addMBB(TBB);
    Bytes += getInstSizeInBytes(*MIB);
    ++Count;
    if (FBB)
      jump(FBB);
  }
  if (BytesAdded)
    *BytesAdded = Bytes;
  return Count;
}

bool EspbInstrInfo::reverseBranchCondition(SmallVectorImpl<MachineOperand> &Cond) const {
  unsigned Opposite = oppositeBranch(Cond[0].getImm());
  if (!Opposite)
    return true;
  Cond[0].setImm(Opposite);
  return false;
}

bool EspbInstrInfo::isBranchOffsetInRange(unsigned BranchOpc, int64_t BrOffset) const {
  // Jumps grow in the assembler.
  return isJump(BranchOpc) || isInt<8>(BrOffset);
}

void EspbInstrInfo::insertIndirectBranch(MachineBasicBlock &MBB, MachineBasicBlock &NewDestBB,
                                         MachineBasicBlock &, const DebugLoc &DL, int64_t,
                                         RegScavenger *) const {
  BuildMI(&MBB, DL, get(Espb::JMP32)).addMBB(&NewDestBB);
}

// A jump costs a dispatch like everything else: copying a few instructions is better.
unsigned EspbInstrInfo::getTailDuplicateSize(CodeGenOptLevel) const { return 3; }

unsigned EspbInstrInfo::getInstSizeInBytes(const MachineInstr &MI) const {
  const Espb::Encoding *E = Espb::encodingOf(MI.getOpcode());
  if (!E)
    return 0;
  if (isJump(MI.getOpcode())) // not yet known; what a large function may need is 32 bits
    return MI.getMF()->getInfo<EspbMachineFunctionInfo>()->Large ? 6 : 3;
  unsigned Size = E->size();
  if (isSwitch(MI.getOpcode())) {
    const auto &Tables = MI.getMF()->getJumpTableInfo()->getJumpTables();
    const unsigned Entry = MI.getOpcode() == Espb::SWITCH32 ? 4 : 2;
    Size += Entry * (Tables[MI.getOperand(1).getIndex()].MBBs.size() + 1);
  }
  return Size;
}
