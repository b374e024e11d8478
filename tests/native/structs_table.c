// SPDX-License-Identifier: Apache-2.0
// What structs_main.cpp gives to the guest and compares: the types of structs.h are of C.
#include "espb/espb.h"
#include "structs.h"
#include <stdlib.h>
#include <string.h>

#define SYMBOL(name) {#name, (const void *)name, 0},
#define PLACE(T, k) SYMBOL(pass_##T##_##k) SYMBOL(call_##T##_##k)
#define TYPE(T) PLACES(PLACE, T) SYMBOL(vary_##T)
void class_out(void);
void class_in(void);
const espb_symbol structs_symbols[] = {TYPES(TYPE) SYMBOL(class_out) SYMBOL(class_in) SYMBOL(memcpy)
                                           SYMBOL(memset) SYMBOL(free)};
const uint32_t structs_symbol_count = sizeof structs_symbols / sizeof structs_symbols[0];

#define NATIVE(T) i64 native_case_##T(void);
TYPES(NATIVE)
NATIVE(class)

#define CASE(T) {#T, native_case_##T},
const struct {
  const char *name;
  i64 (*native)(void);
} structs_cases[] = {TYPES(CASE) CASE(class)};
const uint32_t structs_case_count = sizeof structs_cases / sizeof structs_cases[0];
