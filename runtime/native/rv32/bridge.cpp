// SPDX-License-Identifier: Apache-2.0
// Guest to native calls on RV32: which function, and whether there are arguments on the stack. bridge.S does
// the call.
#include "module/instance.h"
#include "native/words.h"

extern "C" {
espb_trap espb_rv32_call(espb::Thread *thread, const void *function, uint32_t *out);
espb_trap espb_rv32_call_stack(espb::Thread *thread, const void *function, uint32_t *out, uint32_t words);
}

namespace espb {

static_assert(offsetof(Thread, sp) == 24 && offsetof(Thread, trap) == 48 &&
                  offsetof(Thread, entry_fp) == 96 && kOutWords == 8,
              "bridge.S knows these offsets");
static_assert(sizeof(espb_trap) == 4);

uint32_t argument_words(const char *signature) {
  uint32_t words = 0;
  bool variadic = false;
  while (*signature && *signature != '(')
    signature++;
  while (*signature && *++signature != ')') {
    if (*signature == '.') {
      variadic = true;
    } else if (*signature == 'l' || *signature == 'd') {
      if (variadic || words >= kRegisterWords)
        words = (words + 1) & ~1u;
      words += 2;
    } else {
      words++;
    }
  }
  return words;
}

namespace {

// The words of stack arguments are found once per import and kept in its flags, bits 8 to 15.
constexpr uint32_t kMeasured = 4;
constexpr uint32_t kStackWordsShift = 8;
constexpr uint32_t kMaxStackWords = 255;

uint32_t stack_words(const Thread &thread, uint32_t signature) {
  if (signature == 0xffff)
    return 0;
  uint32_t words = argument_words(thread.instance->module->signature(signature));
  return words > kRegisterWords ? words - kRegisterWords : 0;
}

[[gnu::noinline]] espb_trap first_or_stack_call(Thread &thread, ImportSlot &slot, uint32_t *out) {
#if ESPB_HOST_FUNCTIONS
  if (slot.flags & kImportHostFunction)
    return call_host_function(thread, slot, out);
#endif
  if (slot.flags & (kImportMissing | kImportHostFunction)) {
    thread.host_message = "no native import";
    return thread.trap = ESPB_TRAP_BAD_CALL;
  }
  if (!(slot.flags & kMeasured)) {
    uint32_t words = stack_words(thread, slot.signature);
    if (words > kMaxStackWords)
      return thread.trap = ESPB_TRAP_BAD_CALL;
    slot.flags = static_cast<uint16_t>(slot.flags | kMeasured | words << kStackWordsShift);
  }
  return espb_rv32_call_stack(&thread, slot.address, out, slot.flags >> kStackWordsShift);
}

} // namespace

espb_trap call_import(Thread &thread, uint32_t index, uint32_t *out) {
  ImportSlot &slot = thread.instance->imports[index];
  if (slot.flags == kMeasured) // and nothing else: no stack words, not missing
    return espb_rv32_call(&thread, slot.address, out);
  return first_or_stack_call(thread, slot, out);
}

espb_trap call_pointer(Thread &thread, GuestAddress pointer, uint32_t signature, uint32_t *out) {
  const void *function = reinterpret_cast<const void *>(pointer);
  uint32_t words = stack_words(thread, signature);
  return words ? espb_rv32_call_stack(&thread, function, out, words) : espb_rv32_call(&thread, function, out);
}

} // namespace espb
