// SPDX-License-Identifier: Apache-2.0
// Frames on the data stack: enter/ret move sp, everything is addressed from sp (or from a kept copy of it).
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBFRAMELOWERING_H
#define ESPB_TRANSLATOR_BACKEND_ESPBFRAMELOWERING_H

#include "llvm/CodeGen/TargetFrameLowering.h"

namespace llvm {
class EspbFrameLowering : public TargetFrameLowering {
public:
  EspbFrameLowering();

  void emitPrologue(MachineFunction &MF, MachineBasicBlock &MBB) const override;
  void emitEpilogue(MachineFunction &MF, MachineBasicBlock &MBB) const override;
  bool allocateScavengingFrameIndexesNearIncomingSP(const MachineFunction &) const override { return false; }
  bool hasReservedCallFrame(const MachineFunction &) const override { return true; }
  MachineBasicBlock::iterator eliminateCallFramePseudoInstr(MachineFunction &MF, MachineBasicBlock &MBB,
                                                            MachineBasicBlock::iterator MI) const override;
  StackOffset getFrameIndexReference(const MachineFunction &MF, int FI, Register &FrameReg) const override;
  void processFunctionBeforeFrameFinalized(MachineFunction &MF, RegScavenger *RS) const override;

protected:
  bool hasFPImpl(const MachineFunction &MF) const override;
};
} // namespace llvm

#endif
