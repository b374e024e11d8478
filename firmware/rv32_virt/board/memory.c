// SPDX-License-Identifier: Apache-2.0
// memcpy and memset by words, as a chip's ROM has them: Debian's picolibc goes byte by byte. Firmware, guests
// (through their imports) and the native programs of the benchmarks use the same ones.
#include <stddef.h>
#include <stdint.h>

// The compiler must not turn these loops into calls of the functions that they are.
#pragma GCC optimize("no-tree-loop-distribute-patterns")

typedef uint32_t __attribute__((may_alias)) word;

void *memcpy(void *restrict to, const void *restrict from, size_t count) {
  unsigned char *d = to;
  const unsigned char *s = from;
  if ((((uintptr_t)d ^ (uintptr_t)s) & 3) == 0) {
    for (; count && ((uintptr_t)d & 3); count--)
      *d++ = *s++;
    for (; count >= 16; count -= 16, d += 16, s += 16) {
      word a = ((const word *)s)[0], b = ((const word *)s)[1], c = ((const word *)s)[2],
           e = ((const word *)s)[3];
      ((word *)d)[0] = a;
      ((word *)d)[1] = b;
      ((word *)d)[2] = c;
      ((word *)d)[3] = e;
    }
    for (; count >= 4; count -= 4, d += 4, s += 4)
      *(word *)d = *(const word *)s;
  }
  while (count--)
    *d++ = *s++;
  return to;
}

void *memset(void *to, int value, size_t count) {
  unsigned char *d = to;
  if (count >= 16) {
    word all = (unsigned char)value * 0x01010101u;
    for (; (uintptr_t)d & 3; count--)
      *d++ = (unsigned char)value;
    for (; count >= 16; count -= 16, d += 16) {
      ((word *)d)[0] = all;
      ((word *)d)[1] = all;
      ((word *)d)[2] = all;
      ((word *)d)[3] = all;
    }
    for (; count >= 4; count -= 4, d += 4)
      *(word *)d = all;
  }
  while (count--)
    *d++ = (unsigned char)value;
  return to;
}
