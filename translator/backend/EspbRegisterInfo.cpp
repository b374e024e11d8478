// SPDX-License-Identifier: Apache-2.0
// Registers: what is reserved, what a call preserves, frame index elimination.
#include "EspbRegisterInfo.h"
#include "EspbFrameLowering.h"
#include "EspbInstrInfo.h"
#include "EspbSubtarget.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineFunction.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"

#define GET_REGINFO_TARGET_DESC
#include "EspbGenRegisterInfo.inc"

using namespace llvm;

EspbRegisterInfo::EspbRegisterInfo() : EspbGenRegisterInfo(Espb::R0) {}

Register EspbRegisterInfo::framePointer() { return Espb::R31; }

const MCPhysReg *EspbRegisterInfo::getCalleeSavedRegs(const MachineFunction *) const {
  return CSR_None_SaveList;
}

const uint32_t *EspbRegisterInfo::getCallPreservedMask(const MachineFunction &, CallingConv::ID) const {
  return CSR_Window_RegMask;
}

BitVector EspbRegisterInfo::getReservedRegs(const MachineFunction &MF) const {
  BitVector Reserved(getNumRegs());
  Reserved.set(Espb::SP);
  if (MF.getFrameInfo().hasVarSizedObjects()) {
    markSuperRegs(Reserved, framePointer());
    markSuperRegs(Reserved, Espb::R30);
  }
  return Reserved;
}

Register EspbRegisterInfo::getFrameRegister(const MachineFunction &MF) const {
  return MF.getFrameInfo().hasVarSizedObjects() ? framePointer() : Register(Espb::SP);
}

unsigned EspbRegisterInfo::stackForm(unsigned Opcode) {
  switch (Opcode) {
  case Espb::LW_ro:
    return Espb::LW_rs;
  case Espb::SW_ro:
    return Espb::SW_rs;
  case Espb::LDD_ro:
    return Espb::LDD_rs;
  case Espb::SDD_ro:
    return Espb::SDD_rs;
  case Espb::LBU_ro:
    return Espb::LBUX_rs;
  default:
    return 0;
  }
}

bool EspbRegisterInfo::eliminateFrameIndex(MachineBasicBlock::iterator II, int, unsigned FIOperandNum,
                                           RegScavenger *) const {
  MachineInstr &MI = *II;
  MachineBasicBlock &MBB = *MI.getParent();
  MachineFunction &MF = *MBB.getParent();
  const EspbInstrInfo &TII = *MF.getSubtarget<EspbSubtarget>().getInstrInfo();
  const DebugLoc &DL = MI.getDebugLoc();
  Register Base;
  int64_t Offset = MF.getSubtarget()
                       .getFrameLowering()
                       ->getFrameIndexReference(MF, MI.getOperand(FIOperandNum).getIndex(), Base)
                       .getFixed();

  if (MI.isDebugInstr()) {
    MI.getOperand(FIOperandNum).ChangeToRegister(Base, false);
    return false;
  }
  if (FIOperandNum + 1 < MI.getNumOperands() && MI.getOperand(FIOperandNum + 1).isImm())
    Offset += MI.getOperand(FIOperandNum + 1).getImm();

  if (MI.getOpcode() == Espb::PseudoADDFI) {
    TII.materializeAddress(MBB, II, DL, MI.getOperand(0).getReg(), Base, Offset);
    MI.eraseFromParent();
    return true;
  }
  if (Base == Espb::SP) {
    // Words have a form that counts from sp.
    const unsigned Form = stackForm(MI.getOpcode());
    if (Form && Offset >= 0 && Offset % 4 == 0 && Offset / 4 <= 255) {
      MI.setDesc(TII.get(Form));
      MI.getOperand(FIOperandNum + 1).ChangeToImmediate(Offset / 4);
      MI.removeOperand(FIOperandNum);
      return false;
    }
  } else if (isInt<8>(Offset)) {
    MI.getOperand(FIOperandNum).ChangeToRegister(Base, false);
    MI.getOperand(FIOperandNum + 1).ChangeToImmediate(Offset);
    return false;
  }
  // Beside the kept sp a second register is set aside, so that no slot has to be in reach.
  Register Scratch =
      Base == Espb::SP ? MF.getRegInfo().createVirtualRegister(&Espb::GPRRegClass) : Register(Espb::R30);
  TII.materializeAddress(MBB, II, DL, Scratch, Base, Offset);
  MI.getOperand(FIOperandNum).ChangeToRegister(Scratch, false, false, /*isKill=*/true);
  if (FIOperandNum + 1 < MI.getNumOperands() && MI.getOperand(FIOperandNum + 1).isImm())
    MI.getOperand(FIOperandNum + 1).ChangeToImmediate(0);
  return false;
}
