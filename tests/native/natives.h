/* SPDX-License-Identifier: Apache-2.0 */
/* natives.h - native functions of every kind that the guest of these tests calls, and that call it back. */
#ifndef ESPB_TESTS_NATIVES_H
#define ESPB_TESTS_NATIVES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef long long i64;

/* Structures by value: plain bytes of each size, and mixed ones. */
#define SMALL_STRUCTS(X) X(1) X(4) X(8)
#define LARGE_STRUCTS(X) X(12) X(16) X(40)
#define BYTE_STRUCTS(X) SMALL_STRUCTS(X) LARGE_STRUCTS(X)
#define DECLARE(n)                                                                                           \
  struct s##n {                                                                                              \
    uint8_t b[n];                                                                                            \
  };                                                                                                         \
  typedef struct s##n (*make_s##n)(int k, struct s##n s);                                                    \
  struct s##n twist_s##n(struct s##n s, int k);                                                              \
  struct s##n via_s##n(make_s##n f, struct s##n s, int k);                                                   \
  uint32_t late_s##n(int a, int b, int c, int d, int e, int f, int g, struct s##n s, int h, struct s##n t);
BYTE_STRUCTS(DECLARE)
#undef DECLARE
struct mixed {
  double d;
  int32_t a;
  int16_t b;
  int8_t c;
};
typedef struct mixed (*make_mixed)(struct mixed s, float f);
struct mixed via_mixed(make_mixed f, struct mixed s);

/* An observer table. */
typedef int (*observer)(void *user, int event);
int observe(observer f, void *user); /* its number, or -1 */
int unobserve(int number);
int notify(int event); /* the sum of what the observers say */

/* A structure of function pointers. */
struct handlers {
  int tag;
  const char *name;
  int (*open)(const char *name);
  i64 (*read)(int file, i64 at, double scale);
  void (*close)(int file);
  uint8_t (*flags)(int8_t a, uint16_t b);
};
i64 run_handlers(const struct handlers *h, int x);
/* They stay in the structure of the guest; called later. */
void keep_handlers(const struct handlers *h);
i64 run_kept_handlers(int x);

/* Variable arguments: i, l (64 bits), d, s, p by letter. */
i64 vsum(const char *letters, ...);
i64 call_variadic(i64 (*f)(const char *letters, ...));

/* Twelve arguments. */
typedef int (*twelve)(int, int, int, int, int, int, int, int, int, int, int, int);
typedef i64 (*twelve_mixed)(int8_t, i64, float, double, uint16_t, i64, int, double, i64, float, int, double);
int add_twelve(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l);
i64 add_twelve_mixed(int8_t a, i64 b, float c, double d, uint16_t e, i64 f, int g, double h, i64 i, float j,
                     int k, double l);
int call_twelve(twelve f, int x);
i64 call_twelve_mixed(twelve_mixed f, int x);

/* Narrow integers: what lies above them must not matter. */
typedef int8_t (*narrow8)(int8_t, uint8_t);
typedef uint8_t (*narrow_u8)(uint8_t, int8_t);
typedef int16_t (*narrow16)(int16_t, uint16_t);
typedef uint16_t (*narrow_u16)(uint16_t, int16_t);
int call_narrow(narrow8 a, narrow_u8 b, narrow16 c, narrow_u16 d, int x);
int8_t narrow_down(int x);
uint16_t narrow_wrap(int x);

typedef double (*mix)(float, double, i64);
typedef float (*halve)(double);
double call_floats(mix f, halve g, double x);
i64 call_wide(i64 (*f)(i64, int, i64), i64 x);

/* Function pointers as values. */
typedef int (*unary)(int);
unary native_function(int which);
unary hand_back(unary f);
int apply(unary f, int x);

/* Opaque pointers. */
void *make_thing(int value);
int thing_value(void *thing);
void *same_pointer(void *p);

#ifdef __cplusplus
}
#endif
#endif
