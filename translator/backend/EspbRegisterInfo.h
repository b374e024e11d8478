// SPDX-License-Identifier: Apache-2.0
// Registers: what is reserved, what a call preserves, frame index elimination.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBREGISTERINFO_H
#define ESPB_TRANSLATOR_BACKEND_ESPBREGISTERINFO_H

#include "llvm/CodeGen/TargetRegisterInfo.h"
#define GET_REGINFO_HEADER
#include "EspbGenRegisterInfo.inc"

namespace llvm {
class EspbRegisterInfo : public EspbGenRegisterInfo {
public:
  EspbRegisterInfo();

  const MCPhysReg *getCalleeSavedRegs(const MachineFunction *MF) const override;
  const uint32_t *getCallPreservedMask(const MachineFunction &MF, CallingConv::ID) const override;
  BitVector getReservedRegs(const MachineFunction &MF) const override;
  bool requiresRegisterScavenging(const MachineFunction &) const override { return true; }
  bool requiresFrameIndexScavenging(const MachineFunction &) const override { return true; }
  bool eliminateFrameIndex(MachineBasicBlock::iterator MI, int SPAdj, unsigned FIOperandNum,
                           RegScavenger *RS = nullptr) const override;
  Register getFrameRegister(const MachineFunction &MF) const override;

  // The window register that keeps sp in functions with dynamic allocations; renumbered with the others.
  static Register framePointer();
  // The form of a load or store that counts words from sp, 0 if there is none.
  static unsigned stackForm(unsigned Opcode);
};
} // namespace llvm

#endif
