// SPDX-License-Identifier: Apache-2.0
// Reading a module's header and section directory.
#include "image.h"
#include <string.h>

namespace espb::format {

namespace {

// Bytes that one entry of a section takes; 1 where any length is right.
constexpr uint8_t kEntryBytes[kLastKnownSection + 1] = {kBuildIdentityBytes,
                                                        kMemoryBytes,
                                                        kFunctionBytes,
                                                        1,
                                                        1,
                                                        1,
                                                        1,
                                                        kSymbolTableBytes,
                                                        kImportBytes,
                                                        kSignatureBytes,
                                                        kCallableBytes,
                                                        kExportBytes,
                                                        kInitialiserBytes,
                                                        kInitialiserBytes,
                                                        kHotFunctionBytes,
                                                        1};

constexpr char kNames[] =
    "build\0memory\0functions\0code\0rodata\0data\0relocations\0symbol tables\0imports\0"
    "signatures\0callables\0exports\0initialisers\0finalisers\0hot functions\0strings\0unknown";

enum Problem : uint32_t {
  kShort,
  kMagicProblem,
  kVersion,
  kTruncated,
  kTrailing,
  kCount,
  kFlags,
  kOrder,
  kUnknown,
  kBeyond,
  kPadding,
  kEntries,
  kMissing,
  kNoEnd
};
constexpr char kProblems[] =
    "file is shorter than a header\0not an ESPB module (wrong magic)\0made for format version\0"
    "file is cut off, bytes:\0bytes behind the end:\0bad number of sections\0"
    "unknown flags\0sections do not ascend\0unknown section\0reaches beyond the end of the file\0"
    "padding is not zero\0bad size\0is missing\0do not end with a NUL";

} // namespace

const char *nth_text(const char *texts, uint32_t n) {
  for (; n != 0; --n)
    while (*texts++ != '\0') {
    }
  return texts;
}

const char *section_name(uint32_t kind) {
  return nth_text(kNames, kind == kSectionBuild          ? 0
                          : kind - 1 < kLastKnownSection ? kind
                                                         : kLastKnownSection + 1);
}

bool read_image(const uint8_t *bytes, size_t size, Image *image, ImageError *error) {
  uint32_t kind = kNoValue; // the section at hand
  auto fail = [&](Problem problem, uint32_t value = kNoValue) __attribute__((noinline)) {
    *error = {nth_text(kProblems, problem), kind, value, problem == kVersion};
    return false;
  };
  if (size < kHeaderBytes)
    return fail(kShort);
  if (read_u32(bytes) != read_u32(kMagic))
    return fail(kMagicProblem);
  if (bytes[4] != kMajorVersion)
    return fail(kVersion, bytes[4]);
  uint32_t count = bytes[6];
  uint32_t file_bytes = read_u32(bytes + 8);
  if (size != file_bytes)
    return size < file_bytes ? fail(kTruncated, file_bytes - (uint32_t)size)
                             : fail(kTrailing, (uint32_t)size - file_bytes);
  uint32_t position = kHeaderBytes + 4 * count;
  if (count - 1 >= kMaxSections || position > file_bytes)
    return fail(kCount, count);
  if (bytes[7] > (kFlagHasDebugFile | kFlagUsesFloat))
    return fail(kFlags, bytes[7]);

  for (Section &section : image->sections)
    section = {bytes, 0}; // of what is missing: a place to count from that is there
  image->bytes = bytes;
  image->size = file_bytes;
  image->minor = bytes[5];
  image->flags = bytes[7];
  uint32_t last_kind = 0;
  for (const uint8_t *entry = bytes + kHeaderBytes; count != 0; --count, entry += 4) {
    uint32_t word;
    __builtin_memcpy(&word, __builtin_assume_aligned(entry, 4), 4);
    kind = word >> 24;
    if (kind <= last_kind)
      return fail(kOrder);
    if (kind > kLastKnownSection && kind < kFirstSkippableSection)
      return fail(kUnknown, kind);
    last_kind = kind;
    for (; position % 4 != 0; ++position)
      if (position >= file_bytes || bytes[position] != 0)
        return fail(kPadding);
    // The position is never beyond the end of the file.
    uint32_t section_bytes = word & kOffsetMask;
    if (section_bytes > file_bytes - position)
      return fail(kBeyond);
    uint32_t slot = Image::slot((SectionKind)kind);
    if (slot <= kLastKnownSection) {
      if (section_bytes % kEntryBytes[slot] != 0)
        return fail(kEntries, section_bytes);
      image->sections[slot] = {bytes + position, section_bytes};
    }
    position += section_bytes;
  }
  kind = kNoValue;
  if (position != file_bytes)
    return fail(kTrailing, file_bytes - position);
  for (kind = kSectionMemory; kind <= kSectionCode; ++kind)
    if (image->sections[kind].bytes == 0)
      return fail(kMissing);
  kind = kSectionMemory;
  if (image->sections[kind].bytes != kMemoryBytes)
    return fail(kEntries, image->sections[kind].bytes);
  kind = kSectionStrings;
  uint32_t strings = image->sections[kind].bytes;
  if (strings != 0 && image->section(kSectionStrings)[strings - 1] != 0)
    return fail(kNoEnd);
  return true;
}

MemoryInfo read_memory(const Image &image) {
  // The section has the structure's layout.
  static_assert(sizeof(MemoryInfo) == kMemoryBytes && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
  MemoryInfo memory;
  memcpy(&memory, image.section(kSectionMemory), sizeof memory);
  return memory;
}

} // namespace espb::format
