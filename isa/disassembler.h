// SPDX-License-Identifier: Apache-2.0
// Text of one instruction, for hosts. Table-driven from the generated names.
#ifndef ESPB_ISA_DISASSEMBLER_H
#define ESPB_ISA_DISASSEMBLER_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace espb {

struct DisassemblyOptions {
  // Registers of the window; registers from there + 2 on are printed as o0..o7.
  uint32_t window = 32;
  // Names for what operands refer to; an empty function or an empty result prints the plain form (L_0012, fn
  // 3, imp 2, ...).
  std::function<std::string(uint32_t code_offset)> label;
  std::function<std::string(uint32_t function_index)> function;
  std::function<std::string(uint32_t import_index)> import;
  std::function<std::string(uint32_t signature_index)> signature;
  std::function<std::string(uint32_t callable_index)> callable;
};

struct Disassembly {
  uint32_t length = 0;           // bytes with a jump table; 0: no valid instruction at this place
  std::string name;              // ADD_rrr
  std::string text;              // add r3, r1, r2; for length 0 what is wrong
  std::vector<uint32_t> targets; // code offsets of branch targets (those before the code's start wrap round)
};

// Disassembles the instruction at code[offset]; reads nothing at or beyond code[size].
Disassembly disassemble(const uint8_t *code, size_t size, size_t offset, const DisassemblyOptions &options);

// "ADD_rrr" of an opcode, or nullptr; and the mnemonic.
const char *instruction_name(uint32_t page, uint32_t opcode);
const char *instruction_mnemonic(uint32_t page, uint32_t opcode);

} // namespace espb
#endif
