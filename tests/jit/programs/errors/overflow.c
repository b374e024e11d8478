// SPDX-License-Identifier: Apache-2.0
// Compiled and interpreted functions that call each other without end: the register stack ends it.
// FLAGS: --jit hot
// TRAP
// EXPECT: trap: stack overflow in (hot|cold)
#include <espb/guest.h>
__attribute__((noinline)) static int cold(int n);
JIT_HOT __attribute__((noinline)) static int hot(int n) { return cold(n + 1) * 3 + n; }
__attribute__((noinline)) static int cold(int n) { return hot(n + 1) * 5 + n; }
int main(int argc, char **argv) { (void)argv; return cold(argc); }
