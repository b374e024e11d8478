// SPDX-License-Identifier: Apache-2.0
// Encodes instructions from the generated table: opcode byte(s), then the fields in operand order,
// little-endian.
#include "EspbEncoding.h"
#include "EspbMCTargetDesc.h"
#include "EspbTarget.h"
#include "llvm/MC/MCCodeEmitter.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCFixup.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCRegisterInfo.h"

using namespace llvm;

namespace {
class EspbMCCodeEmitter : public MCCodeEmitter {
  MCContext &Ctx;

public:
  explicit EspbMCCodeEmitter(MCContext &Ctx) : Ctx(Ctx) {}
  void encodeInstruction(const MCInst &MI, SmallVectorImpl<char> &CB, SmallVectorImpl<MCFixup> &Fixups,
                         const MCSubtargetInfo &STI) const override;
};
} // namespace

void EspbMCCodeEmitter::encodeInstruction(const MCInst &MI, SmallVectorImpl<char> &CB,
                                          SmallVectorImpl<MCFixup> &Fixups, const MCSubtargetInfo &) const {
  const Espb::Encoding *E = Espb::encodingOf(MI.getOpcode());
  if (!E) {
    Ctx.reportError(SMLoc(),
                    "a pseudo instruction reached the encoder (opcode " + Twine(MI.getOpcode()) + ")");
    return;
  }
  const size_t Start = CB.size();
  if (E->Page)
    CB.push_back(char(0xff));
  CB.push_back(char(E->Code));
  for (unsigned I = 0; I != E->NumFields; ++I) {
    const Espb::Field &F = E->Fields[I];
    if (F.Kind == Espb::FieldKind::None)
      continue;
    const MCOperand &Op = MI.getOperand(I);
    uint64_t Value = 0;
    if (Op.isReg()) {
      // The window's size travels in the flags: it places the out registers.
      unsigned Index = Ctx.getRegisterInfo()->getEncodingValue(Op.getReg());
      if (Index >= 64)
        Index = MI.getFlags() + 2 + (Index - 64);
      Value = 4 * Index;
    } else if (Op.isImm()) {
      Value = Op.getImm();
    } else {
      const unsigned Offset = CB.size() - Start;
      const MCExpr *Expr = Op.getExpr();
      MCFixupKind Kind = espb::R_ESPB_NONE;
      bool PCRel = false;
      switch (F.Kind) {
      case Espb::FieldKind::Disp:
        // Displacements count from the instruction, fixups from the field.
        Expr = MCBinaryExpr::createAdd(Expr, MCConstantExpr::create(Offset, Ctx), Ctx);
        Kind = MCFixup::getDataKindForSize(F.Bytes);
        PCRel = true;
        break;
      case Espb::FieldKind::Dat16:
        Kind = espb::R_ESPB_DAT16;
        break;
      case Espb::FieldKind::Dat32:
        Kind = espb::R_ESPB_DAT32;
        break;
      case Espb::FieldKind::Ro16:
        Kind = espb::R_ESPB_RO16;
        break;
      case Espb::FieldKind::Ro32:
        Kind = espb::R_ESPB_RO32;
        break;
      default:
        Ctx.reportError(SMLoc(), Twine("operand ") + F.Name + " of " + E->Name + " cannot be symbolic");
      }
      Fixups.push_back(MCFixup::create(Offset, Expr, Kind, PCRel));
    }
    for (unsigned B = 0; B != F.Bytes; ++B)
      CB.push_back(char(Value >> (8 * B)));
  }
}

MCCodeEmitter *llvm::createEspbMCCodeEmitter(const MCInstrInfo &, MCContext &Ctx) {
  return new EspbMCCodeEmitter(Ctx);
}
