/* SPDX-License-Identifier: Apache-2.0 */
/* structs.h - structures by value of every kind in every place of a call: native functions, the types of
 * their callbacks, the cases. None has padding: every byte must arrive. */
#ifndef ESPB_TESTS_STRUCTS_H
#define ESPB_TESTS_STRUCTS_H

#include <stdint.h>

typedef long long i64;

/* clang-format off */
#define BYTES(n)                                                                                             \
  typedef struct {                                                                                           \
    uint8_t b[n];                                                                                            \
  } b##n;
BYTES(3) BYTES(5) BYTES(8) BYTES(9) BYTES(12) BYTES(16) BYTES(17) BYTES(64)
#undef BYTES
    /* clang-format on */

    /* At multiples of 8 and 16, and nowhere in particular. */
    typedef struct {
  i64 a;
} d8;
typedef struct {
  double d;
  int32_t a, b;
} d16;
typedef struct {
  int32_t a, b;
  double d;
  i64 c;
} d24;
typedef struct {
  _Alignas(16) int32_t a[4];
} q16;
typedef struct {
  _Alignas(16) int8_t a[32];
} q32;
typedef struct __attribute__((packed)) {
  int8_t a;
  i64 b;
} p9;
typedef struct {
  float x, y;
} f8;
typedef _Complex float cf;
typedef _Complex double cd;

/* clang-format off */
#define TYPES(X) X(b3) X(b5) X(b8) X(b9) X(b12) X(b16) X(b17) X(b64) X(d8) X(d16) X(d24) X(q16) X(q32) X(p9) X(f8) X(cf) X(cd)
/* Words in front. */
#define PLACES(X, T) X(T, 0) X(T, 1) X(T, 2) X(T, 3) X(T, 4) X(T, 5) X(T, 6)
#define P0(x)
#define P1(x) x(0),
#define P2(x) P1(x) x(1),
#define P3(x) P2(x) x(2),
#define P4(x) P3(x) x(3),
#define P5(x) P4(x) x(4),
#define P6(x) P5(x) x(5),
/* clang-format on */
#define PARAMETER(n) int a##n
#define PARAMETERS(T, k) P##k(PARAMETER) T s, int y, i64 z, T t

#define DECLARE(T, k)                                                                                        \
  T pass_##T##_##k(PARAMETERS(T, k));                                                                        \
  uint32_t call_##T##_##k(T (*f)(PARAMETERS(T, k)));
#define DECLARE_TYPE(T)                                                                                      \
  PLACES(DECLARE, T)                                                                                         \
  uint32_t vary_##T(int ints, ...);                                                                          \
  i64 case_##T(void);
TYPES(DECLARE_TYPE)
#undef DECLARE
#undef DECLARE_TYPE

/* What the bodies on both sides consist of. */
static __attribute__((noinline, unused)) uint32_t mixed(uint32_t h, const void *p, unsigned n) {
  for (const uint8_t *b = (const uint8_t *)p; n--; ++b)
    h = (h ^ *b) * 16777619u;
  return h;
}
static __attribute__((noinline, unused)) void filled(void *p, unsigned n, uint32_t seed) {
  for (uint8_t *b = (uint8_t *)p; n--; ++b)
    *b = (uint8_t)((seed = seed * 1103515245u + 12345u) >> 20 & 0x3f);
}
#define MIX_IN(n) h = mixed(h, &a##n, 4)
#define PASS(T, k)                                                                                           \
  uint32_t h = 1;                                                                                            \
  (void)(P##k(MIX_IN) 0);                                                                                    \
  h = mixed(h, &s, sizeof s) ^ (uint32_t)y;                                                                  \
  h = mixed(mixed(h, &z, sizeof z), &t, sizeof t);                                                           \
  T r;                                                                                                       \
  filled(&r, sizeof r, h);                                                                                   \
  filled(&s, sizeof s, 1); /* the caller's own must not change */                                            \
  return r;
#define ARGUMENT(n) 1000 + n
#define CALL(T, k, f, seed)                                                                                  \
  T s, t;                                                                                                    \
  filled(&s, sizeof s, seed);                                                                                \
  filled(&t, sizeof t, seed + 1);                                                                            \
  const T before = s;                                                                                        \
  T r = f(P##k(ARGUMENT) s, -5, 0x123456789abll, t);                                                         \
  uint32_t h = mixed(mixed(mixed(1, &r, sizeof r), &s, sizeof s), &t, sizeof t);                             \
  for (unsigned i = 0; i < sizeof s; i++)                                                                    \
    h += ((const uint8_t *)&before)[i] != ((const uint8_t *)&s)[i];

#endif
