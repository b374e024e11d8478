// SPDX-License-Identifier: Apache-2.0
// What the runtime and the tools may ask about an instruction. Freestanding; the tables are generated
// (isa/gen/gen_isa.py).
#ifndef ESPB_ISA_ISA_H
#define ESPB_ISA_ISA_H

#include "generated/espb_opcodes.h"
#include <stddef.h>
#include <stdint.h>

namespace espb {

// Kinds of operand fields, described in EspbFormats.td. `r` is a register, `p` a register pair named by its
// first register; both are the byte offset of the register from fp.
enum class FieldKind : uint8_t {
  none,
  r,
  p,
  s8,
  u8,
  s16,
  u16,
  l32,
  sh5,
  sh6,
  wid,
  spo,
  frm,
  frm16,
  d8,
  d16,
  d32,
  win,
  fn8,
  fn16,
  imp8,
  imp16,
  sig8,
  sig16,
  cal16,
  dat16,
  dat32,
  ro16,
  ro32,
  tab16,
  tab32,
  trp
};

constexpr uint32_t field_bytes(FieldKind kind) {
  switch (kind) {
  case FieldKind::none:
    return 0;
  case FieldKind::s16:
  case FieldKind::u16:
  case FieldKind::frm16:
  case FieldKind::d16:
  case FieldKind::fn16:
  case FieldKind::imp16:
  case FieldKind::sig16:
  case FieldKind::cal16:
  case FieldKind::dat16:
  case FieldKind::ro16:
  case FieldKind::tab16:
  case FieldKind::tab32:
    return 2;
  case FieldKind::l32:
  case FieldKind::d32:
  case FieldKind::dat32:
  case FieldKind::ro32:
    return 4;
  default:
    return 1;
  }
}

// InstructionInfo::flags
enum InstructionFlags : uint8_t {
  kReadsAcc = 1, // must directly follow an instruction that writes acc, and is no branch target
  kWritesAcc = 2,
  kBranch = 4,     // has a displacement: a d8, d16 or d32 field, or a table
  kTerminator = 8, // ends a basic block
  kBarrier = 16,   // control never falls through to the next instruction
  kCall = 32,
  kReturn = 64,
  kInternal = 128 // only in the runtime's own code, never in a module
};

constexpr uint32_t kMaxFields = 6;

struct InstructionInfo {
  uint8_t length; // with opcode bytes; SWITCH and SWITCH32: without the table that follows
  uint8_t flags;
  FieldKind
      fields[kMaxFields]; // in the order of the encoding, first at opcode_bytes(page); none ends the list
};

#include "generated/espb_isa_tables.inc"

constexpr uint32_t opcode_bytes(uint32_t page) { return page + 1; }

// nullptr when there is no such instruction.
constexpr const InstructionInfo *instruction_info(uint32_t page, uint32_t opcode) {
  uint8_t format = 0xff;
  if (page == 0 && opcode < sizeof kPage0Formats)
    format = kPage0Formats[opcode];
  else if (page == 1 && opcode < sizeof kPage1Formats)
    format = kPage1Formats[opcode];
  return format == 0xff ? nullptr : &kInstructionFormats[format];
}

// SWITCH: opcode, register, n (16 bits), then the default displacement and n displacements of 2 bytes
// (SWITCH32: of 4 bytes), all from the first byte of the instruction. `entries` is n + 1.
constexpr uint32_t table_entry_bytes(FieldKind kind) {
  return kind == FieldKind::tab16 ? 2 : kind == FieldKind::tab32 ? 4 : 0;
}

} // namespace espb
#endif
