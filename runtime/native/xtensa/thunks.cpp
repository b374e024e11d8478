// SPDX-License-Identifier: Apache-2.0
// The way from a called thunk (thunks.S) into the guest.
#include "arrange.h"
#include "native/thunk_pool.h"

namespace espb {
namespace {

// Words of a call into the guest. Nothing says how many of them a function with variable arguments was given:
// as many as there is room for are passed on, and what lies behind the caller's is its frame.
constexpr uint32_t kMostWords = kGuestRegisterWords + 24;

// The guest's words of a call. False: too many.
bool arrange(const char *signature, const uint32_t *registers, const uint32_t *stack, uint32_t *words,
             uint32_t *count) {
  auto word = [&](uint32_t i) {
    return i < kNativeRegisterWords ? registers[i] : stack[i - kNativeRegisterWords];
  };
  ArgumentWalk walk(signature);
  while (walk.next()) {
    if (walk.guest() + walk.words() > kMostWords)
      return false;
    for (uint32_t i = 0; i < walk.words(); ++i)
      words[walk.guest() + i] = word(walk.native() + i);
  }
  *count = walk.guest();
  if (walk.variadic()) {
    for (uint32_t i = 0; *count < kMostWords; ++i)
      words[(*count)++] = word(walk.native() + i);
  }
  return true;
}

espb_trap call(Thread &thread, uint32_t address, const uint32_t *registers, const uint32_t *stack,
               uint32_t *words) {
  const Module &module = *thread.instance->module;
  const uint32_t index = (address - thread.callable_base) / kThunkBytes;
  if (index >= module.callable_count()) // nobody was given this address: it is in the rest of a block
    return trap_entry(thread, 0, ESPB_TRAP_BAD_CALL);
  const uint32_t callable = table_u32(module.callable_entry(index));
  uint32_t count;
  if (!arrange(module.signature(callable >> 16), registers, stack, words, &count))
    return trap_entry(thread, callable & 0xffff, ESPB_TRAP_BAD_CALL, "too many arguments");
  return enter_guest(thread, callable & 0xffff, words, count);
}

} // namespace
} // namespace espb

using namespace espb;

extern "C" uint64_t espb_thunk_call(uint32_t address, const uint32_t *registers, const uint32_t *stack) {
  Visit visit;
  if (!enter_callback(visit, find_owner(address)))
    return 0;
  uint32_t words[kMostWords];
  const espb_trap trap = call(*visit.thread, address, registers, stack, words);
  if (trap != ESPB_TRAP_NONE)
    end_trapped_callback(visit);
  leave(visit);
  return trap == ESPB_TRAP_NONE ? words[0] | static_cast<uint64_t>(words[1]) << 32 : 0;
}
