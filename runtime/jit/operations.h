// SPDX-License-Identifier: Apache-2.0
// What the instructions are to a compiler: base operation, modes and a word of facts, from isa/*.td.
#ifndef ESPB_RUNTIME_JIT_OPERATIONS_H
#define ESPB_RUNTIME_JIT_OPERATIONS_H

#include <stdint.h>

namespace espb::jit {

#include "../../isa/generated/jit_tables.inc"

// kBases: how an operation is done. What one instruction of RV32 does is named by its code: funct3() of
// loads, stores and branches, alu() of the others.
struct BaseWord {
  uint32_t word;
  enum Kind { kBin, kUn, kLoad, kStore, kBranch, kSpecial };
  Kind kind() const { return static_cast<Kind>(word & 7); }
  bool wide_d() const { return word & 8; }
  bool wide_a() const { return word & 16; }
  bool wide_b() const { return word & 32; }
  bool simple() const { return word & 64; } // one machine instruction
  uint32_t funct3() const { return word >> 7 & 7; }
  uint32_t alu() const { return funct3() | (word >> 10 & 3) << 3; }
  bool has_immediate() const { return word >> 12 & 1; }
  uint32_t access_shift() const { return word >> 13 & 3; }
  bool has_routine() const { return word >> 16 & 0xff; }
  uint32_t routine() const { return (word >> 16 & 0xff) - 1; }
  uint32_t code_half_bytes() const { return word >> 24; } // on average, twice
};

enum Source : uint32_t { kFromRegister, kFromDestination, kFromAcc };             // mode bits 1-2
enum Second : uint32_t { kSecondRegister, kSecondAcc, kSecondImmediate, kZero2 }; // mode bits 3-4

} // namespace espb::jit
#endif
