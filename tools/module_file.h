// SPDX-License-Identifier: Apache-2.0
// A module file as the tools see it: the parsed container, the debug file beside it, and names for what is in
// it.
#ifndef ESPB_TOOLS_MODULE_FILE_H
#define ESPB_TOOLS_MODULE_FILE_H

#include "format/debug_file.h"
#include "format/reader.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace espb::tools {

// "app.espb" gives "app.espbdbg"; any other name gets ".espbdbg" appended.
std::string debug_file_name(const std::string &module_path);

struct ModuleFile {
  std::string path;
  format::ReadModule module;
  std::optional<format::DebugFile> debug;
  std::string debug_problem; // why there is no `debug`

  // Throws a Failure that says why the bytes are no module.
  static ModuleFile load(const std::string &path);

  // Symbol name (mangled) from the debug file or the exports; empty when neither knows.
  std::string function_name(uint32_t index) const;
  // For people: the demangled name, or "function 3".
  std::string function_label(uint32_t index) const;
  uint32_t function_bytes(uint32_t index) const;
  // The source line of a code offset; file empty and line 0 when unknown.
  struct Line {
    std::string file;
    uint32_t line = 0;
    bool operator==(const Line &) const = default;
  };
  Line line_at(uint32_t code_offset) const;
};

// The text of source lines, for files that can be found: as they are named, or below the module's directory
// or one of `directories`.
class SourceText {
public:
  SourceText(const std::string &module_path, std::vector<std::string> directories);
  // Null when the file or the line is not there.
  const std::string *line(const std::string &file, uint32_t number);

private:
  std::vector<std::string> directories_;
  std::map<std::string, std::vector<std::string>> files_;
};

} // namespace espb::tools

#endif
