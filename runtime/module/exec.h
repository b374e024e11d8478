// SPDX-License-Identifier: Apache-2.0
// The state that engines share with the rest of the runtime: one instance, one thread of guest execution. The
// generated RV32 handlers address the marked fields by offset (interp/rv32 asserts the offsets).
#ifndef ESPB_RUNTIME_MODULE_EXEC_H
#define ESPB_RUNTIME_MODULE_EXEC_H

#include "espb/espb.h"
#include <stddef.h>
#include <stdint.h>

// Whether functions may become machine code (runtime/jit).
#ifndef ESPB_JIT
#define ESPB_JIT 0
#endif

namespace espb {

// Guest addresses: machine addresses in the native profile, offsets into Instance::memory in the checked one.
using GuestAddress = uint32_t;

// Words below a callee's fp that hold the link: [-2] return pc, [-1] caller's fp (as machine pointers in the
// native profile; in the checked profile as offsets: pc from the code section's start, fp in words from the
// register stack's base).
constexpr uint32_t kLinkWords = 2;
constexpr uint32_t kOutWords = 8;
// A frame reaches at most 32 window words + link + out registers beyond fp: the register stack keeps that
// much in reserve, so that one compare at a call is enough.
constexpr uint32_t kFrameReserveWords = 32 + kLinkWords + kOutWords;
constexpr int32_t kCallCharge = 16; // of a call to the budget

// Callable k of an instance has the address callable_base + kThunkBytes * k. On Xtensa a function begins with
// `entry`, which leaves no room for the jump in four bytes; handlers.S knows.
#if defined(__XTENSA__)
constexpr uint32_t kThunkBytes = 8;
#else
constexpr uint32_t kThunkBytes = 4;
#endif

struct Module;   // module/module.h
struct Instance; // module/instance.h

// An entry from native code returns to this stub (one EXIT instruction). In the checked profile its link word
// is kExitLink, since it lies outside the code that other return pcs are offsets into.
extern const uint8_t kExitStub[2];
constexpr uint32_t kExitLink = 0xffffffffu;

// One resolved import.
struct ImportSlot {
  const void *address; // native function, object, or espb_host_function
  uint16_t signature;  // index in the module's signatures, 0xffff none
  uint16_t flags;      // kImportHostFunction, kImportWeakMissing
};
constexpr uint16_t kImportHostFunction = 1;
constexpr uint16_t kImportMissing = 2;     // weak and not there: calling it traps
constexpr uint16_t kImportGuestObject = 4; // checked profile: address points into the instance's memory

// One thread of guest execution. On RV32 the first fields are known to assembly: keep their order.
struct Thread {
  Instance *instance;
  const uint8_t *code;       // code section
  const uint32_t *functions; // function table, two words per function
  uint32_t data_base;        // guest address of the data block
  uint32_t rodata_base;      // guest address of rodata
  uint32_t *register_limit;  // a callee's fp above this overflows
  uint32_t sp;               // guest address: the data stack pointer while not in the interpreter's registers
  uint32_t stack_limit;      // lowest guest address sp may take
  int32_t budget;            // code bytes left in this slice (see docs/design.md, Fuel)
  // What a leaving engine writes down
  const uint8_t *pc;
  uint32_t *fp;
  uint32_t acc;
  espb_trap trap; // ESPB_TRAP_NONE while all is well
  // Not known to assembly
  uint32_t *register_base;
  uint32_t *register_end;
  uint32_t stack_top;
  uint64_t fuel;            // code bytes beyond the running slice; UINT64_MAX unlimited
  uint32_t stop;            // written by any task: read and written atomically
  const char *host_message; // why ESPB_TRAP_HOST
  uint64_t dispatches;
  uint32_t peak_register_words;
  uint32_t lowest_sp;
  // While native code called by call_import or call_pointer runs: the first word of the register stack that
  // is free, where a nested entry puts its frame. Whoever calls native code sets it to out + kOutWords before
  // and restores it after; so does it with `sp`, which is then the guest's sp at the call.
  uint32_t *entry_fp;
#if ESPB_JIT
  const void *jit_stubs; // what compiled code calls
#endif
  // What callbacks need; native/rv32/thunks.S knows the offsets.
  uint32_t depth; // entries that are running, one inside the other
  GuestAddress callable_base;
  uint32_t callable_bytes;
  const uint8_t *callables;
  int32_t exit_status; // of ESPB_TRAP_EXIT
  // Where the innermost entry trapped; null while all is well. Another instance's when a callback into that
  // one was called by native code that this thread called.
  const Instance *trap_instance;
  uint32_t trap_function, trap_offset;
  // native/contexts.h
  Thread *below; // the thread of this task's next outer guest code; of an idle context: the next idle one
  Thread *next;  // of the instance's contexts
  bool reserved; // for interrupts
  bool taken;    // of the main thread and reserved ones: in use. Under the port's lock, as `below`
};

inline bool take_stop(Thread &thread) {
  if (__atomic_load_n(&thread.stop, __ATOMIC_RELAXED) == 0)
    return false;
  __atomic_store_n(&thread.stop, 0, __ATOMIC_RELAXED);
  return true;
}

// Runs guest code from thread->pc with thread->fp until the EXIT instruction of the entry stub or a trap.
// Written once per engine. Returns thread->trap.
espb_trap interpret(Thread &thread);

// Slow path of a negative budget: stop flag, fuel, poll. Returns a trap or ESPB_TRAP_NONE after refilling the
// slice.
espb_trap refill_budget(Thread &thread);

// Calls an import or pointer whose ImportSlot has kImportHostFunction, in either profile. call_import uses
// it.
espb_trap call_host_function(Thread &thread, const ImportSlot &slot, uint32_t *out);

// Calls import `index` with the arguments in out[0..7] and on the data stack at thread.sp; results to
// out[0..1].
espb_trap call_import(Thread &thread, uint32_t index, uint32_t *out);

// Resolves a guest function pointer. Guest function: returns its index (< 0x10000) after checking the
// signature; native function (native profile): returns kNativePointer, to be called by call_pointer; else
// kBadPointer.
constexpr uint32_t kNativePointer = 0xfffffffeu;
constexpr uint32_t kBadPointer = 0xffffffffu;
uint32_t resolve_pointer(Thread &thread, GuestAddress pointer, uint32_t signature);
espb_trap call_pointer(Thread &thread, GuestAddress pointer, uint32_t signature, uint32_t *out);

// Address of callable `index` as the guest sees it.
GuestAddress callable_address(Thread &thread, uint32_t index);
GuestAddress import_address(Thread &thread, uint32_t index);

// Translates [address, address + bytes) for memory instructions of the checked profile; nullptr out of
// bounds. `write` false for rodata too.
uint8_t *translate(Thread &thread, GuestAddress address, uint32_t bytes, bool write);

} // namespace espb
#endif
