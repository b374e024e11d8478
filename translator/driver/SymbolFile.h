// SPDX-License-Identifier: Apache-2.0
// Reader of .sym files: the X-macro lists that give a firmware's functions their fast indices. Needs no LLVM
// header.
#ifndef ESPB_TRANSLATOR_DRIVER_SYMBOLFILE_H
#define ESPB_TRANSLATOR_DRIVER_SYMBOLFILE_H

#include "Translator.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace espb {

class SymbolFile {
public:
  // Reads a file; on failure adds diagnostics (file, line, what) and returns false. The table is named after
  // the file: idf_fast.sym is "idf_fast".
  bool read(const std::string &Path, std::vector<Diagnostic> &Diags);
  // The same for text that is already in memory.
  bool parse(const std::string &Path, std::string_view Text, std::vector<Diagnostic> &Diags);

  const std::string &tableName() const { return Table; }
  const std::vector<std::string> &names() const { return Names; }
  // Index of a name, or -1.
  int find(std::string_view Name) const;
  // FNV-1a over the first Count names, each with its NUL: what a module records of the prefix it was built
  // with.
  uint32_t fingerprint(size_t Count) const;

private:
  std::string Table;
  std::vector<std::string> Names;
  std::vector<unsigned> Lines;
  std::unordered_map<std::string, unsigned> Index;
};

} // namespace espb

#endif
