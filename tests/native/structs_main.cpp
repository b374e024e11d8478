// SPDX-License-Identifier: Apache-2.0
// Structures by value on a chip: everything is a plain native function with the platform's ABI.
#include "driver.h"
#include <stdio.h>

extern "C" {
extern const char structs_module[], structs_module_end[];
extern const espb_symbol structs_symbols[]; // structs_table.c
extern const uint32_t structs_symbol_count;
extern const Case structs_cases[];
extern const uint32_t structs_case_count;
}

extern "C" int board_main(void) {
  espb_symbols symbols = {};
  symbols.named = structs_symbols;
  symbols.named_count = structs_symbol_count;
  espb_instance *instance =
      start(structs_module, static_cast<size_t>(structs_module_end - structs_module), &symbols);
#if ESPB_JIT
  espb_jit_options options = {};
  options.flags = ESPB_JIT_ALL;
  options.function = ESPB_NO_FUNCTION;
  espb_jit_report report;
  espb_error error;
  bool good;
  // On Xtensa one block of code holds half of it.
  do
    good = espb_jit_compile(instance, &options, &report, &error) == ESPB_OK && report.compiled != 0;
  while (good && report.compiled != report.wanted);
  expect(good, "everything becomes machine code");
#endif
  run_cases(instance, structs_cases, structs_case_count);
  stop(instance);
  printf("%u cases, %d failed\n", static_cast<unsigned>(structs_case_count), failures);
  return failures;
}
