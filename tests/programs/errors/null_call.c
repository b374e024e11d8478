// SPDX-License-Identifier: Apache-2.0
// A call through a pointer that the optimiser knows to be null traps like any other.
// TRAP
// EXPECT: bad call through a pointer in main\(\) at \S*null_call.c:12
#include <stdio.h>

static void (*never_set)(void);

int main(int argc, char **argv) {
    puts("before");
    if (argc < 100)
        never_set();
    return 3;
}
