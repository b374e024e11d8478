// SPDX-License-Identifier: Apache-2.0
// A module that has been opened: where its sections lie. Everything here is plain reading; the verifier has
// checked every index and offset before a Module leaves espb_module_open.
#ifndef ESPB_RUNTIME_MODULE_MODULE_H
#define ESPB_RUNTIME_MODULE_MODULE_H

#include "../../format/image.h"
#include "espb/espb.h"

namespace espb {

// Numbers in the tables of a module: sections lie at multiples of 4, and their entries keep that or half of
// it.
inline uint32_t table_u16(const uint8_t *p) {
  typedef uint16_t __attribute__((may_alias)) Cell;
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
  return *static_cast<const Cell *>(static_cast<const void *>(p));
}
inline uint32_t table_u32(const uint8_t *p) {
  typedef uint32_t __attribute__((may_alias)) Cell;
  return *static_cast<const Cell *>(static_cast<const void *>(p));
}

struct Module {
  format::Image image;
  format::MemoryInfo memory;
  uint32_t instances; // guarded by the port's lock

  uint32_t count(format::SectionKind kind, uint32_t entry_bytes) const {
    return image.section_bytes(kind) / entry_bytes;
  }
  uint32_t function_count() const { return count(format::kSectionFunctions, format::kFunctionBytes); }
  uint32_t import_count() const { return count(format::kSectionImports, format::kImportBytes); }
  uint32_t signature_count() const { return count(format::kSectionSignatures, format::kSignatureBytes); }
  uint32_t callable_count() const { return count(format::kSectionCallables, format::kCallableBytes); }
  uint32_t export_count() const { return count(format::kSectionExports, format::kExportBytes); }
  uint32_t symbol_table_count() const {
    return count(format::kSectionSymbolTables, format::kSymbolTableBytes);
  }

  const uint8_t *code() const { return image.section(format::kSectionCode); }
  uint32_t code_bytes() const { return image.section_bytes(format::kSectionCode); }
  // Sections start at multiples of 4, and the file does too.
  const uint32_t *functions() const {
    return static_cast<const uint32_t *>(static_cast<const void *>(image.section(format::kSectionFunctions)));
  }
  format::FunctionInfo function(uint32_t index) const {
    return format::decode_function(functions()[2 * index], functions()[2 * index + 1]);
  }
  uint32_t function_end(uint32_t index) const {
    return index + 1 < function_count() ? functions()[2 * index + 2] & format::kOffsetMask : code_bytes();
  }
  // The function that holds a code offset, ESPB_NO_FUNCTION when none does.
  uint32_t function_at(uint32_t code_offset) const;

  const char *string(uint32_t offset) const {
    return (const char *)image.section(format::kSectionStrings) + offset;
  }
  const char *signature(uint32_t index) const {
    return string(table_u16(image.section(format::kSectionSignatures) + format::kSignatureBytes * index));
  }
  const uint8_t *import_entry(uint32_t index) const {
    return image.section(format::kSectionImports) + format::kImportBytes * index;
  }
  const uint8_t *callable_entry(uint32_t index) const {
    return image.section(format::kSectionCallables) + format::kCallableBytes * index;
  }
  const uint8_t *export_entry(uint32_t index) const {
    return image.section(format::kSectionExports) + format::kExportBytes * index;
  }
  const uint8_t *symbol_table_entry(uint32_t index) const {
    return image.section(format::kSectionSymbolTables) + format::kSymbolTableBytes * index;
  }
};

// Checks everything that read_image has not: see docs/verifier.md. module.image and module.memory are set.
espb_status verify(const Module &module, espb_error *error);

} // namespace espb

struct espb_module : espb::Module {};

#endif
