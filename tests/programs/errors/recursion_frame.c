// SPDX-License-Identifier: Apache-2.0
// Endless recursion with memory frames overflows the other stack.
// TRAP
// EXPECT: stack
#include <string.h>

__attribute__((noinline)) int deeper(char *above) {
    char here[200];
    memset(here, above[0] + 1, sizeof here);
    return deeper(here) + here[7];
}

int main(void) {
    char first[4] = "a";
    return deeper(first);
}
