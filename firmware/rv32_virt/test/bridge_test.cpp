// SPDX-License-Identifier: Apache-2.0
// Guest to native calls and the pool of thunks by themselves, without a module file: arguments in registers
// and on the stack, 64-bit values, results, the mark that ends a run, the pool's bookkeeping. Prints what
// fails and exits with the number of failures.
#include "firmware/rv32_virt/board/board.h"
#include "module/instance.h"
#include "native/thunks.h"
#include "native/words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

namespace {

int failures;

void expect(bool good, const char *what) {
  if (!good) {
    printf("FAILED: %s\n", what);
    failures++;
  }
}

// ---- A module made of strings only: what bridge and thunks read of it
// ---------------------------------------------------------

const char strings[] = "i(iii)\0l(ldil)\0i(iiiiiiiiil)\0i(pp.diid)\0d(f)\0v()\0i(iiiiiiiiii)";
enum { kThree, kPairs, kStack, kVariadic, kFloat, kNothing, kTen, kSignatures };
alignas(4) uint8_t file[256];
espb::Module module;
espb::Instance instance;
espb::ImportSlot imports[16];
uint32_t guest_stack[64];

void make_module() {
  using namespace espb::format;
  uint32_t at = 0;
  uint32_t offset = 0;
  for (int i = 0; i < kSignatures; i++) {
    file[at++] = static_cast<uint8_t>(offset);
    file[at++] = 0;
    offset += static_cast<uint32_t>(strlen(strings + offset)) + 1;
  }
  memcpy(file + 64, strings, sizeof strings);
  module.image.bytes = file;
  module.image.sections[kSectionSignatures] = {file, 2 * kSignatures};
  module.image.sections[kSectionStrings] = {file + 64, sizeof strings};
  instance.module = &module;
  instance.imports = imports;
  instance.main.instance = &instance;
}

void import(uint32_t index, const void *function, uint16_t signature, uint16_t flags = 0) {
  imports[index] = {function, signature, flags};
}

// ---- What the guest calls
// --------------------------------------------------------------------------------------------------------

extern "C" {
int three(int a, int b, int c) { return a * 100 + b * 10 + c; }
long long pairs(long long a, double b, int c, long long d) { return a + static_cast<long long>(b) + c + d; }
int stack_arguments(int a, int b, int c, int d, int e, int f, int g, int h, int i, long long j) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + static_cast<int>(j >> 32) * 10 +
         static_cast<int>(j);
}
double widen(float x) { return x * 2; }
void end_of_run() { instance.main.trap = ESPB_TRAP_ABORT; }
}

void test_calls() {
  espb::Thread &thread = instance.main;
  uint32_t out[8];
  import(0, reinterpret_cast<const void *>(three), kThree);
  for (int again = 0; again < 2; again++) { // the second time the words are known
    out[0] = 1, out[1] = 2, out[2] = 3;
    expect(espb::call_import(thread, 0, out) == ESPB_TRAP_NONE && out[0] == 123, "three words");
  }
  expect(thread.entry_fp == out + 8, "a callback's frame goes behind the out registers");

  import(1, reinterpret_cast<const void *>(pairs), kPairs);
  const double ten = 10;
  const uint32_t pair_words[8] = {0xffffffff, 1, 0, 0, 5, 0, 3};
  memcpy(out, pair_words, sizeof out);
  memcpy(out + 2, &ten, 8);
  expect(espb::call_import(thread, 1, out) == ESPB_TRAP_NONE, "pairs");
  expect((uint64_t{out[1]} << 32 | out[0]) == 0x1ffffffffull + 10 + 5 + 0x300000000ull - 0,
         "a result in two words");

  import(2, reinterpret_cast<const void *>(stack_arguments), kStack);
  thread.sp = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(guest_stack));
  for (int again = 0; again < 2; again++) {
    for (uint32_t i = 0; i < 8; i++)
      out[i] = i + 1;
    guest_stack[0] = 9;    // argument 9
    guest_stack[1] = 777;  // the gap in front of an aligned pair
    guest_stack[2] = 1000; // argument 10
    guest_stack[3] = 4;
    expect(espb::call_import(thread, 2, out) == ESPB_TRAP_NONE && out[0] == 204 + 81 + 40 + 1000,
           "stack words");
  }
  expect(imports[2].flags >> 8 == 4, "stack words are counted once, with the gap");

  // Variadic: p, p, d, i, i, d fill the eight registers.
  static char text[64];
  import(3, reinterpret_cast<const void *>(sprintf), kVariadic);
  static const char format[] = "%g %d %d %g";
  const double numbers[2] = {1.5, -2.25};
  auto address = [](const void *p) { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(p)); };
  out[0] = address(text);
  out[1] = address(format);
  memcpy(out + 2, &numbers[0], 8);
  out[4] = 7, out[5] = static_cast<uint32_t>(-8);
  memcpy(out + 6, &numbers[1], 8);
  expect(espb::call_import(thread, 3, out) == ESPB_TRAP_NONE && strcmp(text, "1.5 7 -8 -2.25") == 0,
         "variadic call in registers");

  import(4, reinterpret_cast<const void *>(widen), kFloat);
  const float quarter = 0.25f;
  memcpy(out, &quarter, 4);
  double doubled = 0;
  expect(espb::call_import(thread, 4, out) == ESPB_TRAP_NONE, "float");
  memcpy(&doubled, out, 8);
  expect(doubled == 0.5, "float argument, double result");

  out[0] = 4, out[1] = 5, out[2] = 6;
  expect(espb::call_pointer(thread, address(reinterpret_cast<const void *>(three)), kThree, out) ==
                 ESPB_TRAP_NONE &&
             out[0] == 456,
         "call through a native pointer");

  import(5, reinterpret_cast<const void *>(end_of_run), kNothing);
  expect(espb::call_import(thread, 5, out) == ESPB_TRAP_ABORT, "a native function ends the run");
  thread.trap = ESPB_TRAP_NONE;
  import(6, nullptr, kNothing, espb::kImportMissing);
  expect(espb::call_import(thread, 6, out) == ESPB_TRAP_BAD_CALL, "a missing weak import traps");
  thread.trap = ESPB_TRAP_NONE;
}

void test_words() {
  const struct {
    const char *signature;
    uint32_t words;
  } cases[] = {{"v()", 0},     {"i(pp.diid)", 8}, {"i(iii)", 3},   {"l(ldil)", 7},     {"i(iiiiiiiiil)", 12},
               {"i(p.d)", 4},  {"i(pp.d)", 4},    {"i(p.iid)", 6}, {"v(iiiiiiil)", 9}, {"v(iiiiiii.l)", 10},
               {"v(bBhHf)", 5}};
  for (const auto &c : cases)
    expect(espb::argument_words(c.signature) == c.words, c.signature);
}

extern "C" int nothing(int a) { return a; }

void test_cost() {
  espb::Thread &thread = instance.main;
  uint32_t out[8] = {5};
  import(7, reinterpret_cast<const void *>(nothing), kThree);
  espb::call_import(thread, 7, out);
  auto *volatile direct = nothing;
  uint32_t start = board_instructions_low();
  direct(5);
  uint32_t native = board_instructions_low() - start;
  start = board_instructions_low();
  espb::call_import(thread, 7, out);
  uint32_t bridged = board_instructions_low() - start;
  printf("a call through the bridge costs %lu instructions more than a native one\n",
         static_cast<unsigned long>(bridged - native));
  expect(bridged - native <= 60, "at most 60 instructions more than a native call");
}

// ---- Thunks
// -----------------------------------------------------------------------------------------------------------------------

void test_thunks() {
  static espb::Instance second, third, rest;
  constexpr uint32_t block = espb::kThunkBlock;
  const uint32_t pool = espb::thunk_pool_size();
  expect(espb::reserve_thunks(instance, 2) && espb::reserve_thunks(second, block + 1),
         "two instances with thunks");
  expect(second.callable_base == instance.callable_base + 4 * block, "the second one's follow");
  expect(!espb::reserve_thunks(rest, pool - 3 * block + 1), "more than the pool has left");
  expect(espb::reserve_thunks(rest, pool - 3 * block), "all that is left");
  expect(!espb::reserve_thunks(third, 1) && espb::reserve_thunks(third, 0),
         "an empty pool has none, and none is enough for nothing");
  espb::release_thunks(second);
  expect(!espb::reserve_thunks(third, 2 * block + 1), "a gap that is too small");
  expect(espb::reserve_thunks(third, 2 * block) && third.callable_base == second.callable_base,
         "a gap that was given back");
  espb::release_thunks(third);
  espb::release_thunks(rest);

  espb::release_thunks(instance);
  expect(espb::reserve_thunks(rest, pool), "everything is given back");
  espb::release_thunks(rest);
}

} // namespace

extern "C" int board_main(void) {
  make_module();
  test_words();
  test_calls();
  test_cost();
  test_thunks();
  printf("%d failed\n", failures);
  return failures;
}
