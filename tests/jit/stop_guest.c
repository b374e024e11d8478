// SPDX-License-Identifier: Apache-2.0
// The guest side of stop.cpp: asks to be stopped, then goes on without calling native code.
#include <espb/guest.h>

void ask_to_stop(void);

volatile unsigned turns;

ESPB_EXPORT int spin(int n) {
  ask_to_stop();
#pragma clang loop unroll(disable)
  for (int i = 0; i < n; i++)
    turns++;
  return 1;
}

// Neither a tail call nor a loop: only its entries look.
__attribute__((noinline)) static unsigned descend(unsigned n, unsigned x) {
  turns++;
  return n == 0 ? x : x / (descend(n - 1, x * 3 + n) | 1);
}
ESPB_EXPORT int recurse(int n) {
  ask_to_stop();
  return descend(n, 1) != 0 || turns;
}

// Traps in the middle of a loop.
static int divisors[] = {4, 3, 2, 1, 0, 1, 2, 3, 4};
ESPB_EXPORT int divide(int n) {
  int sum = 0;
#pragma clang loop unroll(disable)
  for (const int *p = divisors; n > 0; --n)
    sum += sum / *p++ + 5;
  return sum;
}

ESPB_EXPORT int count(void) { return turns; }
ESPB_EXPORT void reset(void) { turns = 0; }
