// SPDX-License-Identifier: Apache-2.0
// Integer mathematics: square and cube roots, CORDIC rotation, binary logarithm, division by shifts.
#include "train.h"

static const int32_t angles[16] = {51471879, 30385731, 16054984, 8149703, 4090663, 2047330, 1023915, 511989,
                                   255998,   128000,   64000,    32000,   16000,   8000,    4000,    2000};

static uint32_t root(uint32_t n) {
    uint32_t r = 0, bit = 1u << 30;
    while (bit > n)
        bit >>= 2;
    for (; bit; bit >>= 2) {
        if (n >= r + bit) {
            n -= r + bit;
            r = (r >> 1) + bit;
        } else {
            r >>= 1;
        }
    }
    return r;
}

static uint32_t root64(uint64_t n) {
    uint64_t x = n, y = (x + 1) / 2;
    if (n < 2)
        return (uint32_t)n;
    while (y < x) {
        x = y;
        y = (x + n / x) / 2;
    }
    return (uint32_t)x;
}

static uint32_t cube_root(uint32_t n) {
    uint32_t y = 0;
    for (int s = 30; s >= 0; s -= 3) {
        y *= 2;
        uint32_t b = (3 * y * (y + 1) + 1);
        if ((n >> s) >= b) {
            n -= b << s;
            ++y;
        }
    }
    return y;
}

static void rotate(int32_t angle, int32_t *cosine, int32_t *sine) {
    int32_t x = 39796 << 10, y = 0; // the CORDIC gain in Q26, near enough
    for (int i = 0; i < 16; ++i) {
        int32_t dx = y >> i, dy = x >> i;
        if (angle >= 0) {
            x -= dx;
            y += dy;
            angle -= angles[i];
        } else {
            x += dx;
            y -= dy;
            angle += angles[i];
        }
    }
    *cosine = x;
    *sine = y;
}

static int32_t direction(int32_t y, int32_t x) {
    int32_t angle = 0;
    for (int i = 0; i < 16; ++i) {
        int32_t dx = y >> i, dy = x >> i;
        if (y > 0) {
            x += dx;
            y -= dy;
            angle += angles[i];
        } else {
            x -= dx;
            y += dy;
            angle -= angles[i];
        }
    }
    return angle;
}

static int32_t log2_q16(uint32_t n) {
    int32_t whole = 31;
    while (!(n & 0x80000000u)) {
        n <<= 1;
        --whole;
    }
    int32_t result = whole << 16;
    uint64_t m = n;
    for (int bit = 15; bit >= 0; --bit) {
        m = m * m >> 31;
        if (m >> 32) {
            m >>= 1;
            result |= 1 << bit;
        }
    }
    return result;
}

static uint32_t slow_divide(uint32_t n, uint32_t d, uint32_t *rest) {
    uint32_t q = 0, r = 0;
    for (int i = 31; i >= 0; --i) {
        r = r << 1 | (n >> i & 1);
        q <<= 1;
        if (r >= d) {
            r -= d;
            q |= 1;
        }
    }
    *rest = r;
    return q;
}

int main(void) {
    volatile uint32_t start = 40503;
    uint32_t x = start, digest = 0;
    for (int i = 0; i < 600; ++i) {
        x = x * 747796405u + 2891336453u;
        uint32_t n = x >> (i & 15) | 1, r = root(n), c = cube_root(n), rest;
        if (r * r > n || (uint64_t)(r + 1) * (r + 1) <= n)
            return 2;
        if ((uint64_t)c * c * c > n || (uint64_t)(c + 1) * (c + 1) * (c + 1) <= n)
            return 3;
        if (slow_divide(x, n, &rest) != x / n || rest != x % n)
            return 4;
        digest = digest * 5 + r * 3 + c + (uint32_t)log2_q16(n);
        if (i % 8 == 0)
            digest += root64((uint64_t)x * n);
        int32_t co, si;
        rotate((int32_t)(x % 100000000u) - 50000000, &co, &si);
        digest += (uint32_t)(co ^ si) + (uint32_t)direction(si, co);
    }
    return TRAIN_EXPECT(digest, 0x82936cd4u);
}
