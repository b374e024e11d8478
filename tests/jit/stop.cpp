// SPDX-License-Identifier: Apache-2.0
// Stop requests while compiled code runs: seen at the next turn of a loop or entry of a function with
// ESPB_JIT_STOP, at the end of a slice of the budget with ESPB_JIT_FUEL, not at all without. The instance
// goes on working.
#include "tests/native/driver.h"
#include <stdio.h>

extern "C" const char stop_guest_module[], stop_guest_module_end[];
static int requests;
extern "C" void ask_to_stop(void);
void ask_to_stop(void) {
  ++requests;
  espb_thread_stop(espb_current_thread());
}

static espb_status run(espb_instance *instance, const char *name, int32_t n, espb_error *error,
                       espb_function *function) {
  espb_value argument = {}, result = {};
  argument.i32 = n;
  call_guest(instance, "reset", error);
  expect(espb_find_function(instance, name, function, error) == ESPB_OK, error->message);
  requests = 0;
  const espb_status status = espb_call(espb_main_thread(instance), function, &argument, 1, &result, error);
  expect(requests == 1, "the guest asked to be stopped");
  return status;
}

static void test(uint32_t flags, i64 most_turns, const char *what) {
  static const espb_symbol named[] = {{"ask_to_stop", (const void *)ask_to_stop, 0}};
  espb_symbols symbols = {};
  symbols.named = named;
  symbols.named_count = 1;
  const int before = failures;
  espb_options stacks = {};
  stacks.register_stack_words = 65536; // where only the budget is looked at, recursion goes on for a while
  espb_instance *instance = start(
      stop_guest_module, static_cast<size_t>(stop_guest_module_end - stop_guest_module), &symbols, &stacks);
  const espb_jit_options options = {ESPB_JIT_ALL | flags, ESPB_NO_FUNCTION, 0};
  espb_jit_report report;
  espb_error error;
  expect(espb_jit_compile(instance, &options, &report, &error) == ESPB_OK && report.compiled != 0 &&
             report.compiled == report.wanted,
         "everything becomes machine code");
  static const char *const kNames[] = {"spin", "recurse"};
  for (const char *name : kNames) {
    espb_function function;
    const espb_status status = run(instance, name, flags == 0 ? 50 : 1000000000, &error, &function);
    espb_error other;
    const i64 turns = call_guest(instance, "count", &other);
    if (flags == 0) {
      expect(status == ESPB_OK && turns >= 50, "code that does not look goes on to its end");
      continue;
    }
    expect(status == ESPB_TRAP && error.trap == ESPB_TRAP_STOPPED, "code that looks is stopped");
    expect(error.function != ESPB_NO_FUNCTION && error.code_offset != ESPB_NO_FUNCTION,
           "and it is known where");
    expect(turns <= most_turns, "soon enough");
  }
  // A loop that a trap leaves is over, also for the machine.
  espb_function divide;
  espb_value argument = {}, result = {};
  argument.i32 = 9;
  expect(espb_find_function(instance, "divide", &divide, &error) == ESPB_OK, error.message);
  const espb_status status = espb_call(espb_main_thread(instance), &divide, &argument, 1, &result, &error);
  expect(status == ESPB_TRAP && error.trap == ESPB_TRAP_DIVIDE_BY_ZERO, "a trap in a loop");
#ifdef __XTENSA__
  uint32_t turns_left;
  asm volatile("rsr %0, lcount" : "=a"(turns_left));
  expect(turns_left == 0, "the machine's loop has ended");
#endif
  argument.i32 = 4;
  expect(espb_call(espb_main_thread(instance), &divide, &argument, 1, &result, &error) == ESPB_OK &&
             result.i32 == 47,
         "and goes on next time");
  stop(instance);
  if (failures != before)
    printf("  that was %s\n", what);
}

extern "C" int board_main(void) {
  test(0, 0, "compiled without looking");
  test(ESPB_JIT_STOP, 1, "compiled with ESPB_JIT_STOP");
  test(ESPB_JIT_FUEL, 20000, "compiled with ESPB_JIT_FUEL");
  printf("%d failed\n", failures);
  return failures;
}
