// SPDX-License-Identifier: Apache-2.0
// What it costs to cross between guest and native code on RV32, in machine instructions, exactly; and that a
// crossing allocates nothing. bench/crossings.sh prints the table.
#include "driver.h"
#include "espb/port.h"
#include "firmware/rv32_virt/board/board.h"
#include "module/instance.h"
#include <stdio.h>
#include <stdlib.h>

extern "C" {
extern const char crossings_module[], crossings_module_end[];
extern const uint16_t __real_espb_rv32_interpret[];
extern uint32_t interpret_entered; // by the wrapper in rv32_wrap.S
void *__real_espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind);
void *__wrap_espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind);
}

static uint32_t allocations;
void *__wrap_espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind) {
  ++allocations;
  return __real_espb_port_alloc(bytes, alignment, kind);
}

static uint32_t marks[2], mark_count;
extern "C" int mark4(int a, int b, int c, int d);
extern "C" int mark8(int a, int b, int c, int d, int e, int f, int g, int h);
// Both the same few instructions.
int mark4(int a, int, int, int) {
  marks[mark_count++ & 1] = board_instructions_low();
  return a;
}
int mark8(int a, int, int, int, int, int, int, int) {
  marks[mark_count++ & 1] = board_instructions_low();
  return a;
}

typedef int (*unary_function)(int);
static volatile unary_function one;
static volatile twelve many;
static void give(unary_function f, twelve g) {
  one = f;
  many = g;
}

static uint32_t nested_cost, nested_whole;
static int run_callback() {
  unary_function f = one;
  uint32_t start = board_instructions_low();
  int result = f(41);
  uint32_t end = board_instructions_low();
  nested_cost = interpret_entered - start;
  nested_whole = end - start;
  return result;
}

// The engine's way from its entry to the first instruction of the guest is straight, and ends with jr t6.
static uint32_t instructions_to_first_bytecode() {
  uint32_t count = 1;
  for (const uint16_t *at = __real_espb_rv32_interpret; *at != 0x8f82; at += (*at & 3) == 3 ? 2 : 1)
    ++count;
  return count;
}

static void row(const char *name, uint32_t count, uint32_t limit) {
  if (limit != 0)
    printf("%-66s %6lu   %lu\n", name, (unsigned long)count, (unsigned long)limit);
  else
    printf("%-66s %6lu\n", name, (unsigned long)count);
  expect(limit == 0 || count <= limit, name);
}

extern "C" int board_main(void) {
  static const espb_symbol named[] = {{"mark4", (const void *)mark4, 0},
                                      {"mark8", (const void *)mark8, 0},
                                      {"give", (const void *)give, 0},
                                      {"run_callback", (const void *)run_callback, 0}};
  espb_symbols symbols = {};
  symbols.named = named;
  symbols.named_count = 4;
  espb_instance *instance =
      start(crossings_module, static_cast<size_t>(crossings_module_end - crossings_module), &symbols);
  espb_error error;
  const uint32_t first = instructions_to_first_bytecode();

  printf("%-66s %6s   %s\n", "crossing, RV32 instructions", "count", "limit");
  // Guest to native: from one native entry to the next, less the native call by itself and the four
  // constants.
  auto between = [&](const char *name) {
    for (int warm = 0; warm < 2; ++warm)
      call_guest(instance, name, &error);
    return marks[1] - marks[0];
  };
  int (*volatile direct)(int, int, int, int) = mark4;
  mark_count = 0;
  direct(1, 2, 3, 4);
  const uint32_t before = board_instructions_low();
  direct(1, 2, 3, 4);
  const uint32_t native = board_instructions_low() - before - 5; // less the four constants and the reading
  mark_count = 0;
  const uint32_t four = between("calls4"), eight = between("calls8");
  const uint32_t constants = eight - four;
  row("guest calls native, four int arguments, above the native call", four - constants - native, 60);

  // Native to guest, from outside: warmed up, the context is in the pool.
  call_guest(instance, "set_up", &error);
  unary_function f = one;
  expect(f(1) == 2, "a callback's result");
  const uint32_t allocated = allocations;
  uint32_t start = board_instructions_low();
  int result = f(41);
  uint32_t end = board_instructions_low();
  expect(result == 42, "a callback's result");
  row("native calls guest, one argument, to the first bytecode: outermost", interpret_entered - start + first,
      150);
  row("  there and back", end - start, 0);
  expect(call_guest(instance, "inside", &error) == 42, "a nested callback's result");
  row("native calls guest, one argument, to the first bytecode: nested", nested_cost + first, 150);
  row("  there and back", nested_whole, 0);
  twelve g = many;
  start = board_instructions_low();
  result = g(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  expect(result == 78, "twelve arguments");
  row("native calls guest, twelve arguments, to the first bytecode", interpret_entered - start + first, 0);
  expect(allocations == allocated, "crossings allocate nothing");
  stop(instance);

  const uint32_t thunks = espb::thunk_pool_size();
  row("bytes of RAM for 16 thunks (the pool lies in .text)", 16 * 4 * thunks / espb::kThunkBlock / thunks,
      16 * 16);
  row("bytes of RAM per context beyond its two stacks", (sizeof(espb_thread) + 15) & ~15u, 256);
  printf("%d failed\n", failures);
  return failures;
}
