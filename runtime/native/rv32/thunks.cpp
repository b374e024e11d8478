// SPDX-License-Identifier: Apache-2.0
// The way from a called thunk (thunks.S) into the guest.
#include "native/thunk_pool.h"
#include "native/words.h"

extern "C" {
// What thunks.S leaves to C++.
void espb_thunk_slow(uint32_t address, uint32_t *words);
espb_trap espb_thunk_prepare(espb::Thread *thread, uint32_t address, const uint32_t *words);
void espb_thunk_trapped(espb::Thread *thread);
void espb_thunk_leave(espb::Thread *thread);
void espb_thunk_no_slot(espb::Thread *thread);
}

namespace espb {

namespace {

// Words on the stack that native code may pass to a guest function with variable arguments: nothing says how
// many there are, and what lies behind them is the caller's frame.
constexpr uint32_t kVariadicStackWords = 24;

static_assert(offsetof(Thread, code) == 4 && offsetof(Thread, functions) == 8 &&
              offsetof(Thread, register_limit) == 20 && offsetof(Thread, sp) == 24 &&
              offsetof(Thread, budget) == 32 && offsetof(Thread, pc) == 36 && offsetof(Thread, fp) == 40 &&
              offsetof(Thread, trap) == 48 && offsetof(Thread, entry_fp) == 96);
constexpr uint32_t kDepthAt = ESPB_JIT ? 104 : 100;
static_assert(offsetof(Thread, depth) == kDepthAt && offsetof(Thread, callable_base) == kDepthAt + 4 &&
              offsetof(Thread, callable_bytes) == kDepthAt + 8 &&
              offsetof(Thread, callables) == kDepthAt + 12 && offsetof(Thread, below) == kDepthAt + 32 &&
              offsetof(Instance, idle) == 12 && kMaxDepth == 32 && kCallCharge == 16 && kLinkWords == 2 &&
              kBlockBytes == 64);

// Words of a function that takes eight words or more.
[[gnu::noinline]] uint32_t all_words(const char *signature) {
  for (const char *letter = signature; *letter != '\0'; ++letter)
    if (*letter == '.')
      return kRegisterWords + kVariadicStackWords;
  return argument_words(signature);
}

// Which function a thunk stands for and how many words it takes. False: nobody was given this address, it is
// in the rest of a block.
bool find_callable(const Thread &thread, uint32_t address, uint32_t *function, uint32_t *words) {
  const uint32_t offset = address - thread.callable_base;
  if (offset >= thread.callable_bytes)
    return false;
  const Module &module = *thread.instance->module;
  const uint32_t callable = table_u32(thread.callables + offset);
  *function = callable & 0xffff;
  *words = module.function(*function).argument_words;
  if (*words >= kRegisterWords)
    *words = all_words(module.signature(callable >> 16));
  return true;
}

} // namespace
} // namespace espb

using namespace espb;

// The rest of a call whose thread is known: everything up to running the engine.
espb_trap espb_thunk_prepare(Thread *thread, uint32_t address, const uint32_t *words) {
  uint32_t function = 0, count;
  if (!find_callable(*thread, address, &function, &count))
    return trap_entry(*thread, function, ESPB_TRAP_BAD_CALL);
  return begin_entry(*thread, function, words, count);
}

void espb_thunk_trapped(Thread *thread) { set_place(*thread, thread->pc); }

// A task that was in no guest code leaves.
void espb_thunk_leave(Thread *thread) {
  Visit visit = {thread, nullptr, nullptr, false};
  if (thread->trap != ESPB_TRAP_NONE)
    end_trapped_callback(visit);
  leave(visit);
}

void espb_thunk_no_slot(Thread *thread) {
  espb_port_unlock();
  Visit visit = {thread, nullptr, nullptr, true}; // the slot is not ours
  trap_entry(*thread, 0, ESPB_TRAP_NO_CONTEXT, "no memory for the task's slot");
  end_trapped_callback(visit);
  leave(visit);
}

void espb_thunk_slow(uint32_t address, uint32_t *words) {
  Visit visit;
  if (enter_callback(visit, find_owner(address))) {
    Thread &thread = *visit.thread;
    uint32_t function = 0, count;
    const espb_trap trap = find_callable(thread, address, &function, &count)
                               ? enter_guest(thread, function, words, count)
                               : trap_entry(thread, function, ESPB_TRAP_BAD_CALL);
    if (trap != ESPB_TRAP_NONE)
      end_trapped_callback(visit);
    leave(visit);
    if (trap == ESPB_TRAP_NONE)
      return;
  }
  words[0] = words[1] = 0;
}
