// SPDX-License-Identifier: Apache-2.0
// Which section a global goes to: code, constants without pointers, data.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBTARGETOBJECTFILE_H
#define ESPB_TRANSLATOR_BACKEND_ESPBTARGETOBJECTFILE_H

#include "llvm/CodeGen/TargetLoweringObjectFileImpl.h"

namespace llvm {
class EspbTargetObjectFile : public TargetLoweringObjectFileELF {
public:
  MCSection *SelectSectionForGlobal(const GlobalObject *GO, SectionKind Kind,
                                    const TargetMachine &TM) const override;
  MCSection *getExplicitSectionGlobal(const GlobalObject *GO, SectionKind Kind,
                                      const TargetMachine &TM) const override;
  MCSection *getSectionForConstant(const DataLayout &DL, SectionKind Kind, const Constant *C,
                                   Align &Alignment) const override;

  // Whether GO lives in rodata (addressed from another base than data).
  static bool isRodata(const GlobalObject *GO);
};
} // namespace llvm

#endif
