// SPDX-License-Identifier: Apache-2.0
// The verifier: one linear pass over a module that is hostile until it has passed. Each check stands in one
// place; docs/verifier.md lists them. It shares nothing with the code generators; what an instruction looks
// like comes from isa/isa.h. Most checks are of one kind, a number below a limit, and are driven by tables:
// flash is scarce.
#include "../../isa/isa.h"
#include "espb/port.h"
#include "instance.h"
#include "message.h"
#include <string.h>

namespace espb {

namespace {

using namespace format;

// Sizes beyond these are refused before anything is allocated.
constexpr uint32_t kMaxDataBytes = 1u << 26;
constexpr uint32_t kMaxStackBytes = 1u << 24;
constexpr uint32_t kMaxRegisterWords = 1u << 22;
constexpr uint32_t kMaxEntries = 0xffff;

// What is wrong. The first ones are limits too: the number that was not below limits_[reason].
enum Reason : uint8_t {
  kNoFunction,
  kNoImport,
  kNoSignatureEntry,
  kNoCallable,
  kNoTable,
  kNoString,
  kOutsideData,
  kOutsideRodata,
  kShift5,
  kShift6,
  kTrapCode,
  kLimits,
  kBadSizes = kLimits,
  kBadAlignment,
  kTooLarge,
  kTooMany,
  kBadOffset,
  kBadWindow,
  kBadArguments,
  kBadFlags,
  kIsNone,
  kBeyondPrefix,
  kDamaged,
  kBadPosition,
  kUnknownKind,
  kTakesArguments,
  kUnknownInstruction,
  kCutOff,
  kReserved,
  kAccNotWritten,
  kBadRegister,
  kBadReturn,
  kFallsOff,
  kBadTarget,
  kLeavesBody,
  kToItself,
  kBadFrame,
  kBadEnter,
  kBadStep,
  kBadWidth,
  kNotCallable,
  kUnknownField,
};
constexpr char kReasons[] =
    "no such function\0no such import\0no such signature\0no such callable\0"
    "no such symbol table\0outside the strings\0outside the data\0outside rodata\0"
    "shift by\0shift by\0unknown trap code\0"
    "data sizes contradict each other\0bad alignment\0unreasonable size\0too many\0"
    "bad code offset\0bad window words\0bad argument words\0bad flags\0is no signature\0"
    "beyond the used part of its symbol table\0damaged\0bad position\0unknown kind\0"
    "takes arguments\0unknown instruction\0cut off by the end of the function\0"
    "reserved for the runtime\0acc is not written just before\0"
    "register outside the window\0return does not fit the frame\0"
    "control falls off the end of the function\0no place to branch to\0"
    "branch leaves the function\0branch to itself\0wrong frame size\0misplaced enter\0"
    "wrong window step\0bad bit field\0import cannot be called\0unknown field";

// ---- Tables of checks
// ----------------------------------------------------------------------------------------

// A 16-bit index in every entry of a section: below which limit it must be.
struct IndexCheck {
  uint8_t section, entry_bytes, at, limit;
};
constexpr IndexCheck kIndexChecks[] = {
    {kSectionSymbolTables, kSymbolTableBytes, 6, kNoString},
    {kSectionSignatures, kSignatureBytes, 0, kNoString},
    {kSectionCallables, kCallableBytes, 0, kNoFunction},
    {kSectionCallables, kCallableBytes, 2, kNoSignatureEntry},
    {kSectionExports, kExportBytes, 0, kNoString},
    {kSectionInitialisers, kInitialiserBytes, 0, kNoFunction},
    {kSectionFinalisers, kInitialiserBytes, 0, kNoFunction},
    {kSectionHotFunctions, kHotFunctionBytes, 0, kNoFunction},
};

// How a field of an instruction is checked: by a limit, or in a way of its own.
enum FieldCheck : uint8_t {
  kRegister = kLimits,
  kPair,
  kTarget,
  kFrame,
  kStep,
  kWidth,
  kSwitch,
  kImport,
  kUnchecked,
  kNoCheck, // a kind that was added to the instruction set and not here
};
constexpr FieldCheck field_check(FieldKind kind) {
  switch (kind) {
  case FieldKind::r:
    return kRegister;
  case FieldKind::p:
    return kPair;
  case FieldKind::s8:
  case FieldKind::u8:
  case FieldKind::s16:
  case FieldKind::u16:
  case FieldKind::l32:
  case FieldKind::spo:
    return kUnchecked;
  case FieldKind::sh5:
    return (FieldCheck)kShift5;
  case FieldKind::sh6:
    return (FieldCheck)kShift6;
  case FieldKind::wid:
    return kWidth;
  case FieldKind::frm:
  case FieldKind::frm16:
    return kFrame;
  case FieldKind::d8:
  case FieldKind::d16:
  case FieldKind::d32:
    return kTarget;
  case FieldKind::win:
    return kStep;
  case FieldKind::fn8:
  case FieldKind::fn16:
    return (FieldCheck)kNoFunction;
  case FieldKind::imp8:
  case FieldKind::imp16:
    return kImport;
  case FieldKind::sig8:
  case FieldKind::sig16:
    return (FieldCheck)kNoSignatureEntry;
  case FieldKind::cal16:
    return (FieldCheck)kNoCallable;
  case FieldKind::dat16:
  case FieldKind::dat32:
    return (FieldCheck)kOutsideData;
  case FieldKind::ro16:
  case FieldKind::ro32:
    return (FieldCheck)kOutsideRodata;
  case FieldKind::tab16:
  case FieldKind::tab32:
    return kSwitch;
  case FieldKind::trp:
    return (FieldCheck)kTrapCode;
  default:
    return kNoCheck;
  }
}

// Per field kind: check in the low bits, size in bytes above. Per instruction format, packed into half of
// what isa.h takes: length, flags, and the kinds of the fields, the first lowest.
constexpr uint32_t kCheckBits = 5, kKindBits = 5, kPackedFields = 4;
constexpr uint32_t kFlagShift = kPackedFields * kKindBits, kLengthShift = kFlagShift + 8;
constexpr uint32_t kFieldKinds = (uint32_t)FieldKind::trp + 1;
constexpr uint32_t kFormats = sizeof kInstructionFormats / sizeof kInstructionFormats[0];
struct Derived {
  uint32_t formats[kFormats];
  uint8_t fields[kFieldKinds];
  bool fits;
};
constexpr Derived derive() {
  Derived d{};
  d.fits = kFieldKinds <= 1u << kKindBits && kNoCheck < 1u << kCheckBits && (uint32_t)FieldKind::none == 0;
  for (uint32_t k = 0; k < kFieldKinds; ++k)
    d.fields[k] = (uint8_t)(field_check((FieldKind)k) | field_bytes((FieldKind)k) << kCheckBits);
  for (uint32_t i = 0; i < kFormats; ++i) {
    const InstructionInfo &info = kInstructionFormats[i];
    d.formats[i] = (uint32_t)info.length << kLengthShift | (uint32_t)info.flags << kFlagShift;
    for (uint32_t k = 0; k < kPackedFields; ++k)
      d.formats[i] |= (uint32_t)info.fields[k] << (k * kKindBits);
    d.fits = d.fits && info.length < 16 && info.fields[kPackedFields] == FieldKind::none;
  }
  return d;
}
constexpr Derived kDerived = derive();
static_assert(kDerived.fits, "an instruction does not fit the packed formats: make them wider");

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

  // "section 3: what 7", or for code "function 3, offset 0x1a: what 7".
  [[gnu::noinline, gnu::cold]] bool fail(Reason reason, uint32_t value = kNoValue) {
    const char *what = nth_text(kReasons, reason);
    if (at_ == nullptr) {
      status_ = report(error_, ESPB_BAD_MODULE, "%s %u: %s%v", section_name(section_), index_, what, value);
    } else {
      uint32_t offset = (uint32_t)(at_ - module_.code());
      status_ =
          report(error_, ESPB_BAD_MODULE, "function %u, offset %x: %s%v", function_, offset, what, value);
      if (error_ != nullptr) {
        error_->function = function_;
        error_->code_offset = offset;
      }
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
    limits_[kNoFunction] = module_.function_count();
    limits_[kNoImport] = module_.import_count();
    limits_[kNoSignatureEntry] = module_.signature_count();
    limits_[kNoCallable] = module_.callable_count();
    limits_[kNoTable] = module_.symbol_table_count();
    limits_[kNoString] = module_.image.section_bytes(kSectionStrings);
    limits_[kOutsideData] = m.data_total + 1;
    limits_[kOutsideRodata] = module_.image.section_bytes(kSectionRodata) + 1;
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
      least = f.code_offset + 1;
      if (f.window_words - 1 >= kMaxWindowWords)
        return fail(kBadWindow, f.window_words);
      if (f.argument_words > kMaxArgumentWords || f.argument_words > f.window_words)
        return fail(kBadArguments, f.argument_words);
      if ((f.flags & kFunctionResultMask) > 2 || f.flags >= 2 * kFunctionLeaf)
        return fail(kBadFlags, f.flags);
    }
    return true;
  }

  bool check_indices() {
    for (const IndexCheck &check : kIndexChecks) {
      section_ = check.section;
      const uint8_t *p = module_.image.section((SectionKind)section_);
      const uint8_t *end = p + module_.image.section_bytes((SectionKind)section_);
      if ((uint32_t)(end - p) > kMaxEntries * check.entry_bytes)
        return fail(kTooMany);
      for (index_ = 0; p < end; ++index_, p += check.entry_bytes) {
        uint32_t value = read_u16(p + check.at);
        if (!below(check.limit, value))
          return false;
        switch (section_) {
        case kSectionSignatures:
          if (!is_signature(module_.string(value)))
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
                  ? !below(kNoFunction, read_u16(p + 4)) || !below(kNoSignatureEntry, read_u16(p + 6))
                  : !below(p[2] == kExportData ? kOutsideData : kOutsideRodata, read_u32(p + 4)))
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
      uint32_t name = read_u16(p), table = p[2], signature = read_u16(p + 4);
      if (!(table == kImportNamed ? below(kNoString, name) : below(kNoTable, table)))
        return false;
      if (table != kImportNamed && name >= read_u16(module_.symbol_table_entry(table) + 4))
        return fail(kBeyondPrefix, name);
      if (signature != kNoSignature && !below(kNoSignatureEntry, signature))
        return false;
      if (p[3] > (kImportWeak | kImportAddressOnly) || read_u16(p + 6) != 0)
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
      uint32_t word = read_u32(module_.image.section(kSectionData) + position);
      if (kind >= kRelocationFunction &&
          !(kind == kRelocationFunction ? below(kNoCallable, word) : below(kNoImport, word & 0xffff)))
        return false;
    }
    return true;
  }

  // ---- Code
  // --------------------------------------------------------------------------------------------------------

  void check_code() {
    uint32_t largest = 0;
    for (uint32_t i = 0; i < limits_[kNoFunction]; ++i) {
      uint32_t bytes = module_.function_end(i) - (module_.functions()[2 * i] & kOffsetMask);
      largest = bytes > largest ? bytes : largest;
    }
    uint32_t bytes = 4 * (largest / 32 + 1);
    bits_ = static_cast<uint32_t *>(allocate(bytes, 4));
    if (bits_ == nullptr) {
      status_ = no_memory(error_, "checking the code", bytes);
      return;
    }
    for (function_ = 0; function_ < limits_[kNoFunction] && check_function(); ++function_) {
    }
    release(bits_);
  }

  // Which byte values name a register of the window, indexed by the byte: bit 0 for a single one, bit 1 for
  // the first of a pair.
  void map_registers(uint32_t window_words) {
    uint32_t beyond = window_words + kLinkWords + kOutWords;
    // What the window before had from its last register on is set again.
    for (; mapped_ < beyond; ++mapped_)
      registers_[4 * mapped_] = 3;
    for (mapped_ = beyond; mapped_ < mapped_beyond_; ++mapped_)
      registers_[4 * mapped_] = 0;
    uint8_t *last = &registers_[4 * (window_words - 1)];
    last[0] = registers_[4 * (beyond - 1)] = 1;
    last[4] = last[8] = 0; // the link words
    mapped_ = window_words - 1;
    mapped_beyond_ = beyond;
  }

  bool check_function() {
    FunctionInfo info = module_.function(function_);
    begin_ = module_.code() + info.code_offset;
    size_ = module_.function_end(function_) - info.code_offset;
    window_ = info.window_words;
    frame_ = info.frame_units;
    body_ = 0;
    branched_ = false;
    if (mapped_beyond_ != window_ + kLinkWords + kOutWords)
      map_registers(window_);
    memset(bits_, 0, 4 * (size_ / 32 + 1));
    bits_index_ = bits_word_ = 0;

    flags_ = 0; // of the instruction before
    const uint8_t *const end = begin_ + size_;
    for (at_ = begin_; at_ < end; at_ += length_) {
      const uint8_t *field = at_ + 1;
      uint32_t opcode = *at_, format = 0xff;
      if (opcode < sizeof kPage0Formats) {
        format = kPage0Formats[opcode];
      } else if (opcode == 0xff && field < end) {
        opcode = *field++;
        if (opcode < sizeof kPage1Formats)
          format = kPage1Formats[opcode];
      }
      if (format == 0xff)
        return fail(kUnknownInstruction, opcode);
      format = kDerived.formats[format];
      length_ = format >> kLengthShift;
      if (length_ > (uint32_t)(end - at_))
        return fail(kCutOff);

      uint32_t offset = (uint32_t)(at_ - begin_);
      if (offset >> 5 != bits_index_ && !flush_bits(offset >> 5))
        return false;
      uint32_t before = flags_;
      flags_ = format >> kFlagShift;
      if ((flags_ & (kReadsAcc | kInternal)) == 0)
        bits_word_ |= 1u << (offset & 31);
      else if ((flags_ & kInternal) != 0)
        return fail(kReserved);
      else if ((before & kWritesAcc) == 0)
        return fail(kAccNotWritten);

      // Most fields are registers, and come first: those are checked together.
      uint32_t good = 1, kinds = format & ((1u << kFlagShift) - 1);
      for (; (kinds & ((1u << kKindBits) - 1)) == (uint32_t)FieldKind::r; kinds >>= kKindBits)
        good &= registers_[*field++];
      if (good == 0)
        return fail(kBadRegister);
      for (; kinds != 0; kinds >>= kKindBits) {
        uint32_t how = kDerived.fields[kinds & ((1u << kKindBits) - 1)], bytes = how >> kCheckBits;
        how &= (1u << kCheckBits) - 1;
        if (how != kUnchecked && !check_field(how, field, bytes))
          return false;
        field += bytes;
      }
      if ((flags_ & kTerminator) != 0) {
        branched_ = true;
        // `ret` without an operand leaves a frame standing; one with it has been checked against the table.
        if ((flags_ & kReturn) != 0 && frame_ != 0 && frame_ != kFrameTooLarge &&
            (body_ == 0 || length_ == 1))
          return fail(kBadReturn);
      }
    }
    if ((flags_ & kBarrier) == 0)
      return fail(kFallsOff);
    return flush_bits(size_ / 32 + 1);
  }

  // One bit per byte of the function at hand, in bits_. A word ahead of the walk holds the targets of forward
  // branches; behind it, the places a branch may go to: instructions that do not read acc. This ends the
  // words up to `next`: what they hold as targets must be places.
  bool flush_bits(uint32_t next) {
    for (; bits_index_ < next; ++bits_index_) {
      if (uint32_t wrong = bits_[bits_index_] & ~bits_word_; wrong != 0)
        return bad_target(32 * bits_index_ + (uint32_t)__builtin_ctz(wrong));
      bits_[bits_index_] = bits_word_;
      bits_word_ = 0;
    }
    return true;
  }

  bool bad_target(uint32_t offset) {
    at_ = begin_ + offset;
    return fail(kBadTarget);
  }

  bool check_target(int32_t displacement) {
    // A branch may go behind enter, which must run once. Offsets fit 24 bits, so a target that wraps around
    // is too large as well.
    uint32_t target = (uint32_t)(at_ - begin_) + (uint32_t)displacement;
    if (target < body_ || target >= size_)
      return fail(kLeavesBody);
    // Fuel is charged by distance: such a branch would be free, so it could spin past fuel and stop.
    if (displacement == 0)
      return fail(kToItself);
    uint32_t index = target >> 5, bit = 1u << (target & 31);
    if (displacement > 0)
      bits_[index] |= bit;
    else if (((index == bits_index_ ? bits_word_ : bits_[index]) & bit) == 0)
      return bad_target(target);
    return true;
  }

  static int32_t displacement(const uint8_t *p, uint32_t bytes) {
    return bytes == 1 ? read_s8(p) : bytes == 2 ? read_s16(p) : read_s32(p);
  }

  bool check_field(uint32_t how, const uint8_t *field, uint32_t bytes) {
    uint32_t value = bytes == 1 ? *field : bytes == 2 ? read_u16(field) : read_u32(field);
    switch (how) {
    case kRegister:
      return (registers_[value] & 1) != 0 || fail(kBadRegister, value);
    case kPair:
      return (registers_[value] & 2) != 0 || fail(kBadRegister, value);
    case kTarget:
      return check_target(displacement(field, bytes));
    case kWidth: // the field before is the lowest bit
      return (value != 0 && field[-1] + value <= 32) || fail(kBadWidth, value);
    case kStep:
      return value == 4 * (window_ + kLinkWords) || fail(kBadStep, value);
    case kFrame:
      if (value != frame_ || frame_ == kFrameTooLarge)
        return fail(kBadFrame, value);
      if ((flags_ & kReturn) != 0)
        return true;
      if (branched_ || body_ != 0)
        return fail(kBadEnter);
      body_ = (uint32_t)(at_ - begin_) + length_;
      return true;
    case kSwitch: {
      // What follows the instruction proper: displacements of the default and of the cases.
      uint32_t entry = length_ == kSwitchBytes ? 2 : 4, table = (value + 1) * entry;
      const uint8_t *p = at_ + length_;
      length_ += table;
      if (length_ > (uint32_t)(begin_ + size_ - at_))
        return fail(kCutOff, value);
      for (; p < at_ + length_; p += entry)
        if (!check_target(displacement(p, entry)))
          return false;
      return true;
    }
    case kImport: {
      if (!below(kNoImport, value))
        return false;
      const uint8_t *import = module_.import_entry(value);
      return (flags_ & kCall) == 0 ||
             ((import[3] & kImportAddressOnly) == 0 && read_u16(import + 4) != kNoSignature) ||
             fail(kNotCallable, value);
    }
    case kNoCheck:
      return fail(kUnknownField);
    default:
      return below(how, value);
    }
  }

  // SWITCH has a page-0 opcode, SWITCH32 one of page 1: one byte longer.
  static constexpr uint32_t kSwitchBytes = instruction_info(0, kOp_SWITCH)->length;
  static_assert(table_entry_bytes(instruction_info(0, kOp_SWITCH)->fields[1]) == 2 &&
                instruction_info(1, kOp_SWITCH32 & 0xff)->length == kSwitchBytes + 1);

  const Module &module_;
  espb_error *error_;
  espb_status status_ = ESPB_OK;
  uint32_t limits_[kLimits];

  // The table entry at hand, and then the function and instruction.
  uint32_t section_ = 0, index_ = 0;
  uint32_t function_ = 0;
  const uint8_t *at_ = nullptr;
  const uint8_t *begin_;
  uint32_t size_, window_, frame_;
  uint32_t length_, flags_;
  uint32_t body_; // where branches may go: 0, or behind enter
  bool branched_;

  uint32_t *bits_;
  uint32_t bits_index_;                     // the word the walk is in
  uint32_t bits_word_;                      // its places so far, not yet in bits_
  uint32_t mapped_ = 0, mapped_beyond_ = 0; // what registers_ is for: its last window register and its end
  uint8_t registers_[256] = {};
};

} // namespace

espb_status verify(const Module &module, espb_error *error) { return Verifier(module, error).run(); }

} // namespace espb
