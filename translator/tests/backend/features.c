// SPDX-License-Identifier: Apache-2.0
// Everything of the language that code generation treats in a way of its own, printed; compared with the same
// program compiled for the host.
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
int printf(const char *, ...);
#define NI __attribute__((noinline))
NI int vs(int n, ...) {
  va_list a;
  va_start(a, n);
  int s = 0;
  for (int i = 0; i < n; i++)
    s += va_arg(a, int);
  double d = va_arg(a, double);
  long long l = va_arg(a, long long);
  int z = va_arg(a, int);
  va_end(a);
  return s + (int)d * 10 + (int)l * 100 + z * 1000;
}
NI int vs2(int a, int b, int c, int d, int e, int f, int g, ...) {
  va_list v;
  va_start(v, g);
  double x = va_arg(v, double);
  int y = va_arg(v, int);
  long long l = va_arg(v, long long);
  va_end(v);
  return a + g + (int)x + y * 3 + (int)l;
}
NI double fm(double a, double b, float c) { return a * b + c; }
NI float sel(float a, float b) { return a < b ? a : b; }
NI int cmp(double a, double b) {
  return (a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5 |
         __builtin_isunordered(a, b) << 6 | __builtin_islessgreater(a, b) << 7;
}
NI int cmpf(float a, float b) {
  return (a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5 |
         __builtin_isunordered(a, b) << 6 | __builtin_islessgreater(a, b) << 7;
}
NI int brd(double a, double b) {
  int r = 0;
  if (a < b)
    r += 1;
  if (!(a < b))
    r += 2;
  if (a >= b)
    r += 4;
  if (!(a >= b))
    r += 8;
  if (a == b)
    r += 16;
  if (a != b)
    r += 32;
  if (!(a <= b))
    r += 64;
  return r;
}
NI double neg(double a) { return -__builtin_fabs(a); }
NI double cs(double a, double b) { return __builtin_copysign(a, b); }
NI float csf(float a, float b) { return -__builtin_copysignf(a, b) + __builtin_fabsf(b); }
NI int64_t cv(double a) { return (int64_t)a + (int)(float)a + (unsigned)(a < 0 ? -a : a); }
NI double cvu(uint64_t a, unsigned b, int c, int64_t d) { return (double)a + b + c + (double)d + (float)a; }
atomic_int ai;
_Atomic int64_t al;
atomic_uchar ac;
_Atomic uint16_t ah;
NI int at(int x) {
  int r = atomic_fetch_add(&ai, x);
  r = r * 3 + atomic_exchange(&ai, 3);
  r = r * 3 + atomic_load(&ai);
  r = r * 3 + atomic_fetch_sub(&ai, x);
  r = r * 3 + atomic_fetch_or(&ai, 0x50);
  r = r * 3 + atomic_fetch_xor(&ai, x);
  return r * 3 + ai;
}
NI int64_t at64(int64_t x) { return x; }
NI int at8(int x) {
  int r = atomic_fetch_add(&ac, x);
  r = r * 3 + ac;
  r = r * 3 + atomic_fetch_sub(&ah, x);
  return r * 5 + ah;
}
NI int cas(int e, int n) {
  ai = 5;
  int b = atomic_compare_exchange_strong(&ai, &e, n);
  return b * 1000 + e * 10 + ai;
}
NI int fl(int *a, int n) {
  for (int i = 0; i < n; i++)
    a[i] = i * i;
  return a[n - 1];
}
NI int vla(int n) {
  int a[n];
  int r = fl(a, n);
  {
    int b[n + 3];
    r += fl(b, n + 3);
    r += b[2];
  }
  return r + a[n / 2];
}
NI int vlast(int n, int a, int b, int c, int d, int e, int f, int g, int h, int64_t i) {
  char v[n];
  for (int k = 0; k < n; k++)
    v[k] = k;
  return v[n - 1] + a + b + c + d + e + f + g * h + (int)i;
}
NI int vlac(int n) {
  int s = 0;
  for (int k = 1; k < n; k++) {
    char v[k * 7];
    v[k] = k;
    s += vlast(k, 1, 2, 3, 4, 5, 6, 7, 8, 9) + v[k] + fl((int[4]){0}, 4);
  }
  return s;
}
NI int chk(char *b) {
  int r = ((uintptr_t)b & 63) == 0;
  for (int i = 0; i < 100; i++)
    b[i] = i;
  return r;
}
NI int al32(int x) {
  _Alignas(64) char b[100];
  int r = chk(b);
  return r * 1000 + b[x];
}
NI int goto_(int x) {
  static void *const t[] = {&&a, &&b, &&c};
  int n = 0;
  goto *t[x];
a:
  n += 1;
  if (n < 3)
    goto *t[1];
  return n;
b:
  n += 20;
  if (n > 90)
    return n;
  goto *t[(n & 1) * 2];
c:
  return n + 300;
}
struct S {
  int a, b, c, d;
};
NI struct S rs(int x) {
  struct S s = {x, x + 1, x + 2, x + 3};
  return s;
}
NI int us(struct S s, int k) {
  s.a++;
  return s.a * 1000 + s.d * k;
}
struct P {
  int a, b;
};
NI struct P rp(int x) {
  struct P p = {x, x * 2};
  return p;
}
NI int64_t up(int z, struct P p, struct P q) { return p.a + p.b * 10 + q.a * 100 + z + q.b; }
struct D {
  double x;
  float y;
};
NI struct D rd(double x) {
  struct D d = {x, x * 2};
  return d;
}
NI double ud(struct D d) { return d.x + d.y; }
NI _BitInt(128) bi(_BitInt(128) a, _BitInt(128) b) {
  return a * b + (a / b) * 3 - (a % b) + (a >> 5) + (b << 77);
}
NI int popc(uint64_t x, unsigned y) {
  return __builtin_popcountll(x) * 7 + __builtin_clzll(x) * 3 + __builtin_ctzll(x) + __builtin_ctz(y) * 5 +
         __builtin_clz(y) * 11;
}
NI unsigned rot(unsigned x, int n) {
  return (x << (n & 31) | x >> (-n & 31)) + (x << 7 | x >> 25) + (x >> (n & 31) | x << (-n & 31));
}
NI unsigned bf(unsigned x) {
  return (x >> 5 & 0x1ff) + ((x & 0xfff) << 3) + (x >> 28) + (x & 0xffff) * 3 + (x & 0xff);
}
NI int sbf(int x) { return (x << 10 >> 20) + (signed char)x * 3 + (short)x * 5 + (x << 31 >> 31); }
NI int64_t i64(int64_t a, int64_t b, int s) {
  return a + b * 3 - (a ^ b) + (a | b) + (a & b) + (a << (s & 63)) + (b >> (s & 63)) +
         (int64_t)((uint64_t)a >> (s & 63)) + (b ? a / b + a % b : 0) +
         (b ? (int64_t)((uint64_t)a / (uint64_t)b) : 0);
}
NI int c64(int64_t a, int64_t b) {
  return (a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 |
         ((uint64_t)a < (uint64_t)b) << 5 | ((uint64_t)a >= (uint64_t)b) << 6 | (a == 0) << 7 | (a < 0) << 8 |
         (a > -1) << 9 | (b != 0) << 10;
}
NI int b64(int64_t a, int64_t b) {
  int r = 0;
  if (a < b)
    r |= 1;
  if (a > b)
    r |= 2;
  if (a == b)
    r |= 4;
  if ((uint64_t)a > (uint64_t)b)
    r |= 8;
  if (a < 0)
    r |= 16;
  if (b >= 0)
    r |= 32;
  if (!a)
    r |= 64;
  return r;
}
NI void cpy(char *d, char *s, int n) {
  __builtin_memcpy(d, s, n);
  __builtin_memset(d + n, 7, 16);
  __builtin_memmove(d + 1, d, 8);
}
NI int mm(int a, int b) {
  return (a < b ? a : b) * 3 + (a > b ? a : b) * 5 + ((unsigned)a < (unsigned)b ? a : b) +
         ((unsigned)a > (unsigned)b ? a : b) * 7;
}
NI int64_t sat(uint64_t a, uint64_t b) {
  uint64_t r;
  if (__builtin_mul_overflow(a, b, &r))
    return -1;
  return r;
}
NI int ov(int a, int b) {
  int r, q;
  int o = __builtin_add_overflow(a, b, &r);
  o |= __builtin_sub_overflow(a, b, &q) << 1;
  o |= __builtin_mul_overflow(a, b, &a) << 2;
  return o + r + q + a;
}
typedef float v4 __attribute__((vector_size(16)));
NI v4 vadd(v4 a, v4 b) { return a * b + a; }
NI int sw(int x) {
  switch (x) {
  case -3:
    return 5;
  case -2:
    return 9;
  case -1:
    return 12;
  case 0:
    return x + 3;
  case 1:
    return 77;
  case 2:
    return 8;
  case 3:
    return x * x;
  case 7:
    return 1;
  default:
    return -1;
  }
}
NI int sw64(int64_t x) {
  switch (x) {
  case 10000000000LL:
    return 5;
  case 10000000001LL:
    return 9;
  case 10000000002LL:
    return 12;
  case 10000000003LL:
    return 3;
  case 10000000004LL:
    return 77;
  default:
    return -1;
  }
}
NI int swu(unsigned x) {
  switch (x % 6) {
  case 0:
    return 5;
  case 1:
    return 9;
  case 2:
    return 12;
  case 3:
    return 31;
  case 4:
    return 77;
  case 5:
    return 8;
  }
  __builtin_unreachable();
}
typedef int (*fp)(int);
static const fp fps[] = {sw, al32, goto_};
NI int callp(int i, int x) { return fps[i](x) + 1; }
int gi = 5;
short gh = -7;
unsigned char gb = 200;
int64_t gl = 1LL << 40;
double gd = 2.5;
int garr[50];
struct {
  char c;
  int x;
  short s;
  int64_t l;
} gs = {1, 2, 3, 4};
NI int glob(int i) {
  gi += 3;
  gh--;
  gb += 100;
  gl *= 3;
  gd += 1;
  garr[i] = gi;
  garr[i + 1] = gh;
  gs.x++;
  gs.s -= 2;
  gs.l += gb;
  gs.c++;
  return gi + gh + gb + (int)(gl >> 30) + (int)gd + garr[i] * 2 + garr[i + 1] + gs.c + gs.x + gs.s +
         (int)gs.l;
}
NI int big(int a, int64_t b, double c, int d, int64_t e, float f, double g, short h, signed char i,
           int64_t j) {
  return a + b * 2 + (int)c * 3 + d * 4 + (int)e * 5 + (int)f * 6 + (int)g * 7 + h * 8 + i * 9 + (int)j * 10;
}
NI unsigned press(unsigned a) {
  unsigned v[40];
  for (int i = 0; i < 40; i++)
    v[i] = a = a * 1664525 + 1013904223;
  unsigned r = 0;
  unsigned x0 = v[0], x1 = v[1], x2 = v[2], x3 = v[3], x4 = v[4], x5 = v[5], x6 = v[6], x7 = v[7], x8 = v[8],
           x9 = v[9], y0 = v[10], y1 = v[11], y2 = v[12], y3 = v[13], y4 = v[14], y5 = v[15], y6 = v[16],
           y7 = v[17], y8 = v[18], y9 = v[19], z0 = v[20], z1 = v[21], z2 = v[22], z3 = v[23], z4 = v[24],
           z5 = v[25], z6 = v[26], z7 = v[27], z8 = v[28], z9 = v[29], w0 = v[30], w1 = v[31], w2 = v[32],
           w3 = v[33], w4 = v[34], w5 = v[35], w6 = v[36], w7 = v[37], w8 = v[38], w9 = v[39];
  for (int i = 0; i < 30; i++) {
    x0 += w9 ^ x1;
    x1 += x0 ^ x2;
    x2 += x1 ^ x3;
    x3 += x2 ^ x4;
    x4 += x3 ^ x5;
    x5 += x4 ^ x6;
    x6 += x5 ^ x7;
    x7 += x6 ^ x8;
    x8 += x7 ^ x9;
    x9 += x8 ^ y0;
    y0 += x9 ^ y1;
    y1 += y0 ^ y2;
    y2 += y1 ^ y3;
    y3 += y2 ^ y4;
    y4 += y3 ^ y5;
    y5 += y4 ^ y6;
    y6 += y5 ^ y7;
    y7 += y6 ^ y8;
    y8 += y7 ^ y9;
    y9 += y8 ^ z0;
    z0 += y9 ^ z1;
    z1 += z0 ^ z2;
    z2 += z1 ^ z3;
    z3 += z2 ^ z4;
    z4 += z3 ^ z5;
    z5 += z4 ^ z6;
    z6 += z5 ^ z7;
    z7 += z6 ^ z8;
    z8 += z7 ^ z9;
    z9 += z8 ^ w0;
    w0 += z9 ^ w1;
    w1 += w0 ^ w2;
    w2 += w1 ^ w3;
    w3 += w2 ^ w4;
    w4 += w3 ^ w5;
    w5 += w4 ^ w6;
    w6 += w5 ^ w7;
    w7 += w6 ^ w8;
    w8 += w7 ^ w9;
    w9 += w8 ^ x0;
  }
  r = x0 ^ x1 ^ x2 ^ x3 ^ x4 ^ x5 ^ x6 ^ x7 ^ x8 ^ x9 ^ y0 ^ y1 ^ y2 ^ y3 ^ y4 ^ y5 ^ y6 ^ y7 ^ y8 ^ y9 ^ z0 ^
      z1 ^ z2 ^ z3 ^ z4 ^ z5 ^ z6 ^ z7 ^ z8 ^ z9 ^ w0 ^ w1 ^ w2 ^ w3 ^ w4 ^ w5 ^ w6 ^ w7 ^ w8 ^ w9;
  return r;
}
NI int bigframe(int x) {
  volatile int a[600];
  volatile char b[70];
  volatile short h[3];
  for (int i = 0; i < 600; i++)
    a[i] = i * x;
  for (int i = 0; i < 70; i++)
    b[i] = i;
  h[0] = x;
  h[1] = 2;
  h[2] = 3;
  return a[599] + b[69] + h[0] + h[2];
}
int main(void) {
  volatile double nan = __builtin_nan("");
  printf("%d %d\n", vs(2, 7, 3, 4.5, 6LL, 9), vs2(1, 2, 3, 4, 5, 6, 7, 8.5, 11, 12LL));
  printf("%g %g %g\n", fm(1.5, 2.5, 3.25f), (double)sel(1, 2), (double)sel(3, -2));
  double ds[] = {1, 2, -3, 0, -0.0, 1e300, nan};
  for (int i = 0; i < 7; i++)
    for (int j = 0; j < 7; j++)
      printf("%d,%d,%d ", cmp(ds[i], ds[j]), cmpf(ds[i], ds[j]), brd(ds[i], ds[j]));
  printf("\n");
  printf("%g %g %g %g\n", neg(3), cs(2, -1), cs(-5, 3), (double)csf(2, -4));
  printf("%lld %lld %g\n", (long long)cv(12345.75), (long long)cv(-77.9),
         cvu(1ull << 63, 0xffffffffu, -5, -(1ll << 40)));
  printf("%d %lld %d %d %d\n", at(9), (long long)at64(123456789012LL), at8(77), cas(5, 9), cas(4, 9));
  printf("%d %d %d %d %d %d\n", vla(10), vlac(9), al32(50), goto_(0), goto_(1), goto_(2));
  printf("%d %lld %g\n", us(rs(4), 3), (long long)up(5, rp(3), rp(8)), ud(rd(1.25)));
  _BitInt(128) q = bi(((_BitInt(128))0x123456789abcdefLL << 40) + 99, ((_BitInt(128)) - 7) * 1000000007);
  printf("%llx %llx\n", (unsigned long long)q, (unsigned long long)(q >> 64));
  printf("%d %u %u %d\n", popc(0x123456789000LL, 0x3400), rot(0x87654321, 13), bf(0xdeadbeef),
         sbf(0x12345685));
  int64_t is[] = {0, 1, -1, 5, 1LL << 40, -(1LL << 33), INT64_MIN + 1, 123456789123LL};
  for (int i = 0; i < 8; i++)
    for (int j = 0; j < 8; j++)
      printf("%llx,%d,%d ", (long long)i64(is[i], is[j], i * 8 + j), c64(is[i], is[j]), b64(is[i], is[j]));
  printf("\n");
  char d[64] = "abcdefghijklmnopqrstuvwxyz", e[64];
  cpy(e, d, 20);
  for (int i = 0; i < 36; i++)
    printf("%d ", e[i]);
  printf("\n");
  printf("%d %d %lld %lld %d %d\n", mm(3, -4), mm(7, 9), (long long)sat(1ull << 40, 3),
         (long long)sat(1ull << 40, 1 << 25), ov(0x7fffffff, 2), ov(-100000, 100000));
  v4 v = vadd((v4){1, 2, 3, 4}, (v4){5, 6, 7, 8});
  printf("%g %g %g %g\n", v[0], v[1], v[2], v[3]);
  for (int i = -5; i < 10; i++)
    printf("%d %d %d ", sw(i), sw64(10000000000LL + i), swu(i + 20));
  printf("%d %d %d\n", callp(0, 3), callp(1, 7), callp(2, 1));
  printf("%d %d\n", glob(4), glob(5));
  printf("%d\n", big(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  printf("%u %d\n", press(42), bigframe(3));
  return 0;
}
