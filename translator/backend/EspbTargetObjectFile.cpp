// SPDX-License-Identifier: Apache-2.0
// Which section a global goes to: code, constants without pointers, data.
#include "EspbTargetObjectFile.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/MC/MCContext.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

bool EspbTargetObjectFile::isRodata(const GlobalObject *GO) {
  const auto *GV = dyn_cast<GlobalVariable>(GO);
  return GV && GV->isConstant() && GV->hasInitializer() && !GV->getInitializer()->needsRelocation();
}

MCSection *EspbTargetObjectFile::SelectSectionForGlobal(const GlobalObject *GO, SectionKind Kind,
                                                        const TargetMachine &TM) const {
  if (Kind.isText())
    return TextSection;
  // The packer lays globals out one by one: it shares strings and leaves no gaps.
  if (TM.getDataSections()) {
    // Constants that hold addresses are written when the module is loaded.
    if (Kind.isReadOnly() && !isRodata(GO))
      Kind = SectionKind::getData();
    return TargetLoweringObjectFileELF::SelectSectionForGlobal(GO, Kind, TM);
  }
  if (isRodata(GO))
    return ReadOnlySection;
  return Kind.isBSS() || Kind.isCommon() ? BSSSection : DataSection;
}

// Sections named in the source have no meaning in a module: there is one of each kind.
MCSection *EspbTargetObjectFile::getExplicitSectionGlobal(const GlobalObject *GO, SectionKind Kind,
                                                          const TargetMachine &TM) const {
  return SelectSectionForGlobal(GO, Kind, TM);
}

MCSection *EspbTargetObjectFile::getSectionForConstant(const DataLayout &, SectionKind, const Constant *,
                                                       Align &) const {
  return ReadOnlySection;
}
