// SPDX-License-Identifier: Apache-2.0
// Recursive calls: Fibonacci, Ackermann, Takeuchi, the towers of Hanoi and permutations.
#include "kernel.h"

static uint32_t fib(uint32_t n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static uint32_t ackermann(uint32_t m, uint32_t n) {
    if (m == 0)
        return n + 1;
    if (n == 0)
        return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

static int32_t tak(int32_t x, int32_t y, int32_t z) {
    if (y >= x)
        return z;
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

static uint8_t pegs[3][16];
static int heights[3];

static uint32_t hanoi(int n, int from, int to) {
    if (n == 0)
        return 0;
    int other = 3 - from - to;
    uint32_t moves = hanoi(n - 1, from, other);
    pegs[to][heights[to]++] = pegs[from][--heights[from]];
    return moves + 1 + hanoi(n - 1, other, to);
}

static void permute(int *v, int at, int n, uint32_t *digest) {
    if (at == n) {
        *digest = *digest * 7u + (uint32_t)(v[0] * 5 + v[n - 1]);
        return;
    }
    for (int i = at; i < n; i++) {
        int t = v[at];
        v[at] = v[i];
        v[i] = t;
        permute(v, at + 1, n, digest);
        v[i] = v[at];
        v[at] = t;
    }
}

int kernel_run(void) {
    uint32_t sum = fib(kernel_opaque(20));
    sum = sum * 3u + ackermann(2, kernel_opaque(60));
    sum = sum * 3u + (uint32_t)tak((int32_t)kernel_opaque(14), 9, 4);
    for (int i = 0; i < 11; i++)
        pegs[0][i] = (uint8_t)(11 - i);
    heights[0] = 11;
    sum = sum * 3u + hanoi((int)kernel_opaque(11), 0, 2);
    for (int i = 0; i < 11; i++)
        if (pegs[2][i] != 11 - i)
            return 2;
    int v[7] = {1, 2, 3, 4, 5, 6, 7};
    permute(v, 0, (int)kernel_opaque(7), &sum);
    return kernel_check(sum, 0x2169bf5cu);
}

KERNEL_MAIN
