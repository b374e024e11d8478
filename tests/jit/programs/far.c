// SPDX-License-Identifier: Apache-2.0
// A compiled function so long that conditional branches do not reach: the compiler begins again with jumps.
#include <stdio.h>

#define STEP(n) case n: \
    a = a * 31u + b, b ^= a >> 7, c += a * b, d = (d << 5 | d >> 27) ^ c, p[n & 15] += d, e -= p[(n + 3) & 15]; \
    if ((a ^ n) % 5 == 0) { p[(n * 7) & 15] ^= a + b + c + d, f += e * 3u, a -= f; }
#define STEPS(n) STEP(n) STEP(n + 1) STEP(n + 2) STEP(n + 3) STEP(n + 4) STEP(n + 5) STEP(n + 6) STEP(n + 7)
#define MANY(n) STEPS(n) STEPS(n + 8) STEPS(n + 16) STEPS(n + 24) STEPS(n + 32) STEPS(n + 40) STEPS(n + 48) STEPS(n + 56)

__attribute__((noinline)) static unsigned run(unsigned start, unsigned rounds, unsigned *p) {
  unsigned a = start, b = 2, c = 3, d = 4, e = 5, f = 6;
  while (rounds--) {
    switch ((a >> 3) & 127) {
      MANY(0)
      MANY(64)
    }
    if (a & 1)
      start += a;
  }
  return a ^ b ^ c ^ d ^ e ^ f ^ start;
}

int main(void) {
  unsigned p[16] = {0};
  for (unsigned i = 0; i < 20; i++)
    printf("%08x\n", run(i * 1234567u, 1 + i, p));
  return 0;
}
