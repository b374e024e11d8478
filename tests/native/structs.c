// SPDX-License-Identifier: Apache-2.0
// Calls out and in with structures by value, as a program that knows nothing of ESPB: compiled as a guest and
// natively; each case's number must be the same.
#include "structs.h"

#ifdef __ESPB__
#include <espb/guest.h>
#define CASE(T) ESPB_EXPORT i64 case_##T(void)
#else
#define CASE(T) i64 native_case_##T(void)
#endif

#define MINE(T, k)                                                                                           \
  static T my_##T##_##k(PARAMETERS(T, k)) { PASS(T, k) }                                                     \
  static __attribute__((noinline)) uint32_t by_pointer_##T##_##k(T (*f)(PARAMETERS(T, k))) {                 \
    CALL(T, k, f, 6 + k)                                                                                     \
    return h;                                                                                                \
  }
#define OUT_AND_IN(T, k)                                                                                     \
  {                                                                                                          \
    CALL(T, k, pass_##T##_##k, 5 + k)                                                                        \
    sum = sum * 31 + h + call_##T##_##k(my_##T##_##k) + call_##T##_##k(pass_##T##_##k);                      \
    sum = sum * 31 + by_pointer_##T##_##k(pass_##T##_##k) * 3 + by_pointer_##T##_##k(my_##T##_##k);          \
  }
#define VARY(T, k) +vary_##T(k, P##k(ARGUMENT) first, 2.5, second, -3)
#define DEFINE(T)                                                                                            \
  PLACES(MINE, T)                                                                                            \
  CASE(T) {                                                                                                  \
    i64 sum = 0;                                                                                             \
    PLACES(OUT_AND_IN, T)                                                                                    \
    T first, second;                                                                                         \
    filled(&first, sizeof first, 3);                                                                         \
    filled(&second, sizeof second, 4);                                                                       \
    return sum PLACES(VARY, T);                                                                              \
  }
TYPES(DEFINE)
