// SPDX-License-Identifier: Apache-2.0
// puts, putchar, loops of single characters, an exit status other than zero.
// EXIT: 42
#include <stdio.h>

int main(void) {
    for (int y = 0; y < 7; y++) {
        for (int x = 0; x < 21; x++)
            putchar((x * x / 4 + y * y * 3) % 17 < 8 ? '#' : '.');
        putchar('\n');
    }
    puts("");
    puts("done");
    fputs("no newline", stdout);
    fputc('!', stdout);
    putchar('\n');
    return 42;
}
