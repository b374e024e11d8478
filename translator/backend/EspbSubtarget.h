// SPDX-License-Identifier: Apache-2.0
// The one subtarget there is; it also gives every part of the backend its way to the codegen context.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBSUBTARGET_H
#define ESPB_TRANSLATOR_BACKEND_ESPBSUBTARGET_H

#include "EspbCodegenContext.h"
#include "EspbFrameLowering.h"
#include "EspbISelLowering.h"
#include "EspbInstrInfo.h"
#include "EspbSelectionDAGInfo.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#define GET_SUBTARGETINFO_HEADER
#include "EspbGenSubtargetInfo.inc"

namespace llvm {
class EspbTargetMachine;

class EspbSubtarget : public EspbGenSubtargetInfo {
  espb::EspbCodegenContext &Context;
  EspbInstrInfo InstrInfo;
  EspbFrameLowering FrameLowering;
  EspbTargetLowering TLInfo;
  EspbSelectionDAGInfo TSInfo;

public:
  EspbSubtarget(const Triple &TT, const EspbTargetMachine &TM, espb::EspbCodegenContext &Context);

  const EspbInstrInfo *getInstrInfo() const override { return &InstrInfo; }
  const EspbRegisterInfo *getRegisterInfo() const override { return &InstrInfo.getRegisterInfo(); }
  const EspbFrameLowering *getFrameLowering() const override { return &FrameLowering; }
  const EspbTargetLowering *getTargetLowering() const override { return &TLInfo; }
  const EspbSelectionDAGInfo *getSelectionDAGInfo() const override { return &TSInfo; }
  void ParseSubtargetFeatures(StringRef CPU, StringRef TuneCPU, StringRef FS);
  bool enableIndirectBrExpand() const override { return true; }
  bool enableMachineScheduler() const override { return false; }

  espb::EspbCodegenContext &context() const { return Context; }
  // Records "file:line: in function f: Message"; Loc may be null.
  void reportError(const Function &F, const DebugLoc *Loc, const Twine &Message) const;
};
} // namespace llvm

#endif
