// SPDX-License-Identifier: Apache-2.0
// Calls out and in of every kind, as a program that knows nothing of ESPB. It is compiled as a guest and
// natively; each case's number must be the same.
#include "cases.h"
#include "natives.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#ifdef __ESPB__
#include <espb/guest.h>
#define CASE(name) ESPB_EXPORT i64 case_##name(void)
#else
#define CASE(name) i64 native_case_##name(void)
#endif

static uint32_t hash(uint32_t h, const void *p, unsigned n) {
  const uint8_t *b = p;
  while (n--)
    h = (h ^ *b++) * 16777619u;
  return h;
}

static int compared;
static int by_value(const void *a, const void *b) {
  compared++;
  int x = *(const int *)a, y = *(const int *)b;
  return x < y ? -1 : x > y;
}
static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

CASE(qsort) {
  int v[50];
  uint32_t x = 12345;
  for (int i = 0; i < 50; i++)
    v[i] = (int)(x = x * 1103515245u + 12345u) >> 8;
  qsort(v, 50, sizeof *v, by_value);
  const char *names[] = {"pear", "apple", "fig", "quince", "plum"};
  qsort(names, 5, sizeof *names, by_name);
  uint32_t h = hash(1, v, sizeof v);
  for (int i = 0; i < 5; i++)
    h = hash(h, names[i], (unsigned)strlen(names[i]));
  return h;
}

CASE(bsearch) {
  int v[64], found = 0;
  for (int i = 0; i < 64; i++)
    v[i] = i * i;
  for (int key = -3; key < 4100; key += 7) {
    int *p = bsearch(&key, v, 64, sizeof *v, by_value);
    found = found * 3 + (p ? (int)(p - v) : -1);
    found &= 0xffffff;
  }
  return found;
}

static int on_event(void *user, int event) { return *(int *)user += event; }
static int on_number(void *user, int event) { return (int)(intptr_t)user * event; }
CASE(observers) {
  int cell = 10;
  int a = observe(on_event, &cell), b = observe(on_number, (void *)(intptr_t)7), c = observe(on_event, &cell);
  i64 sum = notify(1);
  sum = sum * 100 + notify(5);
  unobserve(b);
  sum = sum * 100 + notify(-3);
  unobserve(a);
  unobserve(c);
  return sum * 100 + notify(1) + cell + unobserve(a);
}

static int open_count;
static int my_open(const char *name) { return (int)strlen(name) + 100 * ++open_count; }
static i64 my_read(int file, i64 at, double scale) { return (i64)((double)(at + file) * scale); }
static void my_close(int file) { open_count -= file > 0; }
static uint8_t my_flags(int8_t a, uint16_t b) { return (uint8_t)(a * 3 + b); }
static const struct handlers my_handlers = {42, "a name", my_open, my_read, my_close, my_flags};
CASE(handlers) { return run_handlers(&my_handlers, 5) + open_count; }
CASE(kept_handlers) {
  static struct handlers mine;
  mine = my_handlers;
  keep_handlers(&mine);
  i64 first = run_kept_handlers(3);
  mine.tag = -1;
  return first * 7 + run_kept_handlers(-4);
}

CASE(varargs_out) {
  int cell = 1234;
  i64 sum = vsum("") + vsum("i", -5) + vsum("l", 1ll << 40) + vsum("d", 2.5) + vsum("s", "four");
  sum += vsum("iiiiiiiiiiii", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  sum += vsum("ilidsp", 1, -2ll, 3, 4.25, "five", &cell);
  return sum + vsum("dddddd", 1.5, 2.5, 3.5, 4.5, 5.5, 6.5) + vsum("lilili", 1ll, 2, 3ll << 35, 4, 5ll, 6);
}

#if defined(__ESPB__) || __SIZEOF_POINTER__ == 4
static i64 my_sum(const char *letters, ...) {
  va_list list;
  va_start(list, letters);
  i64 sum = 0;
  for (int k = 1; *letters; letters++, k++) {
    switch (*letters) {
    case 'i':
      sum += k * va_arg(list, int);
      break;
    case 'l':
      sum += k * va_arg(list, i64);
      break;
    case 'd':
      sum += (i64)(k * va_arg(list, double) * 16);
      break;
    case 's':
      sum += k * (i64)strlen(va_arg(list, const char *));
      break;
    default:
      sum += k * *va_arg(list, int *);
    }
  }
  va_end(list);
  return sum;
}
// A native caller passes variable arguments to the guest.
CASE(varargs_in) { return call_variadic(my_sum); }
#endif

CASE(twelve_out) {
  return add_twelve(1, 20, 300, 4, 5, 6, 7, 8, 9, 10, 11, 12) +
         add_twelve_mixed(-1, 2ll << 40, 3.5f, 4.25, 60000, -6, 7, 8.5, 9ll << 50, -10.5f, 11, 12.125);
}
static int my_twelve(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l) {
  return add_twelve(l, k, j, i, h, g, f, e, d, c, b, a);
}
static i64 my_twelve_mixed(int8_t a, i64 b, float c, double d, uint16_t e, i64 f, int g, double h, i64 i,
                           float j, int k, double l) {
  return a - b + (i64)(c * 100) - (i64)(d * 100) + e - f + g - (i64)(h * 100) + i - (i64)(j * 100) + k -
         (i64)(l * 100);
}
CASE(twelve_in) {
  return call_twelve(my_twelve, 9) + call_twelve_mixed(my_twelve_mixed, 100) +
         call_twelve_mixed(my_twelve_mixed, -1);
}

#define FILL(n, seed)                                                                                        \
  struct s##n s;                                                                                             \
  for (int i = 0; i < n; i++)                                                                                \
    s.b[i] = (uint8_t)(seed + i * 29);
#define OUT(n)                                                                                               \
  {                                                                                                          \
    FILL(n, 11)                                                                                              \
    s = twist_s##n(s, 5);                                                                                    \
    h = hash(h, &s, sizeof s);                                                                               \
    s = twist_s##n(s, -7);                                                                                   \
    h = hash(h, &s, sizeof s);                                                                               \
  }
CASE(structs_out) {
  uint32_t h = 1;
  SMALL_STRUCTS(OUT)
  return h;
}
CASE(large_out) {
  uint32_t h = 1;
  LARGE_STRUCTS(OUT)
  return h;
}
#define MINE(n)                                                                                              \
  static struct s##n my_s##n(int k, struct s##n s) {                                                         \
    struct s##n r;                                                                                           \
    for (int i = 0; i < n; i++)                                                                              \
      r.b[i] = (uint8_t)(s.b[n - 1 - i] + k);                                                                \
    return r;                                                                                                \
  }
BYTE_STRUCTS(MINE)
#define IN(n)                                                                                                \
  {                                                                                                          \
    FILL(n, 99)                                                                                              \
    s = via_s##n(my_s##n, s, 3);                                                                             \
    h = hash(h, &s, sizeof s);                                                                               \
  }
CASE(structs_in) {
  uint32_t h = 1;
  SMALL_STRUCTS(IN)
  return h;
}
CASE(large_in) {
  uint32_t h = 1;
  LARGE_STRUCTS(IN)
  return h;
}
#define LATE(n)                                                                                              \
  {                                                                                                          \
    FILL(n, 3)                                                                                               \
    struct s##n t = twist_s##n(s, 1);                                                                        \
    h = h * 17 + late_s##n(1, 2, 3, 4, 5, 6, 7, s, 8, t);                                                    \
  }
CASE(structs_late) {
  uint32_t h = 1;
  SMALL_STRUCTS(LATE)
  return h;
}
CASE(large_late) {
  uint32_t h = 1;
  LARGE_STRUCTS(LATE)
  return h;
}
static struct mixed my_mixed(struct mixed s, float f) {
  struct mixed r = {s.d * (double)f, s.a + 1, (int16_t)(s.b - 1), (int8_t)(s.c ^ 0x55)};
  return r;
}
CASE(mixed_struct) {
  struct mixed s = {2.5, 100000, -300, 17};
  s = via_mixed(my_mixed, s);
  return (i64)(s.d * 1000) + s.a + s.b + s.c;
}

static int8_t my_n8(int8_t a, uint8_t b) { return (int8_t)(a * 2 + b); }
static uint8_t my_nu8(uint8_t a, int8_t b) { return (uint8_t)(a + b * 3); }
static int16_t my_n16(int16_t a, uint16_t b) { return (int16_t)(a - b); }
static uint16_t my_nu16(uint16_t a, int16_t b) { return (uint16_t)(a * b); }
CASE(narrow) {
  i64 sum = 0;
  for (int x = -300; x < 300; x += 37)
    sum = sum * 3 + call_narrow(my_n8, my_nu8, my_n16, my_nu16, x) + narrow_down(x) + narrow_wrap(x * 1000);
  return sum;
}

static double my_mix(float a, double b, i64 c) { return (double)a * b + (double)c; }
static float my_halve(double x) { return (float)(x / 2); }
static i64 my_wide(i64 a, int b, i64 c) { return a * b - c; }
CASE(floats) { return (i64)(call_floats(my_mix, my_halve, 3.25) * 64) + call_wide(my_wide, 0x123456789abll); }

static int plus_one(int x) { return x + 1; }
static int times_two(int x) { return x * 2; }
CASE(pointers) {
  unary square = native_function(0), negate = native_function(1), mine = hand_back(plus_one);
  int sum = square(7) + negate(3) * 100 + mine(5) * 1000;
  sum +=
      10000 * (mine == plus_one) + 20000 * (hand_back(square) == square) + 40000 * (native_function(2) == 0);
  return sum + apply(square, 3) + apply(plus_one, 9) + apply(mine, 90) + apply(hand_back(square), 4);
}

static unary const table[] = {plus_one, times_two, 0, plus_one};
CASE(table) {
  i64 sum = 0;
  for (int i = 0; i < 4; i++)
    sum = sum * 100 + (table[i] ? apply(table[i], 10) + table[i](5) : 1);
  return sum;
}

// Guest, native, guest, native and so on.
static int dive(int x) { return x <= 0 ? 1 : x + apply(dive, x - 1); }
static int sorted_inside(int x) {
  int v[5] = {x, 3, x - 9, 0, 7};
  qsort(v, 5, sizeof *v, by_value);
  return v[0] * 3 + v[2];
}
CASE(nested) { return apply(dive, 12) * 1000 + apply(sorted_inside, 4); }

CASE(opaque) {
  void *a = make_thing(41), *b = make_thing(42);
  return thing_value(a) * 100 + thing_value(b) + 10000 * (a != b) + 20000 * (same_pointer(a) == a) +
         40000 * (same_pointer(&a) == (void *)&a) + 80000 * (same_pointer((void *)77) == (void *)77);
}
