// SPDX-License-Identifier: Apache-2.0
// Reading a module into the model.
#include "reader.h"

#include "image.h"
#include <algorithm>
#include <cstring>

namespace espb::format {

namespace {

class Reader {
public:
  Reader(const std::vector<uint8_t> &bytes, ReadModule *out, std::string *error)
      : bytes_(bytes), out_(*out), error_(*error) {}

  bool read() {
    ImageError image_error;
    if (!read_image(bytes_.data(), bytes_.size(), &image_, &image_error)) {
      error_.clear();
      if (image_error.section_kind != kNoValue)
        error_ += "section \"" + std::string(section_name(image_error.section_kind)) + "\": ";
      error_ += image_error.what;
      if (image_error.value != kNoValue)
        error_.append(" ").append(std::to_string(image_error.value));
      if (image_error.version)
        error_ += "; this tool reads version " + std::to_string(kMajorVersion);
      return false;
    }
    out_ = {};
    out_.minor_version = image_.minor;
    out_.file_bytes = image_.size;
    read_directory();
    const uint8_t *strings = image_.section(kSectionStrings);
    out_.strings.assign(strings, strings + image_.section_bytes(kSectionStrings));
    return read_memory_section() && read_functions() && read_relocations() && read_imports() &&
           read_callables() && read_exports() && read_rest();
  }

private:
  bool fail(const std::string &message) {
    error_ = message;
    return false;
  }

  std::vector<uint8_t> copy(SectionKind kind) const {
    return {image_.section(kind), image_.section(kind) + image_.section_bytes(kind)};
  }
  uint32_t count(SectionKind kind, uint32_t entry) const { return image_.section_bytes(kind) / entry; }

  bool string(uint32_t offset, std::string *s, const std::string &what) {
    if (offset >= out_.strings.size())
      return fail(what + ": name offset " + std::to_string(offset) + " is outside the strings");
    *s = (const char *)&out_.strings[offset];
    return true;
  }

  void read_directory() {
    uint32_t position = kHeaderBytes + 4 * bytes_[6];
    for (uint32_t i = 0; i < bytes_[6]; ++i) {
      uint32_t entry = read_u32(&bytes_[kHeaderBytes + 4 * i]);
      position = (position + 3) & ~3u;
      uint8_t kind = (uint8_t)(entry >> 24);
      out_.sections.push_back({kind, section_name(kind), position, entry & kOffsetMask});
      position += entry & kOffsetMask;
    }
  }

  bool read_memory_section() {
    MemoryInfo memory = read_memory(image_);
    ModuleModel &m = out_.model;
    m.code = copy(kSectionCode);
    m.rodata = copy(kSectionRodata);
    m.data = copy(kSectionData);
    m.data_total = memory.data_total;
    m.data_align = memory.data_align;
    m.rodata_align = memory.rodata_align;
    m.stack_bytes = memory.stack_bytes;
    m.register_stack_words = memory.register_stack_words;
    out_.max_frame_bytes = memory.max_frame_bytes;
    m.has_debug_file = image_.flags & kFlagHasDebugFile;
    m.uses_float = image_.flags & kFlagUsesFloat;
    if (image_.section_bytes(kSectionBuild) >= kBuildIdentityBytes)
      memcpy(m.build_identity.data(), image_.section(kSectionBuild), kBuildIdentityBytes);
    if (memory.data_bytes != m.data.size() || memory.data_bytes > memory.data_total)
      return fail("memory: data sizes contradict each other");
    return true;
  }

  bool read_functions() {
    const uint8_t *p = image_.section(kSectionFunctions);
    for (uint32_t i = 0; i < count(kSectionFunctions, kFunctionBytes); ++i, p += kFunctionBytes) {
      FunctionInfo info = decode_function(read_u32(p), read_u32(p + 4));
      ModelFunction f;
      f.code_offset = info.code_offset;
      f.window_words = info.window_words;
      f.argument_words = info.argument_words;
      f.result_words = info.flags & kFunctionResultMask;
      f.variadic = info.flags & kFunctionVariadic;
      f.hot = info.flags & kFunctionHot;
      f.leaf = info.flags & kFunctionLeaf;
      f.frame_bytes = info.frame_units * kFrameUnit;
      if (f.code_offset >= out_.model.code.size() ||
          (i != 0 && f.code_offset <= out_.model.functions.back().code_offset))
        return fail("function " + std::to_string(i) + ": code offset " + std::to_string(f.code_offset) +
                    " is outside the code or does not ascend");
      out_.model.functions.push_back(f);
    }
    return true;
  }

  bool read_relocations() {
    const uint8_t *p = image_.section(kSectionRelocations),
                  *end = p + image_.section_bytes(kSectionRelocations);
    uint32_t position = 0;
    for (uint32_t i = 0; p < end; ++i) {
      uint8_t kind = *p++;
      uint32_t delta = 0, length = read_uleb(p, end, &delta);
      if (length == 0 || kind > kRelocationImport || delta > kOffsetMask)
        return fail("relocation " + std::to_string(i) + " is damaged");
      p += length;
      position += delta;
      if (position % 4 != 0 || (uint64_t)position + 4 > out_.model.data.size())
        return fail("relocation " + std::to_string(i) + ": data offset " + std::to_string(position) +
                    " is unaligned or outside the data");
      out_.model.relocations.push_back({(RelocationKind)kind, position});
    }
    return true;
  }

  bool read_imports() {
    const uint8_t *p = image_.section(kSectionSymbolTables);
    for (uint32_t i = 0; i < count(kSectionSymbolTables, kSymbolTableBytes); ++i, p += kSymbolTableBytes) {
      ModelSymbolTable t;
      t.fingerprint = read_u32(p);
      t.length = (uint16_t)read_u16(p + 4);
      if (!string(read_u16(p + 6), &t.name, "symbol table " + std::to_string(i)))
        return false;
      out_.model.symbol_tables.push_back(t);
    }
    p = image_.section(kSectionSignatures);
    for (uint32_t i = 0; i < count(kSectionSignatures, kSignatureBytes); ++i, p += kSignatureBytes) {
      std::string s;
      if (!string(read_u16(p), &s, "signature " + std::to_string(i)))
        return false;
      if (!is_signature(s.c_str()))
        return fail("signature " + std::to_string(i) + ": \"" + s + "\" is no signature");
      out_.model.signatures.push_back(s);
    }
    p = image_.section(kSectionImports);
    for (uint32_t i = 0; i < count(kSectionImports, kImportBytes); ++i, p += kImportBytes) {
      ModelImport import;
      std::string what = "import " + std::to_string(i);
      import.table = p[2];
      import.weak = p[3] & kImportWeak;
      import.address_only = p[3] & kImportAddressOnly;
      import.signature = (uint16_t)read_u16(p + 4);
      if (import.table == kImportNamed) {
        if (!string(read_u16(p), &import.name, what))
          return false;
      } else if (import.table < out_.model.symbol_tables.size()) {
        import.table_index = (uint16_t)read_u16(p);
      } else {
        return fail(what + ": there is no symbol table " + std::to_string(import.table));
      }
      if (import.signature != kNoSignature && import.signature >= out_.model.signatures.size())
        return fail(what + ": there is no signature " + std::to_string(import.signature));
      out_.model.imports.push_back(import);
    }
    return true;
  }

  bool function_index(uint32_t index, const std::string &what) {
    return index < out_.model.functions.size() ||
           fail(what + ": there is no function " + std::to_string(index));
  }

  bool read_callables() {
    const uint8_t *p = image_.section(kSectionCallables);
    for (uint32_t i = 0; i < count(kSectionCallables, kCallableBytes); ++i, p += kCallableBytes) {
      ModelCallable c{(uint16_t)read_u16(p), (uint16_t)read_u16(p + 2)};
      if (!function_index(c.function, "callable " + std::to_string(i)))
        return false;
      if (c.signature >= out_.model.signatures.size())
        return fail("callable " + std::to_string(i) + ": there is no signature " +
                    std::to_string(c.signature));
      out_.model.callables.push_back(c);
    }
    return true;
  }

  bool read_exports() {
    const uint8_t *p = image_.section(kSectionExports);
    for (uint32_t i = 0; i < count(kSectionExports, kExportBytes); ++i, p += kExportBytes) {
      ModelExport e;
      std::string what = "export " + std::to_string(i);
      if (!string(read_u16(p), &e.name, what))
        return false;
      if (p[2] > kExportRodata)
        return fail(what + ": unknown kind " + std::to_string(p[2]));
      e.kind = (ExportKind)p[2];
      if (e.kind == kExportFunction) {
        e.function = (uint16_t)read_u16(p + 4);
        e.signature = (uint16_t)read_u16(p + 6);
        if (!function_index(e.function, what))
          return false;
        if (e.signature >= out_.model.signatures.size())
          return fail(what + ": there is no signature " + std::to_string(e.signature));
      } else {
        e.offset = read_u32(p + 4);
      }
      out_.model.exports.push_back(e);
    }
    return true;
  }

  bool read_rest() {
    const std::pair<SectionKind, std::vector<uint16_t> *> lists[] = {
        {kSectionInitialisers, &out_.model.initialisers}, {kSectionFinalisers, &out_.model.finalisers}};
    for (const auto &[kind, list] : lists)
      for (uint32_t i = 0; i < count(kind, kInitialiserBytes); ++i) {
        uint32_t index = read_u16(image_.section(kind) + i * kInitialiserBytes);
        if (!function_index(index, section_name(kind)))
          return false;
        list->push_back((uint16_t)index);
      }
    const uint8_t *p = image_.section(kSectionHotFunctions);
    for (uint32_t i = 0; i < count(kSectionHotFunctions, kHotFunctionBytes); ++i, p += kHotFunctionBytes) {
      if (!function_index(read_u16(p), "hot function " + std::to_string(i)))
        return false;
      out_.model.hot_functions.push_back({(uint16_t)read_u16(p), (uint16_t)read_u16(p + 2), read_u32(p + 4)});
    }
    return true;
  }

  const std::vector<uint8_t> &bytes_;
  ReadModule &out_;
  std::string &error_;
  Image image_{};
};

} // namespace

size_t ReadModule::function_at(uint32_t code_offset) const {
  const auto &f = model.functions;
  if (code_offset >= model.code.size())
    return f.size();
  auto next =
      std::upper_bound(f.begin(), f.end(), code_offset, [](uint32_t offset, const ModelFunction &function) {
        return offset < function.code_offset;
      });
  return next == f.begin() ? f.size() : (size_t)(next - f.begin()) - 1;
}

bool read_module(const std::vector<uint8_t> &bytes, ReadModule *module, std::string *error) {
  return Reader(bytes, module, error).read();
}

} // namespace espb::format
