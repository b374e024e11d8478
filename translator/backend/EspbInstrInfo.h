// SPDX-License-Identifier: Apache-2.0
// Instructions: copies, spills, branches, sizes.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBINSTRINFO_H
#define ESPB_TRANSLATOR_BACKEND_ESPBINSTRINFO_H

#include "EspbRegisterInfo.h"
#include "llvm/CodeGen/TargetInstrInfo.h"
#define GET_INSTRINFO_HEADER
#include "EspbGenInstrInfo.inc"

namespace llvm {
class EspbSubtarget;

class EspbInstrInfo : public EspbGenInstrInfo {
  const EspbRegisterInfo RI;

public:
  explicit EspbInstrInfo(const EspbSubtarget &STI);
  const EspbRegisterInfo &getRegisterInfo() const { return RI; }

  Register isLoadFromStackSlot(const MachineInstr &MI, int &FrameIndex) const override;
  Register isStoreToStackSlot(const MachineInstr &MI, int &FrameIndex) const override;
  void copyPhysReg(MachineBasicBlock &MBB, MachineBasicBlock::iterator I, const DebugLoc &DL, Register Dst,
                   Register Src, bool KillSrc, bool RenamableDest = false,
                   bool RenamableSrc = false) const override;
  void storeRegToStackSlot(MachineBasicBlock &MBB, MachineBasicBlock::iterator I, Register Src, bool IsKill,
                           int FI, const TargetRegisterClass *RC, Register VReg,
                           MachineInstr::MIFlag Flags = MachineInstr::NoFlags) const override;
  void loadRegFromStackSlot(MachineBasicBlock &MBB, MachineBasicBlock::iterator I, Register Dst, int FI,
                            const TargetRegisterClass *RC, Register VReg, unsigned SubReg = 0,
                            MachineInstr::MIFlag Flags = MachineInstr::NoFlags) const override;
  bool analyzeBranch(MachineBasicBlock &MBB, MachineBasicBlock *&TBB, MachineBasicBlock *&FBB,
                     SmallVectorImpl<MachineOperand> &Cond, bool AllowModify = false) const override;
  unsigned removeBranch(MachineBasicBlock &MBB, int *BytesRemoved = nullptr) const override;
  unsigned insertBranch(MachineBasicBlock &MBB, MachineBasicBlock *TBB, MachineBasicBlock *FBB,
                        ArrayRef<MachineOperand> Cond, const DebugLoc &DL,
                        int *BytesAdded = nullptr) const override;
  bool reverseBranchCondition(SmallVectorImpl<MachineOperand> &Cond) const override;
  bool isBranchOffsetInRange(unsigned BranchOpc, int64_t BrOffset) const override;
  MachineBasicBlock *getBranchDestBlock(const MachineInstr &MI) const override;
  void insertIndirectBranch(MachineBasicBlock &MBB, MachineBasicBlock &NewDestBB,
                            MachineBasicBlock &RestoreBB, const DebugLoc &DL, int64_t BrOffset,
                            RegScavenger *RS) const override;
  unsigned getTailDuplicateSize(CodeGenOptLevel OptLevel) const override;
  unsigned getInstSizeInBytes(const MachineInstr &MI) const override;

  void loadImmediate(MachineBasicBlock &MBB, MachineBasicBlock::iterator I, const DebugLoc &DL, Register Dst,
                     int64_t Value) const;
  // Dst = Base + Offset, Base being sp or a window register.
  void materializeAddress(MachineBasicBlock &MBB, MachineBasicBlock::iterator I, const DebugLoc &DL,
                          Register Dst, Register Base, int64_t Offset) const;
  static bool isJump(unsigned Opcode);
  static bool isSwitch(unsigned Opcode);
};
} // namespace llvm

#endif
