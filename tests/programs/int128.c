// SPDX-License-Identifier: Apache-2.0
// __int128, signed and not: arithmetic, shifts, comparisons, conversions, arguments and results.
#include <stdint.h>
#include <stdio.h>

typedef __int128 i128;
typedef unsigned __int128 u128;

static void show(const char *what, u128 v) {
  printf("%s %016llx%016llx\n", what, (unsigned long long)(v >> 64), (unsigned long long)v);
}

__attribute__((noinline)) static u128 mix(u128 a, i128 b, unsigned n) { return (a << n) ^ (u128)(b >> (n / 2)) ^ (a * (u128)b); }

int main(void) {
  volatile uint64_t high = 0x123456789abcdef0u, low = 0xfedcba9876543210u, small = 12345;
  const u128 a = (u128)high << 64 | low;
  const i128 b = -(i128)low;
  show("a", a);
  show("b", (u128)b);
  show("sum", a + (u128)b);
  show("product", a * (u128)b);
  show("quotient", a / small);
  show("remainder", a % small);
  show("quotient128", a / ((u128)small << 70 | 3));
  show("signed quotient", (u128)(b / (i128)small));
  show("signed remainder", (u128)(b % (i128)small));
  show("mix", mix(a, b, 37));
  printf("%d %d %d\n", a > (u128)b, b < 0, (i128)a > b);
  printf("%.6g %.6g\n", (double)a, (double)b);
  show("from double", (u128)((double)high * 4294967296.0));
  show("negated", -a);
  return 0;
}
