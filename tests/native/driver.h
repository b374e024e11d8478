// SPDX-License-Identifier: Apache-2.0
// driver.h - what the RV32 and the host program of these tests share: running the cases, comparing with
// native ones.
#ifndef ESPB_TESTS_NATIVE_DRIVER_H
#define ESPB_TESTS_NATIVE_DRIVER_H

#include "cases.h"
#include "espb/espb.h"
#include "natives.h"

extern "C" {
#define DECLARE_CASE(name) i64 native_case_##name(void);
CASES(DECLARE_CASE)
LARGE_CASES(DECLARE_CASE)
CHIP_CASES(DECLARE_CASE)
#undef DECLARE_CASE
}

extern int failures;
void expect(bool good, const char *what);

struct Case {
  const char *name;
  i64 (*native)(void);
};

// Opens and instantiates; exits the program with a message when that fails.
espb_instance *start(const void *bytes, size_t size, const espb_symbols *symbols,
                     const espb_options *options = nullptr);
void stop(espb_instance *instance);

i64 call_guest(espb_instance *instance, const char *name, espb_error *error, const espb_value *args = nullptr,
               uint32_t count = 0);

void run_cases(espb_instance *instance, const Case *cases, uint32_t count);

#endif
