// SPDX-License-Identifier: Apache-2.0
// abort ends the program with an error.
// TRAP
// EXPECT: abort
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    puts("before");
    abort();
}
