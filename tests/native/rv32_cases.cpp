// SPDX-License-Identifier: Apache-2.0
// The cases on a chip: everything is a plain native function with the platform's ABI.
#include "driver.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern "C" const char cases_module[], cases_module_end[];

#define STRUCT_SYMBOLS(n) FUNCTION(twist_s##n), FUNCTION(via_s##n), FUNCTION(late_s##n),
#define FUNCTION(name) {#name, reinterpret_cast<const void *>(&name), 0}

extern "C" int board_main(void) {
  static const espb_symbol named[] = {
      {"qsort", (const void *)qsort, 0},
      {"bsearch", (const void *)bsearch, 0},
      FUNCTION(strlen),
      FUNCTION(strcmp),
      FUNCTION(memcpy),
      FUNCTION(memset),
      FUNCTION(observe),
      FUNCTION(unobserve),
      FUNCTION(notify),
      FUNCTION(run_handlers),
      FUNCTION(keep_handlers),
      FUNCTION(run_kept_handlers),
      FUNCTION(vsum),
      FUNCTION(call_variadic),
      FUNCTION(add_twelve),
      FUNCTION(add_twelve_mixed),
      FUNCTION(call_twelve),
      FUNCTION(call_twelve_mixed),
      FUNCTION(via_mixed),
      BYTE_STRUCTS(STRUCT_SYMBOLS) FUNCTION(call_narrow),
      FUNCTION(narrow_down),
      FUNCTION(narrow_wrap),
      FUNCTION(call_floats),
      FUNCTION(call_wide),
      FUNCTION(native_function),
      FUNCTION(hand_back),
      FUNCTION(apply),
      FUNCTION(make_thing),
      FUNCTION(thing_value),
      FUNCTION(same_pointer),
  };
  static const Case cases[] = {
#define CASE_ENTRY(name) {#name, native_case_##name},
      CASES(CASE_ENTRY) CHIP_CASES(CASE_ENTRY) LARGE_CASES(CASE_ENTRY)};
  espb_symbols symbols = {};
  symbols.named = named;
  symbols.named_count = sizeof named / sizeof named[0];
  espb_instance *instance =
      start(cases_module, static_cast<size_t>(cases_module_end - cases_module), &symbols);
#if ESPB_JIT
  espb_jit_options options = {};
  options.flags = ESPB_JIT_ALL;
  options.function = ESPB_NO_FUNCTION;
  espb_jit_report report;
  espb_error error;
  expect(espb_jit_compile(instance, &options, &report, &error) == ESPB_OK && report.compiled != 0 &&
             report.compiled == report.wanted,
         "everything becomes machine code");
#endif
  run_cases(instance, cases, sizeof cases / sizeof cases[0]);
  stop(instance);
  printf("%u cases, %d failed\n", static_cast<unsigned>(sizeof cases / sizeof cases[0]), failures);
  return failures;
}
