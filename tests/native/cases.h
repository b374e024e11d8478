/* SPDX-License-Identifier: Apache-2.0 */
/* cases.h - the cases of cases.c: each is a function that gives a number, the same in the guest as natively.
 */
#ifndef ESPB_TESTS_NATIVE_CASES_H
#define ESPB_TESTS_NATIVE_CASES_H

/* Variable arguments the other way are only for chips: see variadic_in in cases.c. */
/* clang-format off */
#define CASES(X)                                                                                             \
  X(qsort) X(bsearch) X(observers) X(handlers) X(kept_handlers) X(varargs_out) X(twelve_out) X(twelve_in)     \
  X(structs_out) X(structs_in) X(structs_late) X(narrow) X(floats) X(pointers) X(table) X(nested) X(opaque)
/* clang-format on */
/* Structures of more than eight bytes. A guest passes a pointer to a copy, as RISC-V wants it. */
#define LARGE_CASES(X) X(large_out) X(large_in) X(large_late) X(mixed_struct)
#define CHIP_CASES(X) X(varargs_in)

#endif
