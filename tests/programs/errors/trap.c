// SPDX-License-Identifier: Apache-2.0
// __builtin_trap stops the program.
// TRAP
// EXPECT: trap|unreachable
// EXPECT: give_up|main
#include <stdio.h>

static volatile int bad = 1;

__attribute__((noinline)) int give_up(int v) {
    if (bad)
        __builtin_trap();
    return v;
}

int main(void) {
    puts("before");
    return give_up(1);
}
