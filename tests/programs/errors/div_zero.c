// SPDX-License-Identifier: Apache-2.0
// Division by zero traps.
// TRAP
// EXPECT: divi(de|sion).*zero|zero.*divi(de|sion)
// EXPECT: divide_them|main
#include <stdio.h>

static volatile int zero = 0;

__attribute__((noinline)) int divide_them(int a) {
    return a / zero;
}

int main(void) {
    puts("before");
    return divide_them(7);
}
