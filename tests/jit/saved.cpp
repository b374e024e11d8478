// SPDX-License-Identifier: Apache-2.0
// Machine code saved as an image and used at another address, by another instance and, when the test finds
// an image at kImageAt, after a restart. Without one it writes the file that the second boot is given.
#include "firmware/common/board_common.h"
#include "tests/native/driver.h"
#include <stdio.h>
#include <string.h>

extern "C" {
extern const char json_module[], json_module_end[], stop_guest_module[], stop_guest_module_end[];
void ask_to_stop(void);
}
void ask_to_stop(void) {}

namespace {

// qemu's loader puts the file there.
#ifdef __XTENSA__
constexpr uintptr_t kImageAt = 0x24000000;
constexpr char kImageFile[] = "jit-saved-xtensa.bin";
void fence() { asm volatile("isync" ::: "memory"); }
#else
constexpr uintptr_t kImageAt = 0x86000000;
constexpr char kImageFile[] = "jit-saved.bin";
void fence() { asm volatile(".word 0x0000100f" ::: "memory"); }
#endif
alignas(4) uint8_t image[4096], elsewhere[4096];
espb_symbols symbols;

espb_instance *begin() {
  return start(stop_guest_module, static_cast<size_t>(stop_guest_module_end - stop_guest_module), &symbols,
               nullptr);
}

i64 count(espb_instance *instance) {
  espb_error error;
  espb_value argument = {};
  argument.i32 = 30;
  call_guest(instance, "reset", &error);
  expect(call_guest(instance, "recurse", &error, &argument, 1) == 1, "it runs");
  call_guest(instance, "spin", &error, &argument, 1);
  return call_guest(instance, "count", &error);
}

// What runs lies in the image.
void use(const void *at, uint32_t bytes, i64 expected) {
  fence();
  espb_instance *instance = begin();
  espb_error error;
  expect(espb_jit_attach(instance, 0, at, bytes, &error) == ESPB_OK, error.message);
  uint32_t found = 0;
  for (uint32_t i = 0; i < 6; ++i) {
    uint32_t length = 0;
    const auto *const code = static_cast<const uint8_t *>(espb_jit_code(instance, i, &length));
    const auto *const first = static_cast<const uint8_t *>(at);
    found += code > first && length != 0 && code + length <= first + bytes;
  }
  expect(found == 6, "every function's code is in the image");
  expect(count(instance) == expected, "it does what it did");
  expect(espb_jit_attach(instance, 0, at, bytes, &error) == ESPB_BUSY, "one image is enough");
  stop(instance);
}

void refused(const void *at, uint32_t bytes, uint32_t flags, espb_status status, const char *what) {
  espb_instance *instance = begin();
  espb_error error;
  expect(espb_jit_attach(instance, flags, at, bytes, &error) == status && *error.message, what);
  uint32_t length;
  expect(espb_jit_code(instance, 0, &length) == nullptr && count(instance) > 0, "it stays interpreted");
  stop(instance);
}

} // namespace

extern "C" int board_main(void) {
  static const espb_symbol named[] = {{"ask_to_stop", reinterpret_cast<const void *>(ask_to_stop), 0}};
  symbols.named = named;
  symbols.named_count = 1;
  espb_error error;
  espb_instance *instance = begin();
  const i64 expected = count(instance);
  if (*reinterpret_cast<const volatile uint32_t *>(kImageAt) != 0) {
    stop(instance);
    use(reinterpret_cast<const void *>(kImageAt), sizeof image, expected);
    printf("after a restart: %d failed\n", failures);
    return failures;
  }
  expect(espb_jit_save(instance, 0, image, sizeof image) == 0, "there is nothing to save");
  // In two blocks, one of another mode first.
  espb_jit_report report;
  expect(espb_jit_compile_function(instance, "recurse", 0, &report, &error) == ESPB_OK, error.message);
  const espb_jit_options all = {ESPB_JIT_ALL, ESPB_NO_FUNCTION, 0};
  expect(espb_jit_compile(instance, &all, &report, &error) == ESPB_OK && report.compiled == 5, error.message);
  const uint32_t bytes = espb_jit_save(instance, 0, nullptr, 0);
  expect(bytes > report.code_bytes && bytes < sizeof image, "the size of an image can be asked for");
  expect(espb_jit_save(instance, 0, image, bytes - 4) == bytes && image[0] == 0,
         "too little room is left alone");
  expect(espb_jit_save(instance, 0, image, bytes) == bytes, "there it is");
  expect(espb_jit_save(instance, ESPB_JIT_FUEL, elsewhere, sizeof elsewhere) == 0, "none that charges fuel");
  stop(instance);

  use(image, bytes, expected);
  memcpy(elsewhere + 260, image, bytes);
  memset(image, 0xff, sizeof image);
  use(elsewhere + 260, bytes, expected);
  expect(board_write_file(kImageFile, elsewhere + 260, bytes) == 0, "a file for the next boot");

  refused(elsewhere + 260, bytes - 4, 0, ESPB_BAD_MODULE, "half an image");
  refused(elsewhere + 262, bytes, 0, ESPB_BAD_MODULE, "a crooked one");
  refused(elsewhere + 260, bytes, ESPB_JIT_STOP, ESPB_BAD_VERSION, "one of another mode");
  for (uint32_t i = 0; i < bytes; i += 7) {
    elsewhere[260 + i] ^= 16;
    refused(elsewhere + 260, bytes, 0, i >= 4 && i < 8 ? ESPB_BAD_VERSION : ESPB_BAD_MODULE, "a damaged one");
    elsewhere[260 + i] ^= 16;
  }
  instance = start(json_module, static_cast<size_t>(json_module_end - json_module), &symbols, nullptr);
  expect(espb_jit_attach(instance, 0, elsewhere + 260, bytes, &error) == ESPB_BAD_VERSION,
         "another module's");
  stop(instance);
  printf("%d failed\n", failures);
  return failures;
}
