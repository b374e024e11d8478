// SPDX-License-Identifier: Apache-2.0
// The instruction memory of an ESP32 takes loads and stores of aligned words only. Here it is memory where
// any other one is counted (words.S): compiling, saving, attaching, looking for places and running must not
// do one.
#include "espb/port.h"
#include "tests/native/driver.h"
#include <stdio.h>
#include <string.h>

extern "C" {
extern const char lu_module[], lu_module_end[], json_module[], json_module_end[], sha256_module[],
    sha256_module_end[], stop_guest_module[], stop_guest_module_end[];
extern volatile uint32_t words_accesses, words_narrow, words_narrow_pc;
void words_map(void);
void *__real_espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind);
void __real_espb_port_free(void *memory, espb_memory_kind kind);
void *__wrap_espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind);
void __wrap_espb_port_free(void *memory, espb_memory_kind kind);
bool __wrap_espb_port_shrink(void *memory, size_t bytes, espb_memory_kind kind);
void *__real_memcpy(void *to, const void *from, size_t bytes);
void *__real_memset(void *to, int value, size_t bytes);
void *__wrap_memcpy(void *to, const void *from, size_t bytes);
void *__wrap_memset(void *to, int value, size_t bytes);
void ask_to_stop(void);
}
void ask_to_stop(void) {}

namespace {

constexpr uint32_t kBegin = 0x10000000, kEnd = 0x20000000; // words.S makes more of it than is used
uint32_t next = kBegin;
size_t executable_limit = SIZE_MAX;
uint32_t library_calls; // a system's memcpy and memset may go byte by byte

espb_symbols symbols;

struct Guest {
  const char *name, *module, *end;
};

espb_instance *begin(const Guest &guest) {
  return start(guest.module, static_cast<size_t>(guest.end - guest.module), &symbols, nullptr);
}

// The kernels check their result themselves.
void run(espb_instance *instance, const Guest &guest) {
  espb_error error = {};
  espb_value arguments[2] = {};
  if (guest.module != stop_guest_module) {
    expect(call_guest(instance, "main", &error) == 0 && error.status == ESPB_OK, guest.name);
    return;
  }
  arguments[0].i32 = 30;
  call_guest(instance, "reset", &error);
  call_guest(instance, "recurse", &error, arguments, 1);
  call_guest(instance, "spin", &error, arguments, 1);
  expect(call_guest(instance, "count", &error) == 61, guest.name);
}

void look_for_places(const espb_instance *instance) {
  uint32_t function, offset, bytes;
  for (uint32_t i = 0; i < 16; ++i)
    if (const auto code = reinterpret_cast<uintptr_t>(espb_jit_code(instance, i, &bytes)))
      for (uint32_t at = 0; at < bytes; at += 50)
        expect(espb_jit_place(instance, code + at, &function, &offset) && function == i, "a place is found");
}

void whole_module(const Guest &guest, uint32_t flags) {
  static uint32_t image[6144];
  espb_instance *instance = begin(guest);
  const espb_jit_options options = {ESPB_JIT_ALL | flags, ESPB_NO_FUNCTION, 0};
  espb_error error;
  espb_jit_report report;
  expect(espb_jit_compile(instance, &options, &report, &error) == ESPB_OK && report.compiled != 0 &&
             report.compiled == report.wanted,
         "everything becomes machine code");
  run(instance, guest);
  look_for_places(instance);
  const uint32_t bytes = espb_jit_save(instance, flags, image, sizeof image);
  expect(bytes > report.code_bytes && bytes <= sizeof image, "there is room for the image");
  stop(instance);

  auto *const words = reinterpret_cast<volatile uint32_t *>(next);
  next += bytes;
  for (uint32_t i = 0; i < bytes / 4; ++i)
    words[i] = image[i];
  instance = begin(guest);
  expect(espb_jit_attach(instance, flags, const_cast<const uint32_t *>(words), bytes, &error) == ESPB_OK,
         error.message);
  run(instance, guest);
  stop(instance);
}

// In several blocks; with less and less memory.
void pieces(const Guest &guest) {
  espb_instance *instance = begin(guest);
  espb_error error;
  espb_jit_report report;
  static const char *const kNames[] = {"count", "spin"};
  for (const char *name : kNames) {
    expect(espb_jit_compile_function(instance, name, 0, &report, &error) == ESPB_OK && report.compiled == 1,
           name);
    run(instance, guest);
  }
  stop(instance);
  for (executable_limit = 800; executable_limit >= 128; executable_limit -= executable_limit / 8) {
    instance = begin(guest);
    const espb_jit_options all = {ESPB_JIT_ALL, ESPB_NO_FUNCTION, 0};
    expect(espb_jit_compile(instance, &all, nullptr, &error) == ESPB_OK, error.message);
    run(instance, guest);
    stop(instance);
  }
  executable_limit = SIZE_MAX;
}

} // namespace

void *__wrap_espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind) {
  if (kind != ESPB_MEMORY_EXECUTABLE)
    return __real_espb_port_alloc(bytes, alignment, kind);
  if (bytes > executable_limit)
    return nullptr;
  void *const memory = reinterpret_cast<void *>(next);
  next += (bytes + 7) & ~size_t{7};
  return memory;
}
void __wrap_espb_port_free(void *memory, espb_memory_kind kind) {
  if (kind != ESPB_MEMORY_EXECUTABLE)
    __real_espb_port_free(memory, kind);
}
bool __wrap_espb_port_shrink(void *, size_t, espb_memory_kind) { return false; }

void *__wrap_memcpy(void *to, const void *from, size_t bytes) {
  library_calls += reinterpret_cast<uint32_t>(to) < kEnd || reinterpret_cast<uint32_t>(from) < kEnd;
  return __real_memcpy(to, from, bytes);
}
void *__wrap_memset(void *to, int value, size_t bytes) {
  library_calls += reinterpret_cast<uint32_t>(to) < kEnd;
  return __real_memset(to, value, bytes);
}

extern "C" int board_main(void) {
  static const espb_symbol named[] = {{"ask_to_stop", reinterpret_cast<const void *>(ask_to_stop), 0}};
  symbols.named = named;
  symbols.named_count = 1;
  words_map();

  // That it counts, and what it does.
  const auto at = [](uint32_t offset) { return kBegin - 16 + offset; };
  *reinterpret_cast<volatile uint32_t *>(at(0)) = 0x12345678;
  expect(words_accesses == 1 && words_narrow == 0, "a word is written");
  *reinterpret_cast<volatile uint8_t *>(at(1)) = 0xab;
  *reinterpret_cast<volatile uint16_t *>(at(2)) = 0xcdef;
  expect(words_narrow == 2 && *reinterpret_cast<volatile uint32_t *>(at(0)) == 0xcdefab78, "parts of one");
  expect(*reinterpret_cast<volatile uint8_t *>(at(3)) == 0xcd &&
             *reinterpret_cast<volatile int16_t *>(at(2)) == static_cast<int16_t>(0xcdef) &&
             *reinterpret_cast<volatile uint16_t *>(at(0)) == 0xab78,
         "they are read");
  expect(words_accesses == 7 && words_narrow == 5, "every access is counted");
  words_accesses = 0;
  words_narrow = 0;

  static const Guest guests[] = {{"stop_guest", stop_guest_module, stop_guest_module_end},
                                 {"lu", lu_module, lu_module_end},
                                 {"json", json_module, json_module_end},
                                 {"sha256", sha256_module, sha256_module_end}};
  static const uint32_t kFlags[] = {0, ESPB_JIT_FUEL, ESPB_JIT_STOP};
  for (const Guest &guest : guests)
    for (uint32_t flags : kFlags)
      if (flags == 0 || guest.module == stop_guest_module || guest.module == json_module)
        whole_module(guest, flags);
  pieces(guests[0]);
  printf("%lu accesses to memory of code, %lu of them not of a word, the last one at %08lx\n",
         static_cast<unsigned long>(words_accesses), static_cast<unsigned long>(words_narrow),
         static_cast<unsigned long>(words_narrow_pc));
  expect(words_accesses > 10000, "there were some");
  expect(words_narrow == 0, "all were of words");
  expect(library_calls == 0, "none was left to memcpy or memset");
  printf("%d failed\n", failures);
  return failures;
}
