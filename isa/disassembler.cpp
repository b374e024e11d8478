// SPDX-License-Identifier: Apache-2.0
// The disassembler: fills the generated templates with the operand fields.
#include "disassembler.h"
#include "isa.h"
#include <array>
#include <cstdio>

namespace espb {
namespace {

struct InstructionText {
  const char *name = nullptr;
  const char *mnemonic = nullptr;
  const char *format = nullptr;
};

const std::array<InstructionText, 512> &texts() {
  static const std::array<InstructionText, 512> table = [] {
    std::array<InstructionText, 512> t{};
#define ESPB_INSTRUCTION(name, page, opcode, mnemonic, format, base)                                         \
  t[256 * (page) + (opcode)] = {#name, mnemonic, format};
#include "generated/espb_names.inc"
#undef ESPB_INSTRUCTION
    return t;
  }();
  return table;
}

std::string number(const char *format, long long value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, format, value);
  return buffer;
}

std::string register_name(uint32_t byte_offset, uint32_t window) {
  const uint32_t index = byte_offset / 4;
  if (byte_offset % 4 == 0 && index < window)
    return number("r%lld", index);
  if (byte_offset % 4 == 0 && index >= window + 2 && index < window + 10)
    return number("o%lld", index - window - 2);
  return number("?%lld", byte_offset);
}

template <class Callback> std::string named(const Callback &callback, uint32_t index, const char *plain) {
  std::string name = callback ? callback(index) : std::string();
  return name.empty() ? number(plain, index) : name;
}

std::string operand(FieldKind kind, uint32_t raw, size_t offset, const DisassemblyOptions &options) {
  const auto target = [&](int32_t displacement) {
    return named(options.label, static_cast<uint32_t>(offset) + static_cast<uint32_t>(displacement),
                 "L_%04llx");
  };
  switch (kind) {
  case FieldKind::r:
  case FieldKind::p:
    return register_name(raw, options.window);
  case FieldKind::s8:
    return number("%lld", static_cast<int8_t>(raw));
  case FieldKind::s16:
    return number("%lld", static_cast<int16_t>(raw));
  case FieldKind::l32: {
    const auto value = static_cast<int32_t>(raw);
    return value >= -65536 && value < 65536 ? number("%lld", value) : number("0x%llx", raw);
  }
  case FieldKind::spo:
    return number("%lld", 4 * raw);
  case FieldKind::frm:
  case FieldKind::frm16:
    return number("%lld", 16LL * raw);
  case FieldKind::d8:
    return target(static_cast<int8_t>(raw));
  case FieldKind::d16:
    return target(static_cast<int16_t>(raw));
  case FieldKind::d32:
    return target(static_cast<int32_t>(raw));
  case FieldKind::win:
    return number("fp+%lld", raw);
  case FieldKind::fn8:
  case FieldKind::fn16:
    return named(options.function, raw, "fn %lld");
  case FieldKind::imp8:
  case FieldKind::imp16:
    return named(options.import, raw, "imp %lld");
  case FieldKind::sig8:
  case FieldKind::sig16:
    return named(options.signature, raw, "sig %lld");
  case FieldKind::cal16:
    return named(options.callable, raw, "callable %lld");
  default:
    return number("%lld", raw);
  }
}

uint32_t read_field(const uint8_t *p, uint32_t bytes) {
  uint32_t value = 0;
  for (uint32_t i = 0; i < bytes; ++i)
    value |= static_cast<uint32_t>(p[i]) << (8 * i);
  return value;
}

} // namespace

const char *instruction_name(uint32_t page, uint32_t opcode) {
  return page < 2 && opcode < 256 ? texts()[256 * page + opcode].name : nullptr;
}

const char *instruction_mnemonic(uint32_t page, uint32_t opcode) {
  return page < 2 && opcode < 256 ? texts()[256 * page + opcode].mnemonic : nullptr;
}

Disassembly disassemble(const uint8_t *code, size_t size, size_t offset, const DisassemblyOptions &options) {
  Disassembly result;
  if (offset >= size) {
    result.text = "beyond the end of the code";
    return result;
  }
  const uint8_t *pc = code + offset;
  const size_t left = size - offset;
  const uint32_t page = pc[0] == kPage1Prefix ? 1 : 0;
  if (left < opcode_bytes(page)) {
    result.text = "cut off after the page prefix";
    return result;
  }
  const uint32_t opcode = pc[page];
  const InstructionInfo *info = instruction_info(page, opcode);
  if (!info) {
    result.text =
        number(page ? "no instruction has opcode ff %02llx" : "no instruction has opcode %02llx", opcode);
    return result;
  }
  if (left < info->length) {
    result.text = std::string(instruction_name(page, opcode)) + " is cut off by the end of the code";
    return result;
  }

  std::array<std::string, kMaxFields> operands;
  std::string table;
  uint32_t length = info->length;
  uint32_t at = opcode_bytes(page);
  for (uint32_t i = 0; i < kMaxFields && info->fields[i] != FieldKind::none; ++i) {
    const FieldKind kind = info->fields[i];
    const uint32_t raw = read_field(pc + at, field_bytes(kind));
    at += field_bytes(kind);
    operands[i] = operand(kind, raw, offset, options);
    const auto displaced = [&](int32_t d) {
      result.targets.push_back(static_cast<uint32_t>(offset) + static_cast<uint32_t>(d));
    };
    if (kind == FieldKind::d8)
      displaced(static_cast<int8_t>(raw));
    else if (kind == FieldKind::d16)
      displaced(static_cast<int16_t>(raw));
    else if (kind == FieldKind::d32)
      displaced(static_cast<int32_t>(raw));
    const uint32_t entry_bytes = table_entry_bytes(kind);
    if (entry_bytes == 0)
      continue;
    const uint64_t table_bytes = static_cast<uint64_t>(entry_bytes) * (raw + 1u);
    if (left - info->length < table_bytes) {
      result.targets.clear();
      result.text =
          std::string(instruction_name(page, opcode)) + " has a table that is cut off by the end of the code";
      return result;
    }
    for (uint32_t entry = 0; entry <= raw; ++entry) {
      const uint32_t bits = read_field(pc + info->length + entry * entry_bytes, entry_bytes);
      const int32_t d = entry_bytes == 2 ? static_cast<int16_t>(bits) : static_cast<int32_t>(bits);
      displaced(d);
      const std::string to = named(options.label, result.targets.back(), "L_%04llx");
      table += entry == 0 ? ", default: " + to : number(", %lld: ", entry - 1) + to;
    }
    length += static_cast<uint32_t>(table_bytes);
  }

  result.length = length;
  result.name = instruction_name(page, opcode);
  for (const char *t = texts()[256 * page + opcode].format; *t; ++t) {
    if (*t == '$')
      result.text += operands[static_cast<size_t>(*++t - '0')];
    else
      result.text += *t;
  }
  result.text += table;
  return result;
}

} // namespace espb
