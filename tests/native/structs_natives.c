// SPDX-License-Identifier: Apache-2.0
// The native side of structs.h.
#include "structs.h"
#include <stdarg.h>

#define DEFINE(T, k)                                                                                         \
  T pass_##T##_##k(PARAMETERS(T, k)){PASS(T, k)} uint32_t call_##T##_##k(T (*f)(PARAMETERS(T, k))) {         \
    CALL(T, k, f, 77 + k)                                                                                    \
    return h;                                                                                                \
  }
#define DEFINE_TYPE(T)                                                                                       \
  PLACES(DEFINE, T)                                                                                          \
  uint32_t vary_##T(int ints, ...) {                                                                         \
    va_list list;                                                                                            \
    va_start(list, ints);                                                                                    \
    uint32_t h = 1;                                                                                          \
    while (ints--) {                                                                                         \
      int i = va_arg(list, int);                                                                             \
      h = mixed(h, &i, 4);                                                                                   \
    }                                                                                                        \
    T s = va_arg(list, T);                                                                                   \
    double d = va_arg(list, double);                                                                         \
    T t = va_arg(list, T);                                                                                   \
    int last = va_arg(list, int);                                                                            \
    va_end(list);                                                                                            \
    return mixed(mixed(mixed(mixed(h, &s, sizeof s), &d, 8), &t, sizeof t), &last, 4);                       \
  }
TYPES(DEFINE_TYPE)
