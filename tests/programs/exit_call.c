// SPDX-License-Identifier: Apache-2.0
// exit from a nested call.
// EXIT: 7
#include <stdio.h>
#include <stdlib.h>

__attribute__((noinline)) static void deep(int n) {
    if (n == 0) {
        puts("leaving");
        exit(7);
    }
    deep(n - 1);
    puts("never");
}

int main(void) {
    puts("begin");
    deep(5);
    return 1;
}
