// SPDX-License-Identifier: Apache-2.0
// Calls from the guest to native functions of a host, by signature through libffi. Pointers are translated:
// see docs/verifier.md for what that promises. Functions that need more than a signature says (lengths,
// callbacks) are espb_host_functions.
#include "../../module/instance.h"
#include <ffi.h>
#include <string.h>

namespace espb {

namespace {

using namespace format;

constexpr uint32_t kMaxNativeArguments = 64;

espb_trap bad_call(Thread &thread, const char *why) {
  thread.host_message = why;
  return ESPB_TRAP_BAD_CALL;
}

ffi_type *type_of(char letter) {
  switch (letter) {
  case 'v':
    return &ffi_type_void;
  case 'b':
    return &ffi_type_sint8;
  case 'B':
    return &ffi_type_uint8;
  case 'h':
    return &ffi_type_sint16;
  case 'H':
    return &ffi_type_uint16;
  case 'l':
    return &ffi_type_sint64;
  case 'f':
    return &ffi_type_float;
  case 'd':
    return &ffi_type_double;
  case 'p':
    return &ffi_type_pointer;
  default:
    return &ffi_type_sint32;
  }
}

// What the guest's word means to a native function. False when it is no pointer the guest may pass.
bool pointer_to_host(Instance &instance, GuestAddress address, void **pointer) {
  if (address == 0) {
    *pointer = nullptr;
    return true;
  }
  if (address >= kImportBase && address < kCallableBase) {
    uint32_t index = (address - kImportBase) / 4;
    if (index >= instance.module->import_count())
      return false;
    *pointer = const_cast<void *>(instance.imports[index].address);
    return true;
  }
  if (address >= kHandleBase && address < kImportBase) {
    uint32_t index = (address - kHandleBase) / 4;
    if (index >= instance.handle_count)
      return false;
    *pointer = const_cast<void *>(instance.handles[index]);
    return true;
  }
  *pointer = guest_pointer(instance, address, 0, false);
  return *pointer != nullptr;
}

// The other way: memory of the instance as its address, anything else as a handle. False when there is no
// memory for one.
bool pointer_to_guest(Instance &instance, const void *pointer, GuestAddress *address) {
  *address = 0;
  if (pointer == nullptr)
    return true;
  uintptr_t distance = (uintptr_t)pointer - (uintptr_t)instance.memory;
  if (distance >= kGuardBytes && distance <= instance.memory_size) {
    *address = (GuestAddress)distance;
    return true;
  }
  uint32_t index = 0;
  while (index < instance.handle_count && instance.handles[index] != pointer)
    ++index;
  if (index == instance.handle_count) {
    if (index == instance.handle_capacity) {
      uint32_t capacity = index == 0 ? 16 : 2 * index;
      if (capacity > kMaxHandles)
        return false;
      auto *larger =
          static_cast<const void **>(allocate(capacity * (uint32_t)sizeof(void *), alignof(void *)));
      if (larger == nullptr)
        return false;
      if (index != 0)
        memcpy(larger, instance.handles, index * sizeof(void *));
      release(instance.handles);
      instance.handles = larger;
      instance.handle_capacity = capacity;
    }
    instance.handles[index] = pointer;
    instance.handle_count = index + 1;
  }
  *address = kHandleBase + 4 * index;
  return true;
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
      if (!pointer_to_host(instance, low, &cell.pointer))
        return ESPB_TRAP_OUT_OF_BOUNDS;
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
  if (thread.stop != 0) {
    thread.stop = 0;
    return ESPB_TRAP_STOPPED;
  }
  return ESPB_TRAP_NONE;
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
    uint32_t index = (pointer - kHandleBase) / 4;
    if (index < instance.handle_count)
      return call_native(thread, instance.handles[index], instance.module->signature(signature), out);
  }
  return bad_call(thread, "the pointer is no function");
}

} // namespace espb
