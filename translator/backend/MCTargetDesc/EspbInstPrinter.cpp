// SPDX-License-Identifier: Apache-2.0
// Prints instructions for listings: name and operands.
#include "EspbInstPrinter.h"
#include "EspbEncoding.h"
#include "EspbMCTargetDesc.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

void EspbInstPrinter::printRegName(raw_ostream &OS, MCRegister Reg) {
  unsigned Enc = MRI.getEncodingValue(Reg);
  if (Reg == Espb::SP)
    OS << "sp";
  else if (Enc >= 64)
    OS << 'o' << Enc - 64;
  else
    OS << 'r' << Enc;
}

std::pair<const char *, uint64_t> EspbInstPrinter::getMnemonic(const MCInst &MI) const {
  const Espb::Encoding *E = Espb::encodingOf(MI.getOpcode());
  return {E ? E->Name : "?", 0};
}

void EspbInstPrinter::printInst(const MCInst *MI, uint64_t, StringRef Annot, const MCSubtargetInfo &,
                                raw_ostream &OS) {
  const Espb::Encoding *E = Espb::encodingOf(MI->getOpcode());
  OS << '\t' << getMnemonic(*MI).first;
  const char *Separator = "\t";
  for (unsigned I = 0, N = E ? E->NumFields : 0; I != N && I != MI->getNumOperands(); ++I) {
    if (E->Fields[I].Kind == Espb::FieldKind::None)
      continue;
    OS << Separator;
    Separator = ", ";
    const MCOperand &Op = MI->getOperand(I);
    if (Op.isReg())
      printRegName(OS, Op.getReg());
    else if (Op.isImm())
      OS << Op.getImm();
    else if (Op.isExpr())
      MAI.printExpr(OS, *Op.getExpr());
  }
  printAnnotation(OS, Annot);
}
