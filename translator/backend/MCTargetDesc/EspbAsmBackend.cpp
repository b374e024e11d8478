// SPDX-License-Identifier: Apache-2.0
// Fixups, jump relaxation and the ELF object writer.
#include "EspbEncoding.h"
#include "EspbMCTargetDesc.h"
#include "EspbTarget.h"
#include "llvm/MC/MCAsmBackend.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCELFObjectWriter.h"
#include "llvm/MC/MCFixup.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCObjectWriter.h"
#include "llvm/MC/MCValue.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace {
// A machine number of no other machine: an object is only ever read by the packer.
constexpr uint16_t kElfMachine = 0xE5B0;

class EspbELFObjectWriter : public MCELFObjectTargetWriter {
public:
  EspbELFObjectWriter() : MCELFObjectTargetWriter(false, 0, kElfMachine, /*HasRelocationAddend=*/true) {}

  unsigned getRelocType(const MCFixup &Fixup, const MCValue &, bool IsPCRel) const override {
    if (mc::isRelocation(Fixup.getKind()))
      return Fixup.getKind();
    if (Fixup.getKind() == FK_Data_4 && !IsPCRel)
      return espb::R_ESPB_32;
    reportError(
        Fixup.getLoc(),
        "a symbol's address is 32 bits wide and can only be stored in an aligned 32-bit word of data");
    return espb::R_ESPB_NONE;
  }
};

class EspbAsmBackend : public MCAsmBackend {
public:
  EspbAsmBackend() : MCAsmBackend(llvm::endianness::little) {}

  std::unique_ptr<MCObjectTargetWriter> createObjectTargetWriter() const override {
    return std::make_unique<EspbELFObjectWriter>();
  }

  void applyFixup(const MCFragment &F, const MCFixup &Fixup, const MCValue &Target, uint8_t *Data,
                  uint64_t Value, bool IsResolved) override {
    maybeAddReloc(F, Fixup, Target, Value, IsResolved);
    if (mc::isRelocation(Fixup.getKind()))
      return;
    const unsigned Bytes = fixupBytes(Fixup.getKind());
    if (Fixup.isPCRel() && Bytes < 4 && !isIntN(8 * Bytes, int64_t(Value)))
      getContext().reportError(Fixup.getLoc(), "branch displacement " + Twine(int64_t(Value)) +
                                                   " does not fit " + Twine(8 * Bytes) + " bits");
    for (unsigned I = 0; I != Bytes; ++I)
      Data[I] = uint8_t(Value >> (8 * I));
  }

  bool mayNeedRelaxation(unsigned Opcode, ArrayRef<MCOperand>, const MCSubtargetInfo &) const override {
    return Opcode == Espb::JMP8 || Opcode == Espb::JMP16;
  }

  bool fixupNeedsRelaxation(const MCFixup &Fixup, uint64_t Value) const override {
    return !isIntN(8 * fixupBytes(Fixup.getKind()), int64_t(Value));
  }

  void relaxInstruction(MCInst &Inst, const MCSubtargetInfo &) const override {
    Inst.setOpcode(Inst.getOpcode() == Espb::JMP8 ? Espb::JMP16 : Espb::JMP32);
  }

  bool writeNopData(raw_ostream &OS, uint64_t Count, const MCSubtargetInfo *) const override {
    const Espb::Encoding *Nop = Espb::encodingOf(Espb::NOP);
    for (; Count >= 2; Count -= 2)
      OS << char(0xff) << char(Nop->Code);
    return Count == 0;
  }

private:
  static unsigned fixupBytes(MCFixupKind Kind) {
    switch (Kind) {
    case FK_Data_1:
      return 1;
    case FK_Data_2:
      return 2;
    case FK_Data_4:
      return 4;
    case FK_Data_8:
      return 8;
    default:
      return 0;
    }
  }
};
} // namespace

MCAsmBackend *llvm::createEspbAsmBackend(const Target &, const MCSubtargetInfo &, const MCRegisterInfo &,
                                         const MCTargetOptions &) {
  return new EspbAsmBackend;
}
