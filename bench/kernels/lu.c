// SPDX-License-Identifier: Apache-2.0
// Double precision: LU decomposition with pivoting, a linear solve and a polynomial fit.
#include "kernel.h"

#define N 16

static double a[N][N], copy[N][N], b[N], x[N];
static int order[N];

static double absolute(double v) {
    return v < 0.0 ? -v : v;
}

static int decompose(void) {
    for (int i = 0; i < N; i++)
        order[i] = i;
    for (int p = 0; p < N; p++) {
        int best = p;
        for (int i = p + 1; i < N; i++)
            if (absolute(a[order[i]][p]) > absolute(a[order[best]][p]))
                best = i;
        int t = order[p];
        order[p] = order[best];
        order[best] = t;
        double *pivot = a[order[p]];
        if (absolute(pivot[p]) < 1e-12)
            return 0;
        for (int i = p + 1; i < N; i++) {
            double *row = a[order[i]];
            double f = row[p] / pivot[p];
            row[p] = f;
            for (int j = p + 1; j < N; j++)
                row[j] -= f * pivot[j];
        }
    }
    return 1;
}

static void solve(void) {
    for (int i = 0; i < N; i++) {
        double s = b[order[i]];
        for (int j = 0; j < i; j++)
            s -= a[order[i]][j] * x[j];
        x[i] = s;
    }
    for (int i = N - 1; i >= 0; i--) {
        double s = x[i];
        for (int j = i + 1; j < N; j++)
            s -= a[order[i]][j] * x[j];
        x[i] = s / a[order[i]][i];
    }
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(1729u), sum = 0;
    for (int round = 0; round < 6; round++) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++)
                a[i][j] = copy[i][j] = (double)(int32_t)(kernel_random(&seed) % 2000u) / 100.0 - 10.0;
            b[i] = (double)(i * 3 - 20 + round);
        }
        if (!decompose())
            return 2;
        solve();
        for (int i = 0; i < N; i++) {
            double s = -b[i];
            for (int j = 0; j < N; j++)
                s += copy[i][j] * x[j];
            if (absolute(s) > 1e-6)
                return 3;
            sum = sum * 13u + (uint32_t)(int32_t)(x[i] * 10000.0);
        }
    }
    return kernel_check(sum, 0xc6c418eau);
}

KERNEL_MAIN
