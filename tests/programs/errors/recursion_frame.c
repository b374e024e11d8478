// SPDX-License-Identifier: Apache-2.0
// Endless recursion with memory frames overflows the other stack.
// TRAP
// EXPECT: stack
volatile int depth; // each level does something that counts: no optimiser may make a loop of it

__attribute__((noinline)) int deeper(volatile char *above) {
    volatile char here[200];
    depth++;
    here[7] = (char)(above[0] + 1);
    here[0] = here[7];
    return deeper(here) + here[7];
}

int main(void) {
    volatile char first[4] = "a";
    return deeper(first);
}
