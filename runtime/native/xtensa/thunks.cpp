// SPDX-License-Identifier: Apache-2.0
// The way from a called thunk (thunks.S) into the guest.
#include "arrange.h"
#include "native/thunk_pool.h"
#include <string.h>

namespace espb {
namespace {

// Words of a call into the guest. Nothing says how many of them a function with variable arguments was given:
// as many as there is room for are passed on, and what lies behind the caller's is its frame.
constexpr uint32_t kMostWords = kGuestRegisterWords + 24;

// The guest's words of a call. Structures stay where native code put them; `split` is for one that lies
// partly on the stack. False: too many.
bool arrange(const char *signature, const uint32_t *registers, const uint32_t *stack, uint32_t *result,
             uint32_t *split, uint32_t *words, uint32_t *count) {
  auto place = [&](uint32_t i) {
    return i < kNativeRegisterWords ? registers + i : stack + (i - kNativeRegisterWords);
  };
  ArgumentWalk walk(signature);
  while (walk.next()) {
    const uint32_t first = walk.native();
    if (walk.guest() + walk.guest_words() > kMostWords)
      return false;
    if (!walk.by_reference()) {
      for (uint32_t i = 0; i < walk.guest_words(); ++i)
        words[walk.guest() + i] = *place(first + i);
      continue;
    }
    const uint32_t *at = walk.words() == 0 ? result : place(first);
    if (first < kNativeRegisterWords &&
        first + walk.words() > kNativeRegisterWords) { // two numbers of a complex one
      for (uint32_t i = 0; i < 4; ++i)
        split[i] = *place(first + i);
      at = split;
    }
    words[walk.guest()] = reinterpret_cast<uint32_t>(at);
  }
  *count = walk.guest();
  if (walk.variadic()) {
    for (uint32_t i = 0; *count < kMostWords; ++i)
      words[(*count)++] = *place(walk.native() + i);
  }
  return true;
}

// The result takes the place of the registers.
espb_trap call(Thread &thread, uint32_t address, uint32_t *registers, const uint32_t *stack) {
  const Module &module = *thread.instance->module;
  const uint32_t index = (address - thread.callable_base) / kThunkBytes;
  if (index >= module.callable_count()) // nobody was given this address: it is in the rest of a block
    return trap_entry(thread, 0, ESPB_TRAP_BAD_CALL);
  const uint32_t callable = table_u32(module.callable_entry(index));
  const char *const signature = module.signature(callable >> 16);
  alignas(16) uint32_t result[4];
  alignas(8) uint32_t split[4];
  uint32_t words[kMostWords], count;
  if (!arrange(signature, registers, stack, result, split, words, &count))
    return trap_entry(thread, callable & 0xffff, ESPB_TRAP_BAD_CALL, "too many arguments");
  const espb_trap trap = enter_guest(thread, callable & 0xffff, words, count);
  memcpy(registers, ArgumentWalk(signature).result_bytes() != 0 ? result : words, sizeof result);
  return trap;
}

} // namespace
} // namespace espb

using namespace espb;

// Leaves up to four words of a result where the registers were.
extern "C" void espb_thunk_call(uint32_t address, uint32_t *registers, const uint32_t *stack) {
  Visit visit;
  const bool entered = enter_callback(visit, find_owner(address));
  const espb_trap trap = entered ? call(*visit.thread, address, registers, stack) : ESPB_TRAP_NO_CONTEXT;
  if (trap != ESPB_TRAP_NONE)
    memset(registers, 0, 16);
  if (!entered)
    return;
  if (trap != ESPB_TRAP_NONE)
    end_trapped_callback(visit);
  leave(visit);
}
