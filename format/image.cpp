// SPDX-License-Identifier: Apache-2.0
// Reading a module's header and section directory.
#include "image.h"

namespace espb::format {

namespace {

bool fail(ImageError *error, const char *what, uint32_t kind = kNoValue, uint32_t value = kNoValue,
          bool version = false) {
  *error = {what, kind, value, version};
  return false;
}

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
    "build\0memory\0functions\0code\0rodata\0data\0relocations\0symbol tables\0imports\0signatures\0"
    "callables\0exports\0initialisers\0finalisers\0hot functions\0strings";

} // namespace

const char *section_name(uint32_t kind) {
  uint32_t index = kind == kSectionBuild ? 0 : kind;
  if (index > kLastKnownSection || kind == 0)
    return "unknown";
  const char *name = kNames;
  for (; index != 0; --index)
    while (*name++ != '\0') {
    }
  return name;
}

bool read_image(const uint8_t *bytes, size_t size, Image *image, ImageError *error) {
  if (size < kHeaderBytes)
    return fail(error, "file is shorter than a header", kNoValue, (uint32_t)size);
  if (read_u32(bytes) != read_u32(kMagic))
    return fail(error, "not an ESPB module (wrong magic)");
  if (bytes[4] != kMajorVersion)
    return fail(error, "made for format version", kNoValue, bytes[4], true);
  uint32_t count = bytes[6];
  uint32_t file_bytes = read_u32(bytes + 8);
  if (size < file_bytes)
    return fail(error, "file is cut off: bytes missing", kNoValue, file_bytes - (uint32_t)size);
  if (size > file_bytes)
    return fail(error, "file is longer than its header says; bytes too many", kNoValue,
                (uint32_t)(size - file_bytes));
  uint32_t position = kHeaderBytes + 4 * count;
  if (count == 0 || count > kMaxSections || position > file_bytes)
    return fail(error, "bad number of sections", kNoValue, count);
  if (bytes[7] & ~(kFlagHasDebugFile | kFlagUsesFloat))
    return fail(error, "unknown header flags", kNoValue, bytes[7]);

  *image = {};
  image->bytes = bytes;
  image->size = file_bytes;
  image->minor = bytes[5];
  image->flags = bytes[7];
  uint32_t last_kind = 0;
  for (uint32_t i = 0; i < count; ++i) {
    uint32_t entry = read_u32(bytes + kHeaderBytes + 4 * i);
    uint32_t kind = entry >> 24, section_bytes = entry & kOffsetMask;
    if (kind <= last_kind)
      return fail(error, "sections are not in ascending order", kind);
    if (kind > kLastKnownSection && kind < kFirstSkippableSection)
      return fail(error, "unknown section", kNoValue, kind);
    last_kind = kind;
    // `position` never exceeds the file, whose size fits 32 bits, so the rounding is checked by the
    // subtraction.
    uint32_t start = (position + 3) & ~3u;
    if (start < position || start > file_bytes || section_bytes > file_bytes - start)
      return fail(error, "section reaches beyond the end of the file", kind);
    for (; position < start; ++position)
      if (bytes[position] != 0)
        return fail(error, "padding is not zero", kind);
    position = start + section_bytes;
    if (kind <= kLastKnownSection || kind == kSectionBuild) {
      uint32_t slot = Image::slot((SectionKind)kind);
      if (section_bytes % kEntryBytes[slot] != 0)
        return fail(error, "size is not a multiple of its entries", kind, section_bytes);
      image->sections[slot] = {start, section_bytes};
    }
  }
  if (position != file_bytes)
    return fail(error, "bytes after the last section", kNoValue, file_bytes - position);
  if (image->section_bytes(kSectionMemory) != kMemoryBytes)
    return fail(error, "must be 24 bytes", kSectionMemory, image->section_bytes(kSectionMemory));
  if (image->section_bytes(kSectionFunctions) == 0)
    return fail(error, "is missing", kSectionFunctions);
  if (image->section_bytes(kSectionCode) == 0)
    return fail(error, "is missing", kSectionCode);
  uint32_t strings = image->section_bytes(kSectionStrings);
  if (strings != 0 && image->section(kSectionStrings)[strings - 1] != 0)
    return fail(error, "do not end with a NUL", kSectionStrings);
  return true;
}

MemoryInfo read_memory(const Image &image) {
  const uint8_t *m = image.section(kSectionMemory);
  return {read_u32(m),      read_u32(m + 4),  (uint16_t)read_u16(m + 8), (uint16_t)read_u16(m + 10),
          read_u32(m + 12), read_u32(m + 16), read_u32(m + 20)};
}

} // namespace espb::format
