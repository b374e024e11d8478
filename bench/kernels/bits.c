// SPDX-License-Identifier: Apache-2.0
// Bits: queens by masks, population counts, Gray codes, Morton codes, bit reversal and a bit set allocator.
#include "kernel.h"

static uint32_t queens(uint32_t all, uint32_t columns, uint32_t left, uint32_t right) {
    if (columns == all)
        return 1;
    uint32_t found = 0;
    for (uint32_t open = all & ~(columns | left | right); open;) {
        uint32_t place = open & (0u - open);
        open ^= place;
        found += queens(all, columns | place, (left | place) << 1, (right | place) >> 1);
    }
    return found;
}

static int count_bits(uint32_t x) {
    x -= x >> 1 & 0x55555555u;
    x = (x & 0x33333333u) + (x >> 2 & 0x33333333u);
    return (int)(((x + (x >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24);
}

static int count_slow(uint32_t x) {
    int n = 0;
    for (; x; x &= x - 1)
        n++;
    return n;
}

static uint32_t reverse_bits(uint32_t x) {
    x = (x >> 1 & 0x55555555u) | (x & 0x55555555u) << 1;
    x = (x >> 2 & 0x33333333u) | (x & 0x33333333u) << 2;
    x = (x >> 4 & 0x0f0f0f0fu) | (x & 0x0f0f0f0fu) << 4;
    x = (x >> 8 & 0x00ff00ffu) | (x & 0x00ff00ffu) << 8;
    return x >> 16 | x << 16;
}

static uint32_t from_gray(uint32_t g) {
    for (int s = 1; s < 32; s <<= 1)
        g ^= g >> s;
    return g;
}

static uint32_t spread(uint32_t x) {
    x &= 0xffff;
    x = (x | x << 8) & 0x00ff00ffu;
    x = (x | x << 4) & 0x0f0f0f0fu;
    x = (x | x << 2) & 0x33333333u;
    return (x | x << 1) & 0x55555555u;
}

static uint32_t used[16];

static int take_run(int length) {
    int run = 0;
    for (int i = 0; i < 512; i++) {
        run = used[i >> 5] >> (i & 31) & 1 ? 0 : run + 1;
        if (run == length) {
            for (int k = i - length + 1; k <= i; k++)
                used[k >> 5] |= 1u << (k & 31);
            return i - length + 1;
        }
    }
    return -1;
}

static void give_run(int at, int length) {
    while (length--) {
        used[at >> 5] &= ~(1u << (at & 31));
        at++;
    }
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(8u);
    uint32_t sum = queens((1u << seed) - 1, 0, 0, 0);
    if (sum != 92)
        return 2;
    for (int i = 0; i < 5000; i++) {
        uint32_t x = kernel_random(&seed);
        if (i % 16 == 0 && count_bits(x) != count_slow(x))
            return 3;
        if (from_gray(x ^ x >> 1) != x)
            return 4;
        sum = sum * 3u + reverse_bits(x) + (uint32_t)count_bits(x) + (spread(x) | spread(x >> 16) << 1);
    }
    int at[8] = {0}, length[8] = {0};
    for (int i = 0; i < 300; i++) {
        int slot = i & 7;
        if (length[slot] && at[slot] >= 0)
            give_run(at[slot], length[slot]);
        length[slot] = (int)(kernel_random(&seed) % 60 + 1);
        at[slot] = take_run(length[slot]);
        sum = sum * 7u + (uint32_t)(at[slot] + 1);
    }
    return kernel_check(sum, 0x66e64e32u);
}

KERNEL_MAIN
