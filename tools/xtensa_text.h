// SPDX-License-Identifier: Apache-2.0
// Xtensa instructions as text, for listings of compiled code: those that compilers use, of the core with
// windows, density, multiplication, division, min/max and single precision. No binutils that are installed
// know every core, and LLVM 22 prints some operands wrong.
#ifndef ESPB_TOOLS_XTENSA_TEXT_H
#define ESPB_TOOLS_XTENSA_TEXT_H

#include <cstdint>
#include <string>

namespace espb::tools {

struct XtensaInstruction {
  enum Flow : uint8_t {
    kNext,
    kBranch,
    kCall,
    kJump,
    kAway,
    kLiteral
  }; // what `target` is, and what comes next
  uint32_t length = 3;
  Flow flow = kNext;
  uint32_t target = 0; // of a branch, jump or call, or the literal's address
  std::string text;    // empty: no such instruction is known
};

// `bytes` has at least three; `at` is their address.
XtensaInstruction xtensa_instruction(const uint8_t *bytes, uint32_t at);

} // namespace espb::tools

#endif
