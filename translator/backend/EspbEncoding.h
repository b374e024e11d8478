// SPDX-License-Identifier: Apache-2.0
// The encoding of every instruction and the family it belongs to, generated from isa/.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBENCODING_H
#define ESPB_TRANSLATOR_BACKEND_ESPBENCODING_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace llvm {
namespace Espb {

// None: a tied operand, which has no field of its own.
enum class FieldKind : uint8_t { None, Reg, Imm, Disp, Dat16, Dat32, Ro16, Ro32 };

struct Field {
  const char *Name;
  FieldKind Kind;
  uint8_t Bytes;
};

#define GET_ESPB_ENCODING_LIMITS
#include "EspbGenEncoding.inc"
#undef GET_ESPB_ENCODING_LIMITS

struct Encoding {
  unsigned Opcode; // MC opcode
  uint8_t Page;
  uint8_t Code;
  uint16_t Base; // instructions with the same Base differ only in where their operands come from
  bool Commutes;
  bool ReadsAcc;
  bool WritesAcc;
  uint8_t NumFields;
  const char *Mode;
  const char *Name;
  char Kind; // B binary, U unary, L load, S store, J conditional branch, X special
  Field Fields[kMaxFields];

  unsigned opcodeBytes() const { return Page ? 2 : 1; }
  unsigned size() const;
  int fieldIndex(StringRef FieldName) const;
};

// The row of an MC opcode, null for pseudo instructions.
const Encoding *encodingOf(unsigned Opcode);
// The instruction of family Base with the given mode, null if the machine has none.
const Encoding *encodingOf(unsigned Base, StringRef Mode);

} // namespace Espb
} // namespace llvm

#endif
