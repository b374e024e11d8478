// SPDX-License-Identifier: Apache-2.0
// The machine code that the chip's JIT makes of a module, for `espb dump --jit`.
#ifndef ESPB_TOOLS_JIT_LISTING_H
#define ESPB_TOOLS_JIT_LISTING_H

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace espb::tools {

struct MachineLine {
  uint32_t offset; // in the code of the whole module
  std::string bytes, text;
};

struct JitListing {
  struct Function {
    uint32_t bytes = 0;
    // By code offset of the bytecode instruction; what comes before the first one is at the function's own.
    std::map<uint32_t, std::vector<MachineLine>> lines;
  };
  std::map<uint32_t, Function> functions;
  uint32_t code_bytes = 0;
  bool disassembled = true; // false: there is no disassembler, the lines have bytes only
};

// Compiles the functions marked JIT_HOT, or all when there are none, for a chip: rv32 or xtensa. A Failure
// says what is wrong with the module.
JitListing list_jit_code(const std::string &path, const std::string &chip);

} // namespace espb::tools

#endif
