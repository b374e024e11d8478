// SPDX-License-Identifier: Apache-2.0
// Pointers between a guest of the checked profile and native code of a host, and callbacks: a guest function
// that native code gets a pointer of becomes a libffi closure of its own signature. A closure whose instance
// is gone stays callable, so that a late call is noticed, and is used again when there are many of them.
#include "callbacks.h"
#include "espb/port.h"
#include <string.h>

namespace espb {

using namespace format;

struct Closure {
  ffi_closure ffi; // first: libffi's pointer to it is ours
  void *code;
  Instance *instance; // null: dead. Written under the port's lock
  uint32_t callable;
  Closure *next; // of the dead ones
  ffi_cif cif;
  ffi_type *types[kMaxNativeArguments];
};

namespace {

constexpr uint32_t kMaxDeadClosures = 256;

// Under the port's lock; the one that has been dead for the longest first.
Closure *first_dead, *last_dead;
uint32_t dead_count;

struct Locked {
  Locked() { espb_port_lock(); }
  ~Locked() { espb_port_unlock(); }
};

void bury(Closure *closure) {
  __atomic_store_n(&closure->instance, nullptr, __ATOMIC_RELAXED);
  closure->next = nullptr;
  (first_dead != nullptr ? last_dead->next : first_dead) = closure;
  last_dead = closure;
  ++dead_count;
}

Closure *find_closure() {
  {
    Locked locked;
    if (dead_count > kMaxDeadClosures) {
      Closure *closure = first_dead;
      first_dead = closure->next;
      --dead_count;
      return closure;
    }
  }
  void *code = nullptr;
  auto *closure = static_cast<Closure *>(ffi_closure_alloc(sizeof(Closure), &code));
  if (closure != nullptr)
    closure->code = code;
  return closure;
}

// The arguments as the guest's words; the number of them, or UINT32_MAX when there is no memory for a handle.
uint32_t to_words(Instance &instance, const char *letters, void **args, uint32_t *words) {
  uint32_t at = 0;
  for (; *letters != ')'; ++letters, ++args) {
    if (letter_words(*letters) == 2) {
      if (at > kOutWords)
        at = (at + 1) & ~1u;
      memcpy(&words[at], *args, 8);
      at += 2;
      continue;
    }
    uint32_t word = 0;
    switch (*letters) {
    case 'b':
      word = (uint32_t)*static_cast<int8_t *>(*args);
      break;
    case 'B':
      word = *static_cast<uint8_t *>(*args);
      break;
    case 'h':
      word = (uint32_t)*static_cast<int16_t *>(*args);
      break;
    case 'H':
      word = *static_cast<uint16_t *>(*args);
      break;
    case 'p':
      if (!pointer_to_guest(instance, *static_cast<void **>(*args), &word))
        return UINT32_MAX;
      break;
    default:
      memcpy(&word, *args, 4);
    }
    words[at++] = word;
  }
  return at;
}

// False when the guest returned a pointer that is none.
bool to_result(Thread &thread, char letter, const uint32_t *words, void *result) {
  switch (letter) {
  case 'v':
    return true;
  case 'f':
    memcpy(result, words, 4);
    return true;
  case 'l':
  case 'd':
    memcpy(result, words, 8);
    return true;
  case 'p':
    thread.host_message = pointer_to_host(*thread.instance, words[0], static_cast<void **>(result));
    return thread.host_message == nullptr;
  default: // extended by the guest's convention, and to a whole register by libffi's
    *static_cast<ffi_sarg *>(result) = (int32_t)words[0];
    if (letter == 'B' || letter == 'H')
      *static_cast<ffi_arg *>(result) = words[0];
    return true;
  }
}

void call_closure(ffi_cif *cif, void *result, void **args, void *user) {
  const Closure &closure = *static_cast<Closure *>(user);
  memset(result, 0, cif->rtype->size > sizeof(ffi_arg) ? cif->rtype->size : sizeof(ffi_arg));
  Visit visit;
  if (!enter_callback(visit, &closure.instance))
    return;
  Thread &thread = *visit.thread;
  const Module &module = *thread.instance->module;
  const uint8_t *entry = module.callable_entry(closure.callable);
  const char *signature = module.signature(table_u16(entry + 2));
  uint32_t words[2 * kMaxNativeArguments + 2];
  const uint32_t count = to_words(*thread.instance, strchr(signature, '(') + 1, args, words);
  espb_trap trap;
  if (count == UINT32_MAX)
    trap = trap_entry(thread, table_u16(entry), ESPB_TRAP_HOST, "no memory for a handle of a native pointer");
  else if ((trap = enter_guest(thread, table_u16(entry), words, count)) == ESPB_TRAP_NONE &&
           !to_result(thread, signature[0], words, result))
    trap = trap_entry(thread, table_u16(entry), ESPB_TRAP_OUT_OF_BOUNDS, thread.host_message);
  if (trap != ESPB_TRAP_NONE)
    end_trapped_callback(visit);
  leave(visit);
}

bool prepare(Closure &closure, const char *signature) {
  const char *letters = strchr(signature, '(') + 1;
  uint32_t count = 0;
  for (; *letters != ')'; ++letters) {
    if (*letters == '.' || count == kMaxNativeArguments)
      return false;
    closure.types[count++] = type_of(*letters);
  }
  return ffi_prep_cif(&closure.cif, FFI_DEFAULT_ABI, count, type_of(signature[0]), closure.types) == FFI_OK &&
         ffi_prep_closure_loc(&closure.ffi, &closure.cif, call_closure, &closure, closure.code) == FFI_OK;
}

// What native code calls for a callable; or why there is nothing.
const char *closure_code(Instance &instance, uint32_t callable, void **code) {
  static const char no_memory[] = "no memory for a callback";
  const Module &module = *instance.module;
  const char *signature = module.signature(table_u16(module.callable_entry(callable) + 2));
  if (signature[1] != '(')
    return "a callback that returns a structure needs an espb_host_function on a host";
  if (strchr(signature, '.') != nullptr)
    return "native code of a host cannot call a guest function with variable arguments";
  Closure **table = nullptr;
  {
    Locked locked;
    if (instance.closures != nullptr && instance.closures[callable] != nullptr) {
      *code = instance.closures[callable]->code;
      return nullptr;
    }
    table = instance.closures;
  }
  if (table == nullptr) {
    const uint32_t bytes = module.callable_count() * (uint32_t)sizeof(Closure *);
    table = static_cast<Closure **>(allocate(bytes, alignof(Closure *)));
    if (table == nullptr)
      return no_memory;
    memset(table, 0, bytes);
  }
  Closure *closure = find_closure();
  const bool good = closure != nullptr && prepare(*closure, signature);
  Closure **unused = nullptr;
  {
    Locked locked;
    if (instance.closures == nullptr)
      instance.closures = table;
    else if (instance.closures != table)
      unused = table; // another task was quicker
    Closure *&place = instance.closures[callable];
    if (good && place == nullptr) {
      closure->callable = callable;
      __atomic_store_n(&closure->instance, &instance, __ATOMIC_RELAXED);
      place = closure;
    } else if (closure != nullptr) {
      bury(closure);
    }
    if (place != nullptr)
      *code = place->code;
  }
  release(unused);
  return good ? nullptr : no_memory;
}

} // namespace

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

const char *pointer_to_host(Instance &instance, GuestAddress address, void **pointer) {
  const Module &module = *instance.module;
  if (address < kGuardBytes) { // null, and numbers that a program passes as a pointer
    *pointer = reinterpret_cast<void *>(static_cast<uintptr_t>(address));
    return nullptr;
  }
  if (address < kHandleBase) {
    *pointer = guest_pointer(instance, address, 0, false);
    return *pointer != nullptr ? nullptr : "a pointer outside the guest's memory";
  }
  if (address % 4 != 0)
    return "a pointer that is no function and no handle";
  if (address >= kCallableBase) {
    const uint32_t index = (address - kCallableBase) / 4;
    return index < module.callable_count() ? closure_code(instance, index, pointer)
                                           : "a pointer that is no function";
  }
  if (address >= kImportBase) {
    const uint32_t index = (address - kImportBase) / 4;
    if (index >= module.import_count())
      return "a pointer that is no import";
    if (instance.imports[index].flags & kImportHostFunction)
      return "native code cannot call an espb_host_function";
    *pointer = const_cast<void *>(instance.imports[index].address);
    return nullptr;
  }
  Locked locked;
  const uint32_t index = (address - kHandleBase) / 4;
  if (index >= instance.handle_count)
    return "a pointer that is no handle";
  *pointer = const_cast<void *>(instance.handles[index]);
  return nullptr;
}

bool pointer_to_guest(Instance &instance, const void *pointer, GuestAddress *address) {
  const uintptr_t number = reinterpret_cast<uintptr_t>(pointer);
  const uintptr_t distance = number - reinterpret_cast<uintptr_t>(instance.memory);
  if (number < kGuardBytes) {
    *address = static_cast<GuestAddress>(number);
    return true;
  }
  if (distance >= kGuardBytes && distance <= instance.memory_size) {
    *address = static_cast<GuestAddress>(distance);
    return true;
  }
  // A function has the address that the guest knows it by.
  for (uint32_t i = 0; i < instance.module->import_count(); ++i) {
    if (instance.imports[i].address == pointer && (instance.imports[i].flags & kImportHostFunction) == 0) {
      *address = kImportBase + 4 * i;
      return true;
    }
  }
  const void **larger = nullptr;
  uint32_t capacity = 0;
  for (;;) {
    const void **unused = nullptr;
    espb_port_lock();
    *address = 0;
    if (instance.closures != nullptr)
      for (uint32_t i = 0; *address == 0 && i < instance.module->callable_count(); ++i)
        if (instance.closures[i] != nullptr && instance.closures[i]->code == pointer)
          *address = kCallableBase + 4 * i;
    uint32_t index = 0;
    while (*address == 0 && index < instance.handle_count && instance.handles[index] != pointer)
      ++index;
    if (*address == 0 && index == instance.handle_capacity && capacity > index) {
      if (index != 0)
        memcpy(larger, instance.handles, index * sizeof(void *));
      unused = instance.handles;
      instance.handles = larger;
      instance.handle_capacity = capacity;
    } else {
      unused = larger;
    }
    larger = nullptr;
    if (*address == 0 && index < instance.handle_capacity) {
      instance.handles[index] = pointer;
      if (index == instance.handle_count)
        instance.handle_count = index + 1;
      *address = kHandleBase + 4 * index;
    }
    capacity = index == 0 ? 16 : 2 * index;
    espb_port_unlock();
    release(unused);
    if (*address != 0)
      return true;
    if (capacity > kMaxHandles)
      return false;
    larger = static_cast<const void **>(allocate(capacity * (uint32_t)sizeof(void *), alignof(void *)));
    if (larger == nullptr)
      return false;
  }
}

bool reserve_thunks(Instance &, uint32_t) { return true; }

void release_thunks(Instance &instance) {
  Locked locked;
  if (instance.closures != nullptr)
    for (uint32_t i = 0; i < instance.module->callable_count(); ++i)
      if (instance.closures[i] != nullptr)
        bury(instance.closures[i]);
}

void visit_thunk_holders(const Instance &instance, void (*visit)(void *, const char *), void *context) {
  for (uint32_t i = 0; instance.closures != nullptr && i < instance.module->callable_count(); ++i) {
    if (instance.closures[i] == nullptr)
      continue;
    const uintptr_t code = reinterpret_cast<uintptr_t>(instance.closures[i]->code);
    espb_port_visit_holders(code, code + 1, visit, context);
  }
}

} // namespace espb
