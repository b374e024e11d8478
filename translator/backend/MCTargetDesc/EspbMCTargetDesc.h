// SPDX-License-Identifier: Apache-2.0
// The MC layer of the Espb target: enumerations and factories.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBMCTARGETDESC_H
#define ESPB_TRANSLATOR_BACKEND_ESPBMCTARGETDESC_H

#include "llvm/MC/MCTargetOptions.h"
#include <cstdint>

namespace llvm {
class MCAsmBackend;
class MCCodeEmitter;
class MCContext;
class MCInstrInfo;
class MCRegisterInfo;
class MCSubtargetInfo;
class Target;

// The target object; made on first use and never put into LLVM's global registry.
Target &getTheEspbTarget();
// Registers the MC factories on T.
void registerEspbMC(Target &T);

MCCodeEmitter *createEspbMCCodeEmitter(const MCInstrInfo &MCII, MCContext &Ctx);
MCAsmBackend *createEspbAsmBackend(const Target &T, const MCSubtargetInfo &STI, const MCRegisterInfo &MRI,
                                   const MCTargetOptions &Options);
} // namespace llvm

#define GET_REGINFO_ENUM
#include "EspbGenRegisterInfo.inc"
#define GET_INSTRINFO_ENUM
#define GET_INSTRINFO_MC_HELPER_DECLS
#include "EspbGenInstrInfo.inc"
#define GET_SUBTARGETINFO_ENUM
#include "EspbGenSubtargetInfo.inc"

#endif
