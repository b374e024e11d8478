// SPDX-License-Identifier: Apache-2.0
// Compiled functions that call interpreted ones and the other way round, directly, through pointers and from native code, deep inside each
// other; values that live across all that.
// FLAGS: --jit hot
// RUN: --register-stack 200000 --stack 1000000
#include <espb/guest.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((noinline)) static unsigned cold_down(unsigned n, unsigned a);

JIT_HOT __attribute__((noinline)) static unsigned hot_down(unsigned n, unsigned a) {
  if (n == 0)
    return a;
  unsigned kept = a * 7u + n, more = a ^ n;
  return cold_down(n - 1, a + n) + kept - more;
}

__attribute__((noinline)) static unsigned cold_down(unsigned n, unsigned a) {
  if (n == 0)
    return a;
  unsigned kept = a * 3u + n, more = a | n;
  return hot_down(n - 1, a ^ (n << 3)) + kept - more;
}

// The same, all native.
static unsigned reference(unsigned n, unsigned a, int hot) {
  unsigned sum = 0;
  for (; n; n--, hot = !hot) {
    sum += hot ? a * 7u + n - (a ^ n) : a * 3u + n - (a | n);
    a = hot ? a + n : a ^ (n << 3);
  }
  return sum + a;
}

JIT_HOT __attribute__((noinline)) static int hot_compare(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return x < y ? -1 : x > y;
}
__attribute__((noinline)) static int cold_compare(const void *a, const void *b) { return -hot_compare(a, b); }

JIT_HOT __attribute__((noinline)) static void sort(int *values, int count, int (*compare)(const void *, const void *)) {
  qsort(values, (size_t)count, sizeof *values, compare);
}

JIT_HOT __attribute__((noinline)) static long long wide(int count, long long first, double scale, ...) {
  return (long long)((double)(first + count) * scale);
}
JIT_HOT __attribute__((noinline)) static unsigned many(unsigned a, unsigned b, unsigned c, unsigned d, unsigned e, unsigned f, unsigned g,
                                                       unsigned h, unsigned i, unsigned long long j) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + (unsigned)(j >> 32) + (unsigned)j;
}

typedef unsigned (*down_function)(unsigned, unsigned);
static down_function volatile downs[2] = {hot_down, cold_down};

JIT_HOT __attribute__((noinline)) static unsigned through(unsigned which, unsigned n) { return downs[which](n, which + 5) * 3u; }

int main(void) {
  printf("%u %u\n", hot_down(10000, 1), reference(10000, 1, 1));
  printf("%u %u\n", cold_down(9999, 2), reference(9999, 2, 0));
  printf("%u %u\n", through(0, 100), reference(100, 5, 1) * 3u);
  printf("%u %u\n", through(1, 100), reference(100, 6, 0) * 3u);
  int values[9] = {5, -3, 8, 0, 99, -70, 5, 1, 2};
  sort(values, 9, hot_compare);
  for (int i = 0; i < 9; i++)
    printf("%d ", values[i]);
  sort(values, 9, cold_compare);
  for (int i = 0; i < 9; i++)
    printf("%d ", values[i]);
  printf("\n%lld %lld\n", wide(3, 1LL << 33, 0.5), wide(-3, -5, 1.25, 1, 2));
  printf("%u\n", many(1, 2, 3, 4, 5, 6, 7, 8, 9, 0x100000002ull));
  return 0;
}
