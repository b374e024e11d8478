// SPDX-License-Identifier: Apache-2.0
// Single precision: the Mandelbrot set, and a smooth filter over the picture.
#include "kernel.h"

#define WIDTH 30
#define HEIGHT 20
#define DEPTH 25

static float field[HEIGHT][WIDTH];

static float escape(float cr, float ci) {
    float zr = 0.0f, zi = 0.0f;
    for (int i = 0; i < DEPTH; i++) {
        float rr = zr * zr, ii = zi * zi;
        if (rr + ii > 4.0f)
            return (float)i + 4.0f / (rr + ii);
        zi = 2.0f * zr * zi + ci;
        zr = rr - ii + cr;
    }
    return (float)DEPTH;
}

int kernel_run(void) {
    float step = 3.0f / (float)(int)kernel_opaque(WIDTH);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            field[y][x] = escape(-2.2f + step * (float)x, -1.1f + step * (float)y);
    uint32_t sum = 0;
    for (int y = 1; y < HEIGHT - 1; y++)
        for (int x = 1; x < WIDTH - 1; x++) {
            float edge = field[y][x] * 4.0f - field[y - 1][x] - field[y + 1][x] - field[y][x - 1] - field[y][x + 1];
            if (edge < 0.0f)
                edge = -edge;
            sum = sum * 31u + (uint32_t)(edge * 16.0f);
        }
    return kernel_check(sum, 0x872b4d5au);
}

KERNEL_MAIN
