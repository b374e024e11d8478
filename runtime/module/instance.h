// SPDX-License-Identifier: Apache-2.0
// An instance: a module with its own data, linked imports and main thread.
#ifndef ESPB_RUNTIME_MODULE_INSTANCE_H
#define ESPB_RUNTIME_MODULE_INSTANCE_H

#include "../native/contexts.h"
#include "../native/thunks.h"
#include "exec.h"
#include "module.h"

#ifndef ESPB_PROFILE_NATIVE
#define ESPB_PROFILE_NATIVE 0
#endif

// Host functions, which read their arguments one by one, are how a checked profile calls the host; native
// imports need none.
#ifndef ESPB_HOST_FUNCTIONS
#define ESPB_HOST_FUNCTIONS !ESPB_PROFILE_NATIVE
#endif

struct espb_thread : espb::Thread {};

namespace espb {

#if !ESPB_PROFILE_NATIVE
// The address space of a guest in the checked profile: one block of memory from 0, and above it addresses
// that stand for things and cannot be read or written.
constexpr GuestAddress kGuardBytes =
    4096; // nothing lies at small addresses, so null pointers with offsets fault
constexpr GuestAddress kMaxMemory = 0x40000000;    // the block ends below
constexpr GuestAddress kHandleBase = 0xc0000000;   // host pointers that a host function returned
constexpr GuestAddress kImportBase = 0xe0000000;   // imports whose address is taken, 4 bytes apart
constexpr GuestAddress kCallableBase = 0xf0000000; // callable functions, 4 bytes apart
constexpr uint32_t kMaxHandles = 0x10000;
#endif

#if !ESPB_PROFILE_NATIVE
// What the host's C library keeps for one guest (native/host).
struct HostLibrary {
  GuestAddress heap_start; // 0 until malloc is first used
  GuestAddress heap_hint;  // no free block lies below
  uint64_t random_state;
  GuestAddress errno_cell, strtok_next, strerror_text, broken_down_time, time_text; // 0 until used
};
#endif

namespace jit {
struct Block;
}

struct Instance {
  const Module *module;
  ImportSlot *imports;
  GuestAddress callable_base; // address of callable 0; callable k is 4 * k above
  Thread *idle;   // contexts that are not in use, by `below`; under the port's lock. thunks.S knows
  uint8_t *data;  // the data block
  uint8_t *stack; // the main thread's data stack
  uint32_t stack_bytes;
  uint32_t register_words;
  uint32_t overhead_bytes;
  uint32_t context_stack_bytes, context_register_words;
  uint32_t most_contexts;
  uint64_t context_fuel;
  // Under the port's lock, from here:
  Thread *contexts;       // all there are but the main thread
  uint32_t context_count; // of them, and those just being made
  bool closing;           // callbacks are dead
  // to here.
#if ESPB_JIT
  // Null, or a copy of the function table in which compiled functions have kCompiled set and the address of
  // their machine code as second word.
  uint32_t *compiled;
  jit::Block *jit_blocks; // the machine code
  uint32_t attached_end;  // of an image of machine code that was attached
#endif
  bool finalised;
  bool unfit; // a trap left guest data in an unknown state: finalisers must not run
#if !ESPB_PROFILE_NATIVE
  uint8_t *memory; // addresses [0, memory_size); data and stack lie in it
  uint32_t memory_size;
  GuestAddress write_floor; // below it: guard and rodata
  GuestAddress heap_base;
  GuestAddress heap_end;
  GuestAddress context_stacks; // one behind the other
  HostLibrary library;
  const void **handles;
  uint32_t handle_count, handle_capacity;
  struct Closure **closures; // of native/host/callbacks.cpp, one per callable; null until the first is wanted
#endif
  espb_thread main;
};

#if !ESPB_PROFILE_NATIVE
// The host's view of [address, address + bytes), or nullptr when it is not all the guest's.
inline uint8_t *guest_pointer(const Instance &instance, GuestAddress address, uint32_t bytes, bool write) {
  const GuestAddress floor = write ? instance.write_floor : kGuardBytes;
  if (address < floor || address > instance.memory_size || bytes > instance.memory_size - address)
    return nullptr;
  return instance.memory + address;
}
#endif

#if !ESPB_PROFILE_NATIVE
// What the guest's word for a pointer means to a native function: memory, a callback, an import, a handle, a
// small number. Null when that was found, else why not.
const char *pointer_to_host(Instance &instance, GuestAddress address, void **pointer);
// The other way: what the guest knows as such, anything else as a handle. False when there is no memory for
// one.
bool pointer_to_guest(Instance &instance, const void *pointer, GuestAddress *address);
#endif

#if ESPB_JIT
constexpr uint32_t kCompiled = 1u << 31;
void use_table(Instance &instance, uint32_t *table); // as `compiled`
void free_compiled(Instance &instance);
// For Thread::jit_stubs; and the pc that makes the interpreter run the machine code that acc points to.
extern "C" const uint8_t espb_jit_stubs[], espb_jit_enter_code[];
#endif

// Fills the import slots and applies the relocations.
espb_status link(Instance &instance, const espb_symbols &symbols, espb_error *error);

// Runs function `index` with the arguments in `words` (8 register words, then stack words; only `word_count`
// of them count), on `thread`. Results in words[0..1]. Used by espb_call, callbacks and thunks.
espb_trap enter_guest(Thread &thread, uint32_t index, uint32_t *words, uint32_t word_count);

// The first half of enter_guest: puts arguments, links and pc in place, charges the budget. A trap, or the
// engine can run.
espb_trap begin_entry(Thread &thread, uint32_t index, const uint32_t *words, uint32_t word_count);
// Entries inside entries (host functions that call back) use the native stack: this many, then it is an
// overflow.
constexpr uint32_t kMaxDepth = 32;
// Notes where the thread trapped, unless that is known.
void set_place(Thread &thread, const uint8_t *pc);

// Makes an entry of function `index` trap without running it.
espb_trap trap_entry(Thread &thread, uint32_t index, espb_trap trap, const char *why = nullptr);

// Fills `error` for a trap that `thread` recorded, and returns ESPB_TRAP.
espb_status report_trap(Thread &thread, espb_error *error);
// Makes `outer` trap as `inner` did, unless it has already.
void pass_trap_on(Thread &outer, const Thread &inner);

// Whether a function pointer of signature `wanted` may call a function of signature `actual`: as many words
// in the same registers.
bool signatures_fit(const char *wanted, const char *actual);

void *allocate(uint32_t bytes, uint32_t alignment);
void release(void *memory);

} // namespace espb

struct espb_instance : espb::Instance {};

#endif
