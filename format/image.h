// SPDX-License-Identifier: Apache-2.0
// The frame of a module file: header and section directory. The one reader of it, used by the runtime and by
// the host tools. Freestanding.
#ifndef ESPB_FORMAT_IMAGE_H
#define ESPB_FORMAT_IMAGE_H

#include "espb_format.h"

namespace espb::format {

struct Section {
  const uint8_t *start;
  uint32_t bytes;
};

struct Image {
  const uint8_t *bytes;
  uint32_t size;
  uint8_t minor;
  uint8_t flags;
  Section sections[kLastKnownSection + 1]; // by kind; [0] is the build section
  const uint8_t *section(SectionKind kind) const { return sections[slot(kind)].start; }
  uint32_t section_bytes(SectionKind kind) const { return sections[slot(kind)].bytes; }
  static constexpr uint32_t slot(SectionKind kind) { return kind == kSectionBuild ? 0 : (uint32_t)kind; }
};

// What is wrong with a file. `what` is a short phrase; kind and value say where, each kNoValue when it does
// not apply.
constexpr uint32_t kNoValue = 0xffffffffu;
struct ImageError {
  const char *what;
  uint32_t section_kind;
  uint32_t value;
  bool version; // made for another major version
};

// The n-th of NUL-separated texts.
const char *nth_text(const char *texts, uint32_t n);

// Checks header and directory, and fills `image`. `bytes` is at a multiple of 4. Reads nothing outside
// [bytes, bytes + size).
bool read_image(const uint8_t *bytes, size_t size, Image *image, ImageError *error);

// Decodes the memory section, which read_image has found to have the right size.
MemoryInfo read_memory(const Image &image);

const char *section_name(uint32_t kind);

} // namespace espb::format

#endif
