// SPDX-License-Identifier: Apache-2.0
// What code generation remembers about one function beside LLVM's own records.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBMACHINEFUNCTIONINFO_H
#define ESPB_TRANSLATOR_BACKEND_ESPBMACHINEFUNCTIONINFO_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/CodeGen/MachineFunction.h"

namespace llvm {
class EspbMachineFunctionInfo : public MachineFunctionInfo {
public:
  EspbMachineFunctionInfo(const Function &, const TargetSubtargetInfo *) {}
  MachineFunctionInfo *clone(BumpPtrAllocator &, MachineFunction &DestMF,
                             const DenseMap<MachineBasicBlock *, MachineBasicBlock *> &) const override {
    return DestMF.cloneInfo<EspbMachineFunctionInfo>(*this);
  }

  int VarArgsFrameIndex = 0;
  unsigned ArgWords = 0;
  unsigned ResultWords = 0;
  bool Large = false; // code may exceed what 16-bit displacements reach
  SmallDenseMap<unsigned, MachineBasicBlock *, 4>
      SwitchDefault; // where the switch of a jump table goes when no case matches
};
} // namespace llvm

#endif
