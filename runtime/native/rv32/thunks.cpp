// SPDX-License-Identifier: Apache-2.0
// The pool of thunks (thunks.S): who holds which, and the way from a called thunk into the guest.
#include "native/thunks.h"
#include "espb/port.h"
#include "module/instance.h"
#include "native/words.h"

extern "C" {
extern const char espb_thunk_pool[];
void espb_thunk_enter(uint32_t address, uint32_t *words);
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

// Words on the stack that native code may pass to a guest function with variable arguments: nothing says how
// many there are, and what lies behind them is the caller's frame.
constexpr uint32_t kVariadicStackWords = 24;

Instance *owners[kBlocks]; // null: free. Written under the port's lock
uint32_t next_block;       // where to look first: what was given back last is used again last

uint32_t pool_address() { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(espb_thunk_pool)); }

} // namespace

uint32_t thunk_pool_size() { return ESPB_THUNKS; }

bool reserve_thunks(Instance &instance, uint32_t count) {
  const uint32_t wanted = (count + kThunkBlock - 1) / kThunkBlock;
  uint32_t found = 0;
  espb_port_lock();
  for (uint32_t pass = 0; pass < 2 && found < wanted; ++pass) {
    found = 0;
    for (uint32_t i = pass == 0 ? next_block : 0; i < kBlocks && found < wanted; ++i) {
      found = owners[i] ? 0 : found + 1;
      next_block = i + 1;
    }
  }
  if (found == wanted) {
    const uint32_t first = next_block - wanted;
    instance.callable_base = pool_address() + first * kBlockBytes;
    for (uint32_t i = first; i < next_block; ++i)
      owners[i] = &instance;
  }
  espb_port_unlock();
  return found == wanted;
}

void release_thunks(Instance &instance) {
  espb_port_lock();
  for (Instance *&owner : owners)
    if (owner == &instance)
      owner = nullptr;
  espb_port_unlock();
}

void visit_thunk_holders(const Instance &instance, void (*visit)(void *, const char *), void *context) {
  const uint32_t count = instance.module->callable_count();
  if (count != 0)
    espb_port_visit_holders(instance.callable_base, instance.callable_base + count * kThunkBytes, visit,
                            context);
}

namespace {

// Words of a function that takes eight words or more.
[[gnu::noinline]] uint32_t all_words(const char *signature) {
  for (const char *letter = signature; *letter != '\0'; ++letter)
    if (*letter == '.')
      return kRegisterWords + kVariadicStackWords;
  return argument_words(signature);
}

} // namespace
} // namespace espb

// A thunk was called. When the guest traps, the native function that called back gets zeroes, and the bridge
// that called that one unwinds.
void espb_thunk_enter(uint32_t address, uint32_t *words) {
  using namespace espb;
  Instance *const *const owner = &owners[(address - pool_address()) / kBlockBytes];
  Visit visit = {};
  Thread *thread = espb_port_in_interrupt() ? nullptr : static_cast<Thread *>(espb_port_task_slot());
  const bool inside = thread != nullptr && thread->instance == *owner && thread->trap == ESPB_TRAP_NONE;
  espb_trap trap = ESPB_TRAP_HOST;
  if (inside || enter_callback(visit, owner)) {
    if (!inside)
      thread = visit.thread;
    const Instance &instance = *thread->instance;
    const format::Image &image = instance.module->image;
    const uint32_t offset = address - instance.callable_base;
    if (offset < image.section_bytes(format::kSectionCallables)) {
      const uint32_t callable = table_u32(image.section(format::kSectionCallables) + offset);
      const uint32_t function = callable & 0xffff;
      uint32_t count = instance.module->function(function).argument_words;
      if (count >= kRegisterWords)
        count = all_words(instance.module->signature(callable >> 16));
      trap = enter_guest(*thread, function, words, count);
    } else { // the rest of a block: nobody was given this address
      trap = trap_entry(*thread, 0, ESPB_TRAP_BAD_CALL);
    }
    if (!inside) {
      if (trap != ESPB_TRAP_NONE)
        end_trapped_callback(visit);
      leave(visit);
    }
  }
  if (trap != ESPB_TRAP_NONE)
    words[0] = words[1] = 0;
}
