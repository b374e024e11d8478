// SPDX-License-Identifier: Apache-2.0
// The smallest module: an ordinary C program.
#include <stdio.h>

int main(int argc, char **argv) {
    printf("Hello from %s", argv[0]);
    for (int i = 1; i < argc; i++)
        printf(", %s", argv[i]);
    printf("\n");
    return 0;
}
