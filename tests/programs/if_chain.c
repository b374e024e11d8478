// SPDX-License-Identifier: Apache-2.0
// Long chains of conditions, short-circuit evaluation, conditional expressions.
#include <stdio.h>

static int calls;
__attribute__((noinline)) static int yes(int v) { calls++; return v; }
__attribute__((noinline)) static const char *grade(int a, int b, unsigned c) {
    if (a < -100 && b > 100) return "A";
    else if (a == b) return "B";
    else if (a > b && c < 10) return "C";
    else if ((a & 7) == 3 || (b & 7) == 5) return "D";
    else if (c > 4000000000u) return "E";
    else if (a * b < 0) return "F";
    else if (!(a && b)) return "G";
    else if (a + b == (int)c) return "H";
    else if ((a ^ b) & 1 ? a > 10 : b > 10) return "I";
    else if (a % 3 == 0 && b % 3 == 0 && c % 3 == 0) return "J";
    return "K";
}
__attribute__((noinline)) static int clamp(int v, int lo, int hi) { return v < lo ? lo : v > hi ? hi : v; }
__attribute__((noinline)) static unsigned select3(unsigned a, unsigned b, int c) { return c > 0 ? a : c < 0 ? b : a ^ b; }
__attribute__((noinline)) static int flags(int a, int b) { return (a > b) - (a < b) + 4 * !a + 8 * !!b + 16 * (a == b) + 32 * (a >= 5) + 64 * ((unsigned)a < (unsigned)b); }

int main(void) {
    for (int a = -104; a < 30; a += 9) {
        for (int b = -20; b < 120; b += 17)
            printf("%s", grade(a, b, (unsigned)(a * b)));
        printf(" %d %u %d\n", clamp(a, -50, 20), select3((unsigned)a, 77, a % 3), flags(a, -14));
    }
    int r = 0;
    for (int i = 0; i < 64; i++)
        r += (yes(i & 1) && yes(i & 2)) || (yes(i & 4) && !yes(i & 8)) ? yes(i & 16) ? 3 : 5 : (yes(i & 32), 7);
    printf("%d %d\n", r, calls);
    return 0;
}
