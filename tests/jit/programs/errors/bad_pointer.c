// SPDX-License-Identifier: Apache-2.0
// A call through a pointer to a function with other parameters, and no memory lost on the way.
// TRAP
// EXPECT: trap: bad call through a pointer in main
static int two(int a, int b) { return a + b; }
static int (*volatile pointer)(int, int) = two;
int main(void) { return ((int (*)(int))pointer)(1); }
