// SPDX-License-Identifier: Apache-2.0
// A frame for which the data stack has no room.
// RUN: --stack 1024
// TRAP
// EXPECT: trap: stack overflow in large
#include <string.h>
__attribute__((noinline)) static int large(int n) { volatile char block[5000]; memset((char *)block, n, sizeof block); return block[n]; }
int main(int argc, char **argv) { (void)argv; return large(argc); }
