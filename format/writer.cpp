// SPDX-License-Identifier: Apache-2.0
// Writing a module: every number is checked against its field, so that a module which is too large fails
// here, with a reason.
#include "writer.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <stdexcept>

namespace espb::format {

namespace {

// Thrown and caught inside this file only.
struct DoesNotFit : std::runtime_error {
  using std::runtime_error::runtime_error;
};

uint64_t check(uint64_t value, uint64_t limit, const std::string &what) {
  if (value > limit)
    throw DoesNotFit(what + ": " + std::to_string(value) + " is above the format's limit of " +
                     std::to_string(limit));
  return value;
}

class Bytes {
public:
  void u8(uint64_t v) { bytes.push_back((uint8_t)v); }
  void u16(uint64_t v) {
    u8(v);
    u8(v >> 8);
  }
  void u32(uint64_t v) {
    u16(v);
    u16(v >> 16);
  }
  void uleb(uint32_t v) {
    for (; v >= 0x80; v >>= 7)
      u8((v & 0x7f) | 0x80);
    u8(v);
  }
  void append(const std::vector<uint8_t> &more) { bytes.insert(bytes.end(), more.begin(), more.end()); }
  void align4() { bytes.resize((bytes.size() + 3) & ~(size_t)3); }
  std::vector<uint8_t> bytes;
};

// All strings of a module, each stored once; one that is the tail of another has no bytes of its own.
class StringTable {
public:
  void add(const std::string &s) {
    if (s.find('\0') != std::string::npos)
      throw DoesNotFit("a name contains a NUL byte");
    offsets_.emplace(s, 0);
  }
  void lay_out() {
    std::vector<std::string> sorted;
    for (const auto &[s, offset] : offsets_)
      sorted.push_back(s);
    // Sorted by their reversed text, a tail comes directly before the strings that end in it: walk from the
    // back.
    std::sort(sorted.begin(), sorted.end(), [](const std::string &a, const std::string &b) {
      return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    });
    for (size_t i = sorted.size(); i-- > 0;) {
      const std::string &s = sorted[i];
      const std::string *longer = i + 1 < sorted.size() ? &sorted[i + 1] : nullptr;
      if (longer && longer->size() >= s.size() &&
          longer->compare(longer->size() - s.size(), s.size(), s) == 0) {
        offsets_[s] = offsets_[*longer] + longer->size() - s.size();
      } else {
        offsets_[s] = bytes_.size();
        bytes_.insert(bytes_.end(), s.begin(), s.end());
        bytes_.push_back(0);
      }
    }
  }
  uint64_t offset(const std::string &s) const {
    return check(offsets_.at(s), 0xffff, "offset of the name \"" + s + "\" in the strings");
  }
  const std::vector<uint8_t> &bytes() const { return bytes_; }

private:
  std::map<std::string, size_t> offsets_;
  std::vector<uint8_t> bytes_;
};

void check_alignment(uint16_t align, const char *what) {
  if (align < 4 || align > 4096 || (align & (align - 1)) != 0)
    throw DoesNotFit(std::string(what) + " alignment " + std::to_string(align) +
                     " is not a power of two from 4 to 4096");
}

std::vector<uint8_t> memory_section(const ModuleModel &m) {
  check_alignment(m.data_align, "data");
  check_alignment(m.rodata_align, "rodata");
  if (m.data.size() > m.data_total)
    throw DoesNotFit("data_total is smaller than the initial data");
  uint32_t max_frame = 0;
  for (const ModelFunction &f : m.functions)
    max_frame = std::max(max_frame, f.frame_bytes);
  Bytes out;
  out.u32(m.data.size());
  out.u32(m.data_total);
  out.u16(m.data_align);
  out.u16(m.rodata_align);
  out.u32(m.stack_bytes);
  out.u32(m.register_stack_words);
  out.u32(max_frame);
  return out.bytes;
}

std::vector<uint8_t> functions_section(const ModuleModel &m) {
  check(m.functions.size(), 0xffff, "number of functions");
  Bytes out;
  for (size_t i = 0; i < m.functions.size(); ++i) {
    const ModelFunction &f = m.functions[i];
    std::string name = "function " + std::to_string(i);
    check(f.code_offset, kOffsetMask, name + ": code offset");
    if (i != 0 && f.code_offset <= m.functions[i - 1].code_offset)
      throw DoesNotFit(name + ": functions do not ascend in the code");
    if (f.window_words == 0)
      throw DoesNotFit(name + ": window of no words");
    check(f.window_words, kMaxWindowWords, name + ": window words");
    check(f.argument_words, kMaxArgumentWords, name + ": argument words");
    check(f.result_words, 2, name + ": result words");
    if (f.frame_bytes % kFrameUnit != 0)
      throw DoesNotFit(name + ": frame is not a multiple of 16 bytes");
    out.u32(f.code_offset | f.window_words << 24);
    out.u8(f.argument_words);
    out.u8(f.result_words | (f.variadic ? kFunctionVariadic : 0) | (f.hot ? kFunctionHot : 0) |
           (f.leaf ? kFunctionLeaf : 0));
    out.u16(std::min(f.frame_bytes / kFrameUnit, kFrameTooLarge));
  }
  return out.bytes;
}

std::vector<uint8_t> relocations_section(const ModuleModel &m) {
  Bytes out;
  uint32_t position = 0;
  for (size_t i = 0; i < m.relocations.size(); ++i) {
    const ModelRelocation &r = m.relocations[i];
    if (r.offset % 4 != 0 || (i != 0 && r.offset <= position) || (uint64_t)r.offset + 4 > m.data.size())
      throw DoesNotFit("relocation " + std::to_string(i) + " at data offset " + std::to_string(r.offset) +
                       " is unaligned, not ascending or outside the initial data");
    out.u8(r.kind);
    out.uleb(r.offset - position);
    position = r.offset;
  }
  return out.bytes;
}

std::vector<uint8_t> write(const ModuleModel &m) {
  StringTable strings;
  for (const ModelSymbolTable &t : m.symbol_tables)
    strings.add(t.name);
  for (const ModelImport &i : m.imports)
    if (i.table == kImportNamed)
      strings.add(i.name);
  for (const std::string &s : m.signatures) {
    if (!is_signature(s.c_str()))
      throw DoesNotFit("\"" + s + "\" is no signature");
    strings.add(s);
  }
  for (const ModelExport &e : m.exports)
    strings.add(e.name);
  strings.lay_out();

  Bytes tables, imports, signatures, callables, exports, initialisers, finalisers, hot, build;
  check(m.symbol_tables.size(), 0xfe, "number of symbol tables");
  for (const ModelSymbolTable &t : m.symbol_tables) {
    tables.u32(t.fingerprint);
    tables.u16(t.length);
    tables.u16(strings.offset(t.name));
  }
  check(m.imports.size(), 0xffff, "number of imports");
  for (const ModelImport &i : m.imports) {
    if (i.table != kImportNamed && i.table >= m.symbol_tables.size())
      throw DoesNotFit("import \"" + i.name + "\" is from symbol table " + std::to_string(i.table) +
                       ", which is not there");
    imports.u16(i.table == kImportNamed ? strings.offset(i.name) : i.table_index);
    imports.u8(i.table);
    imports.u8((i.weak ? kImportWeak : 0) | (i.address_only ? kImportAddressOnly : 0));
    imports.u16(i.signature);
    imports.u16(0);
  }
  check(m.signatures.size(), 0xfffe, "number of signatures");
  for (const std::string &s : m.signatures)
    signatures.u16(strings.offset(s));
  check(m.callables.size(), 0xffff, "number of callable functions");
  for (const ModelCallable &c : m.callables) {
    callables.u16(c.function);
    callables.u16(c.signature);
  }
  for (const ModelExport &e : m.exports) {
    exports.u16(strings.offset(e.name));
    exports.u8(e.kind);
    exports.u8(0);
    exports.u32(e.kind == kExportFunction ? (uint32_t)e.function | (uint32_t)e.signature << 16 : e.offset);
  }
  for (uint16_t f : m.initialisers)
    initialisers.u16(f);
  for (uint16_t f : m.finalisers)
    finalisers.u16(f);
  for (const ModelHotFunction &h : m.hot_functions) {
    hot.u16(h.function);
    hot.u16(h.facts);
    hot.u32(h.call_crossing);
  }
  if (m.has_debug_file)
    build.append(std::vector<uint8_t>(m.build_identity.begin(), m.build_identity.end()));

  std::pair<SectionKind, std::vector<uint8_t>> sections[] = {
      {kSectionMemory, memory_section(m)},
      {kSectionFunctions, functions_section(m)},
      {kSectionCode, m.code},
      {kSectionRodata, m.rodata},
      {kSectionData, m.data},
      {kSectionRelocations, relocations_section(m)},
      {kSectionSymbolTables, tables.bytes},
      {kSectionImports, imports.bytes},
      {kSectionSignatures, signatures.bytes},
      {kSectionCallables, callables.bytes},
      {kSectionExports, exports.bytes},
      {kSectionInitialisers, initialisers.bytes},
      {kSectionFinalisers, finalisers.bytes},
      {kSectionHotFunctions, hot.bytes},
      {kSectionStrings, strings.bytes()},
      {kSectionBuild, build.bytes},
  };
  size_t behind_code = 0;
  for (const auto &[kind, bytes] : sections)
    behind_code += kind > kSectionCode ? bytes.size() : 0;
  if (behind_code < kCodeSlackBytes)
    for (auto &[kind, bytes] : sections)
      if (kind == kSectionStrings)
        bytes.resize(bytes.size() + kCodeSlackBytes - behind_code);
  if (m.functions.empty() || m.code.empty())
    throw DoesNotFit("a module needs at least one function");
  uint32_t count = 0;
  for (const auto &[kind, bytes] : sections)
    count += bytes.empty() ? 0 : 1;
  Bytes out;
  for (uint8_t b : kMagic)
    out.u8(b);
  out.u8(kMajorVersion);
  const bool structs = std::any_of(m.signatures.begin(), m.signatures.end(),
                                   [](const std::string &s) { return s.back() != ')'; });
  out.u8(structs ? kMinorVersion : 0);
  out.u8(count);
  out.u8((m.has_debug_file ? kFlagHasDebugFile : 0) | (m.uses_float ? kFlagUsesFloat : 0));
  out.u32(0); // the size, known at the end
  for (const auto &[kind, bytes] : sections)
    if (!bytes.empty())
      out.u32(check(bytes.size(), kOffsetMask, "size of section " + std::to_string(kind)) | (uint32_t)kind
                                                                                                << 24);
  for (const auto &[kind, bytes] : sections)
    if (!bytes.empty()) {
      out.align4();
      out.append(bytes);
    }
  for (uint32_t i = 0; i < 4; ++i)
    out.bytes[8 + i] = (uint8_t)(out.bytes.size() >> (8 * i));
  return out.bytes;
}

} // namespace

std::vector<uint8_t> write_module(const ModuleModel &module, std::string *error) {
  try {
    return write(module);
  } catch (const DoesNotFit &e) {
    *error = e.what();
    return {};
  }
}

uint32_t fingerprint_names(const std::vector<std::string> &names, size_t length) {
  uint32_t fingerprint = kFingerprintBasis;
  for (size_t i = 0; i < length; ++i)
    fingerprint = extend_fingerprint(fingerprint, names.at(i).c_str());
  return fingerprint;
}

std::array<uint8_t, kBuildIdentityBytes> identity_of(const std::vector<uint8_t> &bytes) {
  uint64_t hash = 14695981039346656037ull;
  for (uint8_t b : bytes)
    hash = (hash ^ b) * 1099511628211ull;
  std::array<uint8_t, kBuildIdentityBytes> identity;
  for (size_t i = 0; i < identity.size(); ++i)
    identity[i] = (uint8_t)(hash >> (8 * i));
  return identity;
}

} // namespace espb::format
