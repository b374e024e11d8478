// SPDX-License-Identifier: Apache-2.0
#include "driver.h"
#include <stdio.h>
#include <stdlib.h>

int failures;

void expect(bool good, const char *what) {
  if (good)
    return;
  printf("FAILED: %s\n", what);
  ++failures;
}

static espb_module *module_of_last_start;

espb_instance *start(const void *bytes, size_t size, const espb_symbols *symbols,
                     const espb_options *options) {
  espb_error error;
  espb_instance *instance = nullptr;
  if (espb_module_open(bytes, size, &module_of_last_start, &error) != ESPB_OK ||
      espb_instantiate(module_of_last_start, symbols, options, &instance, &error) != ESPB_OK ||
      espb_initialise(instance, &error) != ESPB_OK) {
    printf("%s\n", error.message);
    exit(1);
  }
  return instance;
}

void stop(espb_instance *instance) {
  espb_error error;
  expect(espb_destroy(instance, &error) == ESPB_OK, error.message);
  expect(espb_module_close(module_of_last_start) == ESPB_OK, "the module has no instances");
}

i64 call_guest(espb_instance *instance, const char *name, espb_error *error, const espb_value *args,
               uint32_t count) {
  espb_function function;
  espb_value result = {};
  if (espb_find_function(instance, name, &function, error) == ESPB_OK)
    espb_call(espb_main_thread(instance), &function, args, count, &result, error);
  return function.signature != nullptr && *function.signature == 'i' ? result.i32 : result.i64;
}

void run_cases(espb_instance *instance, const Case *cases, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    const i64 native = cases[i].native();
    char name[64];
    snprintf(name, sizeof name, "case_%s", cases[i].name);
    for (int again = 0; again < 2; ++again) {
      espb_error error = {};
      const i64 guest = call_guest(instance, name, &error);
      if (error.status != ESPB_OK || guest != native) {
        printf("FAILED: %s gives %ld,%lu natively and %ld,%lu in the guest; %s\n", name, (long)(native >> 32),
               (unsigned long)(uint32_t)native, (long)(guest >> 32), (unsigned long)(uint32_t)guest,
               error.message);
        ++failures;
      }
    }
  }
}
