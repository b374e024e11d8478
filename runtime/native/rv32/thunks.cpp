// SPDX-License-Identifier: Apache-2.0
// The pool of thunks (thunks.S): who holds which, and the way from a called thunk into the guest.
#include "native/thunks.h"
#include "espb/port.h"
#include "module/instance.h"
#include "native/words.h"

extern "C" {
extern const char espb_thunk_pool[], espb_thunk_pool_end[];
uint64_t espb_thunk_enter(uint32_t address, const uint32_t *registers, const uint32_t *stack);
}

namespace espb {

namespace {

constexpr uint32_t kThunkBytes = 4;

ThunkRange *ranges; // ascending by first

uint32_t pool_address() { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(espb_thunk_pool)); }

} // namespace

uint32_t thunk_pool_size() {
  return static_cast<uint32_t>(espb_thunk_pool_end - espb_thunk_pool) / kThunkBytes;
}

bool reserve_thunks(ThunkRange &range, Instance *instance, uint32_t count) {
  range = {nullptr, instance, 0, 0};
  if (count == 0)
    return true;
  espb_port_lock();
  ThunkRange **link = &ranges;
  uint32_t first = 0;
  while (*link && (*link)->first - first < count) { // first fit
    first = uint32_t{(*link)->first} + (*link)->count;
    link = &(*link)->next;
  }
  bool found = count <= thunk_pool_size() && first <= thunk_pool_size() - count;
  if (found) {
    range.first = static_cast<uint16_t>(first);
    range.count = static_cast<uint16_t>(count);
    range.next = *link;
    *link = &range;
  }
  espb_port_unlock();
  return found;
}

void release_thunks(ThunkRange &range) {
  espb_port_lock();
  for (ThunkRange **link = &ranges; *link; link = &(*link)->next) {
    if (*link == &range) {
      *link = range.next;
      break;
    }
  }
  espb_port_unlock();
  range.count = 0;
}

uint32_t thunk_address(const ThunkRange &range, uint32_t index) {
  return pool_address() + kThunkBytes * (range.first + index);
}

Instance *find_thunk(uint32_t address, uint32_t *index) {
  uint32_t offset = address - pool_address();
  if (offset % kThunkBytes != 0)
    return nullptr;
  uint32_t thunk = offset / kThunkBytes;
  for (const ThunkRange *range = ranges; range; range = range->next) {
    if (thunk - range->first < range->count) {
      *index = thunk - range->first;
      return range->instance;
    }
  }
  return nullptr;
}

} // namespace espb

// A thunk was called: `registers` are the caller's a0..a7, `stack` its stack arguments. When the guest traps
// the trap stays in the thread: the native function that called back gets zeroes, and the bridge that called
// it unwinds.
uint64_t espb_thunk_enter(uint32_t address, const uint32_t *registers, const uint32_t *stack) {
  using namespace espb;
  uint32_t callable;
  Instance *instance = find_thunk(address, &callable);
  if (!instance)
    __builtin_trap(); // a thunk that no instance holds: the module was unloaded while native code kept the
                      // pointer
  Thread &thread = instance->main;
  if (thread.trap != ESPB_TRAP_NONE)
    return 0; // on the way out already
  const uint8_t *entry = instance->module->callable_entry(callable);
  uint32_t count = argument_words(instance->module->signature(format::read_u16(entry + 2)));
  uint32_t total = count > kRegisterWords ? count : kRegisterWords;
  auto *words = static_cast<uint32_t *>(__builtin_alloca(total * sizeof(uint32_t)));
  for (uint32_t i = 0; i < total; i++)
    words[i] = i < kRegisterWords ? registers[i] : stack[i - kRegisterWords];
  if (enter_guest(thread, format::read_u16(entry), words, count) != ESPB_TRAP_NONE)
    return 0;
  return uint64_t{words[1]} << 32 | words[0];
}
