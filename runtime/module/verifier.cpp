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
  kTables,
  kShift5 = kTables,
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
};
// The limits up to kTables are what sections hold: the section, and the power of two that an entry takes.
constexpr uint8_t kLimitSections[kTables] = {kSectionFunctions, kSectionImports,      kSectionSignatures,
                                             kSectionCallables, kSectionSymbolTables, kSectionStrings,
                                             kSectionData,      kSectionRodata};
constexpr uint8_t kLimitShifts[kTables] = {3, 3, 1, 2, 3, 0, 0, 0};
static_assert(kFunctionBytes == 8 && kImportBytes == 8 && kSignatureBytes == 2 && kCallableBytes == 4 &&
              kSymbolTableBytes == 8);
// The texts of the other reasons.
constexpr char kReasons[] =
    "shift by\0shift by\0unknown trap code\0"
    "data sizes contradict each other\0bad alignment\0unreasonable size\0too many\0"
    "bad code offset\0bad window words\0bad argument words\0bad flags\0is no signature\0"
    "beyond the used part of its symbol table\0damaged\0bad position\0unknown kind\0"
    "takes arguments\0unknown instruction\0cut off by the end of the function\0"
    "acc is not written just before\0"
    "register outside the window\0return does not fit the frame\0"
    "control falls off the end of the function\0no place to branch to\0"
    "branch leaves the function\0branch to itself\0wrong frame size\0misplaced enter\0"
    "wrong window step\0bad bit field\0import cannot be called";

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

// What the walk over the code needs, packed and derived at compile time. Per field kind: the check in the low
// bits, the size in bytes above. Per opcode a descriptor: length, whether it reads and writes acc, how many
// single registers its fields begin with, and its tail: which fields come after, 0 when there is nothing to
// check about them. Most instructions are done with registers and a tail of 0.
constexpr uint32_t kCheckBits = 5, kKindBits = 6, kTailKinds = 4;
constexpr uint32_t kLengthMask = 15, kReads = 16, kWrites = 32, kLeadingShift = 6, kTailShift = 9,
                   kMaxTails = 128;
constexpr uint32_t kTailKindShift = 8; // the instruction's flags, as far as they matter here, are below
constexpr uint32_t kTailFlags = kTerminator | kBarrier | kCall | kReturn;
// Tails with numbers of their own: an offset into data or rodata alone, checked without ado, and the one of
// an opcode that is no instruction of modules, which has a field of no kind.
constexpr uint32_t kDataTail = 1, kRodataTail = 2, kInvalidTail = 3;
static_assert(kOutsideRodata - kOutsideData == kRodataTail - kDataTail);
constexpr uint32_t kNoKind = (uint32_t)FieldKind::trp + 1;
constexpr uint32_t kFieldKinds = kNoKind + 1;
static_assert(kFieldKinds <= 1u << kKindBits, "more kinds of fields than a descriptor tells apart");

struct Derived {
  uint16_t page0[sizeof kPage0Formats];
  uint16_t page1[sizeof kPage1Formats];
  uint8_t fields[kFieldKinds];
};
struct Tails {
  uint32_t tails[kMaxTails]; // flags, then the kinds, the first kind lowest
  uint32_t count;
  bool fits;
};

constexpr bool is_checked(FieldKind kind) {
  return kind != FieldKind::none && field_check(kind) != kUnchecked;
}

// By index, not by isa.h's pointers: under UBSan gcc does not compare those at compile time.
constexpr uint16_t describe(uint8_t format, Tails &tails) {
  if (format == 0xff || (kInstructionFormats[format].flags & kInternal) != 0)
    return kInvalidTail << kTailShift | 1;
  const InstructionInfo &info = kInstructionFormats[format];
  uint32_t leading = 0, tail = 0, shift = kTailKindShift;
  while (info.fields[leading] == FieldKind::r)
    ++leading;
  bool checked = (info.flags & kTerminator) != 0;
  for (uint32_t k = leading; k < kMaxFields && info.fields[k] != FieldKind::none; ++k, shift += kKindBits) {
    tail |= (uint32_t)info.fields[k] << shift;
    checked |= is_checked(info.fields[k]);
    tails.fits &= shift < kTailKindShift + kTailKinds * kKindBits;
  }
  uint32_t index = 0;
  if (checked) {
    tail |= info.flags & kTailFlags;
    for (index = kDataTail; index < tails.count && tails.tails[index] != tail; ++index) {
    }
    if (index == tails.count)
      tails.tails[tails.count++] = tail;
  }
  tails.fits &= info.length <= kLengthMask && leading < 8 && tails.count < kMaxTails;
  return (uint16_t)(info.length | ((info.flags & kReadsAcc) != 0 ? kReads : 0) |
                    ((info.flags & kWritesAcc) != 0 ? kWrites : 0) | leading << kLeadingShift |
                    index << kTailShift);
}

struct AllDerived {
  Derived derived;
  Tails tails;
};
constexpr AllDerived derive() {
  AllDerived all{};
  all.tails.fits = kNoCheck < 1u << kCheckBits && (uint32_t)FieldKind::none == 0;
  all.tails.count = kInvalidTail + 1;
  all.tails.tails[kDataTail] = (uint32_t)FieldKind::dat16 << kTailKindShift;
  all.tails.tails[kRodataTail] = (uint32_t)FieldKind::ro16 << kTailKindShift;
  all.tails.tails[kInvalidTail] = kNoKind << kTailKindShift;
  for (uint32_t k = 0; k < kFieldKinds; ++k) // field_bytes takes a kind it does not know for one byte
    all.derived.fields[k] = (uint8_t)(field_check((FieldKind)k) | field_bytes((FieldKind)k) << kCheckBits);
  for (uint32_t i = 0; i < sizeof kPage0Formats; ++i)
    all.derived.page0[i] = describe(kPage0Formats[i], all.tails);
  for (uint32_t i = 0; i < sizeof kPage1Formats; ++i)
    all.derived.page1[i] = describe(kPage1Formats[i], all.tails);
  return all;
}
constexpr AllDerived kAll = derive();
static_assert(kAll.tails.fits, "an instruction does not fit the packed descriptors: make them wider");
// Only as many tails as there are reach the flash.
template <uint32_t N> struct PackedTails {
  uint32_t tails[N];
};
template <uint32_t N> constexpr PackedTails<N> pack_tails() {
  PackedTails<N> packed{};
  for (uint32_t i = 0; i < N; ++i)
    packed.tails[i] = kAll.tails.tails[i];
  return packed;
}
constexpr Derived kDerived = kAll.derived;
constexpr auto kTails = pack_tails<kAll.tails.count>();

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
      limits_[i] = module_.image.section_bytes((SectionKind)kLimitSections[i]) >> kLimitShifts[i];
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
        uint32_t value = table_u16(p + check.at);
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
    uint32_t largest = 0;
    for (uint32_t i = 0; i < limits_[kNoFunction]; ++i) {
      uint32_t bytes = module_.function_end(i) - (module_.functions()[2 * i] & kOffsetMask);
      largest = bytes > largest ? bytes : largest;
    }
    uint32_t bytes =
        4 * (largest / 32 + 3); // it may begin and end inside a word, and the last one is ended too
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

  // The walk over one function, which is most of a module's load time: all in one loop, with a single exit
  // for what is refused, so that the compiler keeps everything in registers.
  //
  // bits_ holds one bit per byte of the function, a word for 32 bytes whose addresses agree in all but the
  // low five bits. A word ahead of the walk holds the targets of forward branches; behind it, the places a
  // branch may go to: instructions that do not read acc. The word the walk is in has its places in `places`
  // still.
  bool check_function() {
    const FunctionInfo info = module_.function(function_);
    const uint8_t *const begin = module_.code() + info.code_offset;
    const uint8_t *const end = module_.code() + module_.function_end(function_);
    const uint8_t *const base = begin - ((uintptr_t)begin & 31);
    const uint32_t end_offset = (uint32_t)(end - base);
    const uint32_t step = 4 * (info.window_words + kLinkWords);
    const uint32_t frame = info.frame_units == kFrameTooLarge ? 0 : info.frame_units;
    const uint8_t *registers = registers_;
    const uint32_t *limits = limits_;
    // Else the compiler adds these up from the stack pointer each time.
    __asm__("" : "+r"(registers), "+r"(limits));
    uint32_t *const bits = bits_;
    if (mapped_beyond_ != info.window_words + kLinkWords + kOutWords)
      map_registers(info.window_words);
    memset(bits, 0, 4 * ((end_offset >> 5) + 1));

    const uint8_t *at = begin, *next, *word_end = base + 32;
    uint32_t *word = bits, places = 0;
    uint32_t body = (uint32_t)(begin - base); // where branches may go from: the function, or behind enter
    bool branched = false, entered = false;
    uint32_t before = 0, tail = 0; // the descriptor of the instruction before; the tail of the last one
    uint32_t reason, value = kNoValue;
    do {
      const uint8_t *field = at + 1;
      uint32_t descriptor = kInvalidTail << kTailShift, opcode = *at;
      if (opcode < sizeof kPage0Formats) [[likely]]
        descriptor = kDerived.page0[opcode];
      else if (opcode == 0xff && field < end && (opcode = *field++) < sizeof kPage1Formats)
        descriptor = kDerived.page1[opcode];
      next = at + (descriptor & kLengthMask);
      if (next > end) {
        reason = kCutOff;
        goto refuse;
      }
      while (at >= word_end) {
        if (uint32_t wrong = *word & ~places; wrong != 0) {
          at = word_end - 32 + __builtin_ctz(wrong);
          reason = kBadTarget;
          goto refuse;
        }
        *word++ = places;
        places = 0;
        word_end += 32;
      }
      if ((descriptor & kReads) == 0) {
        places |= 1u << ((uintptr_t)at & 31);
      } else if ((before & kWrites) == 0) {
        reason = kAccNotWritten;
        goto refuse;
      }
      before = descriptor;
      if (uint32_t leading = descriptor >> kLeadingShift & 7; leading != 0) {
        uint32_t good = 1;
        do
          good &= registers[*field++];
        while (--leading != 0);
        if (good == 0) {
          reason = kBadRegister;
          goto refuse;
        }
      }
      tail = descriptor >> kTailShift;
      if (tail == 0) {
        at = next;
        continue;
      }

      if (tail <= kRodataTail) {
        value = read_u16(field);
        reason = kOutsideData + (tail - kDataTail);
        if (value >= limits[reason])
          goto refuse;
        value = kNoValue;
        at = next;
        continue;
      }

      // The fields behind the leading registers, and what is particular about the instruction.
      tail = kTails.tails[tail];
      for (uint32_t kinds = tail >> kTailKindShift; kinds != 0; kinds >>= kKindBits) {
        const uint32_t how = kDerived.fields[kinds & ((1u << kKindBits) - 1)], bytes = how >> kCheckBits;
        const uint8_t *const entry = field;
        reason = how & ((1u << kCheckBits) - 1);
        value = *field;
        field += bytes;
        if (bytes != 1)
          value = bytes == 2 ? read_u16(entry) : read_u32(entry);
        if (reason < kLimits) {
          if (value >= limits[reason])
            goto refuse;
          continue;
        }
        // The commonest first: a switch costs more than all of these.
        if (reason <= kPair) {
          if ((registers[value] & (reason - kRegister + 1)) != 0)
            continue;
          reason = kBadRegister;
          goto refuse;
        }
        if (reason == kUnchecked)
          continue;
        const uint8_t *targets = entry, *targets_end = field;
        uint32_t target_bytes = bytes;
        if (reason == kTarget)
          goto check_targets;
        if (reason == kStep) {
          if (value == step)
            continue;
          reason = kBadStep;
          goto refuse;
        }
        switch (reason) {
        case kWidth: // the field before is the lowest bit
          if (value != 0 && entry[-1] + value <= 32)
            continue;
          reason = kBadWidth;
          goto refuse;
        case kFrame:
          reason = kBadFrame;
          if (value != frame)
            goto refuse;
          if ((tail & kReturn) != 0)
            continue;
          reason = kBadEnter;
          if (branched || entered)
            goto refuse;
          entered = true;
          body = (uint32_t)(next - base);
          continue;
        case kImport: {
          reason = kNoImport;
          if (value >= limits[kNoImport])
            goto refuse;
          reason = kNotCallable;
          const uint8_t *import = module_.import_entry(value);
          if ((tail & kCall) != 0 &&
              ((import[3] & kImportAddressOnly) != 0 || table_u16(import + 4) == kNoSignature))
            goto refuse;
          continue;
        }
        case kSwitch: // what follows the instruction proper: displacements of the default and of the cases
          target_bytes = *at == 0xff ? 4 : 2;
          targets = next;
          reason = kCutOff;
          if ((value + 1) * target_bytes > (uint32_t)(end - next))
            goto refuse;
          targets_end = next += (value + 1) * target_bytes;
          break;
        default: // also a kind of field that was added to the instruction set and not here
          reason = kUnknownInstruction;
          value = opcode;
          goto refuse;
        }
      check_targets:
        value = kNoValue;
        for (; targets < targets_end; targets += target_bytes) {
          const int32_t displacement = target_bytes == 1   ? read_s8(targets)
                                       : target_bytes == 2 ? read_s16(targets)
                                                           : read_s32(targets);
          // Code is below 16 MB: what wraps around is outside as well.
          const uint32_t target = (uint32_t)(at - base) + (uint32_t)displacement;
          reason = kLeavesBody;
          if (target - body >= end_offset - body)
            goto refuse;
          // Fuel is charged by distance: such a branch would be free, so it could spin past fuel and stop.
          reason = kToItself;
          if (displacement == 0)
            goto refuse;
          uint32_t *const target_word = bits + (target >> 5);
          const uint32_t bit = 1u << (target & 31);
          if (displacement > 0) {
            *target_word |= bit;
          } else if (((target_word == word ? places : *target_word) & bit) == 0) {
            at = base + target;
            reason = kBadTarget;
            goto refuse;
          }
        }
      }
      value = kNoValue;
      if ((tail & kTerminator) != 0) {
        branched = true;
        // `ret` without an operand leaves a frame standing; one with it has been checked against the table.
        reason = kBadReturn;
        if ((tail & kReturn) != 0 && frame != 0 && (!entered || next == at + 1))
          goto refuse;
      }
      at = next;
    } while (at < end);

    reason = kFallsOff;
    if ((tail & kBarrier) == 0)
      goto refuse;
    // The words that are not ended yet: what they hold as targets must be places.
    for (uint32_t *const last = bits + (end_offset >> 5); word <= last; ++word, places = 0, word_end += 32)
      if (uint32_t wrong = *word & ~places; wrong != 0) {
        at = word_end - 32 + __builtin_ctz(wrong);
        reason = kBadTarget;
        goto refuse;
      }
    return true;

  refuse:
    at_ = at;
    return fail((Reason)reason, value);
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
  uint32_t mapped_ = 0, mapped_beyond_ = 0; // what registers_ is for: its last window register and its end
  uint8_t registers_[256] = {};
};

} // namespace

espb_status verify(const Module &module, espb_error *error) { return Verifier(module, error).run(); }

} // namespace espb
