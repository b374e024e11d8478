// SPDX-License-Identifier: Apache-2.0
// The target machine and its pass pipeline.
#include "EspbTargetMachine.h"
#include "EspbMachineFunctionInfo.h"
#include "EspbTargetObjectFile.h"
#include "EspbTargetTransformInfo.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/Passes.h"
#include "llvm/CodeGen/TargetPassConfig.h"
#include "llvm/InitializePasses.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/PassRegistry.h"
#include "llvm/Transforms/Scalar.h"

using namespace llvm;

namespace espb {
const char kEspbDataLayout[] = "e-m:e-p:32:32-i64:64-n32-S128";
const char kEspbTriple[] = "riscv32-unknown-none-elf";
} // namespace espb

static TargetOptions fixedOptions(TargetOptions Options) {
  Options.UseInitArray = true;
  Options.TrapUnreachable = false;
  Options.ExceptionModel = ExceptionHandling::None;
  Options.EmitAddrsig = false;
  return Options;
}

EspbTargetMachine::EspbTargetMachine(const Target &T, const TargetOptions &Options, CodeGenOptLevel OL,
                                     espb::EspbCodegenContext &Context)
    : CodeGenTargetMachineImpl(T, espb::kEspbDataLayout, Triple(espb::kEspbTriple), "generic", "",
                               fixedOptions(Options), Reloc::Static, CodeModel::Small, OL),
      Context(Context), TLOF(std::make_unique<EspbTargetObjectFile>()),
      Subtarget(getTargetTriple(), *this, Context) {
  initAsmInfo();
  setRequiresStructuredCFG(false);
}

MachineFunctionInfo *EspbTargetMachine::createMachineFunctionInfo(BumpPtrAllocator &Allocator,
                                                                  const Function &F,
                                                                  const TargetSubtargetInfo *STI) const {
  return EspbMachineFunctionInfo::create<EspbMachineFunctionInfo>(Allocator, F, STI);
}

TargetTransformInfo EspbTargetMachine::getTargetTransformInfo(const Function &F) const {
  return TargetTransformInfo(std::make_unique<EspbTTIImpl>(this, F));
}

namespace {
class EspbPassConfig : public TargetPassConfig {
public:
  EspbPassConfig(EspbTargetMachine &TM, PassManagerBase &PM) : TargetPassConfig(TM, PM) {
    disablePass(&PostRASchedulerID);
    disablePass(&PostRAMachineSinkingID);
  }
  EspbTargetMachine &target() const { return getTM<EspbTargetMachine>(); }

  void addIRPasses() override {
    addPass(createEspbRefusalsPass());
    addPass(createAtomicExpandLegacyPass());
    addPass(createIndirectBrExpandPass()); // code has no addresses: computed goto becomes a switch
    TargetPassConfig::addIRPasses();
  }
  bool addInstSelector() override {
    addPass(createEspbISelDag(target(), getOptLevel()));
    return false;
  }
  void addMachineSSAOptimization() override {
    TargetPassConfig::addMachineSSAOptimization();
    addPass(createEspbExtensionsPass());
  }
  void addPreRegAlloc() override {
    if (getOptLevel() != CodeGenOptLevel::None)
      addPass(createEspbSimplifyPass());
  }
  void addPreEmitPass() override {
    addPass(createEspbRenumberPass());
    if (getOptLevel() != CodeGenOptLevel::None) {
      addPass(createEspbFusionPass());
      addPass(createEspbAccFormingPass());
    }
  }
  // After everything that changes sizes.
  void addPreEmitPass2() override {
    addPass(createEspbLateBlocksPass());
    addPass(&BranchRelaxationPassID);
  }
};
} // namespace

TargetPassConfig *EspbTargetMachine::createPassConfig(PassManagerBase &PM) {
  return new EspbPassConfig(*this, PM);
}

Target &llvm::getTheEspbTarget() {
  static Target T;
  return T;
}

std::unique_ptr<TargetMachine> espb::createEspbTargetMachine(CodeGenOptLevel Level,
                                                             EspbCodegenContext &Context) {
  static const bool Done = [] {
    PassRegistry &PR = *PassRegistry::getPassRegistry();
    initializeCore(PR);
    initializeCodeGen(PR);
    // No triple ever leads here: a RISC-V backend may be linked in as well.
    TargetRegistry::RegisterTarget(getTheEspbTarget(), "espb", "ESPB module code", "Espb",
                                   [](Triple::ArchType) { return false; });
    registerEspbMC(getTheEspbTarget());
    TargetRegistry::RegisterAsmPrinter(getTheEspbTarget(), createEspbAsmPrinter);
    return true;
  }();
  (void)Done;
  return std::make_unique<EspbTargetMachine>(getTheEspbTarget(), TargetOptions(), Level, Context);
}
