// SPDX-License-Identifier: Apache-2.0
// Integer matrices: multiply, transpose, power and determinant modulo a prime.
#include "kernel.h"

#define N 24
#define PRIME 65521

typedef int32_t matrix[N][N];

static matrix a, b, c, t;

static void fill(matrix m, uint32_t *seed) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            m[i][j] = (int32_t)(kernel_random(seed) % 2001u) - 1000;
}

static void multiply(matrix out, matrix x, matrix y) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            int32_t s = 0;
            for (int k = 0; k < N; k++)
                s += x[i][k] * y[k][j];
            out[i][j] = s;
        }
}

static void transpose(matrix out, matrix x) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            out[j][i] = x[i][j];
}

static void reduce(matrix m) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            m[i][j] %= 1000;
}

static uint32_t power_mod(uint32_t base, uint32_t exponent) {
    uint32_t r = 1;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1)
            r = (uint32_t)((uint64_t)r * base % PRIME);
        base = (uint32_t)((uint64_t)base * base % PRIME);
    }
    return r;
}

static uint32_t determinant(matrix m) {
    uint32_t det = 1;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            m[i][j] = (m[i][j] % PRIME + PRIME) % PRIME;
    for (int p = 0; p < N; p++) {
        int row = p;
        while (row < N && m[row][p] == 0)
            row++;
        if (row == N)
            return 0;
        if (row != p) {
            for (int j = 0; j < N; j++) {
                int32_t x = m[p][j];
                m[p][j] = m[row][j];
                m[row][j] = x;
            }
            det = (PRIME - det) % PRIME;
        }
        det = (uint32_t)((uint64_t)det * (uint32_t)m[p][p] % PRIME);
        uint32_t inverse = power_mod((uint32_t)m[p][p], PRIME - 2);
        for (int i = p + 1; i < N; i++) {
            uint32_t f = (uint32_t)((uint64_t)(uint32_t)m[i][p] * inverse % PRIME);
            for (int j = p; j < N; j++) {
                uint32_t take = (uint32_t)((uint64_t)f * (uint32_t)m[p][j] % PRIME);
                m[i][j] = (int32_t)(((uint32_t)m[i][j] + PRIME - take) % PRIME);
            }
        }
    }
    return det;
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(314159u);
    uint32_t sum = 0;
    fill(a, &seed);
    fill(b, &seed);
    for (int round = 0; round < 12; round++) {
        multiply(c, a, b);
        reduce(c);
        transpose(t, c);
        multiply(a, b, t);
        reduce(a);
        for (int i = 0; i < N; i++)
            sum = sum * 131u + (uint32_t)c[i][(i * 7 + round) % N];
    }
    sum += determinant(a);
    return kernel_check(sum, 0x55d9ca6du);
}

KERNEL_MAIN
