// SPDX-License-Identifier: Apache-2.0
// Calls from the guest to native functions of a host, by signature through libffi. Pointers are translated:
// see docs/verifier.md for what that promises. Functions that need more than a signature says (lengths,
// callbacks) are espb_host_functions.
#include "callbacks.h"
#include <string.h>

namespace espb {

namespace {

using namespace format;

constexpr uint32_t kMaxNativeArguments = 64;

espb_trap bad_call(Thread &thread, const char *why) {
  thread.host_message = why;
  return ESPB_TRAP_BAD_CALL;
}

espb_trap call_native(Thread &thread, const void *function, const char *signature, uint32_t *out) {
  Instance &instance = *thread.instance;
  const char *letters = signature;
  while (*letters++ != '(') {
  }
  if (signature[0] != 'v' && signature[1] != '(')
    return bad_call(thread,
                    "a native function that returns a structure needs an espb_host_function on a host");

  ffi_type *types[kMaxNativeArguments];
  void *values[kMaxNativeArguments];
  union Cell {
    int32_t i32;
    float f32;
    uint64_t u64;
    void *pointer;
  } cells[kMaxNativeArguments];
  uint32_t count = 0, fixed = 0, word = 0;
  bool variadic = false, readable = true;
  auto next_word = [&]() -> uint32_t {
    if (word < kOutWords)
      return out[word++];
    const uint8_t *p = guest_pointer(instance, thread.sp + 4 * (word++ - kOutWords), 4, false);
    uint32_t value = 0;
    if (p != nullptr)
      memcpy(&value, p, 4);
    else
      readable = false;
    return value;
  };
  for (; *letters != ')'; ++letters) {
    if (*letters == '.') {
      variadic = true;
      fixed = count;
      continue;
    }
    if (count == kMaxNativeArguments)
      return bad_call(thread, "too many arguments for a native function");
    Cell &cell = cells[count];
    cell.u64 = 0;
    if (letter_words(*letters) == 2 && (variadic || word > kOutWords) && word % 2 != 0)
      ++word;
    uint32_t low = next_word();
    if (letter_words(*letters) == 2)
      cell.u64 = low | (uint64_t)next_word() << 32;
    else if (*letters == 'p') {
      if (const char *problem = pointer_to_host(instance, low, &cell.pointer)) {
        thread.host_message = problem;
        return ESPB_TRAP_OUT_OF_BOUNDS;
      }
    } else
      memcpy(&cell, &low, 4);
    types[count] = type_of(*letters);
    values[count] = &cell;
    ++count;
  }
  if (!readable)
    return ESPB_TRAP_OUT_OF_BOUNDS;

  ffi_cif cif;
  ffi_status prepared =
      variadic ? ffi_prep_cif_var(&cif, FFI_DEFAULT_ABI, fixed, count, type_of(signature[0]), types)
               : ffi_prep_cif(&cif, FFI_DEFAULT_ABI, count, type_of(signature[0]), types);
  if (prepared != FFI_OK)
    return bad_call(thread, "the host cannot make a call of this signature");
  union {
    ffi_arg integer;
    float f32;
    double f64;
    uint64_t u64;
    void *pointer;
  } result = {};
  uint32_t *const saved_entry = thread.entry_fp;
  const uint32_t saved_sp = thread.sp;
  thread.entry_fp = out + kOutWords;
  thread.trap = ESPB_TRAP_NONE;
  ffi_call(&cif, FFI_FN(const_cast<void *>(function)), &result, values);
  thread.entry_fp = saved_entry;
  thread.sp = saved_sp;
  // A native function may end the run by setting the trap.
  if (thread.trap != ESPB_TRAP_NONE)
    return thread.trap;

  switch (signature[0]) {
  case 'v':
    break;
  case 'l':
  case 'd':
    out[0] = (uint32_t)result.u64;
    out[1] = (uint32_t)(result.u64 >> 32);
    break;
  case 'f':
    memcpy(&out[0], &result.f32, 4);
    break;
  case 'p':
    if (!pointer_to_guest(instance, result.pointer, &out[0])) {
      thread.host_message = "no memory for a handle of a native pointer";
      return ESPB_TRAP_HOST;
    }
    break;
  default: { // small integers as the guest's convention extends them
    uint32_t value = (uint32_t)result.integer;
    out[0] = signature[0] == 'b'   ? (uint32_t)(int8_t)value
             : signature[0] == 'B' ? value & 0xff
             : signature[0] == 'h' ? (uint32_t)(int16_t)value
             : signature[0] == 'H' ? value & 0xffff
                                   : value;
  }
  }
  return take_stop(thread) ? ESPB_TRAP_STOPPED : ESPB_TRAP_NONE;
}

espb_trap call_slot(Thread &thread, const ImportSlot &slot, uint32_t signature, uint32_t *out) {
  if ((slot.flags & kImportMissing) != 0)
    return bad_call(thread, "the weak import is missing in this firmware");
  if ((slot.flags & kImportGuestObject) != 0)
    return bad_call(thread, "the import is an object, not a function");
  if ((slot.flags & kImportHostFunction) != 0)
    return call_host_function(thread, slot, out);
  return call_native(thread, slot.address, thread.instance->module->signature(signature), out);
}

} // namespace

espb_trap call_import(Thread &thread, uint32_t index, uint32_t *out) {
  const ImportSlot &slot = thread.instance->imports[index];
  return call_slot(thread, slot, slot.signature, out);
}

espb_trap call_pointer(Thread &thread, GuestAddress pointer, uint32_t signature, uint32_t *out) {
  Instance &instance = *thread.instance;
  if (pointer >= kImportBase && pointer < kCallableBase && pointer % 4 == 0) {
    uint32_t index = (pointer - kImportBase) / 4;
    if (index < instance.module->import_count())
      return call_slot(thread, instance.imports[index], signature, out);
  } else if (pointer >= kHandleBase && pointer < kImportBase && pointer % 4 == 0) {
    void *function;
    if (pointer_to_host(instance, pointer, &function) == nullptr)
      return call_native(thread, function, instance.module->signature(signature), out);
  }
  return bad_call(thread, "the pointer is no function");
}

} // namespace espb
