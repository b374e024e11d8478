// Digits of 64-bit numbers in several bases: quotient and remainder by the same divisor, results in swapped registers.
#include <stdint.h>
#include <stdio.h>
__attribute__((noinline)) static char *digits(uint64_t u, char *end, uint32_t base) {
  do
    *--end = "0123456789abcdefghijklmnopqrstuvwxyz"[u % base];
  while (u /= base);
  return end;
}
__attribute__((noinline)) static uint64_t swap(uint64_t v) { return v >> 32 | v << 32; }
__attribute__((noinline)) static uint64_t mix(uint64_t a, uint64_t b) {
  for (int i = 0; i < 5; i++) {
    uint64_t q = a / (b | 1), r = a % (b | 3);
    a = swap(q) + r * 3;
    b = swap(r) ^ q;
  }
  return a ^ b;
}
int main(void) {
  static const uint64_t values[] = {0, 1, 1234567, 4294967296u, 0xfedcba9876543210u, UINT64_MAX};
  char text[72] = {0};
  for (unsigned i = 0; i < sizeof values / sizeof *values; i++)
    for (uint32_t base = 2; base <= 36; base += 7)
      printf("%s%c", digits(values[i], text + 70, base), base == 30 ? '\n' : ' ');
  printf("%llx %llx\n", (unsigned long long)mix(values[4], values[2]), (unsigned long long)mix(values[5], values[3]));
  return 0;
}
