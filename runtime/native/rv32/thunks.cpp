// SPDX-License-Identifier: Apache-2.0
// The pool of thunks (thunks.S): who holds which, and the way from a called thunk into the guest.
#include "native/thunks.h"
#include "espb/port.h"
#include "module/instance.h"
#include "native/words.h"

extern "C" {
extern const char espb_thunk_pool[];
uint64_t espb_thunk_enter(uint32_t address, const uint32_t *registers, const uint32_t *stack);
}

#ifndef ESPB_THUNKS
#define ESPB_THUNKS 32 // thunks.S has the same
#endif

namespace espb {

namespace {

constexpr uint32_t kThunkBytes = 4;
constexpr uint32_t kBlockBytes = kThunkBytes * kThunkBlock;
constexpr uint32_t kBlocks = ESPB_THUNKS / kThunkBlock;
static_assert(ESPB_THUNKS % kThunkBlock == 0 && kBlocks > 0, "ESPB_THUNKS must be a multiple of 16");

Instance *owners[kBlocks]; // null: free

uint32_t pool_address() { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(espb_thunk_pool)); }

} // namespace

uint32_t thunk_pool_size() { return ESPB_THUNKS; }

bool reserve_thunks(Instance &instance, uint32_t count) {
  const uint32_t wanted = (count + kThunkBlock - 1) / kThunkBlock;
  uint32_t found = 0;
  espb_port_lock();
  for (uint32_t i = 0; i < kBlocks && found < wanted; ++i) {
    found = owners[i] ? 0 : found + 1;
    instance.callable_base = pool_address() + (i + 1 - found) * kBlockBytes;
  }
  if (found == wanted)
    for (Instance **owner = &owners[(instance.callable_base - pool_address()) / kBlockBytes]; found; --found)
      *owner++ = &instance;
  else
    found = 1;
  espb_port_unlock();
  return found == 0;
}

void release_thunks(Instance &instance) {
  for (Instance *&owner : owners)
    if (owner == &instance)
      owner = nullptr;
}

} // namespace espb

// A thunk was called: `registers` are the caller's a0..a7, `stack` its stack arguments. When the guest traps
// the trap stays in the thread: the native function that called back gets zeroes, and the bridge that called
// it unwinds.
uint64_t espb_thunk_enter(uint32_t address, const uint32_t *registers, const uint32_t *stack) {
  using namespace espb;
  Instance *instance = owners[(address - pool_address()) / kBlockBytes];
  if (!instance)
    __builtin_trap(); // the module was unloaded while native code kept the pointer
  const Module &module = *instance->module;
  const uint32_t callable = (address - instance->callable_base) / kThunkBytes;
  if (callable >= module.callable_count())
    __builtin_trap(); // the rest of a block: nobody was given this address
  Thread &thread = instance->main;
  if (thread.trap != ESPB_TRAP_NONE)
    return 0; // on the way out already
  const uint8_t *entry = module.callable_entry(callable);
  const uint32_t count = argument_words(module.signature(format::read_u16(entry + 2)));
  const uint32_t total = count > kRegisterWords ? count : kRegisterWords;
  auto *words = static_cast<uint32_t *>(__builtin_alloca(total * sizeof(uint32_t)));
  for (uint32_t i = 0; i < total; i++)
    words[i] = i < kRegisterWords ? registers[i] : stack[i - kRegisterWords];
  if (enter_guest(thread, format::read_u16(entry), words, count) != ESPB_TRAP_NONE)
    return 0;
  return uint64_t{words[1]} << 32 | words[0];
}
