// SPDX-License-Identifier: Apache-2.0
// The walk over a function, as far as it is the same for every chip.
#include "walk.h"

namespace espb::jit {

using namespace format;

WalkBase::WalkBase(Compiler &c, uint32_t index, const HotInfo &hot, uint32_t reach)
    : c_(c), index_(index), hot_(hot), reach_(reach), info_(c.module.function(index)),
      base_offset_(info_.code_offset), bytes_(c.module.function_end(index) - base_offset_),
      code_(c.module.code() + base_offset_) {}

// Reads the operand fields: registers as byte offsets, immediates and displacements with their sign.
void WalkBase::decode() {
  uint32_t page = pc_[0] == kPage1Prefix, opcode = pc_[page];
  const Operation &operation = page ? kPage1[opcode] : kPage0[opcode];
  base_ = operation.base;
  mode_ = operation.mode;
  how_ = {kBases[base_]};
  shape_ = instruction_info(page, opcode);
  length_ = shape_->length;
  const uint8_t *p = pc_ + opcode_bytes(page);
  for (uint32_t i = 0; i < kMaxFields && shape_->fields[i] != FieldKind::none; ++i) {
    const FieldKind kind = shape_->fields[i];
    const uint32_t bytes = field_bytes(kind);
    uint32_t v = *p;
    if (bytes >= 2)
      v = read_u16(p);
    if (bytes == 4)
      v |= read_u16(p + 2) << 16;
    if (kind == FieldKind::s8 || kind == FieldKind::d8)
      v = static_cast<uint32_t>(static_cast<int32_t>(static_cast<int8_t>(v)));
    else if (kind == FieldKind::s16 || kind == FieldKind::d16)
      v = static_cast<uint32_t>(static_cast<int32_t>(static_cast<int16_t>(v)));
    value_[i] = v;
    p += bytes;
  }
}

// ---- Notes

// The note of `target` before `end`; a new one has no place.
uint32_t *WalkBase::insert(const uint32_t *end, uint32_t target, const uint32_t *floor) {
  uint32_t *at = notes_;
  while (at != end && *at >> 16 < target)
    ++at;
  if (at != end && *at >> 16 == target)
    return at;
  if (notes_ <= floor)
    return nullptr;
  for (uint32_t *to = --notes_; to + 1 != at; ++to)
    to[0] = to[1];
  *--at = target << 16;
  return at;
}

uint32_t WalkBase::waiting_for(uint32_t target) const {
  const uint32_t *at = notes_;
  while (at != heads_ && *at >> 16 < target)
    ++at;
  return at != heads_ && *at >> 16 == target ? *at & 0xffff : 0;
}

uint32_t WalkBase::place_behind(uint32_t target) const {
  const uint32_t *at = head_;
  while (*--at >> 16 != target) {
  }
  return *at & 0xffff;
}

bool WalkBase::find_heads(const uint32_t *floor) {
  for (uint32_t offset = 0; offset < bytes_;) {
    const uint8_t *const pc = code_ + offset;
    const InstructionInfo *const info =
        kInstructionFormats + (pc[0] == kPage1Prefix ? kPage1Formats[pc[1]] : kPage0Formats[pc[0]]);
    uint32_t length = info->length;
    if (info->flags & kBranch) {
      // The displacement comes last, or a table does.
      FieldKind last = info->fields[0];
      for (uint32_t i = 1; i < kMaxFields && info->fields[i] != FieldKind::none; ++i)
        last = info->fields[i];
      uint32_t bytes = field_bytes(last), count = 1;
      const uint8_t *at = pc + length - bytes;
      if (const uint32_t entry = table_entry_bytes(last)) {
        count = read_u16(at) + 1;
        at = pc + length;
        bytes = entry;
        length += count * bytes;
      }
      for (; count != 0; --count, at += bytes) {
        const int32_t displacement = bytes == 1   ? static_cast<int8_t>(*at)
                                     : bytes == 2 ? read_s16(at)
                                                  : read_s32(at);
        if (displacement <= 0 && !insert(notes_end_, offset + static_cast<uint32_t>(displacement), floor))
          return false;
      }
    }
    offset += length;
  }
  return true;
}

bool has_stack_words(const char *signature) {
  uint32_t words = 0;
  while (*signature++ != '(') {
  }
  for (bool variadic = false; *signature != ')'; ++signature) {
    if (*signature == '.')
      variadic = true;
    else if (letter_words(*signature) == 2 && variadic)
      words = (words + 3) & ~1u;
    else
      words += letter_words(*signature);
  }
  return words > kOutWords;
}

HotInfo hot_info(const Module &module, uint32_t index, uint32_t *cursor) {
  const uint8_t *const records = module.image.section(kSectionHotFunctions);
  const uint32_t count = module.count(kSectionHotFunctions, kHotFunctionBytes);
  while (*cursor < count && table_u16(records + kHotFunctionBytes * *cursor) < index)
    ++*cursor;
  const uint8_t *record = records + kHotFunctionBytes * *cursor;
  if (*cursor == count || table_u16(record) != index)
    return kNothingKnown;
  const uint32_t facts = table_u16(record + 2);
  if (!(facts & kHotFactsKnown))
    return kNothingKnown;
  return {table_u32(record + 4), facts & kHotOutCrossingMask, facts >> kHotOutCountShift & 15,
          (facts & kHotRoutines) != 0};
}

} // namespace espb::jit
