// SPDX-License-Identifier: Apache-2.0
// The target machine and its pass pipeline.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBTARGETMACHINE_H
#define ESPB_TRANSLATOR_BACKEND_ESPBTARGETMACHINE_H

#include "EspbSubtarget.h"
#include "EspbTarget.h"
#include "llvm/CodeGen/CodeGenTargetMachineImpl.h"

namespace llvm {
class AsmPrinter;
class MCStreamer;

class EspbTargetMachine : public CodeGenTargetMachineImpl {
  espb::EspbCodegenContext &Context;
  std::unique_ptr<TargetLoweringObjectFile> TLOF;
  EspbSubtarget Subtarget;

public:
  EspbTargetMachine(const Target &T, const TargetOptions &Options, CodeGenOptLevel OL,
                    espb::EspbCodegenContext &Context);

  const EspbSubtarget *getSubtargetImpl(const Function &) const override { return &Subtarget; }
  TargetLoweringObjectFile *getObjFileLowering() const override { return TLOF.get(); }
  TargetPassConfig *createPassConfig(PassManagerBase &PM) override;
  TargetTransformInfo getTargetTransformInfo(const Function &F) const override;
  MachineFunctionInfo *createMachineFunctionInfo(BumpPtrAllocator &Allocator, const Function &F,
                                                 const TargetSubtargetInfo *STI) const override;
  espb::EspbCodegenContext &context() const { return Context; }
};

FunctionPass *createEspbISelDag(EspbTargetMachine &TM, CodeGenOptLevel OptLevel);
FunctionPass *createEspbExtensionsPass(); // removes extensions of extended values
FunctionPass *createEspbRefusalsPass();   // IR constructs that the machine cannot have
FunctionPass *
createEspbLateBlocksPass();             // blocks that would fall off the end, jump tables of large functions
FunctionPass *createEspbRenumberPass(); // hot registers get low numbers
FunctionPass *createEspbSimplifyPass(); // needless extensions, loop bounds
FunctionPass *createEspbFusionPass();   // add-and-branch, memory += immediate, double moves, switch ranges
FunctionPass *createEspbAccFormingPass(); // accumulator, two-address and zero-offset forms
AsmPrinter *createEspbAsmPrinter(TargetMachine &TM, std::unique_ptr<MCStreamer> &&Streamer);
} // namespace llvm

#endif
