// SPDX-License-Identifier: Apache-2.0
// One case of the interpreter test: a few instructions, the state before and the state expected after. The
// host computes cases and writes them to a file that the RV32 program reads as it is.
#ifndef ESPB_TESTS_INTERP_CASE_H
#define ESPB_TESTS_INTERP_CASE_H

#include <stdint.h>

namespace interp_test {

constexpr uint32_t kWindow = 10;          // W of the test's frame
constexpr uint32_t kOut = kWindow + 2;    // index of o0
constexpr uint32_t kRegisters = kOut + 8; // window, link, out registers
constexpr uint32_t kCodeBytes = 64;
constexpr uint32_t kFunctionAt = 40; // where function 1 starts
constexpr uint32_t kMemoryWords = 8; // words of memory that a case sets and compares
#ifndef ESPB_INTERP_MEMORY           // where the chip that the cases are for has memory
#define ESPB_INTERP_MEMORY 0x80200000
#endif
constexpr uint32_t kMemoryBase = ESPB_INTERP_MEMORY; // the same address on the host and on the board
constexpr uint32_t kMemoryBytes = 0x30000;
constexpr uint32_t kDataBase = kMemoryBase + 0x8000;
constexpr uint32_t kRodataBase = kMemoryBase + 0x18000;
constexpr uint32_t kStackLimit = kMemoryBase + 0x100;
constexpr uint32_t kStackPointer = kMemoryBase + 0x4000;
constexpr uint32_t kStackTop = kMemoryBase + 0x7000;
#ifndef ESPB_INTERP_SPACING // of callables on the chip that the cases are for
#define ESPB_INTERP_SPACING 4
#endif
constexpr uint32_t kFirstCallable = 0x1000; // functions 0 and 1, of signatures 3 and 9
constexpr uint32_t kSecondCallable = kFirstCallable + ESPB_INTERP_SPACING;
constexpr uint32_t kNoCallable = kSecondCallable + ESPB_INTERP_SPACING;
constexpr uint32_t kCasesAt = 0x80400000; // where the board finds the file
constexpr int32_t kRefill = 5000;         // budget after refill_budget

struct Case {
  char name[16];
  uint8_t code[kCodeBytes];
  uint32_t registers[kRegisters];
  uint32_t expected_registers[kRegisters]; // the link words are not compared
  uint32_t memory_at;                      // address of the words below
  uint32_t memory[kMemoryWords];
  uint32_t expected_memory[kMemoryWords];
  int32_t budget, expected_budget;
  uint32_t expected_sp;
  uint32_t expected_acc, check_acc;
  uint32_t expected_pc;    // offset of the EXIT that was reached or of the instruction that trapped
  uint32_t expected_frame; // offset of fp in bytes
  uint32_t expected_trap;
  uint32_t near_limit; // 1: no room for another frame on the register stack
};

struct CaseFile {
  uint32_t count;
  uint32_t stride;
  // cases follow
};

} // namespace interp_test
#endif
