// SPDX-License-Identifier: Apache-2.0
// Frames on the data stack: enter/ret move sp, everything is addressed from sp (or from a kept copy of it).
#include "EspbFrameLowering.h"
#include "EspbInstrInfo.h"
#include "EspbRegisterInfo.h"
#include "EspbSubtarget.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineFunction.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/RegisterScavenging.h"

using namespace llvm;

// Over-aligned objects become dynamic allocations: frames are never realigned.
EspbFrameLowering::EspbFrameLowering()
    : TargetFrameLowering(StackGrowsDown, Align(16), 0, Align(16), /*StackReal=*/false) {}

bool EspbFrameLowering::hasFPImpl(const MachineFunction &MF) const {
  return MF.getFrameInfo().hasVarSizedObjects();
}

StackOffset EspbFrameLowering::getFrameIndexReference(const MachineFunction &MF, int FI,
                                                      Register &FrameReg) const {
  const MachineFrameInfo &MFI = MF.getFrameInfo();
  FrameReg = MF.getSubtarget().getRegisterInfo()->getFrameRegister(MF);
  return StackOffset::getFixed(MFI.getObjectOffset(FI) + MFI.getStackSize());
}

void EspbFrameLowering::processFunctionBeforeFrameFinalized(MachineFunction &MF, RegScavenger *RS) const {
  MachineFrameInfo &MFI = MF.getFrameInfo();
  if (!RS || !MFI.hasStackObjects() || hasFP(MF))
    return;
  // A slot for the scavenger where an access to the frame may need a register of its own for the address.
  bool Needed = MFI.estimateStackSize(MF) > 900;
  for (const MachineBasicBlock &MBB : MF)
    for (const MachineInstr &MI : MBB)
      for (unsigned I = 0; I != MI.getNumOperands(); ++I)
        if (MI.getOperand(I).isFI() && MI.getOpcode() != Espb::PseudoADDFI)
          Needed |= !EspbRegisterInfo::stackForm(MI.getOpcode()) || MI.getOperand(I + 1).getImm() % 4 ||
                    MFI.getObjectAlign(MI.getOperand(I).getIndex()) < Align(4);
  if (Needed)
    RS->addScavengingFrameIndex(MFI.CreateStackObject(4, Align(4), false));
}

void EspbFrameLowering::emitPrologue(MachineFunction &MF, MachineBasicBlock &MBB) const {
  MachineFrameInfo &MFI = MF.getFrameInfo();
  const EspbInstrInfo &TII = *MF.getSubtarget<EspbSubtarget>().getInstrInfo();
  const uint64_t Size = alignTo(MFI.getStackSize(), 16);
  MFI.setStackSize(Size);
  auto I = MBB.begin();
  const DebugLoc DL;
  if (Size) {
    const uint64_t Units = Size / 16;
    BuildMI(MBB, I, DL, TII.get(Units <= 255 ? Espb::ENTER : Espb::ENTER16))
        .addImm(std::min<uint64_t>(Units, 0xffff))
        .setMIFlag(MachineInstr::FrameSetup);
    if (Units > 0xffff)
      MF.getSubtarget<EspbSubtarget>().reportError(MF.getFunction(), nullptr,
                                                   "the stack frame of " + Twine(Size) +
                                                       " bytes is above the limit of " + Twine(0xffff * 16) +
                                                       "; allocate large objects statically or on the heap");
  }
  if (hasFP(MF))
    BuildMI(MBB, I, DL, TII.get(Espb::GETSP), EspbRegisterInfo::framePointer())
        .setMIFlag(MachineInstr::FrameSetup);
  for (MachineBasicBlock &B : MF)
    for (MachineInstr &MI : llvm::make_early_inc_range(B))
      if (MI.getOpcode() == Espb::PseudoDYNAREA) {
        TII.loadImmediate(B, MI.getIterator(), MI.getDebugLoc(), MI.getOperand(0).getReg(),
                          MFI.getMaxCallFrameSize());
        MI.eraseFromParent();
      }
}

void EspbFrameLowering::emitEpilogue(MachineFunction &MF, MachineBasicBlock &MBB) const {
  const EspbInstrInfo &TII = *MF.getSubtarget<EspbSubtarget>().getInstrInfo();
  auto I = MBB.getFirstTerminator();
  if (I == MBB.end())
    return;
  if (hasFP(MF))
    BuildMI(MBB, I, I->getDebugLoc(), TII.get(Espb::SETSP)).addReg(EspbRegisterInfo::framePointer());
  const uint64_t Units = MF.getFrameInfo().getStackSize() / 16;
  if (!Units || I->getOpcode() != Espb::RET)
    return;
  auto Ret = BuildMI(MBB, I, I->getDebugLoc(), TII.get(Units <= 255 ? Espb::RETN : Espb::RETN16))
                 .addImm(Units & 0xffff);
  for (const MachineOperand &MO : I->operands())
    Ret.add(MO);
  I->eraseFromParent();
}

MachineBasicBlock::iterator
EspbFrameLowering::eliminateCallFramePseudoInstr(MachineFunction &, MachineBasicBlock &MBB,
                                                 MachineBasicBlock::iterator MI) const {
  // Outgoing arguments have their place at the bottom of every frame.
  return MBB.erase(MI);
}
