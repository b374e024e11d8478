// SPDX-License-Identifier: Apache-2.0
// Structures that the C library returns: of two words, and of four.
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  static volatile int numbers[] = {17, -17, 100000007, 3, -5, 2147483647};
  lldiv_t (*volatile by_pointer)(long long, long long) = lldiv;
  for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
    for (int by = -7; by < 8; by += 3) {
      div_t d = div(numbers[i], by);
      lldiv_t l = lldiv(numbers[i] * 1000000007ll, by * 100000ll + i), p = by_pointer(-numbers[i] * 777777777ll, by);
      printf("%d %d: %d %d, %lld %lld, %lld %lld\n", numbers[i], by, d.quot, d.rem, l.quot, l.rem, p.quot, p.rem);
    }
  return 0;
}
