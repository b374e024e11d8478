// SPDX-License-Identifier: Apache-2.0
// Runs one case on the engine that is linked in, with stand-ins for the services that engines call. Host and
// chips include it.
#ifndef ESPB_TESTS_INTERP_RUN_CASE_H
#define ESPB_TESTS_INTERP_RUN_CASE_H

#include "case.h"
#include "isa/isa.h"
#include "runtime/module/exec.h"
#include <string.h>

namespace espb {

espb_trap refill_budget(Thread &thread) {
  thread.budget = interp_test::kRefill;
  return thread.stop ? ESPB_TRAP_STOPPED : ESPB_TRAP_NONE;
}
espb_trap call_import(Thread &, uint32_t index, uint32_t *out) {
  if (index == 77)
    return ESPB_TRAP_HOST;
  out[0] = out[0] * 3 + index;
  out[1] = ~out[1];
  return ESPB_TRAP_NONE;
}
uint32_t resolve_pointer(Thread &, GuestAddress pointer, uint32_t signature) {
  if (pointer == interp_test::kSecondCallable && signature == 9)
    return 1;
  return pointer == 0x2000 ? kNativePointer : kBadPointer;
}
espb_trap call_pointer(Thread &, GuestAddress pointer, uint32_t signature, uint32_t *out) {
  out[0] += pointer + signature;
  return signature == 5 ? ESPB_TRAP_HOST : ESPB_TRAP_NONE;
}
extern const uint8_t kExitStub[2] = {0xff, kOp_EXIT & 0xff};
GuestAddress callable_address(Thread &, uint32_t index) { return 0x7000 + 4 * index; }
GuestAddress import_address(Thread &, uint32_t index) { return 0x9000 + 8 * index; }

} // namespace espb

extern "C" void espb_port_lock(void) {}
extern "C" void espb_port_unlock(void) {}

namespace interp_test {

// The state before a case, on a stack of its own; the frame's first word. `memory` is the machine's view of
// address 0 of the guest.
inline uint32_t *prepare(const Case &c, espb::Thread &thread, const uint8_t *code, const uint32_t *functions,
                         uint8_t *memory) {
  static uint32_t stack[256];
  memset(stack, 0x5a, sizeof stack);
  uint32_t *const fp = stack + 4;
  memcpy(fp, c.registers, sizeof c.registers);
  memcpy(memory + c.memory_at, c.memory, sizeof c.memory);
  thread.code = code;
  thread.functions = functions;
  thread.data_base = kDataBase;
  thread.rodata_base = kRodataBase;
  thread.register_base = stack;
  thread.register_end = stack + 256;
  thread.register_limit = c.near_limit ? fp + kOut - 1 : stack + 256 - espb::kFrameReserveWords;
  thread.sp = kStackPointer;
  thread.stack_limit = kStackLimit;
  thread.stack_top = kStackTop;
  thread.fp = fp;
  thread.stop = c.budget == -1; // cases that stop say so by this budget
  thread.budget = c.budget == -1 ? 0 : c.budget;
  return fp;
}

// The first `count` words of the frame but for its link words.
inline bool registers_differ(const Case &c, const uint32_t *fp, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    if (i != kWindow && i != kWindow + 1 && fp[i] != c.expected_registers[i])
      return true;
  return false;
}
inline bool memory_differs(const Case &c, const uint8_t *memory) {
  return memcmp(memory + c.memory_at, c.expected_memory, sizeof c.memory) != 0;
}

// What differed, as text; nullptr when nothing did.
inline const char *run_case(const Case &c, espb::Thread &thread, uint8_t *memory) {
  static const uint32_t functions[4] = {kWindow << 24 | 0, 0, kWindow << 24 | kFunctionAt, 0};
  uint32_t *const fp = prepare(c, thread, c.code, functions, memory);
  thread.pc = c.code;
  thread.acc = 0xacacacac;
  thread.trap = ESPB_TRAP_NONE;
  const espb_trap trap = espb::interpret(thread);
  if (static_cast<uint32_t>(trap) != c.expected_trap || thread.trap != trap)
    return "trap";
  if (static_cast<uint32_t>(thread.pc - c.code) != c.expected_pc)
    return "pc";
  if (static_cast<uint32_t>((thread.fp - fp) * 4) != c.expected_frame)
    return "fp";
  if (registers_differ(c, fp, kRegisters))
    return "registers";
  if (memory_differs(c, memory))
    return "memory";
  if (thread.sp != c.expected_sp)
    return "sp";
  if (c.check_acc && thread.acc != c.expected_acc)
    return "acc";
  if (thread.budget != c.expected_budget)
    return "budget";
  return nullptr;
}

} // namespace interp_test
#endif
