// SPDX-License-Identifier: Apache-2.0
// What the verifier checks by tables: reasons for refusing, indices in the entries of sections, and what the
// walk over the code needs to know of each instruction, derived from isa/isa.h at compile time. Only
// verifier.cpp includes it.
#ifndef ESPB_RUNTIME_MODULE_VERIFIER_TABLES_H
#define ESPB_RUNTIME_MODULE_VERIFIER_TABLES_H

#include "../../format/espb_format.h"
#include "../../isa/isa.h"

namespace espb {

namespace {

using namespace format;

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

// What the walk over the code needs, derived at compile time. Almost all instructions are of few patterns of
// fields, and each of these has a place of its own in the walk (check_function); what is rarer goes through
// one loop over its fields.
//
// Patterns are written as in kPatterns: r and p a register and a pair, 1, 2 and 4 as many bytes that may be
// anything, 5 and 6 the shifts, x the width of a bit field, d and o offsets into data and rodata, w and f a
// call's window step and function, b and B a displacement of one and two bytes.
constexpr char kPatterns[][6] = {"",    "1",    "2",   "r",   "r1",  "r2",   "r4",  "rr",  "rr1",
                                 "rrr", "rrrr", "rpp", "p1",  "pr",  "pp",   "ppp", "pp6", "prr",
                                 "pr1", "pd",   "5",   "r5",  "rr5", "d",    "rd",  "wf",  "b",
                                 "B",   "rb",   "1b",  "rrb", "r1b", "r1rb", "ro",  "r5x", "rr5x"};
enum Pattern : uint32_t {
  kPage1 = sizeof kPatterns / sizeof *kPatterns, // the byte that leads to page 1
  kEnter,                                        // the three that deal with frames; general when in doubt
  kLeave,
  kPlainReturn,
  kGeneral, // by the fields of its tail
  kPatternCount
};
constexpr char pattern_letter(FieldKind kind) {
  switch (kind) {
  case FieldKind::none:
    return 0;
  case FieldKind::r:
    return 'r';
  case FieldKind::p:
    return 'p';
  case FieldKind::sh5:
    return '5';
  case FieldKind::sh6:
    return '6';
  case FieldKind::dat16:
    return 'd';
  case FieldKind::d8:
    return 'b';
  case FieldKind::d16:
    return 'B';
  case FieldKind::ro16:
    return 'o';
  case FieldKind::wid:
    return 'x';
  case FieldKind::win:
    return 'w';
  case FieldKind::fn8:
    return 'f';
  default:
    return field_check(kind) == kUnchecked ? (char)('0' + field_bytes(kind)) : '?';
  }
}

// Per opcode: its pattern, scaled for a table of words, and a byte of how it deals with acc (reading it is
// the sign, which costs nothing to look at), whether control goes on behind it and, for kGeneral, its tail,
// of which a word says all: flags, and the fields, the first lowest. Per field kind: the check in the low
// bits, the size in bytes above.
constexpr uint32_t kPatternScale = 4, kMaxTails = 32;
constexpr int32_t kReads = -128, kWrites = 64, kStops = 32;
constexpr uint32_t kCheckBits = 5, kKindBits = 6, kTailKinds = 4, kTailKindShift = 8;
constexpr uint32_t kTailFlags = kTerminator | kCall | kReturn;
constexpr uint32_t kNoKind = (uint32_t)FieldKind::trp + 1; // the field of what is no instruction of modules
constexpr uint32_t kFieldKinds = kNoKind + 1;
static_assert(kPatternCount * kPatternScale <= 256 && kFieldKinds <= 1u << kKindBits);

struct Descriptor {
  uint8_t pattern;
  int8_t flags;
};
// Of what is no instruction of modules; it has the first tail.
constexpr Descriptor kInvalid = {kGeneral * kPatternScale, kStops};

struct Page {
  uint8_t patterns[256];
  int8_t flags[256];
  constexpr void set(uint32_t opcode, Descriptor descriptor) {
    patterns[opcode] = descriptor.pattern;
    flags[opcode] = descriptor.flags;
  }
};
struct Page1 { // cut off where the opcodes end
  uint8_t patterns[sizeof kPage1Formats];
  int8_t flags[sizeof kPage1Formats];
};
struct Derived {
  Page page0;
  Page1 page1;
  uint8_t fields[kFieldKinds];
};
struct Tails {
  uint32_t tails[kMaxTails];
  uint32_t count;
  bool fits;
};

// By index, not by isa.h's pointers: under UBSan gcc does not compare those at compile time.
constexpr Descriptor describe(uint8_t format, Tails &tails, bool page1 = false) {
  uint32_t tail = kNoKind << kTailKindShift;
  int32_t acc_flags = kStops;
  if (format != 0xff && (kInstructionFormats[format].flags & kInternal) == 0) {
    const InstructionInfo &info = kInstructionFormats[format];
    acc_flags = ((info.flags & kReadsAcc) != 0 ? kReads : 0) |
                ((info.flags & kWritesAcc) != 0 ? kWrites : 0) | ((info.flags & kBarrier) != 0 ? kStops : 0);
    char letters[kMaxFields + 1] = {};
    tail = info.flags & kTailFlags;
    bool branches = false;
    for (uint32_t k = 0; k < kMaxFields && info.fields[k] != FieldKind::none; ++k) {
      letters[k] = pattern_letter(info.fields[k]);
      branches |= letters[k] == 'b' || letters[k] == 'B';
      tails.fits &= k < kTailKinds || letters[k] == '1';
      if (k < kTailKinds)
        tail |= (uint32_t)info.fields[k] << (kTailKindShift + k * kKindBits);
    }
    // Of the terminators, only branches are done with their fields; and displacements count from the first
    // byte.
    for (uint32_t i = 0; i < kPage1 && branches == ((info.flags & kTerminator) != 0) && !(branches && page1);
         ++i) {
      uint32_t k = 0;
      while (k < 5 && kPatterns[i][k] == letters[k] && letters[k] != 0)
        ++k;
      if (letters[k] == 0 && kPatterns[i][k] == 0)
        return {(uint8_t)(i * kPatternScale), (int8_t)acc_flags};
    }
    tails.fits &= letters[kTailKinds] == 0;
  }
  uint32_t index = 0;
  while (index < tails.count && tails.tails[index] != tail)
    ++index;
  if (index == tails.count)
    tails.tails[tails.count++] = tail;
  tails.fits &= tails.count < kMaxTails;
  Pattern pattern = kGeneral;
  const bool returns = (tail & kReturn) != 0;
  if (!page1 && tail >> kTailKindShift == (uint32_t)FieldKind::frm)
    pattern = returns ? kLeave : kEnter;
  if (!page1 && tail >> kTailKindShift == 0 && returns)
    pattern = kPlainReturn;
  return {(uint8_t)(pattern * kPatternScale), (int8_t)(acc_flags | (int32_t)index)};
}

struct AllDerived {
  Derived derived;
  Tails tails;
};
constexpr AllDerived derive() {
  AllDerived all{};
  all.tails.fits = kNoCheck < 1u << kCheckBits && (uint32_t)FieldKind::none == 0;
  all.tails.fits &= describe(0xff, all.tails).flags == kInvalid.flags;
  for (uint32_t k = 0; k < kFieldKinds; ++k) // field_bytes takes a kind it does not know for one byte
    all.derived.fields[k] = (uint8_t)(field_check((FieldKind)k) | field_bytes((FieldKind)k) << kCheckBits);
  for (uint32_t i = 0; i < 255; ++i)
    all.derived.page0.set(i, describe(i < sizeof kPage0Formats ? kPage0Formats[i] : 0xff, all.tails));
  all.derived.page0.set(255, {kPage1 * kPatternScale, 0});
  for (uint32_t i = 0; i < sizeof kPage1Formats; ++i) {
    const Descriptor descriptor = describe(kPage1Formats[i], all.tails, true);
    all.derived.page1.patterns[i] = descriptor.pattern;
    all.derived.page1.flags[i] = descriptor.flags;
  }
  return all;
}
constexpr AllDerived kAll = derive();
static_assert(kAll.tails.fits, "an instruction does not fit the packed descriptors: make them wider");
static_assert(kMaxTails <= kStops);
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

} // namespace

} // namespace espb

#endif
