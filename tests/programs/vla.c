// SPDX-License-Identifier: Apache-2.0
// Variable length arrays in one and two dimensions, as parameters, in loops.
#include <stdio.h>

__attribute__((noinline)) static int diagonal(int n, int m[n][n]) {
    int s = 0;
    for (int i = 0; i < n; i++)
        s += m[i][i] - m[i][n - 1 - i];
    return s;
}
__attribute__((noinline)) static int build(int n) {
    int m[n][n];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            m[i][j] = i * i * n + j * 3;
    return diagonal(n, m) + (int)(sizeof m / sizeof m[0][0]);
}
__attribute__((noinline)) static unsigned recurse(unsigned n) {
    unsigned char bytes[n + 1];
    for (unsigned i = 0; i <= n; i++)
        bytes[i] = (unsigned char)(i * n);
    unsigned below = n ? recurse(n - 1) : 1;
    unsigned s = below;
    for (unsigned i = 0; i <= n; i++)
        s = s * 5 + bytes[i];
    return s;
}

int main(void) {
    for (int n = 1; n < 9; n++)
        printf("%d ", build(n));
    printf("\n%u\n", recurse(12));
    int total = 0;
    for (int round = 1; round < 200; round++) { // the space must come back every time round
        char text[round * 10];
        int n = snprintf(text, sizeof text, "%d", round * round);
        long long wide[round % 7 + 1];
        for (int i = 0; i <= round % 7; i++)
            wide[i] = n * (i + 1LL);
        total += text[n - 1] + (int)wide[round % 7];
    }
    printf("%d\n", total);
    return 0;
}
