// SPDX-License-Identifier: Apache-2.0
// The native side of natives.h, in plain C of the machine it is compiled for.
#include "natives.h"
#include <stdarg.h>
#include <string.h>

#define DEFINE(n)                                                                                            \
  struct s##n twist_s##n(struct s##n s, int k) {                                                             \
    for (int i = 0; i < n; i++)                                                                              \
      s.b[i] = (uint8_t)(s.b[i] * 3 + k + i);                                                                \
    return s;                                                                                                \
  }                                                                                                          \
  struct s##n via_s##n(make_s##n f, struct s##n s, int k) {                                                  \
    struct s##n first = f(k + 1, twist_s##n(s, k)), second = f(-k, first);                                   \
    for (int i = 0; i < n; i++)                                                                              \
      first.b[i] ^= second.b[i];                                                                             \
    return first;                                                                                            \
  }                                                                                                          \
  uint32_t late_s##n(int a, int b, int c, int d, int e, int f, int g, struct s##n s, int h, struct s##n t) { \
    uint32_t sum = (uint32_t)(a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h);                    \
    for (int i = 0; i < n; i++)                                                                              \
      sum = sum * 31 + s.b[i] - t.b[n - 1 - i];                                                              \
    return sum;                                                                                              \
  }
BYTE_STRUCTS(DEFINE)

struct mixed via_mixed(make_mixed f, struct mixed s) {
  struct mixed r = f(s, 0.5f);
  r.d += s.d;
  return r;
}

static struct {
  observer f;
  void *user;
} observers[8];

int observe(observer f, void *user) {
  for (int i = 0; i < 8; i++) {
    if (observers[i].f == 0) {
      observers[i].f = f;
      observers[i].user = user;
      return i;
    }
  }
  return -1;
}

int unobserve(int number) {
  if (number < 0 || number >= 8 || observers[number].f == 0)
    return -1;
  observers[number].f = 0;
  return 0;
}

int notify(int event) {
  int sum = 0;
  for (int i = 0; i < 8; i++)
    if (observers[i].f)
      sum += observers[i].f(observers[i].user, event);
  return sum;
}

static const struct handlers *kept;

i64 run_handlers(const struct handlers *h, int x) {
  int file = h->open(h->name);
  i64 result = h->read(file, 0x100000000ll * x, 0.25) + h->tag;
  h->close(file);
  return result * 1000 + h->flags((int8_t)(x * 77), (uint16_t)(x * 7777));
}

void keep_handlers(const struct handlers *h) { kept = h; }
i64 run_kept_handlers(int x) { return run_handlers(kept, x); }

static i64 sum_of(const char *letters, va_list list) {
  i64 sum = 0;
  for (int k = 1; *letters; letters++, k++) {
    if (*letters == 'i')
      sum += k * va_arg(list, int);
    else if (*letters == 'l')
      sum += k * va_arg(list, i64);
    else if (*letters == 'd')
      sum += (i64)(k * va_arg(list, double) * 16);
    else if (*letters == 's')
      sum += k * (i64)strlen(va_arg(list, const char *));
    else
      sum += k * *va_arg(list, int *);
  }
  return sum;
}

i64 vsum(const char *letters, ...) {
  va_list list;
  va_start(list, letters);
  i64 sum = sum_of(letters, list);
  va_end(list);
  return sum;
}

i64 call_variadic(i64 (*f)(const char *letters, ...)) {
  int cell = 5;
  return f("") + f("i", 3) + f("sl", "text", -0x123456789ll) + f("idlip", 7, 2.75, 1ll << 40, -9, &cell) +
         f("ididididldsli", 1, 2.5, 3, 4.5, 5, 6.5, 7, 8.5, 9ll << 33, 10.5, "eleven", 12ll, 13);
}

int add_twelve(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l) {
  return a - 2 * b + 3 * c - 4 * d + 5 * e - 6 * f + 7 * g - 8 * h + 9 * i - 10 * j + 11 * k - 12 * l;
}

i64 add_twelve_mixed(int8_t a, i64 b, float c, double d, uint16_t e, i64 f, int g, double h, i64 i, float j,
                     int k, double l) {
  return a + 3 * b + (i64)(c * 5) + (i64)(d * 7) + 11 * e + 13 * f + 17 * g + (i64)(h * 19) + 23 * i +
         (i64)(j * 29) + 31 * k + (i64)(l * 37);
}

int call_twelve(twelve f, int x) { return f(x, x + 1, x * 2, -x, 5, 6, x * x, 8, -9, 10, x * 11, 12); }

i64 call_twelve_mixed(twelve_mixed f, int x) {
  return f((int8_t)-x, x * (1ll << 34), 1.5f, x * 2.5, 65535, -3, x, 1e9, 1ll << 50, -0.75f, 7, x / 8.0);
}

int call_narrow(narrow8 a, narrow_u8 b, narrow16 c, narrow_u16 d, int x) {
  return a((int8_t)x, (uint8_t)x) + 3 * b((uint8_t)(x * 5), (int8_t)(x * 3)) +
         7 * c((int16_t)(x * 1001), (uint16_t)(x * 999)) + 11 * d((uint16_t)(x * 777), (int16_t)-x);
}
int8_t narrow_down(int x) { return (int8_t)x; }
uint16_t narrow_wrap(int x) { return (uint16_t)x; }

double call_floats(mix f, halve g, double x) { return f((float)x, x * 3, 1ll << 41) + g(x); }
i64 call_wide(i64 (*f)(i64, int, i64), i64 x) { return f(x, 3, -x) + f(1ll << 62, -1, 5); }

static int square(int x) { return x * x; }
static int negate(int x) { return -x; }
unary native_function(int which) { return which == 0 ? square : which == 1 ? negate : 0; }
unary hand_back(unary f) { return f; }
int apply(unary f, int x) { return f(x); }

static int things[4];
void *make_thing(int value) {
  int *thing = &things[value & 3];
  *thing = value;
  return thing;
}
int thing_value(void *thing) { return *(int *)thing; }
void *same_pointer(void *p) { return p; }
