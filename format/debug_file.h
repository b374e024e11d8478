// SPDX-License-Identifier: Apache-2.0
// Host only: the debug file (.espbdbg) beside a module, which maps code offsets to source lines and functions
// to names.
#ifndef ESPB_FORMAT_DEBUG_FILE_H
#define ESPB_FORMAT_DEBUG_FILE_H

#include "espb_format.h"
#include <array>
#include <string>
#include <vector>

namespace espb::format {

struct DebugRow {
  uint32_t code_offset = 0;
  uint16_t file = 0;
  uint16_t line = 0; // 0: no line known; lines above 65535 are written as 0
};

struct DebugFile {
  std::array<uint8_t, kBuildIdentityBytes> identity{};
  std::vector<std::string> files;
  std::vector<DebugRow> rows;              // ascending by code offset
  std::vector<std::string> function_names; // by function index

  // The row that holds a code offset, or nullptr.
  const DebugRow *row_at(uint32_t code_offset) const;
};

std::vector<uint8_t> write_debug_file(const DebugFile &debug, std::string *error);
bool read_debug_file(const std::vector<uint8_t> &bytes, DebugFile *debug, std::string *error);

} // namespace espb::format

#endif
