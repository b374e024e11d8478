// SPDX-License-Identifier: Apache-2.0
// Host only: a module in memory, as the translator's packer makes it and the tools read it, and the one
// writer of its bytes.
#ifndef ESPB_FORMAT_WRITER_H
#define ESPB_FORMAT_WRITER_H

#include "espb_format.h"
#include <array>
#include <string>
#include <vector>

namespace espb::format {

struct ModelFunction {
  uint32_t code_offset = 0; // ascending
  uint32_t window_words = 1;
  uint32_t argument_words = 0;
  uint32_t result_words = 0;
  uint32_t frame_bytes = 0; // of enter: a multiple of 16; 0xffff units and more are written as kFrameTooLarge
  bool variadic = false;
  bool hot = false;
  bool leaf = false;
};

struct ModelRelocation {
  RelocationKind kind = kRelocationData;
  uint32_t offset = 0; // in the data block, a multiple of 4; ascending
};

struct ModelSymbolTable {
  std::string name;
  uint32_t fingerprint = 0; // of the used prefix
  uint16_t length = 0;      // entries of the used prefix
};

struct ModelImport {
  std::string name; // of a named import (table == kImportNamed); the tools also show it for a fast one when
                    // they know it
  uint8_t table = kImportNamed; // or the index in symbol_tables
  uint16_t table_index = 0;     // in that table
  uint16_t signature = kNoSignature;
  bool weak = false;
  bool address_only = false;
};

struct ModelCallable {
  uint16_t function = 0;
  uint16_t signature = 0;
};

struct ModelExport {
  std::string name;
  ExportKind kind = kExportFunction;
  uint16_t function = 0;  // kExportFunction
  uint16_t signature = 0; // kExportFunction
  uint32_t offset = 0;    // otherwise
};

struct ModelHotFunction {
  uint16_t function = 0;
  uint16_t facts = 0; // kHot...
  uint32_t call_crossing = 0;
};

struct ModuleModel {
  std::vector<ModelFunction> functions;
  std::vector<uint8_t> code;
  std::vector<uint8_t> rodata;
  std::vector<uint8_t> data; // initial bytes; relocated words already hold their addend or index
  uint32_t data_total = 0;   // with bss; at least data.size()
  uint16_t data_align = 4;
  uint16_t rodata_align = 4;
  uint32_t stack_bytes = 0;
  uint32_t register_stack_words = 0;
  std::vector<ModelRelocation> relocations;
  std::vector<ModelSymbolTable> symbol_tables;
  std::vector<ModelImport> imports;
  std::vector<std::string> signatures;
  std::vector<ModelCallable> callables;
  std::vector<ModelExport> exports;
  std::vector<uint16_t> initialisers;
  std::vector<uint16_t> finalisers;
  std::vector<ModelHotFunction> hot_functions;
  std::array<uint8_t, kBuildIdentityBytes> build_identity{};
  bool has_debug_file = false; // writes the build section
  bool uses_float = false;
};

// The bytes of a module; empty, with the reason in *error, when the model does not fit the format. Strings
// share their tails.
std::vector<uint8_t> write_module(const ModuleModel &module, std::string *error);

// FNV-1a of the first `length` names.
uint32_t fingerprint_names(const std::vector<std::string> &names, size_t length);

// 64-bit FNV-1a of any bytes, for build identities.
std::array<uint8_t, kBuildIdentityBytes> identity_of(const std::vector<uint8_t> &bytes);

} // namespace espb::format

#endif
