// SPDX-License-Identifier: Apache-2.0
// Shell sort, comb sort and LSD radix sort of 16-bit and 32-bit samples.
#include "train.h"

static uint32_t noise = 12345;
static volatile int rounds = 6;

static uint32_t next_noise(void) {
    noise = noise * 1664525u + 1013904223u;
    return noise >> 8;
}

static uint16_t small_values[700];
static uint32_t large_values[700], scratch[700];

static void shell(uint16_t *p, unsigned n) {
    static const uint16_t gaps[] = {301, 132, 57, 23, 10, 4, 1};
    for (const uint16_t *g = gaps; g < gaps + 7; ++g) {
        unsigned gap = *g;
        for (unsigned i = gap; i < n; ++i) {
            uint16_t held = p[i];
            unsigned j = i;
            for (; j >= gap && p[j - gap] > held; j -= gap)
                p[j] = p[j - gap];
            p[j] = held;
        }
    }
}

static void comb(uint16_t *p, unsigned n) {
    unsigned gap = n;
    bool swapped = true;
    while (gap > 1 || swapped) {
        gap = gap * 10 / 13;
        if (gap == 0)
            gap = 1;
        swapped = false;
        for (unsigned i = 0; i + gap < n; ++i)
            if (p[i] < p[i + gap]) {
                uint16_t t = p[i];
                p[i] = p[i + gap];
                p[i + gap] = t;
                swapped = true;
            }
    }
}

static void radix(uint32_t *v, uint32_t *tmp, unsigned n) {
    for (int shift = 0; shift < 32; shift += 8) {
        unsigned start[257] = {0};
        for (unsigned i = 0; i < n; ++i)
            ++start[(v[i] >> shift & 255) + 1];
        for (int i = 0; i < 256; ++i)
            start[i + 1] += start[i];
        for (unsigned i = 0; i < n; ++i)
            tmp[start[v[i] >> shift & 255]++] = v[i];
        uint32_t *swap = v;
        v = tmp;
        tmp = swap;
    }
}

int main(void) {
    uint32_t digest = 1;
    for (int r = rounds; r--;) {
        for (int i = 0; i < 700; ++i) {
            small_values[i] = (uint16_t)next_noise();
            large_values[i] = next_noise() * 257u;
        }
        shell(small_values, 700);
        digest = digest * 33 + small_values[350];
        comb(small_values, 700);
        digest = digest * 33 + small_values[17];
        radix(large_values, scratch, 700);
        for (int i = 1; i < 700; ++i)
            if (large_values[i - 1] > large_values[i] || small_values[i - 1] < small_values[i])
                return 2;
        digest ^= large_values[r * 100];
    }
    return TRAIN_EXPECT(digest, 0x5eb608a5u);
}
