// SPDX-License-Identifier: Apache-2.0
// The walk over a function, as far as it is the same for every chip.
#include "walk.h"

namespace espb::jit {

using namespace format;

WalkBase::WalkBase(Compiler &c, uint32_t index, const HotInfo &hot, uint32_t reach)
    : c_(c), index_(index), hot_(hot), reach_(reach), info_(c.module.function(index)),
      base_offset_(info_.code_offset), bytes_(c.module.function_end(index) - base_offset_),
      code_(c.module.code() + base_offset_) {}

// How operand fields are read, by FieldKind: the number of their bytes, negative when they have a sign.
static constexpr struct Widths {
  int8_t of[static_cast<uint32_t>(FieldKind::trp) + 1];
  constexpr Widths() : of() {
    for (uint32_t i = 0; i < sizeof of; ++i) {
      const FieldKind kind = static_cast<FieldKind>(i);
      const bool has_sign =
          kind == FieldKind::s8 || kind == FieldKind::d8 || kind == FieldKind::s16 || kind == FieldKind::d16;
      const int bytes = kind == FieldKind::none ? 0 : static_cast<int>(field_bytes(kind));
      of[i] = static_cast<int8_t>(has_sign ? -bytes : bytes);
    }
  }
} kWidths;

// Reads the operand fields: registers as byte offsets, immediates and displacements with their sign.
void WalkBase::decode() {
  const uint8_t *p = pc_;
  const Operation *operation = kPage0 + *p;
  uint32_t format = kPage0Formats[*p];
  if (*p == kPage1Prefix) {
    ++p;
    operation = kPage1 + *p;
    format = kPage1Formats[*p];
  }
  ++p;
  base_ = operation->base;
  mode_ = operation->mode;
  how_ = {kBases[base_]};
  shape_ = kInstructionFormats + format;
  length_ = shape_->length;
  const FieldKind *kind = shape_->fields;
  for (uint32_t *value = value_; value != value_ + kMaxFields; ++value, ++kind) {
    const int32_t width = kWidths.of[static_cast<uint32_t>(*kind)];
    if (width == 1) {
      *value = *p++;
      continue;
    }
    if (width == 0)
      break;
    if (width == -1) {
      *value = static_cast<uint32_t>(static_cast<int32_t>(static_cast<int8_t>(*p++)));
      continue;
    }
    *value = width < 0 ? static_cast<uint32_t>(static_cast<int32_t>(static_cast<int16_t>(read_u16(p))))
                       : read_u16(p);
    p += 2;
    if (width == 4) {
      *value |= read_u16(p) << 16;
      p += 2;
    }
  }
}

// ---- Notes

// The note of `target` before `end`; a new one has no place.
CodeWord *WalkBase::insert(const CodeWord *end, uint32_t target, const CodeWord *floor) {
  CodeWord *at = notes_;
  while (at != end && *at >> 16 < target)
    ++at;
  if (at != end && *at >> 16 == target)
    return at;
  if (notes_ <= floor)
    return nullptr;
  for (CodeWord *to = --notes_; to + 1 != at; ++to)
    to[0] = to[1];
  *--at = target << 16;
  return at;
}

uint32_t WalkBase::waiting_for(uint32_t target) const {
  const CodeWord *at = notes_;
  while (at != heads_ && *at >> 16 < target)
    ++at;
  return at != heads_ && *at >> 16 == target ? *at & 0xffff : 0;
}

uint32_t WalkBase::place_behind(uint32_t target) const {
  const CodeWord *at = head_;
  while (*--at >> 16 != target) {
  }
  return *at & 0xffff;
}

uint32_t look_over(const uint8_t *code, uint32_t bytes, WalkBase *walk, const CodeWord *floor) {
  uint32_t half_bytes = 8;
  for (uint32_t offset = 0; offset < bytes;) {
    const uint8_t *const pc = code + offset;
    const Operation *operation = kPage0 + pc[0];
    uint32_t format = kPage0Formats[pc[0]];
    if (pc[0] == kPage1Prefix) {
      operation = kPage1 + pc[1];
      format = kPage1Formats[pc[1]];
    }
    const InstructionInfo &info = kInstructionFormats[format];
    half_bytes += kBases[operation->base] >> 24;
    uint32_t length = info.length;
    if (info.flags & kBranch) {
      // The displacement comes last, or a table does.
      uint32_t last = kMaxFields - 1, count = 1;
      while (info.fields[last] == FieldKind::none)
        --last;
      uint32_t width = field_bytes(info.fields[last]);
      const uint8_t *at = pc + length - width;
      if (const uint32_t entry = table_entry_bytes(info.fields[last])) {
        count = read_u16(at) + 1;
        at = pc + length;
        width = entry;
        length += count * width;
        half_bytes += 8 * count;
      }
      for (; walk && count != 0; --count, at += width) {
        const int32_t displacement = width == 1   ? static_cast<int8_t>(*at)
                                     : width == 2 ? read_s16(at)
                                                  : read_s32(at);
        if (displacement <= 0 &&
            !walk->insert(walk->notes_end_, offset + static_cast<uint32_t>(displacement), floor))
          return 0;
      }
    }
    offset += length;
  }
  return half_bytes / 2;
}

// Where many registers are named some live in the frame.
uint32_t estimate(const Module &module, uint32_t index, uint32_t percent) {
  const FunctionInfo info = module.function(index);
  const uint32_t end = module.function_end(index), begin = info.code_offset;
  return look_over(module.code() + begin, end - begin, nullptr, nullptr) * (percent + info.window_words) /
         100;
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
