// SPDX-License-Identifier: Apache-2.0
// Endless recursion is a stack overflow, not a crash.
// TRAP
// EXPECT: stack
volatile int depth;

__attribute__((noinline)) int deeper(int n) {
    depth++;
    return deeper(n + 1) + depth;
}

int main(void) { return deeper(0); }
