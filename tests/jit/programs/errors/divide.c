// SPDX-License-Identifier: Apache-2.0
// The place of a trap in compiled code, below interpreted code and native code.
// FLAGS: --jit hot
// TRAP
// EXPECT: trap: division by zero in compare.. at .*divide.c:10
#include <espb/guest.h>
#include <stdlib.h>
static volatile int zero;
JIT_HOT __attribute__((noinline)) static int compare(const void *a, const void *b) {
  return *(const int *)a / zero - *(const int *)b;
}
int main(void) { int v[3] = {3, 1, 2}; qsort(v, 3, sizeof *v, compare); return v[0]; }
