// SPDX-License-Identifier: Apache-2.0
// Host functions: natively written functions that read a guest call's arguments one by one, in either memory
// profile.
#include "instance.h"
#include "message.h"
#include <string.h>

#if ESPB_HOST_FUNCTIONS

struct espb_host_call {
  espb::Thread *thread;
  uint32_t *out;
  uint32_t word;       // the next argument word: 0..7 in `out`, from 8 on the data stack
  espb_trap trap;      // why the call failed
  uint32_t results[2]; // written back at the end, so that arguments may be read after a result was given
};

namespace espb {

espb_status call_by_signature(Thread &thread, uint32_t index, const char *signature, const espb_value *args,
                              uint32_t count, espb_value *result, espb_error *error);

espb_trap call_host_function(Thread &thread, const ImportSlot &slot, uint32_t *out) {
  espb_host_call call = {&thread, out, 0, ESPB_TRAP_NONE, {out[0], out[1]}};
  uint32_t *const saved_entry = thread.entry_fp;
  thread.entry_fp = out + kOutWords;
  espb_status status = reinterpret_cast<espb_host_function>(const_cast<void *>(slot.address))(&call);
  thread.entry_fp = saved_entry;
  if (call.trap != ESPB_TRAP_NONE)
    return call.trap;
  if (status != ESPB_OK) {
    thread.host_message = espb_status_name(status);
    return ESPB_TRAP_HOST;
  }
  if (thread.trap != ESPB_TRAP_NONE)
    return thread.trap; // a callback into another instance trapped
  out[0] = call.results[0];
  out[1] = call.results[1];
  return take_stop(thread) ? ESPB_TRAP_STOPPED : ESPB_TRAP_NONE;
}

namespace {

espb_status fail(espb_host_call *call, espb_trap trap, const char *message) {
  // The first reason is the one that counts.
  if (call->trap == ESPB_TRAP_NONE) {
    call->trap = trap;
    call->thread->host_message = message;
  }
  return ESPB_TRAP;
}

void *guest_bytes(espb_host_call *call, uint32_t address, uint32_t bytes) {
  void *memory = translate(*call->thread, address, bytes, false);
  if (memory == nullptr)
    fail(call, ESPB_TRAP_OUT_OF_BOUNDS, nullptr);
  return memory;
}

} // namespace
} // namespace espb

using namespace espb;

uint32_t espb_arg_u32(espb_host_call *call) {
  uint32_t word = call->word++;
  if (word < kOutWords)
    return call->out[word];
  uint32_t value = 0;
  if (void *memory = guest_bytes(call, call->thread->sp + 4 * (word - kOutWords), 4))
    memcpy(&value, memory, 4);
  return value;
}

uint64_t espb_arg_u64(espb_host_call *call, bool variadic) {
  // Variadic values start at an even word, others only on the stack.
  if ((variadic || call->word > kOutWords) && call->word % 2 != 0)
    ++call->word;
  uint32_t low = espb_arg_u32(call);
  return low | (uint64_t)espb_arg_u32(call) << 32;
}

double espb_arg_f64(espb_host_call *call, bool variadic) {
  uint64_t bits = espb_arg_u64(call, variadic);
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

void *espb_arg_memory(espb_host_call *call, size_t bytes) {
  uint32_t address = espb_arg_u32(call);
  if (bytes > UINT32_MAX) {
    fail(call, ESPB_TRAP_OUT_OF_BOUNDS, nullptr);
    return nullptr;
  }
  return guest_bytes(call, address, (uint32_t)bytes);
}

const char *espb_arg_string(espb_host_call *call) {
  uint32_t address = espb_arg_u32(call);
#if ESPB_PROFILE_NATIVE
  if (address == 0)
    fail(call, ESPB_TRAP_OUT_OF_BOUNDS, nullptr);
  return (const char *)address;
#else
  const Instance &instance = *call->thread->instance;
  const char *s = static_cast<const char *>(guest_bytes(call, address, 1));
  if (s != nullptr && memchr(s, 0, instance.memory_size - address) == nullptr) {
    fail(call, ESPB_TRAP_OUT_OF_BOUNDS, nullptr);
    return nullptr;
  }
  return s;
#endif
}

void espb_return_u32(espb_host_call *call, uint32_t value) { call->results[0] = value; }

void espb_return_u64(espb_host_call *call, uint64_t value) {
  call->results[0] = (uint32_t)value;
  call->results[1] = (uint32_t)(value >> 32);
}

espb_instance *espb_call_instance(espb_host_call *call) {
  return static_cast<espb_instance *>(call->thread->instance);
}
espb_thread *espb_call_thread(espb_host_call *call) { return static_cast<espb_thread *>(call->thread); }

espb_status espb_host_fail(espb_host_call *call, const char *message) {
  return fail(call, ESPB_TRAP_HOST, message);
}
espb_status espb_host_abort(espb_host_call *call, const char *message) {
  return fail(call, ESPB_TRAP_ABORT, message);
}

espb_status espb_host_out_of_bounds(espb_host_call *call) {
  return fail(call, ESPB_TRAP_OUT_OF_BOUNDS, nullptr);
}

bool espb_host_failed(const espb_host_call *call) { return call->trap != ESPB_TRAP_NONE; }

espb_status espb_host_exit(espb_host_call *call, int32_t status) {
  call->thread->exit_status = status;
  return fail(call, ESPB_TRAP_EXIT, nullptr);
}

espb_status espb_host_call_guest(espb_host_call *call, uint32_t pointer, const char *signature,
                                 const espb_value *args, uint32_t count, espb_value *result) {
  static const char refused[] = "callback of another signature";
  Thread &thread = *call->thread;
  const Instance &instance = *thread.instance;
  const Module &module = *instance.module;
  uint32_t distance = pointer - instance.callable_base;
  if (distance % kThunkBytes != 0 || distance / kThunkBytes >= module.callable_count())
    return fail(call, ESPB_TRAP_BAD_CALL, "callback is no function of the module");
  const uint8_t *entry = module.callable_entry(distance / kThunkBytes);
  espb_status status = ESPB_BAD_CALL;
  if (signatures_fit(signature, module.signature(table_u16(entry + 2))))
    status = call_by_signature(thread, table_u16(entry), signature, args, count, result, nullptr);
  if (status == ESPB_BAD_CALL)
    return fail(call, ESPB_TRAP_BAD_CALL, refused);
  return status == ESPB_OK ? ESPB_OK : fail(call, thread.trap, thread.host_message);
}

#endif // ESPB_HOST_FUNCTIONS
