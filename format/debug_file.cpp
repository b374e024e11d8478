// SPDX-License-Identifier: Apache-2.0
// Reading and writing debug files.
#include "debug_file.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace espb::format {

namespace {
constexpr size_t kDebugHeaderBytes = 32;
constexpr size_t kDebugRowBytes = 8;
} // namespace

const DebugRow *DebugFile::row_at(uint32_t code_offset) const {
  auto next = std::upper_bound(rows.begin(), rows.end(), code_offset,
                               [](uint32_t offset, const DebugRow &row) { return offset < row.code_offset; });
  return next == rows.begin() ? nullptr : &*(next - 1);
}

std::vector<uint8_t> write_debug_file(const DebugFile &debug, std::string *error) {
  std::string strings;
  std::map<std::string, uint32_t> offsets;
  auto offset_of = [&](const std::string &s) {
    auto [it, is_new] = offsets.try_emplace(s, (uint32_t)strings.size());
    if (is_new)
      strings.append(s).push_back('\0');
    return it->second;
  };
  std::vector<uint8_t> out(kDebugMagic, kDebugMagic + 4);
  auto u16 = [&](uint32_t v) {
    out.push_back((uint8_t)v);
    out.push_back((uint8_t)(v >> 8));
  };
  auto u32 = [&](uint64_t v) {
    u16((uint32_t)v & 0xffff);
    u16((uint32_t)(v >> 16) & 0xffff);
  };
  out.insert(out.end(), {kDebugMajorVersion, 0, 0, 0});
  out.insert(out.end(), debug.identity.begin(), debug.identity.end());
  u32(debug.files.size());
  u32(debug.rows.size());
  u32(debug.function_names.size());
  u32(0); // string bytes, known at the end
  for (const std::string &file : debug.files)
    u32(offset_of(file));
  for (size_t i = 0; i < debug.rows.size(); ++i) {
    const DebugRow &row = debug.rows[i];
    if (row.file >= debug.files.size() || (i != 0 && row.code_offset < debug.rows[i - 1].code_offset)) {
      *error = "debug row " + std::to_string(i) + " names no file or does not ascend";
      return {};
    }
    u32(row.code_offset);
    u16(row.file);
    u16(row.line);
  }
  for (const std::string &name : debug.function_names)
    u32(offset_of(name));
  for (size_t i = 0; i < 4; ++i)
    out[28 + i] = (uint8_t)(strings.size() >> (8 * i));
  out.insert(out.end(), strings.begin(), strings.end());
  return out;
}

bool read_debug_file(const std::vector<uint8_t> &bytes, DebugFile *debug, std::string *error) {
  auto fail = [&](const char *why) {
    *error = std::string("debug file: ") + why;
    return false;
  };
  if (bytes.size() < kDebugHeaderBytes || memcmp(bytes.data(), kDebugMagic, 4) != 0)
    return fail("not an ESPB debug file");
  if (bytes[4] != kDebugMajorVersion)
    return fail("made for another version");
  const uint8_t *p = bytes.data();
  uint64_t files = read_u32(p + 16), rows = read_u32(p + 20), names = read_u32(p + 24),
           string_bytes = read_u32(p + 28);
  uint64_t strings_at = kDebugHeaderBytes + 4 * files + kDebugRowBytes * rows + 4 * names;
  if (strings_at + string_bytes != bytes.size() || (string_bytes != 0 && bytes.back() != 0))
    return fail("its sizes contradict each other");
  *debug = {};
  memcpy(debug->identity.data(), p + 8, kBuildIdentityBytes);
  p += kDebugHeaderBytes;
  auto read_strings = [&](uint64_t count, std::vector<std::string> *list) {
    for (; count != 0; --count, p += 4) {
      uint32_t offset = read_u32(p);
      if (offset >= string_bytes)
        return false;
      list->push_back((const char *)bytes.data() + strings_at + offset);
    }
    return true;
  };
  if (!read_strings(files, &debug->files))
    return fail("a file name is outside the strings");
  for (; rows != 0; --rows, p += kDebugRowBytes) {
    DebugRow row{read_u32(p), (uint16_t)read_u16(p + 4), (uint16_t)read_u16(p + 6)};
    if (row.file >= files || (!debug->rows.empty() && row.code_offset < debug->rows.back().code_offset))
      return fail("a row names no file or does not ascend");
    debug->rows.push_back(row);
  }
  if (!read_strings(names, &debug->function_names))
    return fail("a function name is outside the strings");
  return true;
}

} // namespace espb::format
