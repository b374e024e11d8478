// SPDX-License-Identifier: Apache-2.0
// Drawing in a one-bit frame buffer: lines, circles, flood fill, text, blitting.
#include "train.h"

#define WIDTH 128
#define HEIGHT 64

static uint8_t frame[WIDTH * HEIGHT / 8]; // pages of eight rows, as small displays have them

static const uint8_t font[10][5] = {
    {0x3e, 0x51, 0x49, 0x45, 0x3e}, {0x00, 0x42, 0x7f, 0x40, 0x00}, {0x42, 0x61, 0x51, 0x49, 0x46},
    {0x21, 0x41, 0x45, 0x4b, 0x31}, {0x18, 0x14, 0x12, 0x7f, 0x10}, {0x27, 0x45, 0x45, 0x45, 0x39},
    {0x3c, 0x4a, 0x49, 0x49, 0x30}, {0x01, 0x71, 0x09, 0x05, 0x03}, {0x36, 0x49, 0x49, 0x49, 0x36},
    {0x06, 0x49, 0x49, 0x29, 0x1e}};

static void dot(int x, int y, bool on) {
    if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT)
        return;
    uint8_t *cell = &frame[y / 8 * WIDTH + x], mask = (uint8_t)(1u << (y % 8));
    if (on)
        *cell |= mask;
    else
        *cell &= (uint8_t)~mask;
}

static bool lit(int x, int y) {
    return frame[y / 8 * WIDTH + x] >> (y & 7) & 1;
}

static void line(int x0, int y0, int x1, int y1) {
    int dx = x1 > x0 ? x1 - x0 : x0 - x1, sx = x0 < x1 ? 1 : -1;
    int dy = y1 > y0 ? y0 - y1 : y1 - y0, sy = y0 < y1 ? 1 : -1;
    int error = dx + dy;
    while (true) {
        dot(x0, y0, true);
        if (x0 == x1 && y0 == y1)
            return;
        int e2 = error * 2;
        if (e2 >= dy) {
            error += dy;
            x0 += sx;
        }
        if (e2 <= dx) {
            error += dx;
            y0 += sy;
        }
    }
}

static void circle(int cx, int cy, int r) {
    int x = r, y = 0, d = 1 - r;
    while (y <= x) {
        dot(cx + x, cy + y, true);
        dot(cx - x, cy + y, true);
        dot(cx + x, cy - y, true);
        dot(cx - x, cy - y, true);
        dot(cx + y, cy + x, true);
        dot(cx - y, cy + x, true);
        dot(cx + y, cy - x, true);
        dot(cx - y, cy - x, true);
        ++y;
        if (d < 0) {
            d += 2 * y + 1;
        } else {
            --x;
            d += 2 * (y - x) + 1;
        }
    }
}

static unsigned flood(int x, int y) {
    static struct {
        uint8_t x, y;
    } todo[600];
    unsigned top = 0, filled = 0;
    todo[top].x = (uint8_t)x;
    todo[top++].y = (uint8_t)y;
    while (top) {
        --top;
        x = todo[top].x;
        y = todo[top].y;
        if (lit(x, y))
            continue;
        int left = x;
        while (left > 0 && !lit(left - 1, y))
            --left;
        for (x = left; x < WIDTH && !lit(x, y); ++x) {
            dot(x, y, true);
            ++filled;
            for (int s = -1; s <= 1; s += 2) {
                int yy = y + s;
                if (yy >= 0 && yy < HEIGHT && !lit(x, yy) && (x == left || lit(x - 1, yy)) && top < 600) {
                    todo[top].x = (uint8_t)x;
                    todo[top++].y = (uint8_t)yy;
                }
            }
        }
    }
    return filled;
}

static void number(int x, int y, unsigned v) {
    do {
        const uint8_t *glyph = font[v % 10];
        for (int column = 0; column < 5; ++column)
            for (int row = 0; row < 8; ++row)
                dot(x + column, y + row, glyph[column] >> row & 1);
        x -= 6;
        v /= 10;
    } while (v);
}

static void scroll(int by) {
    for (int page = 0; page < HEIGHT / 8; ++page)
        for (int x = 0; x < WIDTH; ++x) {
            int from = x + by;
            frame[page * WIDTH + x] = from < WIDTH ? frame[page * WIDTH + from] : 0;
        }
}

int main(void) {
    volatile int frames = 10;
    uint32_t digest = 0;
    for (int f = 0; f < frames; ++f) {
        for (unsigned i = 0; i < sizeof frame; ++i)
            frame[i] = 0;
        for (int a = 0; a < 12; ++a)
            line(64, 32, a * 11, (a * 37 + f * 5) % HEIGHT);
        circle(40, 30, 12 + f);
        circle(90, 30, 20 - f);
        digest = digest * 3 + flood(f, 1);
        number(60, 50, (unsigned)f * 1237u);
        scroll(f);
        for (unsigned i = 0; i < sizeof frame; ++i)
            digest = (digest >> 3 | digest << 29) ^ frame[i];
    }
    return TRAIN_EXPECT(digest, 0x2637145au);
}
