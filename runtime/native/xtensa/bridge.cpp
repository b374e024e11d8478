// SPDX-License-Identifier: Apache-2.0
// Guest to native calls on Xtensa: which function, and whether its argument words lie where native code
// expects them. bridge.S does the call.
#include "arrange.h"
#include "module/instance.h"
#include <string.h>

namespace espb {
namespace {
// In bridge.S's frame.
struct NativeWords {
  uint32_t stack[kMostStackWords];
  uint32_t registers[kNativeRegisterWords];
};
} // namespace
} // namespace espb

extern "C" {
espb_trap espb_xtensa_call(espb::Thread *thread, const void *function, uint32_t *out);
espb_trap espb_xtensa_call_arranged(espb::Thread *thread, const void *function, uint32_t *out,
                                    const char *signature);
void espb_xtensa_arrange(const char *signature, const uint32_t *out, const uint32_t *guest_stack,
                         espb::NativeWords *to);
}

namespace espb {

static_assert(offsetof(Thread, sp) == 24 && offsetof(Thread, trap) == 48 &&
                  offsetof(Thread, entry_fp) == 96 && kOutWords == 8,
              "bridge.S knows these offsets");
static_assert(sizeof(espb_trap) == 4);

namespace {

// What was found of an import is kept in its flags.
constexpr uint16_t kStraight =
    4; // the argument words are where they belong, all in registers; the result too
constexpr uint16_t kArranged = 8; // they are not

enum class Way { kStraight, kArranged, kTooMany };

// Native code leaves anything above a small signed result; the guest wants its sign there.
uint32_t small_result_bits(const char *signature) {
  return *signature == 'b' ? 8 : *signature == 'h' ? 16 : 0;
}

Way find_way(const char *signature) {
  Way way = small_result_bits(signature) != 0 ? Way::kArranged : Way::kStraight;
  ArgumentWalk walk(signature);
  while (walk.next()) {
    const uint32_t end = walk.native() + walk.words();
    if (end > kNativeRegisterWords + kMostStackWords)
      return Way::kTooMany;
    if (end > kNativeRegisterWords || !walk.straight())
      way = Way::kArranged;
  }
  return way;
}

[[gnu::noinline]] espb_trap call_arranged(Thread &thread, const void *function, const char *signature,
                                          uint32_t *out) {
  const uint32_t bytes = ArgumentWalk(signature).result_bytes();
  void *const result = reinterpret_cast<void *>(out[0]); // where the guest wants it
  const espb_trap trap = espb_xtensa_call_arranged(&thread, function, out, signature);
  if (bytes != 0)
    memcpy(result, out, bytes);
  if (const uint32_t bits = small_result_bits(signature); bits != 0)
    *out = static_cast<uint32_t>(static_cast<int32_t>(*out << (32 - bits)) >> (32 - bits));
  return trap;
}

espb_trap call_found(Thread &thread, const void *function, const char *signature, uint32_t *out, Way way) {
  if (way == Way::kStraight)
    return espb_xtensa_call(&thread, function, out);
  if (way == Way::kArranged)
    return call_arranged(thread, function, signature, out);
  thread.host_message = "too many arguments";
  return thread.trap = ESPB_TRAP_BAD_CALL;
}

constexpr uint32_t kNoSignature = 0xffff;

} // namespace

espb_trap call_import(Thread &thread, uint32_t index, uint32_t *out) {
  ImportSlot &slot = thread.instance->imports[index];
  if (slot.flags == kStraight) // and nothing else: it is there
    return espb_xtensa_call(&thread, slot.address, out);
#if ESPB_HOST_FUNCTIONS
  if (slot.flags & kImportHostFunction)
    return call_host_function(thread, slot, out);
#endif
  if (slot.flags & (kImportMissing | kImportHostFunction)) {
    thread.host_message = "no native import";
    return thread.trap = ESPB_TRAP_BAD_CALL;
  }
  if (slot.signature == kNoSignature)
    return espb_xtensa_call(&thread, slot.address, out);
  const char *const signature = thread.instance->module->signature(slot.signature);
  if (slot.flags & kArranged)
    return call_arranged(thread, slot.address, signature, out);
  const Way way = find_way(signature);
  if (way != Way::kTooMany)
    slot.flags = static_cast<uint16_t>(slot.flags | (way == Way::kStraight ? kStraight : kArranged));
  return call_found(thread, slot.address, signature, out, way);
}

espb_trap call_pointer(Thread &thread, GuestAddress pointer, uint32_t signature, uint32_t *out) {
  const char *const text = thread.instance->module->signature(signature);
  return call_found(thread, reinterpret_cast<const void *>(pointer), text, out, find_way(text));
}

} // namespace espb

using namespace espb;

void espb_xtensa_arrange(const char *signature, const uint32_t *out, const uint32_t *guest_stack,
                         NativeWords *to) {
  ArgumentWalk walk(signature);
  auto guest = [&](uint32_t i) {
    return i < kGuestRegisterWords ? out[i] : guest_stack[i - kGuestRegisterWords];
  };
  while (walk.next())
    for (uint32_t i = 0; i < walk.words(); ++i) {
      const uint32_t at = walk.native() + i;
      uint32_t word;
      if (walk.by_reference()) // a packed structure may lie anywhere
        memcpy(&word, reinterpret_cast<const char *>(guest(walk.guest())) + 4 * i, 4);
      else
        word = guest(walk.guest() + i);
      (at < kNativeRegisterWords ? to->registers[at] : to->stack[at - kNativeRegisterWords]) = word;
    }
}
