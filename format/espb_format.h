// SPDX-License-Identifier: Apache-2.0
// The structures and constants of the .espb container (docs/format.md), and byte readers that need no
// alignment. Freestanding.
#ifndef ESPB_FORMAT_ESPB_FORMAT_H
#define ESPB_FORMAT_ESPB_FORMAT_H

#include <stddef.h>
#include <stdint.h>

namespace espb::format {

constexpr uint8_t kMagic[4] = {0xE5, 0x50, 0x42, 0x0A};
constexpr uint8_t kDebugMagic[4] = {0xE5, 0x44, 0x42, 0x0A};
constexpr uint8_t kMajorVersion = 1;
constexpr uint8_t kMinorVersion = 1; // 0 in modules that pass no structures by value
constexpr uint8_t kDebugMajorVersion = 1;

constexpr uint32_t kHeaderBytes = 12;
constexpr uint32_t kMaxSections = 32;

constexpr uint8_t kFlagHasDebugFile = 1;
constexpr uint8_t kFlagUsesFloat = 2;

enum SectionKind : uint8_t {
  kSectionMemory = 1,
  kSectionFunctions = 2,
  kSectionCode = 3,
  kSectionRodata = 4,
  kSectionData = 5,
  kSectionRelocations = 6,
  kSectionSymbolTables = 7,
  kSectionImports = 8,
  kSectionSignatures = 9,
  kSectionCallables = 10,
  kSectionExports = 11,
  kSectionInitialisers = 12,
  kSectionFinalisers = 13,
  kSectionHotFunctions = 14,
  kSectionStrings = 15,
  kLastKnownSection = 15,
  kFirstSkippableSection = 128,
  kSectionBuild = 128,
};

// memory
constexpr uint32_t kMemoryBytes = 24;
struct MemoryInfo {
  uint32_t data_bytes;
  uint32_t data_total;
  uint16_t data_align;
  uint16_t rodata_align;
  uint32_t stack_bytes;
  uint32_t register_stack_words;
  uint32_t max_frame_bytes;
};

// functions: two words each
constexpr uint32_t kFunctionBytes = 8;
constexpr uint32_t kMaxWindowWords = 32;
constexpr uint32_t kMaxArgumentWords = 8;
constexpr uint32_t kOffsetMask = 0xffffff;
constexpr uint32_t kFunctionResultMask = 3;
constexpr uint32_t kFunctionVariadic = 4;
constexpr uint32_t kFunctionHot = 8;
constexpr uint32_t kFunctionLeaf = 16;
// The frame field of a function whose frame does not fit it: such a function moves sp with getsp/setsp.
constexpr uint32_t kFrameTooLarge = 0xffff;
constexpr uint32_t kFrameUnit = 16;

struct FunctionInfo {
  uint32_t code_offset;
  uint32_t window_words;
  uint32_t argument_words;
  uint32_t flags; // kFunction*
  uint32_t frame_units;
};

// Decodes the two words of a function's entry.
constexpr FunctionInfo decode_function(uint32_t word0, uint32_t word1) {
  return {word0 & kOffsetMask, word0 >> 24, word1 & 0xff, (word1 >> 8) & 0xff, word1 >> 16};
}

enum RelocationKind : uint8_t {
  kRelocationData = 0,
  kRelocationRodata = 1,
  kRelocationFunction = 2,
  kRelocationImport = 3
};

constexpr uint32_t kSymbolTableBytes = 8;
constexpr uint32_t kImportBytes = 8;
constexpr uint8_t kImportNamed = 0xff; // the table byte of a named import
constexpr uint8_t kImportWeak = 1;
constexpr uint8_t kImportAddressOnly = 2;
constexpr uint16_t kNoSignature = 0xffff;

constexpr uint32_t kSignatureBytes = 2;
constexpr uint32_t kCallableBytes = 4;
constexpr uint32_t kExportBytes = 8;
enum ExportKind : uint8_t { kExportFunction = 0, kExportData = 1, kExportRodata = 2 };
constexpr uint32_t kInitialiserBytes = 2;
constexpr uint32_t kHotFunctionBytes = 8;
// What a record of a hot function says besides the registers live across calls (docs/format.md).
constexpr uint32_t kHotOutCrossingMask = 0xff;
constexpr uint32_t kHotOutCountShift = 8;
constexpr uint32_t kHotRoutines = 1 << 12;
constexpr uint32_t kHotFactsKnown = 1 << 15;
constexpr uint32_t kBuildIdentityBytes = 8;

// So many bytes at least follow the code section in the file: the verifier reads an instruction as a whole
// before it knows whether all of it is there.
constexpr uint32_t kCodeSlackBytes = 8;

// FNV-1a over a table's names in order, each followed by a NUL byte.
constexpr uint32_t kFingerprintBasis = 2166136261u;
constexpr uint32_t kFingerprintPrime = 16777619u;
constexpr uint32_t extend_fingerprint(uint32_t fingerprint, const char *name) {
  do {
    fingerprint = (fingerprint ^ (uint8_t)*name) * kFingerprintPrime;
  } while (*name++ != '\0');
  return fingerprint;
}

constexpr uint32_t read_u16(const uint8_t *bytes) { return bytes[0] | (uint32_t)bytes[1] << 8; }
constexpr uint32_t read_u32(const uint8_t *bytes) { return read_u16(bytes) | read_u16(bytes + 2) << 16; }
constexpr int32_t read_s8(const uint8_t *bytes) { return (int8_t)bytes[0]; }
constexpr int32_t read_s16(const uint8_t *bytes) { return (int16_t)read_u16(bytes); }
constexpr int32_t read_s32(const uint8_t *bytes) { return (int32_t)read_u32(bytes); }

// Reads an unsigned LEB128 number of at most 32 bits; returns the bytes it took, 0 when it does not end
// before `end` or is too large.
constexpr uint32_t read_uleb(const uint8_t *bytes, const uint8_t *end, uint32_t *value) {
  if (bytes < end && *bytes < 0x80) { // most are that small
    *value = *bytes;
    return 1;
  }
  uint32_t result = 0;
  for (uint32_t i = 0; i < 5 && bytes + i < end; ++i) {
    uint32_t bits = bytes[i] & 0x7f;
    if (i == 4 && bits > 0xf)
      return 0;
    result |= bits << (7 * i);
    if (bytes[i] < 0x80) {
      *value = result;
      return i + 1;
    }
  }
  return 0;
}

// ---- Signatures: R(A...), see docs/format.md
// -------------------------------------------------------------------------------

// Words a value of this letter takes; 0 for a letter that names no value type.
constexpr uint32_t letter_words(char letter) {
  // One bit per letter, from '@' on: signatures are a good part of what is checked at load.
  constexpr uint32_t small = 1u << ('b' & 31) | 1u << ('d' & 31) | 1u << ('f' & 31) | 1u << ('h' & 31) |
                             1u << ('i' & 31) | 1u << ('l' & 31) | 1u << ('p' & 31);
  constexpr uint32_t large = 1u << ('B' & 31) | 1u << ('H' & 31);
  uint32_t set = (letter & 0xe0) == 0x60 ? small : (letter & 0xe0) == 0x40 ? large : 0;
  return set >> (letter & 31) & 1 ? (letter == 'l' || letter == 'd' ? 2 : 1) : 0;
}

constexpr uint32_t kMaxSignatureLetters = 255;

// Where the arguments of the signature `text` (NUL-terminated) end, behind the bracket; null when it is none.
// What may follow is for native calls of some chips: they bound what they read there.
constexpr const char *signature_end(const char *text) {
  uint32_t words = 0;
  if (*text == 'v')
    words = 1, ++text;
  else
    for (uint32_t more; words <= 2 && (more = letter_words(*text)) != 0; ++text)
      words += more;
  if (words - 1 > 1 || *text++ != '(')
    return nullptr;
  const char *const first = text;
  bool variadic = false;
  for (; letter_words(*text) != 0 || (*text == '.' && !variadic); ++text)
    variadic |= *text == '.';
  return text - first <= (ptrdiff_t)kMaxSignatureLetters && *text == ')' ? text + 1 : nullptr;
}

// One of the structures by value that follow the arguments: kind, index of the argument's letter, size.
struct StructItem {
  char kind;
  uint32_t index, bytes;
};

// Reads the item at `text`; returns what is behind it. Numbers are not checked.
constexpr const char *read_struct_item(const char *text, StructItem &item) {
  auto number = [&] {
    uint32_t n = 0;
    for (; *text >= '0' && *text <= '9'; ++text)
      n = 10 * n + (uint32_t)(*text - '0');
    return n;
  };
  item.kind = *text != '\0' ? *text++ : '\0';
  item.index = number();
  text += *text == ':';
  item.bytes = number();
  return text;
}

// Whether `text` (NUL-terminated) is a signature, all of it.
constexpr bool is_signature(const char *text) {
  const char *items = signature_end(text);
  if (items == nullptr)
    return false;
  const char *letter = text;
  while (*letter++ != '(') {
  }
  StructItem item{};
  for (uint32_t index = 0; *items != '\0'; ++index, ++letter) {
    const char *const start = items;
    items = read_struct_item(items, item);
    for (; index != item.index && *letter != ')'; ++letter)
      index += *letter != '.';
    letter += *letter == '.';
    // Written in one way only: no zeros in front, nothing between.
    uint32_t digits = 3;
    const uint32_t numbers[] = {item.index, item.bytes};
    for (uint32_t n : numbers)
      for (; n >= 10; n /= 10)
        ++digits;
    if (items - start != (ptrdiff_t)digits + 1 || item.bytes == 0)
      return false;
    const bool result = item.kind == 'r' && item.index == 0 && item.bytes > 8 && item.bytes <= 16;
    const bool other = item.kind == 'w' || item.kind == 'd' || item.kind == 'q' || item.kind == 'c';
    if (*letter == 'p' ? !result && !other
                       : *letter != 'i' || letter[1] != 'i' || item.kind != 'w' || item.bytes != 8)
      return false;
  }
  return true;
}

} // namespace espb::format

#endif
