// SPDX-License-Identifier: Apache-2.0
// Compiled recursion without end.
// TRAP
// EXPECT: trap: stack overflow in deeper
__attribute__((noinline)) static int deeper(int n) { return deeper(n + 1) * 3 + n; }
int main(int argc, char **argv) { (void)argv; return deeper(argc); }
