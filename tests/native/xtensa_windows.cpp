// SPDX-License-Identifier: Apache-2.0
// Register windows that overflow and are filled again below guest code: recursion of guest code (which needs
// no machine frames), the interpreter's and the bridge's frames, native frames that call by call4, call8 and
// call12 in every order of four, and frames of a size found at run time (movsp). With ESPB_JIT=1 once more
// for each set of the guest's functions as machine code, the others interpreted.
#include "driver.h"
#include <stdio.h>
#include <string.h>

extern "C" {
extern const char windows_module[], windows_module_end[];
uint32_t native_descend(uint32_t index, uint32_t depth);
uint32_t window_hop(const uint8_t *order, uint32_t sum);
uint32_t window_bottom(const void *path, uint32_t sum);
uint32_t through(uint32_t index, uint32_t depth, uint32_t (*back)(uint32_t, uint32_t));
}

namespace {

constexpr uint32_t kHops = 23;
constexpr uint32_t kOrders = 3 * 3 * 3 * 3;

struct Path {
  uint8_t order[kHops + 1]; // the last one 0
  uint32_t index, depth;
  uint32_t (*back)(uint32_t, uint32_t);
  mutable uint32_t sum, bottom; // what window_bottom was given and gave
};

// What window_hop must give.
uint32_t expected(const Path &path) {
  uint32_t sums[kHops + 1];
  sums[0] = path.index;
  for (uint32_t i = 0; i < kHops; ++i)
    sums[i + 1] = sums[i] * 3 + path.order[i];
  expect(sums[kHops] == path.sum, "arguments pass the windows");
  uint32_t result = path.bottom;
  for (uint32_t i = kHops; i-- != 0;) {
    const uint32_t kept = path.order[i] == 4 ? 0 : path.order[i] == 8 ? 3 : 8;
    result = result * 5 + sums[i] * (1 + kept) + kept * (kept + 1) / 2;
  }
  return result;
}

// Takes all windows: whoever called its caller is spilled.
[[gnu::noinline]] uint32_t take_windows(uint32_t levels) {
  const uint32_t below = levels == 0 ? 0 : take_windows(levels - 1);
  asm volatile("" ::: "memory"); // no loop is made of this
  return below + levels;
}

} // namespace

// A frame whose size is found at run time: movsp, while the caller's window is spilled.
uint32_t window_bottom(const void *behind, uint32_t sum) {
  const Path &path = *reinterpret_cast<const Path *>(static_cast<const uint8_t *>(behind) - (kHops + 1));
  const uint32_t bytes = 16 + path.index % 200 + take_windows(9) - 45;
  auto *const block = static_cast<volatile uint8_t *>(__builtin_alloca(bytes));
  for (uint32_t i = 0; i < bytes; ++i)
    block[i] = static_cast<uint8_t>(i + sum);
  path.sum = sum;
  const uint32_t given = path.back(path.index, path.depth);
  for (uint32_t i = 0; i < bytes; ++i)
    expect(block[i] == static_cast<uint8_t>(i + sum), "a frame of any size stays as it was");
  return path.bottom = given;
}

uint32_t through(uint32_t index, uint32_t depth, uint32_t (*back)(uint32_t, uint32_t)) {
  Path path = {};
  uint32_t order = index % kOrders;
  for (uint32_t i = 0; i < kHops; ++i) {
    path.order[i] = static_cast<uint8_t>(4 + 4 * (order % 3));
    order = i % 4 == 3 ? index % kOrders : order / 3;
  }
  path.index = index;
  path.depth = depth;
  path.back = back;
  const uint32_t result = window_hop(path.order, index);
  expect(result == expected(path), "registers come back as they were");
  return result;
}

namespace {

uint32_t runs;

// Compiles the functions of the set (one bit each), the others stay interpreted; false: there is no such set.
bool compile(espb_instance *instance, uint32_t set) {
#if ESPB_JIT
  espb_error error = {};
  espb_jit_options options = {ESPB_JIT_ALL | ESPB_JIT_ESTIMATE, ESPB_NO_FUNCTION, 0};
  espb_jit_report report = {};
  expect(espb_jit_compile(instance, &options, &report, &error) == ESPB_OK && report.wanted >= 2,
         error.message);
  const uint32_t functions = report.wanted;
  for (options = {}; options.function < functions; ++options.function)
    if (set >> options.function & 1)
      expect(espb_jit_compile(instance, &options, &report, &error) == ESPB_OK && report.compiled == 1,
             error.message);
  return set >> functions == 0;
#else
  (void)instance;
  return set == 0;
#endif
}

// Whether there is such a set.
bool descend(const espb_symbols &symbols, uint32_t set) {
  espb_instance *instance =
      start(windows_module, static_cast<size_t>(windows_module_end - windows_module), &symbols);
  const bool exists = compile(instance, set);
  for (uint32_t index = 0; exists && index < kOrders; ++index)
    for (uint32_t depth = 0; depth < 9; depth += 1 + index % 3, ++runs) {
      espb_value args[2] = {};
      args[0].u32 = index;
      args[1].u32 = depth;
      espb_error error = {};
      const auto guest = static_cast<uint32_t>(call_guest(instance, "guest_descend", &error, args, 2));
      expect(error.status == ESPB_OK, error.message);
      expect(guest == native_descend(index, depth), "guest and native recursion give the same");
    }
  stop(instance);
  return exists;
}

} // namespace

extern "C" int board_main(void) {
  static const espb_symbol named[] = {{"through", reinterpret_cast<const void *>(&through), 0}};
  espb_symbols symbols = {};
  symbols.named = named;
  symbols.named_count = 1;
  uint32_t sets = 0;
  while (descend(symbols, sets))
    ++sets;
  printf("%lu descents, %lu sets of compiled functions, %d failed\n", static_cast<unsigned long>(runs),
         static_cast<unsigned long>(sets), failures);
  return failures != 0;
}
