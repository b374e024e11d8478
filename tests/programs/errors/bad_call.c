// SPDX-License-Identifier: Apache-2.0
// A call through a null function pointer traps.
// TRAP
// EXPECT: call|pointer|function
static int (*volatile nothing)(int);

int main(void) { return nothing(3); }
