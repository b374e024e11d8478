// SPDX-License-Identifier: Apache-2.0
// The verifier: one linear pass over a module that is hostile until it has passed. Each check stands in one
// place; docs/verifier.md lists them. It shares nothing with the code generators; what an instruction looks
// like comes from isa/isa.h. Most checks are of one kind, a number below a limit, and are driven by tables:
// flash is scarce.
#include "espb/port.h"
#include "instance.h"
#include "message.h"
#include "verifier_tables.h"
#include <string.h>

namespace espb {

namespace {

using namespace format;

// Sizes beyond these are refused before anything is allocated.
constexpr uint32_t kMaxDataBytes = 1u << 26;
constexpr uint32_t kMaxStackBytes = 1u << 24;
constexpr uint32_t kMaxRegisterWords = 1u << 22;
constexpr uint32_t kMaxEntries = 0xffff;

class Verifier {
public:
  Verifier(const Module &module, espb_error *error) : module_(module), error_(error) {}

  espb_status run() {
    // The instructions come last: they are checked against the tables.
    if (check_memory() && check_functions() && check_indices() && check_imports() && check_relocations())
      check_code();
    return status_;
  }

private:
  // ---- Reporting
  // -----------------------------------------------------------------------------------------------

  template <class... Arguments> bool refuse(const char *format, Arguments... arguments) {
    status_ = report(error_, ESPB_BAD_MODULE, format, arguments...);
    return false;
  }

  // "section 3: what 7", or for code "function 3, offset 0x1a: what 7".
  [[gnu::noinline, gnu::cold]] bool fail(Reason reason, uint32_t value = kNoValue) {
    bool table = reason < kTables;
    const char *what = table ? section_name(kLimitSections[reason]) : nth_text(kReasons, reason - kTables);
    const char *before = table ? "outside the " : "";
    if (at_ == nullptr)
      return refuse("%s %u: %s%s%v", section_name(section_), index_, before, what, value);
    uint32_t offset = (uint32_t)(at_ - module_.code());
    refuse("function %u, offset %x: %s%s%v", function_, offset, before, what, value);
    if (error_ != nullptr) {
      error_->function = function_;
      error_->code_offset = offset;
    }
    return false;
  }

  bool below(uint32_t limit, uint32_t value) { return value < limits_[limit] || fail((Reason)limit, value); }

  // ---- Tables
  // ----------------------------------------------------------------------------------------------------

  static bool is_alignment(uint32_t align) {
    return align >= 4 && align <= 4096 && (align & (align - 1)) == 0;
  }

  bool check_memory() {
    const MemoryInfo &m = module_.memory;
    section_ = kSectionMemory;
    if (m.data_bytes != module_.image.section_bytes(kSectionData) || m.data_bytes > m.data_total)
      return fail(kBadSizes);
    if (!is_alignment(m.data_align) || !is_alignment(m.rodata_align))
      return fail(kBadAlignment);
    if (m.data_total > kMaxDataBytes || m.stack_bytes > kMaxStackBytes ||
        m.register_stack_words > kMaxRegisterWords)
      return fail(kTooLarge);
    for (uint32_t i = 0; i < kTables; ++i)
      limits_[i] = module_.image.sections[kLimitSections[i]].bytes >> kLimitShifts[i];
    // An address may be that of the end.
    limits_[kOutsideData] = m.data_total + 1;
    ++limits_[kOutsideRodata];
    limits_[kShift5] = 32;
    limits_[kShift6] = 64;
    limits_[kTrapCode] = 2;
    return true;
  }

  bool check_functions() {
    section_ = kSectionFunctions;
    if (limits_[kNoFunction] > kMaxEntries)
      return fail(kTooMany, limits_[kNoFunction]);
    uint32_t least = 0;
    for (index_ = 0; index_ < limits_[kNoFunction]; ++index_) {
      FunctionInfo f = module_.function(index_);
      // The first begins the code, and every later one lies behind the one before.
      if ((index_ == 0 && f.code_offset != 0) || f.code_offset < least ||
          f.code_offset >= module_.code_bytes())
        return fail(kBadOffset, f.code_offset);
      if (index_ != 0)
        note_function(f.code_offset - least + 1);
      least = f.code_offset + 1;
      if (f.window_words - 1 >= kMaxWindowWords)
        return fail(kBadWindow, f.window_words);
      if (f.argument_words > kMaxArgumentWords || f.argument_words > f.window_words)
        return fail(kBadArguments, f.argument_words);
      if ((f.flags & kFunctionResultMask) > 2 || f.flags >= 2 * kFunctionLeaf)
        return fail(kBadFlags, f.flags);
    }
    note_function(module_.code_bytes() - least + 1);
    return true;
  }

  void note_function(uint32_t bytes) { largest_ = bytes > largest_ ? bytes : largest_; }

  bool check_indices() {
    for (const IndexCheck &check : kIndexChecks) {
      section_ = check.section;
      const Section &table = module_.image.sections[section_];
      if (table.bytes == 0)
        continue;
      const uint8_t *p = table.start, *end = p + table.bytes;
      if (table.bytes > kMaxEntries * check.entry_bytes)
        return fail(kTooMany);
      for (index_ = 0; p < end; ++index_, p += check.entry_bytes) {
        uint32_t value = table_u16(p + check.at);
        if (!below(check.limit, value))
          return false;
        switch (section_) {
        case kSectionSignatures:
          if (signature_end(module_.string(value)) == nullptr)
            return fail(kIsNone);
          break;
        case kSectionInitialisers:
        case kSectionFinalisers: // called without arguments
          if (module_.function(value).argument_words != 0)
            return fail(kTakesArguments, value);
          break;
        case kSectionExports:
          if (p[3] != 0 || p[2] > kExportRodata)
            return fail(kUnknownKind, p[2]);
          if (p[2] == kExportFunction
                  ? !below(kNoFunction, table_u16(p + 4)) || !below(kNoSignatureEntry, table_u16(p + 6))
                  : !below(p[2] == kExportData ? kOutsideData : kOutsideRodata, table_u32(p + 4)))
            return false;
          break;
        default:
          break;
        }
      }
    }
    return true;
  }

  bool check_imports() {
    section_ = kSectionImports;
    index_ = 0;
    if (limits_[kNoImport] > kMaxEntries)
      return fail(kTooMany);
    for (; index_ < limits_[kNoImport]; ++index_) {
      const uint8_t *p = module_.import_entry(index_);
      uint32_t name = table_u16(p), table = p[2], signature = table_u16(p + 4);
      if (!(table == kImportNamed ? below(kNoString, name) : below(kNoTable, table)))
        return false;
      if (table != kImportNamed && name >= table_u16(module_.symbol_table_entry(table) + 4))
        return fail(kBeyondPrefix, name);
      if (signature != kNoSignature && !below(kNoSignatureEntry, signature))
        return false;
      if (p[3] > (kImportWeak | kImportAddressOnly) || table_u16(p + 6) != 0)
        return fail(kBadFlags, p[3]);
    }
    return true;
  }

  bool check_relocations() {
    section_ = kSectionRelocations;
    const uint8_t *p = module_.image.section(kSectionRelocations);
    const uint8_t *end = p + module_.image.section_bytes(kSectionRelocations);
    uint32_t position = 0;
    for (index_ = 0; p < end; ++index_) {
      uint32_t kind = *p++, delta, length = read_uleb(p, end, &delta);
      if (length == 0 || kind > kRelocationImport)
        return fail(kDamaged);
      p += length;
      // Both are at most 2^26, so the sum does not wrap.
      if (delta > kMaxDataBytes || (position += delta) % 4 != 0 || position + 4 > module_.memory.data_bytes ||
          (index_ != 0 && delta == 0))
        return fail(kBadPosition, position);
      uint32_t word = table_u32(module_.image.section(kSectionData) + position);
      if (kind >= kRelocationFunction &&
          !(kind == kRelocationFunction ? below(kNoCallable, word) : below(kNoImport, word & 0xffff)))
        return false;
    }
    return true;
  }

  // ---- Code
  // --------------------------------------------------------------------------------------------------------

  void check_code() {
    // Instructions are read as a whole before it is known that they lie in their function.
    if (module_.code() + module_.code_bytes() + kCodeSlackBytes > module_.image.bytes + module_.image.size) {
      section_ = kSectionCode;
      fail(kBadSizes);
      return;
    }
    // A function may begin and end inside a word, and the last word is ended too.
    uint32_t bytes = 4 * (largest_ / 32 + 3);
    bits_ = bytes <= sizeof small_bits_ ? small_bits_ : static_cast<uint32_t *>(allocate(bytes, 4));
    if (bits_ == nullptr) {
      status_ = no_memory(error_, "checking the code", bytes);
      return;
    }
    memset(registers_, 1, sizeof registers_);
    for (function_ = 0; function_ < limits_[kNoFunction] && check_function(); ++function_) {
    }
    if (bits_ != small_bits_)
      release(bits_);
  }

  // Which byte values name no register of the window, indexed by the byte. A pair is two registers.
  void map_registers(uint32_t window_words) {
    uint32_t beyond = window_words + kLinkWords + kOutWords;
    // The link words of the window before, or more of them.
#pragma GCC unroll 4
    for (; mapped_ < beyond; ++mapped_)
      registers_[4 * mapped_] = 0;
    for (mapped_ = beyond; mapped_ < mapped_beyond_; ++mapped_)
      registers_[4 * mapped_] = 1;
    registers_[4 * window_words] = registers_[4 * window_words + 4] = 1;
    mapped_ = window_words;
    mapped_beyond_ = beyond;
  }

  bool refuse_at(const uint8_t *at, Reason reason, uint32_t value = kNoValue) {
    at_ = at;
    return fail(reason, value);
  }

  // One field after the other, and what is particular about the instruction; what follows it, or nullptr.
  // Displacements are left to the walk. `at`: the last byte of the opcode.
  [[gnu::noinline]] const uint8_t *check_fields(const uint8_t *at, int32_t flags, const uint8_t *end) {
    const uint8_t *const start = at - (at == page1_ ? 1 : 0);
    const uint8_t *field = at + 1;
    const uint32_t tail = kTails.tails[flags & (kStops - 1)];
    uint32_t reason, value;
    for (uint32_t kinds = tail >> kTailKindShift; kinds != 0; kinds >>= kKindBits) {
      const uint32_t how = kDerived.fields[kinds & ((1u << kKindBits) - 1)], bytes = how >> kCheckBits;
      const uint8_t *const entry = field;
      reason = how & ((1u << kCheckBits) - 1);
      field += bytes;
      if (field > end && reason != kNoCheck)
        goto cut_off;
      value = bytes == 1 ? *entry : bytes == 2 ? read_u16(entry) : read_u32(entry);
      if (reason < kLimits) {
        if (value >= limits_[reason])
          goto refuse;
        continue;
      }
      switch (reason) {
      case kRegister:
      case kPair:
        if ((registers_[value] | (reason == kPair ? registers_[value + 4] : 0)) == 0)
          continue;
        value = kNoValue;
        reason = kBadRegister;
        goto refuse;
      case kUnchecked:
        continue;
      case kStep:
        if (value == step_)
          continue;
        reason = kBadStep;
        goto refuse;
      case kWidth: // the field before is the lowest bit
        if (value != 0 && entry[-1] + value <= 32)
          continue;
        reason = kBadWidth;
        goto refuse;
      case kFrame:
        reason = kBadFrame;
        if (value != frame_)
          goto refuse;
        if ((tail & kReturn) != 0)
          continue;
        reason = kBadEnter;
        if (branch_ != nullptr || body_ != 0)
          goto refuse;
        body_ = (uint32_t)(field - begin_);
        continue;
      case kImport: {
        reason = kNoImport;
        if (value >= limits_[kNoImport])
          goto refuse;
        reason = kNotCallable;
        const uint8_t *import = module_.import_entry(value);
        if ((tail & kCall) != 0 &&
            ((import[3] & kImportAddressOnly) != 0 || table_u16(import + 4) == kNoSignature))
          goto refuse;
        continue;
      }
      case kTarget: // the last field
        targets_ = entry;
        target_bytes_ = bytes;
        return field;
      case kSwitch: // what follows the instruction proper: displacements of the default and of the cases
        targets_ = field;
        target_bytes_ = at == start ? 2 : 4;
        if ((value + 1) * target_bytes_ > (uint32_t)(end - field))
          goto cut_off;
        return field + (value + 1) * target_bytes_;
      default: // also a kind of field that was added to the instruction set and not here
        reason = kUnknownInstruction;
        value = *at;
        goto refuse;
      }
    }
    if ((tail & kTerminator) != 0) {
      branch_ = at;
      // `ret` without an operand leaves a frame standing; one with it has been checked against the table.
      reason = kBadReturn;
      value = kNoValue;
      if ((tail & kReturn) != 0 && frame_ != 0 && (body_ == 0 || field == at + 1))
        goto refuse;
    }
    return field;

  cut_off:
    reason = kCutOff;
    value = kNoValue;
  refuse:
    refuse_at(start, (Reason)reason, value);
    return nullptr;
  }

  // The walk over one function, which is most of a module's load time: `at` goes from instruction to
  // instruction, and a jump leads to the place of the instruction's pattern. What is rare lies in members, so
  // that everything else stays in registers.
  //
  // bits_ holds one bit per byte of the function, a word for 32 bytes whose addresses agree in all but the
  // low five bits. A word ahead of the walk holds the targets of forward branches; behind it, the places a
  // branch may go to: instructions that do not read acc. The word the walk is in has its places in `places`
  // still.
  bool check_function() {
    static const void *const kPlaces[kPatternCount] = {
        &&none, &&any1, &&any2, &&r,     &&r1,    &&r2,    &&r4,           &&rr,     &&rr1, &&rrr, &&rrrr,
        &&rpp,  &&p1,   &&pr,   &&pp,    &&ppp,   &&pp6,   &&prr,          &&pr1,    &&pd,  &&s,   &&rs,
        &&rrs,  &&d,    &&rd,   &&wf,    &&b,     &&b16,   &&rb,           &&ob,     &&rrb, &&rob, &&rorb,
        &&ro,   &&rsx,  &&rrsx, &&page1, &&enter, &&leave, &&plain_return, &&general};
    const FunctionInfo info = module_.function(function_);
    step_ = 4 * (info.window_words + kLinkWords);
    frame_ = info.frame_units == kFrameTooLarge ? 0 : info.frame_units;
    const uint8_t *at = begin_ = module_.code() + info.code_offset;
    const uint8_t *const end = module_.code() + module_.function_end(function_);
    // What displacements count from: the address of bit 0.
    const uint8_t *const base = at - ((uintptr_t)at & 31);
    const uint32_t end_offset = (uint32_t)(end - base);
    // Where branches may go to: at first anywhere, then behind `enter`.
    uint32_t body = (uint32_t)(at - base), body_bytes = end_offset - body;
    const Derived *derived = &kDerived;
    const void *const *all_places = kPlaces;
    // Else the compiler makes these up each time.
    __asm__("" : "+r"(derived), "+r"(all_places));
    if (mapped_beyond_ != info.window_words + kLinkWords + kOutWords)
      map_registers(info.window_words);
    uint32_t *const bits = bits_;
    memset(bits, 0, 4 * ((end_offset >> 5) + 1));
    body_ = 0;
    branch_ = targets_ = nullptr;

    const uint8_t *word_end = base + 32, *after;
    const uint8_t *limit = end < word_end ? end : word_end; // where the walk has to look up
    uint32_t *word = bits, places = 0;                      // of the 32 bytes the walk is in
    uint32_t pattern, target;
    int32_t flags = 0, before, displacement; // before: flags of the instruction before

#define ESPB_CHECK_REGISTER(k)                                                                               \
  if (registers_[at[k]] != 0) [[unlikely]]                                                                   \
  goto bad_register
#define ESPB_CHECK_PAIR(k)                                                                                   \
  if ((registers_[at[k]] | registers_[at[k] + 4]) != 0) [[unlikely]]                                         \
  goto bad_register
#define ESPB_CHECK_LIMIT(which, number)                                                                      \
  if (number >= limits_[which]) [[unlikely]] {                                                               \
    pattern = which;                                                                                         \
    displacement = number;                                                                                   \
    goto refuse;                                                                                             \
  }
#define ESPB_NEXT(bytes)                                                                                     \
  at += bytes;                                                                                               \
  if (at < limit) [[likely]]                                                                                 \
    goto next;                                                                                               \
  goto end_word

  next:
    before = flags;
    __asm__("" : "+r"(before)); // here, not before each jump to here
    pattern = derived->page0.patterns[*at];
    flags = derived->page0.flags[*at];
    if (flags >= 0)
      places |= 1u << ((uintptr_t)at & 31);
    else if ((before & kWrites) == 0) [[unlikely]]
      goto not_written;
  dispatch:
    goto **static_cast<const void *const *>(static_cast<const void *>(
        reinterpret_cast<const char *>(all_places) + pattern * (sizeof(void *) / kPatternScale)));

  none:
    ESPB_NEXT(1);
  s:
    ESPB_CHECK_LIMIT(kShift5, at[1]);
    goto any1;
  r:
    ESPB_CHECK_REGISTER(1);
  any1:
    ESPB_NEXT(2);
  rs:
    ESPB_CHECK_LIMIT(kShift5, at[2]);
    goto r1;
  d:
    ESPB_CHECK_LIMIT(kOutsideData, read_u16(at + 1));
    goto any2;
  rr:
    ESPB_CHECK_REGISTER(2);
  r1:
    ESPB_CHECK_REGISTER(1);
  any2:
    ESPB_NEXT(3);
  rd:
    ESPB_CHECK_LIMIT(kOutsideData, read_u16(at + 2));
    goto r2;
  rrr:
    ESPB_CHECK_REGISTER(3);
  rr1:
    ESPB_CHECK_REGISTER(2);
  r2:
    ESPB_CHECK_REGISTER(1);
    ESPB_NEXT(4);
  rrrr:
    ESPB_CHECK_REGISTER(4);
    ESPB_CHECK_REGISTER(3);
    ESPB_CHECK_REGISTER(2);
    ESPB_CHECK_REGISTER(1);
    ESPB_NEXT(5);
  rrs:
    ESPB_CHECK_LIMIT(kShift5, at[3]);
    goto rr1;
  rpp:
    ESPB_CHECK_PAIR(3);
    ESPB_CHECK_PAIR(2);
    goto r2;
  ro:
    ESPB_CHECK_LIMIT(kOutsideRodata, read_u16(at + 2));
    goto r2;
  rrsx:
    ESPB_CHECK_REGISTER(2);
    if (at[4] == 0 || at[3] + at[4] > 32) [[unlikely]] {
      displacement = at[4];
      goto bad_width;
    }
    ESPB_CHECK_REGISTER(1);
    ESPB_NEXT(5);
  rsx:
    if (at[3] == 0 || at[2] + at[3] > 32) [[unlikely]] {
      displacement = at[3];
      goto bad_width;
    }
    goto r2;
  r4:
    ESPB_CHECK_REGISTER(1);
    ESPB_NEXT(6);
  pr:
    ESPB_CHECK_REGISTER(2);
    goto p1;
  pp:
    ESPB_CHECK_PAIR(2);
  p1:
    ESPB_CHECK_PAIR(1);
    ESPB_NEXT(3);
  pd:
    ESPB_CHECK_LIMIT(kOutsideData, read_u16(at + 2));
    goto p2;
  prr:
    ESPB_CHECK_REGISTER(3);
  pr1:
    ESPB_CHECK_REGISTER(2);
    goto p2;
  pp6:
    ESPB_CHECK_LIMIT(kShift6, at[3]);
    goto pp1;
  ppp:
    ESPB_CHECK_PAIR(3);
  pp1:
    ESPB_CHECK_PAIR(2);
  p2:
    ESPB_CHECK_PAIR(1);
    ESPB_NEXT(4);
  wf:
    if (at[1] != step_) [[unlikely]]
      goto bad_step;
    ESPB_CHECK_LIMIT(kNoFunction, at[2]);
    goto any2;
  rorb:
    ESPB_CHECK_REGISTER(3);
    ESPB_CHECK_REGISTER(1);
    displacement = read_s8(at + 4);
    target = (uint32_t)(at - base) + (uint32_t)displacement;
    at += 5;
    goto branch;
  rrb:
    ESPB_CHECK_REGISTER(2);
  rob:
    ESPB_CHECK_REGISTER(1);
    displacement = read_s8(at + 3);
    target = (uint32_t)(at - base) + (uint32_t)displacement;
    at += 4;
    goto branch;
  rb:
    ESPB_CHECK_REGISTER(1);
  ob:
    displacement = read_s8(at + 2);
    target = (uint32_t)(at - base) + (uint32_t)displacement;
    at += 3;
    goto branch;
  b16:
    displacement = read_s16(at + 1);
    target = (uint32_t)(at - base) + (uint32_t)displacement;
    at += 3;
    goto branch;
  b:
    displacement = read_s8(at + 1);
    target = (uint32_t)(at - base) + (uint32_t)displacement;
    at += 2;

  branch: { // `at` is behind it already
    branch_ = at;
    // Code is below 16 MB: what wraps around is outside as well.
    if (target - body >= body_bytes) [[unlikely]]
      goto leaves_body;
    uint32_t &target_word = bits[target >> 5];
    const uint32_t bit = 1u << (target & 31);
    if (displacement > 0) {
      target_word |= bit;
    } else {
      // Fuel is charged by distance: a branch to itself would be free, so it could spin past fuel and stop.
      if (displacement == 0) [[unlikely]]
        goto to_itself;
      if (((&target_word == word ? places : target_word) & bit) == 0) [[unlikely]]
        goto bad_target;
    }
    if (at < limit) [[likely]]
      goto next;
  }

  end_word:                     // the word is left: what it holds as targets must be places
    __asm__("" : "+r"(places)); // keeps preparations for this out of the way to `next`
    for (; at >= word_end; word_end += 32) {
      if ((*word & ~places) != 0) [[unlikely]]
        goto bad_word;
      *word++ = places;
      places = 0;
    }
    limit = end < word_end ? end : word_end;
    if (at < end)
      goto next;
    goto done;

  page1: {
    const uint32_t opcode = *++at;
    page1_ = at;
    pattern = kInvalid.pattern;
    flags = kInvalid.flags;
    if (opcode < sizeof kPage1Formats) [[likely]] {
      pattern = derived->page1.patterns[opcode];
      flags = derived->page1.flags[opcode];
    }
    if (flags < 0) {
      places &= ~(1u << ((uintptr_t)(at - 1) & 31));
      if ((before & kWrites) == 0) [[unlikely]]
        goto not_written;
    }
    goto dispatch;
  }

  enter:
    if (at[1] != frame_ || branch_ != nullptr || body_ != 0) [[unlikely]]
      goto general;
    after = at;
    __asm__("" : "+r"(after)); // else the compiler adds 2 to `at` for every instruction, before it is known
    body_ = (uint32_t)(after + 2 - begin_);
    body = (uint32_t)(after + 2 - base);
    body_bytes = end_offset - body;
    goto any1;
  leave:
    if (at[1] != frame_ || body_ == 0) [[unlikely]]
      goto general;
    branch_ = at;
    goto any1;
  plain_return:
    if (frame_ != 0) [[unlikely]]
      goto general;
    branch_ = at;
    goto none;

  general:
    after = check_fields(at, flags, end);
    if (after == nullptr)
      return false;
    if (at == page1_)
      --at;
    if (body_ != 0) {
      body = (uint32_t)(begin_ - base) + body_;
      body_bytes = end_offset - body;
    }
    for (; targets_ != nullptr; targets_ += target_bytes_) {
      displacement = target_bytes_ == 1   ? read_s8(targets_)
                     : target_bytes_ == 2 ? read_s16(targets_)
                                          : read_s32(targets_);
      target = (uint32_t)(at - base) + (uint32_t)displacement;
      if (targets_ + target_bytes_ == after) { // the last one
        targets_ = nullptr;
        at = after;
        goto branch;
      }
      if (target - body >= body_bytes)
        goto leaves_body;
      if (displacement == 0)
        goto to_itself;
      if (displacement > 0)
        bits[target >> 5] |= 1u << (target & 31);
      else if (((&bits[target >> 5] == word ? places : bits[target >> 5]) >> (target & 31) & 1) == 0)
        goto bad_target;
    }
    at = after;
    if (at < limit)
      goto next;
    goto end_word;

  done:
    if (at != end) {
      // The last place is where that instruction begins, or the one before it if it reads acc.
      *word |= places;
      at = end;
      do
        --at;
      while ((bits[(uint32_t)(at - base) >> 5] >> ((uintptr_t)at & 31) & 1) == 0);
      return refuse_at(at, kCutOff);
    }
    if ((flags & kStops) == 0)
      return refuse_at(at, kFallsOff);
    // The words that are not ended yet.
    for (; word_end - 32 <= end; ++word, places = 0, word_end += 32)
      if ((*word & ~places) != 0)
        goto bad_word;
    return true;

  leaves_body:
    pattern = kLeavesBody;
    target -= (uint32_t)displacement;
    goto refuse_target;
  to_itself:
    pattern = kToItself;
    goto refuse_target;
  bad_word:
    target = (uint32_t)(word_end - 32 - base) + (uint32_t)__builtin_ctz(*word & ~places);
  bad_target:
    pattern = kBadTarget;
  refuse_target:
    return refuse_at(base + target, (Reason)pattern);
  bad_width:
    pattern = kBadWidth;
    goto refuse;
  bad_step:
    pattern = kBadStep;
    displacement = at[1];
    goto refuse;
  bad_register:
    pattern = kBadRegister;
    displacement = (int32_t)kNoValue;
    goto refuse;
  not_written:
    pattern = kAccNotWritten;
    displacement = (int32_t)kNoValue;
  refuse:
    return refuse_at(at - (at == page1_ ? 1 : 0), (Reason)pattern, (uint32_t)displacement);
#undef ESPB_CHECK_REGISTER
#undef ESPB_CHECK_PAIR
#undef ESPB_CHECK_LIMIT
#undef ESPB_NEXT
  }

  static_assert(table_entry_bytes(kInstructionFormats[kPage0Formats[kOp_SWITCH]].fields[1]) == 2 &&
                table_entry_bytes(kInstructionFormats[kPage1Formats[kOp_SWITCH32 & 0xff]].fields[1]) == 4);

  const Module &module_;
  espb_error *error_;
  espb_status status_ = ESPB_OK;
  uint32_t limits_[kLimits];

  // The table entry at hand, and then the function and instruction.
  uint32_t section_ = 0, index_ = 0;
  uint32_t function_ = 0;
  const uint8_t *at_ = nullptr;
  uint32_t *bits_;
  uint32_t largest_ = 0; // bytes of the largest function
  uint32_t mapped_ = 0,
           mapped_beyond_ = 0; // what registers_ is for: where its window ends, and its out registers
  // Of the function at hand:
  const uint8_t *begin_;
  uint32_t step_, frame_;          // window step of its calls, units of its frame
  uint32_t body_;                  // bytes up to the end of `enter`, 0 before it
  const uint8_t *branch_;          // the last branch, nullptr before the first
  const uint8_t *targets_;         // the displacements of a branch or switch that are still to look at
  uint32_t target_bytes_;          // what each takes
  const uint8_t *page1_ = nullptr; // the second byte of the last instruction of page 1
  uint8_t registers_[256 + 4];
  uint32_t small_bits_[2048 / 32 + 3]; // for functions of up to 2 KB: no allocation
};

} // namespace

espb_status verify(const Module &module, espb_error *error) { return Verifier(module, error).run(); }

} // namespace espb
