// SPDX-License-Identifier: Apache-2.0
// Images: median filter, 8x8 cosine transform with quantiser and zigzag, Sobel edges, histogram equalisation.
#include "train.h"

#define W 40
#define H 32

static uint8_t picture[H][W], clean[H][W], edges[H][W];

static uint8_t median9(uint8_t *v) {
    for (int i = 1; i < 9; ++i) {
        uint8_t x = v[i];
        int j = i;
        for (; j > 0 && v[j - 1] > x; --j)
            v[j] = v[j - 1];
        v[j] = x;
    }
    return v[4];
}

static void median_filter(void) {
    for (int y = 0; y < H; ++y)
        for (int x = 0; x < W; ++x) {
            uint8_t around[9];
            int n = 0;
            for (int dy = -1; dy <= 1; ++dy)
                for (int dx = -1; dx <= 1; ++dx) {
                    int yy = y + dy < 0 ? 0 : y + dy >= H ? H - 1 : y + dy;
                    int xx = x + dx < 0 ? 0 : x + dx >= W ? W - 1 : x + dx;
                    around[n++] = picture[yy][xx];
                }
            clean[y][x] = median9(around);
        }
}

static int16_t cosine[8][8];

static void build_cosine(void) {
    // cos(k*pi/16) in Q13, k = 0..8
    static const int16_t quarter[9] = {8192, 8035, 7568, 6811, 5793, 4551, 3135, 1598, 0};
    for (int u = 0; u < 8; ++u)
        for (int x = 0; x < 8; ++x) {
            int k = (2 * x + 1) * u % 32;
            int c = k <= 8 ? quarter[k] : k <= 16 ? -quarter[16 - k] : k <= 24 ? -quarter[k - 16] : quarter[32 - k];
            cosine[u][x] = (int16_t)(u == 0 ? 5793 : c);
        }
}

static void transform(int by, int bx, int16_t out[64]) {
    int32_t rows[8][8];
    for (int y = 0; y < 8; ++y)
        for (int u = 0; u < 8; ++u) {
            int32_t s = 0;
            for (int x = 0; x < 8; ++x)
                s += (clean[by + y][bx + x] - 128) * cosine[u][x];
            rows[y][u] = s >> 10;
        }
    for (int v = 0; v < 8; ++v)
        for (int u = 0; u < 8; ++u) {
            int32_t s = 0;
            for (int y = 0; y < 8; ++y)
                s += rows[y][u] * cosine[v][y];
            out[v * 8 + u] = (int16_t)((s >> 18) / (1 + u + v));
        }
}

static uint32_t run_lengths(const int16_t block[64], uint32_t digest) {
    int x = 0, y = 0, zeros = 0;
    for (int i = 0; i < 64; ++i) {
        int16_t v = block[y * 8 + x];
        if (v) {
            digest = digest * 33 + (uint32_t)(zeros << 12) + (uint16_t)v;
            zeros = 0;
        } else {
            ++zeros;
        }
        if ((x + y) & 1) {
            if (y == 7)
                ++x;
            else if (x == 0)
                ++y;
            else
                --x, ++y;
        } else {
            if (x == 7)
                ++y;
            else if (y == 0)
                ++x;
            else
                ++x, --y;
        }
    }
    return digest;
}

static int magnitude(int v) {
    return v < 0 ? -v : v;
}

static uint32_t sobel(void) {
    uint32_t strong = 0;
    for (int y = 1; y < H - 1; ++y)
        for (int x = 1; x < W - 1; ++x) {
            const uint8_t *a = &clean[y - 1][x], *b = &clean[y][x], *c = &clean[y + 1][x];
            int gx = a[1] + 2 * b[1] + c[1] - a[-1] - 2 * b[-1] - c[-1];
            int gy = c[-1] + 2 * c[0] + c[1] - a[-1] - 2 * a[0] - a[1];
            int g = magnitude(gx) + magnitude(gy);
            edges[y][x] = (uint8_t)(g > 255 ? 255 : g);
            strong += g > 120;
        }
    return strong;
}

static uint32_t equalise(void) {
    uint16_t histogram[256] = {0};
    uint8_t map[256];
    for (int i = 0; i < W * H; ++i)
        ++histogram[clean[i / W][i % W]];
    unsigned below = 0;
    for (int i = 0; i < 256; ++i) {
        below += histogram[i];
        map[i] = (uint8_t)(below * 255 / (W * H));
    }
    uint32_t s = 0;
    for (int y = 0; y < H; ++y)
        for (int x = 0; x < W; ++x)
            s = s * 3 + map[clean[y][x]];
    return s;
}

int main(void) {
    volatile uint32_t start = 55;
    uint32_t noise = start, digest;
    for (int y = 0; y < H; ++y)
        for (int x = 0; x < W; ++x) {
            noise = noise * 214013u + 2531011u;
            int v = (x * 5 + y * 3) & 255;
            if ((x - 20) * (x - 20) + (y - 16) * (y - 16) < 90)
                v = 220;
            picture[y][x] = noise >> 28 == 0 ? (uint8_t)(noise >> 16) : (uint8_t)v;
        }
    median_filter();
    build_cosine();
    digest = sobel();
    for (int y = 0; y < H; y += 8)
        for (int x = 0; x < W; x += 8) {
            int16_t block[64];
            transform(y, x, block);
            digest = run_lengths(block, digest);
        }
    digest ^= equalise();
    return TRAIN_EXPECT(digest, 0x6ffe0265u);
}
