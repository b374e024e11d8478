// SPDX-License-Identifier: Apache-2.0
// The cases on a host, in the checked profile. Plain native functions are called through libffi by their
// signatures, and call guest functions through closures. What a signature does not say, structures by value
// and pointers in memory, needs functions that read their arguments themselves: those are here, by the ILP32
// psABI that guests have.
#include "driver.h"
#include "espb/host_libc.h"
#include <memory>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vector>

namespace {

// ---- Structures by value: up to eight bytes in words, larger ones as a pointer to a copy that is the
// callee's.

template <class S> struct Argument {
  S value;
  uint32_t address; // of a large one
};

template <class S> Argument<S> take(espb_host_call *call) {
  Argument<S> a = {};
  if (sizeof(S) > 8) {
    a.address = espb_arg_u32(call);
    if (void *memory = espb_guest_memory(espb_call_instance(call), a.address, sizeof(S)))
      memcpy(&a.value, memory, sizeof(S));
    return a;
  }
  uint32_t words[2] = {espb_arg_u32(call), 0};
  if (sizeof(S) > 4)
    words[1] = espb_arg_u32(call);
  memcpy(&a.value, words, sizeof(S));
  return a;
}

template <class S> void store(espb_host_call *call, uint32_t address, const S &value) {
  if (void *memory = espb_guest_memory(espb_call_instance(call), address, sizeof(S)))
    memcpy(memory, &value, sizeof(S));
}

template <class S> void give(espb_host_call *call, uint32_t result, const S &value) {
  if (sizeof(S) > 8)
    return store(call, result, value);
  uint64_t words = 0;
  memcpy(&words, &value, sizeof(S) <= 8 ? sizeof(S) : 8);
  espb_return_u64(call, words);
}

template <class S, S twist(S, int)> espb_status host_twist(espb_host_call *call) {
  const uint32_t result = sizeof(S) > 8 ? espb_arg_u32(call) : 0;
  const S s = take<S>(call).value;
  give(call, result, twist(s, (int)espb_arg_u32(call)));
  return ESPB_OK;
}

espb_value word(uint32_t value) {
  espb_value v = {};
  v.u32 = value;
  return v;
}

// One call of the guest's function; for large structures in memory that the caller has for us.
template <class S>
S call_make(espb_host_call *call, uint32_t f, int k, const S &s, uint32_t result, uint32_t argument) {
  espb_value args[3] = {word((uint32_t)k)}, value = {};
  S out = s;
  if (sizeof(S) > 8) {
    store(call, argument, s);
    const espb_value large[3] = {word(result), word((uint32_t)k), word(argument)};
    espb_host_call_guest(call, f, "v(pip)", large, 3, nullptr);
    if (void *memory = espb_guest_memory(espb_call_instance(call), result, sizeof(S)))
      memcpy(&out, memory, sizeof(S));
    return out;
  }
  uint32_t words[2] = {0, 0};
  memcpy(words, &s, sizeof(S) <= 8 ? sizeof(S) : 8);
  args[1] = word(words[0]);
  args[2] = word(words[1]);
  if (sizeof(S) > 4)
    espb_host_call_guest(call, f, "ii(iii)", args, 3, &value);
  else
    espb_host_call_guest(call, f, "i(ii)", args, 2, &value);
  memcpy(&out, &value.i64, sizeof(S) <= 8 ? sizeof(S) : 8);
  return out;
}

template <class S, S twist(S, int)> espb_status host_via(espb_host_call *call) {
  const uint32_t result = sizeof(S) > 8 ? espb_arg_u32(call) : 0;
  const uint32_t f = espb_arg_u32(call);
  const Argument<S> s = take<S>(call);
  const int k = (int)espb_arg_u32(call);
  S first = call_make(call, f, k + 1, twist(s.value, k), result, s.address);
  const S second = call_make(call, f, -k, first, result, s.address);
  for (size_t i = 0; i < sizeof(S); ++i)
    first.b[i] ^= second.b[i];
  give(call, result, first);
  return ESPB_OK;
}

template <class S, uint32_t late(int, int, int, int, int, int, int, S, int, S)>
espb_status host_late(espb_host_call *call) {
  int n[7];
  for (int &i : n)
    i = (int)espb_arg_u32(call);
  const S s = take<S>(call).value;
  const int h = (int)espb_arg_u32(call);
  const S t = take<S>(call).value;
  espb_return_u32(call, late(n[0], n[1], n[2], n[3], n[4], n[5], n[6], s, h, t));
  return ESPB_OK;
}

espb_status host_via_mixed(espb_host_call *call) {
  const uint32_t result = espb_arg_u32(call), f = espb_arg_u32(call);
  const Argument<mixed> s = take<mixed>(call);
  espb_value args[3] = {word(result), word(s.address), {}};
  args[2].f32 = 0.5f;
  espb_host_call_guest(call, f, "v(ppf)", args, 3, nullptr);
  if (auto *r = static_cast<mixed *>(espb_guest_memory(espb_call_instance(call), result, sizeof(mixed))))
    r->d += s.value.d;
  return ESPB_OK;
}

// ---- A structure of function pointers in the guest's memory: its words are the guest's.

i64 run(espb_host_call *call, uint32_t address, int x) {
  uint32_t h[6]; // tag, name, open, read, close, flags
  void *memory = espb_guest_memory(espb_call_instance(call), address, sizeof h);
  if (memory == nullptr) {
    espb_host_out_of_bounds(call);
    return 0;
  }
  memcpy(h, memory, sizeof h);
  espb_value args[3] = {word(h[1])}, value = {};
  espb_host_call_guest(call, h[2], "i(p)", args, 1, &value);
  const espb_value file = value;
  args[0] = file;
  args[1].i64 = 0x100000000ll * x;
  args[2].f64 = 0.25;
  espb_host_call_guest(call, h[3], "l(ild)", args, 3, &value);
  const i64 result = value.i64 + (int)h[0];
  espb_host_call_guest(call, h[4], "v(i)", &file, 1, nullptr);
  args[0] = word((uint32_t)(int8_t)(x * 77));
  args[1] = word((uint16_t)(x * 7777));
  espb_host_call_guest(call, h[5], "B(bH)", args, 2, &value);
  return result * 1000 + (uint8_t)value.u32;
}

uint32_t kept;
espb_status host_run_handlers(espb_host_call *call) {
  const uint32_t h = espb_arg_u32(call);
  espb_return_u64(call, (uint64_t)run(call, h, (int)espb_arg_u32(call)));
  return ESPB_OK;
}
espb_status host_keep_handlers(espb_host_call *call) {
  kept = espb_arg_u32(call);
  return ESPB_OK;
}
espb_status host_run_kept_handlers(espb_host_call *call) {
  espb_return_u64(call, (uint64_t)run(call, kept, (int)espb_arg_u32(call)));
  return ESPB_OK;
}

std::vector<uint8_t> read_file(const char *path) {
  std::vector<uint8_t> bytes;
  FILE *file = fopen(path, "rb");
  for (int c; file != nullptr && (c = fgetc(file)) != EOF;)
    bytes.push_back((uint8_t)c);
  if (file != nullptr)
    fclose(file);
  return bytes;
}

void expect_refusal(espb_instance *instance, const char *name, espb_trap trap, const char *why) {
  espb_error error = {};
  call_guest(instance, name, &error);
  expect(error.status == ESPB_TRAP && error.trap == trap && strstr(error.message, why) != nullptr, why);
  if (strstr(error.message, why) == nullptr)
    printf("  %s: %s\n", name, error.message);
}

} // namespace

int main(int argc, char **argv) {
  const std::vector<uint8_t> bytes = read_file(argc == 2 ? argv[1] : "");
  std::vector<espb_symbol> named(espb_host_libc()->named,
                                 espb_host_libc()->named + espb_host_libc()->named_count);
  auto plain = [&](const char *name, const void *address) { named.push_back({name, address, 0}); };
  auto reads = [&](const char *name, espb_host_function f) {
    named.push_back({name, (const void *)f, ESPB_SYMBOL_HOST_FUNCTION});
  };
#define PLAIN(name) plain(#name, (const void *)name);
  PLAIN(observe)
  PLAIN(unobserve)
  PLAIN(notify)
  PLAIN(vsum)
  PLAIN(call_variadic)
  PLAIN(add_twelve)
  PLAIN(add_twelve_mixed)
  PLAIN(call_twelve)
  PLAIN(call_twelve_mixed)
  PLAIN(call_narrow)
  PLAIN(narrow_down)
  PLAIN(narrow_wrap)
  PLAIN(call_floats)
  PLAIN(call_wide)
  PLAIN(native_function)
  PLAIN(hand_back)
  PLAIN(apply)
  PLAIN(make_thing)
  PLAIN(thing_value)
  PLAIN(same_pointer)
#define STRUCTS(n)                                                                                           \
  reads("twist_s" #n, host_twist<s##n, twist_s##n>);                                                         \
  reads("via_s" #n, host_via<s##n, twist_s##n>);                                                             \
  reads("late_s" #n, host_late<s##n, late_s##n>);
  BYTE_STRUCTS(STRUCTS)
  reads("via_mixed", host_via_mixed);
  reads("run_handlers", host_run_handlers);
  reads("keep_handlers", host_keep_handlers);
  reads("run_kept_handlers", host_run_kept_handlers);

  static const Case cases[] = {
#define CASE_ENTRY(name) {#name, native_case_##name},
      CASES(CASE_ENTRY) LARGE_CASES(CASE_ENTRY)};
  espb_symbols symbols = {};
  symbols.named = named.data();
  symbols.named_count = (uint32_t)named.size();
  void *aligned = aligned_alloc(16, (bytes.size() + 16) & ~(size_t)15);
  memcpy(aligned, bytes.data(), bytes.size());
  espb_instance *instance = start(aligned, bytes.size(), &symbols);
  run_cases(instance, cases, sizeof cases / sizeof cases[0]);
  expect_refusal(instance, "case_varargs_in", ESPB_TRAP_OUT_OF_BOUNDS,
                 "native code of a host cannot call a guest function with variable arguments");
  stop(instance);
  free(aligned);
  printf("%zu cases, %d failed\n", sizeof cases / sizeof cases[0], failures);
  return failures != 0;
}
