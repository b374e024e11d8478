// SPDX-License-Identifier: Apache-2.0
// Irreducible control flow and gotos into and out of loops.
#include <stdio.h>

__attribute__((noinline)) static int maze(int n) {
    int a = n, steps = 0;
    if (n & 1)
        goto middle;
top:
    a += 3;
    if (++steps > 60)
        goto out;
middle:
    a = a * 5 % 97;
    if (a & 2)
        goto top;
    for (int i = 0; i < 4; i++) {
    inner:
        a ^= i * 7;
        if (a % 11 == 3) {
            steps++;
            a += 2;
            if (steps < 50)
                goto middle;
        }
        if (a % 13 == 5 && ++steps < 40) {
            a += 1;
            goto inner;
        }
    }
    if (steps < 30) {
        steps += 5;
        goto top;
    }
out:
    return a * 100 + steps;
}
__attribute__((noinline)) static int duff(char *to, const char *from, int count) {
    int n = (count + 7) / 8, copied = 0;
    switch (count % 8) {
    case 0:
        do {
            *to++ = *from++, copied++;
        case 7: *to++ = *from++, copied++;
        case 6: *to++ = *from++, copied++;
        case 5: *to++ = *from++, copied++;
        case 4: *to++ = *from++, copied++;
        case 3: *to++ = *from++, copied++;
        case 2: *to++ = *from++, copied++;
        case 1: *to++ = *from++, copied++;
        } while (--n > 0);
    }
    return copied;
}

int main(void) {
    for (int i = 0; i < 30; i++)
        printf("%d ", maze(i));
    putchar('\n');
    for (int n = 1; n < 27; n += 5) {
        char out[40] = {0};
        int c = duff(out, "abcdefghijklmnopqrstuvwxyz", n);
        printf("%d %s\n", c, out);
    }
    return 0;
}
