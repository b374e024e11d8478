// SPDX-License-Identifier: Apache-2.0
// Calls into the guest: entries, arguments by signature, fuel and stop, function pointers, and what a trap
// reports.
#include "../../isa/isa.h"
#include "espb/port.h"
#include "instance.h"
#include "message.h"
#include <string.h>

namespace espb {

using namespace format;

// The EXIT instruction.
const uint8_t kExitStub[2] = {0xff, kOp_EXIT & 0xff};

namespace {

// Code bytes an engine runs between two looks at stop and fuel: about ten thousand instructions.
constexpr uint32_t kSlice = 1u << 15;
constexpr uint32_t kCodeBytesPerFuel = 3;
constexpr uint32_t kMaxCallWords = 64;

// Puts the argument words beyond the eighth on the data stack.
bool push_words(Thread &thread, const uint32_t *words, uint32_t count) {
  uint32_t bytes = (4 * count + 15) & ~15u;
  if (thread.sp < thread.stack_limit || thread.sp > thread.stack_top ||
      (thread.sp & ~15u) - thread.stack_limit < bytes)
    return false;
  thread.sp = (thread.sp & ~15u) - bytes;
  if (thread.sp < thread.lowest_sp)
    thread.lowest_sp = thread.sp;
  if (count != 0)
    memcpy(translate(thread, thread.sp, bytes, true), words, 4 * count);
  return true;
}

} // namespace

// The innermost place is the one that counts.
void set_place(Thread &thread, const uint8_t *pc) {
  if (thread.trap_instance != nullptr)
    return;
  thread.trap_instance = thread.instance;
  thread.trap_offset = (uint32_t)(pc - thread.code);
  thread.trap_function = thread.instance->module->function_at(thread.trap_offset);
}

espb_trap trap_entry(Thread &thread, uint32_t index, espb_trap trap, const char *why) {
  thread.trap = trap;
  if (why != nullptr)
    thread.host_message = why;
  set_place(thread, thread.code + (thread.functions[2 * index] & kOffsetMask));
  return trap;
}

espb_trap begin_entry(Thread &thread, uint32_t index, const uint32_t *words, uint32_t word_count) {
  uint32_t *const frame = thread.entry_fp + kLinkWords;
  if (frame > thread.register_limit || thread.depth >= kMaxDepth)
    return trap_entry(thread, index, ESPB_TRAP_STACK_OVERFLOW);
  // An entry is a call: it looks at stop and fuel, so that a host function which calls back in a loop can be
  // ended.
  if ((thread.budget -= kCallCharge) < 0)
    if (espb_trap trap = refill_budget(thread); trap != ESPB_TRAP_NONE)
      return trap_entry(thread, index, trap);
  if (!push_words(thread, words + kOutWords, word_count > kOutWords ? word_count - kOutWords : 0))
    return trap_entry(thread, index, ESPB_TRAP_STACK_OVERFLOW);
  for (uint32_t i = 0; i < word_count && i < kOutWords; ++i)
    frame[i] = words[i];
#if ESPB_PROFILE_NATIVE
  frame[-2] = (uint32_t)kExitStub;
#else
  frame[-2] = kExitLink;
#endif
  frame[-1] = 0;
  thread.pc = thread.code + (thread.functions[2 * index] & kOffsetMask);
#if ESPB_JIT
  if ((thread.functions[2 * index] & kCompiled) != 0) {
    thread.pc = espb_jit_enter_code;
    thread.acc = thread.functions[2 * index + 1];
  }
#endif
  thread.fp = frame;
  ++thread.depth;
  return ESPB_TRAP_NONE;
}

espb_trap enter_guest(Thread &thread, uint32_t index, uint32_t *words, uint32_t word_count) {
  const uint8_t *const saved_pc = thread.pc;
  uint32_t *const saved_fp = thread.fp;
  const uint32_t saved_sp = thread.sp;
  uint32_t *const saved_entry = thread.entry_fp; // native code that the guest calls moves it
  uint32_t *const frame = saved_entry + kLinkWords;
  if (const espb_trap trap = begin_entry(thread, index, words, word_count); trap != ESPB_TRAP_NONE)
    return trap;
  const espb_trap trap = interpret(thread);
  --thread.depth;
  if (trap != ESPB_TRAP_NONE)
    set_place(thread, thread.pc);
  words[0] = frame[0];
  words[1] = frame[1];
  if (thread.lowest_sp > thread.sp)
    thread.lowest_sp = thread.sp;
  thread.pc = saved_pc;
  thread.fp = saved_fp;
  thread.sp = saved_sp;
  thread.entry_fp = saved_entry;
  return trap;
}

espb_status report_trap(Thread &thread, espb_error *error) {
  espb_trap trap = thread.trap;
  // exit() ends the run in an orderly way; after anything else the guest's data may be half changed.
  if (trap != ESPB_TRAP_EXIT)
    thread.instance->unfit = true;
  const char *why = thread.host_message;
  const Instance *const place = thread.trap_instance;
  report(error, ESPB_TRAP, "%s%s%s in function %u, offset %x%s", espb_trap_name(trap),
         why != nullptr ? ": " : "", why != nullptr ? why : "", thread.trap_function, thread.trap_offset,
         place != thread.instance ? " of another instance" : "");
  if (error != nullptr) {
    error->trap = trap;
    error->function = thread.trap_function;
    error->code_offset = thread.trap_offset;
    error->exit_status = thread.exit_status;
    error->instance = const_cast<espb_instance *>(static_cast<const espb_instance *>(place));
  }
  if (thread.depth == 0)
    thread.host_message = nullptr; // inside a host function, the report to its own caller still needs it
  return ESPB_TRAP;
}

void pass_trap_on(Thread &outer, const Thread &inner) {
  if (inner.trap != ESPB_TRAP_EXIT)
    inner.instance->unfit = true;
  if (outer.trap != ESPB_TRAP_NONE)
    return;
  outer.trap = inner.trap;
  outer.host_message = inner.host_message;
  outer.exit_status = inner.exit_status;
  outer.trap_instance = inner.trap_instance;
  outer.trap_function = inner.trap_function;
  outer.trap_offset = inner.trap_offset;
}

espb_trap refill_budget(Thread &thread) {
  if (take_stop(thread)) {
    thread.budget = 0;
    return ESPB_TRAP_STOPPED;
  }
  espb_port_poll();
  if (thread.fuel == ESPB_FUEL_UNLIMITED) {
    thread.budget = kSlice;
    return ESPB_TRAP_NONE;
  }
  // The budget is below zero by what the last branch or call took too much.
  uint32_t deficit = 0u - (uint32_t)thread.budget;
  if (thread.fuel < deficit) {
    thread.fuel = 0;
    thread.budget = 0;
    return ESPB_TRAP_OUT_OF_FUEL;
  }
  thread.fuel -= deficit;
  uint32_t slice = thread.fuel < kSlice ? (uint32_t)thread.fuel : kSlice;
  thread.fuel -= slice;
  thread.budget = (int32_t)slice;
  return ESPB_TRAP_NONE;
}

bool signatures_fit(const char *wanted, const char *actual) {
  // Results come back in the same two words whatever they are: a caller that expects none or another type
  // reads what is there, as in C on the machine this models.
  while (*wanted++ != '(') {
  }
  while (*actual++ != '(') {
  }
  for (;; ++wanted, ++actual) {
    if (*actual == '.')
      return *wanted == '.' || *wanted == ')';
    if (*wanted == '.' || letter_words(*wanted) != letter_words(*actual))
      return false;
    if (*actual == ')')
      return true;
  }
}

uint32_t resolve_pointer(Thread &thread, GuestAddress pointer, uint32_t signature) {
  const Instance &instance = *thread.instance;
  const Module &module = *instance.module;
  const uint32_t distance = pointer - instance.callable_base;
  const uint32_t offset = distance / (kThunkBytes / 4); // of its entry, which has four bytes
  if (distance % kThunkBytes == 0 && offset < module.image.section_bytes(kSectionCallables)) {
    const uint8_t *entry = module.image.section(kSectionCallables) + offset;
    const uint32_t actual = table_u16(entry + 2);
    if (actual != signature && !signatures_fit(module.signature(signature), module.signature(actual)))
      return kBadPointer;
    return table_u16(entry);
  }
#if ESPB_PROFILE_NATIVE
  return pointer != 0 ? kNativePointer : kBadPointer;
#else
  return pointer >= kHandleBase ? kNativePointer : kBadPointer;
#endif
}

GuestAddress callable_address(Thread &thread, uint32_t index) {
  return thread.instance->callable_base + kThunkBytes * index;
}

#if ESPB_PROFILE_NATIVE

GuestAddress import_address(Thread &thread, uint32_t index) {
  return (uint32_t)thread.instance->imports[index].address;
}

uint8_t *translate(Thread &, GuestAddress address, uint32_t, bool) { return (uint8_t *)address; }

void *memory_of(Instance &, GuestAddress address, uint32_t) { return (void *)address; }

GuestAddress address_of(const Instance &, const void *memory) { return (uint32_t)memory; }

void *native_function(Instance &, GuestAddress pointer) { return (void *)pointer; }

GuestAddress guest_function(Instance &, const void *function) { return (uint32_t)function; }

#else

GuestAddress import_address(Thread &thread, uint32_t index) {
  const Instance &instance = *thread.instance;
  const ImportSlot &slot = instance.imports[index];
  if ((slot.flags & kImportMissing) != 0)
    return 0;
  if ((slot.flags & kImportGuestObject) != 0)
    return (GuestAddress)(static_cast<const uint8_t *>(slot.address) - instance.memory);
  // A function has one address however many signatures it is called with.
  uint32_t first = 0;
  while (instance.imports[first].address != slot.address)
    ++first;
  return kImportBase + 4 * first;
}

uint8_t *translate(Thread &thread, GuestAddress address, uint32_t bytes, bool write) {
  return guest_pointer(*thread.instance, address, bytes, write);
}

void *memory_of(Instance &instance, GuestAddress address, uint32_t bytes) {
  return guest_pointer(instance, address, bytes, false);
}

GuestAddress address_of(const Instance &instance, const void *memory) {
  uintptr_t distance = (uintptr_t)memory - (uintptr_t)instance.memory;
  return distance >= kGuardBytes && distance <= instance.memory_size ? (GuestAddress)distance : 0;
}

void *native_function(Instance &instance, GuestAddress pointer) {
  void *function = nullptr;
  if (pointer >= kHandleBase && pointer_to_host(instance, pointer, &function) == nullptr)
    return function;
  return nullptr;
}

GuestAddress guest_function(Instance &instance, const void *function) {
  GuestAddress address = 0;
  pointer_to_guest(instance, function, &address);
  return address;
}

#endif

espb_status call_by_signature(Thread &thread, uint32_t index, const char *signature, const espb_value *args,
                              uint32_t count, espb_value *result, espb_error *error) {
  const char *letter = signature;
  while (*letter++ != '(') {
  }
  uint32_t words[kMaxCallWords + 2];
  uint32_t at = 0;
  for (; count != 0 && letter_words(*letter) != 0 && at < kMaxCallWords; --count, ++letter, ++args) {
    uint32_t low = args->u32;
    // Small integers are extended as the signature says, whatever the caller left above them.
    uint32_t shift = (*letter | 0x20) == 'b' ? 24 : (*letter | 0x20) == 'h' ? 16 : 0;
    low <<= shift;
    low = (*letter & 0x20) != 0 ? (uint32_t)((int32_t)low >> shift) : low >> shift;
    // On the stack, 64-bit values are aligned; one may lie half in the last register.
    bool two = letter_words(*letter) == 2;
    if (two && at > kOutWords)
      at = (at + 1) & ~1u;
    words[at++] = low;
    if (two)
      words[at++] = (uint32_t)((uint64_t)args->i64 >> 32);
  }
  if (count != 0 || letter_words(*letter) != 0)
    return report(error, ESPB_BAD_CALL, "arguments do not fit signature %q", signature);
  if (enter_guest(thread, index, words, at) != ESPB_TRAP_NONE)
    return report_trap(thread, error);
  if (result != nullptr) {
    bool two = letter_words(*signature) == 2 || (*signature != 'v' && signature[1] != '(');
    result->i64 = (int64_t)(words[0] | (two ? (uint64_t)words[1] << 32 : 0));
  }
  return ESPB_OK;
}

} // namespace espb

using namespace espb;

static espb_status call_in_visit(const Visit &visit, const espb_function &function, const espb_value *args,
                                 uint32_t count, espb_value *result, espb_error *error) {
  espb_status status =
      call_by_signature(*visit.thread, function.index, function.signature, args, count, result, error);
  leave(visit);
  return status;
}

espb_status espb_call(espb_thread *thread, const espb_function *function, const espb_value *args,
                      uint32_t count, espb_value *result, espb_error *error) {
  no_error(error);
  if (thread->instance != function->instance)
    return report(error, ESPB_BAD_CALL, "function of another instance");
  Visit visit;
  if (espb_status status = enter_thread(visit, *thread, error); status != ESPB_OK)
    return status;
  return call_in_visit(visit, *function, args, count, result, error);
}

espb_status espb_call_any(const espb_function *function, const espb_value *args, uint32_t count,
                          espb_value *result, espb_error *error) {
  no_error(error);
  Instance *const instance = function->instance;
  Visit visit;
  if (espb_status status = enter_instance(visit, &instance, error); status != ESPB_OK)
    return status;
  return call_in_visit(visit, *function, args, count, result, error);
}

void espb_thread_set_fuel(espb_thread *thread, uint64_t fuel) {
  if (fuel == ESPB_FUEL_UNLIMITED)
    thread->fuel = ESPB_FUEL_UNLIMITED;
  else
    thread->fuel = fuel > (ESPB_FUEL_UNLIMITED - 1) / kCodeBytesPerFuel ? ESPB_FUEL_UNLIMITED - 1
                                                                        : fuel * kCodeBytesPerFuel;
  thread->budget = 0;
}

uint64_t espb_thread_fuel(const espb_thread *thread) {
  if (thread->fuel == ESPB_FUEL_UNLIMITED)
    return ESPB_FUEL_UNLIMITED;
  return (thread->fuel + (thread->budget > 0 ? (uint32_t)thread->budget : 0)) / kCodeBytesPerFuel;
}

void espb_thread_stop(espb_thread *thread) { __atomic_store_n(&thread->stop, 1, __ATOMIC_RELAXED); }

void *espb_guest_memory(espb_instance *instance, uint32_t address, size_t bytes) {
  return bytes > UINT32_MAX ? nullptr : memory_of(*instance, address, (uint32_t)bytes);
}

uint32_t espb_guest_address(const espb_instance *instance, const void *memory) {
  return address_of(*instance, memory);
}

void *espb_native_function(espb_instance *instance, uint32_t pointer) {
  return native_function(*instance, pointer);
}

uint32_t espb_guest_function(espb_instance *instance, const void *function) {
  return guest_function(*instance, function);
}
