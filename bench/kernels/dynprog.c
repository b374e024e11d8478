// SPDX-License-Identifier: Apache-2.0
// Dynamic programming: edit distance, longest common subsequence, knapsack and matrix-chain order.
#include "kernel.h"

#define LEN 160

static char a[LEN + 1], b[LEN + 1];
static uint8_t row[LEN + 1];
static uint16_t lcs[LEN + 1][LEN + 1];
static int32_t best[501];
static uint32_t cost[16][16];

static int min3(int x, int y, int z) {
    int m = x < y ? x : y;
    return m < z ? m : z;
}

static int edit_distance(const char *s, int n, const char *t, int m) {
    for (int j = 0; j <= m; j++)
        row[j] = (uint8_t)j;
    for (int i = 1; i <= n; i++) {
        int diagonal = row[0];
        row[0] = (uint8_t)i;
        for (int j = 1; j <= m; j++) {
            int up = row[j];
            row[j] = (uint8_t)min3(up + 1, row[j - 1] + 1, diagonal + (s[i - 1] != t[j - 1]));
            diagonal = up;
        }
    }
    return row[m];
}

static uint32_t common_subsequence(const char *s, int n, const char *t, int m) {
    for (int i = n - 1; i >= 0; i--)
        for (int j = m - 1; j >= 0; j--) {
            if (s[i] == t[j])
                lcs[i][j] = (uint16_t)(lcs[i + 1][j + 1] + 1);
            else
                lcs[i][j] = lcs[i + 1][j] > lcs[i][j + 1] ? lcs[i + 1][j] : lcs[i][j + 1];
        }
    uint32_t digest = lcs[0][0];
    for (int i = 0, j = 0; i < n && j < m;) {
        if (s[i] == t[j]) {
            digest = digest * 5u + (uint8_t)s[i];
            i++;
            j++;
        } else if (lcs[i + 1][j] >= lcs[i][j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    return digest;
}

static int32_t knapsack(const uint8_t *weight, const uint16_t *value, int items, int room) {
    for (int w = 0; w <= room; w++)
        best[w] = 0;
    for (int i = 0; i < items; i++)
        for (int w = room; w >= weight[i]; w--) {
            int32_t with = best[w - weight[i]] + value[i];
            if (with > best[w])
                best[w] = with;
        }
    return best[room];
}

static uint32_t chain_order(const uint16_t *dims, int n) {
    for (int i = 0; i < n; i++)
        cost[i][i] = 0;
    for (int span = 1; span < n; span++)
        for (int i = 0; i + span < n; i++) {
            int j = i + span;
            uint32_t low = UINT32_MAX;
            for (int k = i; k < j; k++) {
                uint32_t c = cost[i][k] + cost[k + 1][j] + (uint32_t)dims[i] * dims[k + 1] * dims[j + 1];
                if (c < low)
                    low = c;
            }
            cost[i][j] = low;
        }
    return cost[0][n - 1];
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(606u);
    uint8_t weight[24];
    uint16_t value[24], dims[17];
    for (int i = 0; i < LEN; i++) {
        a[i] = "acgt"[kernel_random(&seed) >> 30];
        b[i] = kernel_random(&seed) % 4 ? a[i > 3 ? i - 3 : i] : 'a';
    }
    for (int i = 0; i < 24; i++) {
        weight[i] = (uint8_t)(kernel_random(&seed) % 60 + 5);
        value[i] = (uint16_t)(kernel_random(&seed) % 300 + weight[i]);
    }
    for (int i = 0; i < 17; i++)
        dims[i] = (uint16_t)(kernel_random(&seed) % 40 + 2);
    uint32_t sum = (uint32_t)edit_distance(a, LEN, b, LEN);
    sum = sum * 1009u + common_subsequence(a, LEN, b, LEN);
    sum = sum * 1013u + (uint32_t)knapsack(weight, value, 24, 500);
    sum = sum * 1019u + chain_order(dims, 16);
    return kernel_check(sum, 0x711ae1b1u);
}

KERNEL_MAIN
