// SPDX-License-Identifier: Apache-2.0
// Prints instructions for listings: name and operands.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBINSTPRINTER_H
#define ESPB_TRANSLATOR_BACKEND_ESPBINSTPRINTER_H

#include "llvm/MC/MCInstPrinter.h"

namespace llvm {
class EspbInstPrinter : public MCInstPrinter {
public:
  using MCInstPrinter::MCInstPrinter;
  void printInst(const MCInst *MI, uint64_t Address, StringRef Annot, const MCSubtargetInfo &STI,
                 raw_ostream &OS) override;
  void printRegName(raw_ostream &OS, MCRegister Reg) override;
  std::pair<const char *, uint64_t> getMnemonic(const MCInst &MI) const override;
};
} // namespace llvm

#endif
