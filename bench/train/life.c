// SPDX-License-Identifier: Apache-2.0
// Conway's life on a torus, cell by cell and sixteen cells at a time, and an elementary automaton.
#include "train.h"

#define SIDE 32

static uint8_t now[SIDE][SIDE], then[SIDE][SIDE];
static uint32_t rows[SIDE], next_rows[SIDE];

static void step_cells(void) {
    for (int y = 0; y < SIDE; ++y) {
        const uint8_t *up = now[(y + SIDE - 1) % SIDE], *mid = now[y], *down = now[(y + 1) % SIDE];
        for (int x = 0; x < SIDE; ++x) {
            int l = (x + SIDE - 1) % SIDE, r = (x + 1) % SIDE;
            int n = up[l] + up[x] + up[r] + mid[l] + mid[r] + down[l] + down[x] + down[r];
            then[y][x] = n == 3 || (n == 2 && mid[x]);
        }
    }
    for (int y = 0; y < SIDE; ++y)
        for (int x = 0; x < SIDE; ++x)
            now[y][x] = then[y][x];
}

static void add_one(uint32_t plane, uint32_t *s0, uint32_t *s1, uint32_t *s2) {
    uint32_t carry = *s0 & plane;
    *s0 ^= plane;
    uint32_t carry2 = *s1 & carry;
    *s1 ^= carry;
    *s2 |= carry2;
}

static void step_words(void) {
    for (int y = 0; y < SIDE; ++y) {
        uint32_t s0 = 0, s1 = 0, s2 = 0;
        for (int d = -1; d <= 1; ++d) {
            uint32_t w = rows[(y + d + SIDE) % SIDE];
            add_one(w << 1 | w >> 31, &s0, &s1, &s2);
            add_one(w >> 1 | w << 31, &s0, &s1, &s2);
            if (d)
                add_one(w, &s0, &s1, &s2);
        }
        next_rows[y] = s1 & ~s2 & (s0 | rows[y]);
    }
    for (int y = 0; y < SIDE; ++y)
        rows[y] = next_rows[y];
}

int main(void) {
    volatile uint32_t start = 9;
    uint32_t x = start, digest = 0;
    for (int y = 0; y < SIDE; ++y) {
        x = x * 1103515245u + 12345u;
        rows[y] = x ^ x >> 15;
        for (int b = 0; b < SIDE; ++b)
            now[y][b] = rows[y] >> b & 1;
    }
    for (int g = 0; g < 60; ++g) {
        step_words();
        if (g < 20) {
            step_cells();
            for (int y = 0; y < SIDE; ++y)
                for (int b = 0; b < SIDE; ++b)
                    if ((rows[y] >> b & 1) != now[y][b])
                        return 2;
        }
        for (int y = 0; y < SIDE; ++y)
            digest = digest * 17 + rows[y];
    }
    uint64_t line = 1ull << 32;
    for (int g = 0; g < 400; ++g) { // rule 110
        uint64_t l = line << 1 | line >> 63, r = line >> 1 | line << 63;
        line = (line | r) & ~(l & line & r);
        digest += (uint32_t)(line >> 32) ^ (uint32_t)line;
    }
    return TRAIN_EXPECT(digest, 0xa1f79a41u);
}
