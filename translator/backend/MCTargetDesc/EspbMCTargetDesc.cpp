// SPDX-License-Identifier: Apache-2.0
// MC descriptions, assembler info and instruction printer of the Espb target.
#include "EspbMCTargetDesc.h"
#include "EspbEncoding.h"
#include "EspbInstPrinter.h"
#include "llvm/MC/MCAsmInfoELF.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"

using namespace llvm;

#define GET_INSTRINFO_MC_DESC
#define ENABLE_INSTR_PREDICATE_VERIFIER
#include "EspbGenInstrInfo.inc"
#define GET_SUBTARGETINFO_MC_DESC
#include "EspbGenSubtargetInfo.inc"
#define GET_REGINFO_MC_DESC
#include "EspbGenRegisterInfo.inc"

namespace {
class EspbMCAsmInfo : public MCAsmInfoELF {
public:
  EspbMCAsmInfo() {
    CodePointerSize = 4;
    CalleeSaveStackSlotSize = 4;
    MinInstAlignment = 1;
    CommentString = "#";
    ExceptionsType = ExceptionHandling::None;
    // Lines go to a section of our own; there is no DWARF and no CFI.
    SupportsDebugInformation = false;
    UsesELFSectionDirectiveForBSS = true;
  }
};
} // namespace

static MCAsmInfo *createAsmInfo(const MCRegisterInfo &, const Triple &, const MCTargetOptions &) {
  return new EspbMCAsmInfo;
}

static MCInstrInfo *createInstrInfo() {
  auto *X = new MCInstrInfo;
  InitEspbMCInstrInfo(X);
  return X;
}

static MCRegisterInfo *createRegisterInfo(const Triple &) {
  auto *X = new MCRegisterInfo;
  InitEspbMCRegisterInfo(X, Espb::R0);
  return X;
}

static MCSubtargetInfo *createSubtargetInfo(const Triple &TT, StringRef, StringRef) {
  return createEspbMCSubtargetInfoImpl(TT, "generic", "generic", "");
}

static MCInstPrinter *createInstPrinter(const Triple &, unsigned, const MCAsmInfo &MAI,
                                        const MCInstrInfo &MII, const MCRegisterInfo &MRI) {
  return new EspbInstPrinter(MAI, MII, MRI);
}

void llvm::registerEspbMC(Target &T) {
  TargetRegistry::RegisterMCAsmInfo(T, createAsmInfo);
  TargetRegistry::RegisterMCInstrInfo(T, createInstrInfo);
  TargetRegistry::RegisterMCRegInfo(T, createRegisterInfo);
  TargetRegistry::RegisterMCSubtargetInfo(T, createSubtargetInfo);
  TargetRegistry::RegisterMCInstPrinter(T, createInstPrinter);
  TargetRegistry::RegisterMCCodeEmitter(T, createEspbMCCodeEmitter);
  TargetRegistry::RegisterMCAsmBackend(T, createEspbAsmBackend);
}
