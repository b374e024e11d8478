// SPDX-License-Identifier: Apache-2.0
// Fixed-point signal processing: a Q15 FIR, a cascade of Q30 biquads, an envelope follower and a Goertzel detector.
#include "kernel.h"

#define TAPS 32
#define BLOCK 64
#define BLOCKS 30

struct biquad {
    int32_t b0, b1, b2, a1, a2; // Q30
    int32_t x1, x2, y1, y2;     // Q23
};

static int16_t taps[TAPS];
static int16_t history[TAPS + BLOCK];
static int16_t input[BLOCK];
static int16_t filtered[BLOCK];

static struct biquad sections[3] = {
    {72429538, 144859076, 72429538, -1230204928, 446181248, 0, 0, 0, 0},
    {1073741824, -2147483647, 1073741824, -2130121728, 1056899072, 0, 0, 0, 0},
    {536870912, 0, -536870912, -751619276, 214748364, 0, 0, 0, 0},
};

static int16_t saturate16(int32_t x) {
    if (x > 32767)
        return 32767;
    if (x < -32768)
        return -32768;
    return (int16_t)x;
}

static int32_t saturate32(int64_t x) {
    if (x > INT32_MAX)
        return INT32_MAX;
    if (x < INT32_MIN)
        return INT32_MIN;
    return (int32_t)x;
}

static void fir(const int16_t *in, int16_t *out) {
    for (int i = 0; i < TAPS; i++)
        history[i] = history[BLOCK + i];
    for (int i = 0; i < BLOCK; i++)
        history[TAPS + i] = in[i];
    for (int n = 0; n < BLOCK; n++) {
        int32_t acc = 1 << 14;
        for (int k = 0; k < TAPS; k++)
            acc += taps[k] * history[TAPS + n - k];
        out[n] = saturate16(acc >> 15);
    }
}

static int32_t biquad_step(struct biquad *s, int32_t x) {
    int64_t acc = (int64_t)s->b0 * x + (int64_t)s->b1 * s->x1 + (int64_t)s->b2 * s->x2;
    acc -= (int64_t)s->a1 * s->y1 + (int64_t)s->a2 * s->y2;
    int32_t y = saturate32(acc >> 30);
    if (y > (1 << 26))
        y = 1 << 26;
    else if (y < -(1 << 26))
        y = -(1 << 26);
    s->x2 = s->x1;
    s->x1 = x;
    s->y2 = s->y1;
    s->y1 = y;
    return y;
}

static int32_t goertzel(const int16_t *in, int32_t coefficient) {
    int32_t s1 = 0, s2 = 0;
    for (int i = 0; i < BLOCK; i++) {
        int32_t s0 = (in[i] >> 4) + (int32_t)(((int64_t)coefficient * s1) >> 14) - s2;
        s2 = s1;
        s1 = s0;
    }
    int64_t power = (int64_t)s1 * s1 + (int64_t)s2 * s2 - (((int64_t)coefficient * s1) >> 14) * s2;
    return (int32_t)(power >> 16);
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(11u);
    uint32_t sum = 0;
    int32_t envelope = 0;
    for (int i = 0; i < TAPS; i++) {
        int d = i < TAPS / 2 ? i : TAPS - 1 - i;
        taps[i] = (int16_t)(d * 128 - 300);
    }
    int32_t phase = 0;
    for (int block = 0; block < BLOCKS; block++) {
        for (int i = 0; i < BLOCK; i++) {
            int32_t triangle = phase < 128 ? phase * 160 - 10240 : (255 - phase) * 160 - 10240;
            phase = (phase + 5 + (block >> 3)) & 255;
            input[i] = saturate16(triangle + (int32_t)(kernel_random(&seed) >> 19) - 4096);
        }
        fir(input, filtered);
        for (int i = 0; i < BLOCK; i++) {
            int32_t x = filtered[i] * 256;
            for (int s = 0; s < 3; s++)
                x = biquad_step(&sections[s], x);
            int32_t level = x < 0 ? -x : x;
            envelope += (level - envelope) / (level > envelope ? 4 : 64);
            sum = sum * 5u + (uint32_t)(x >> 4);
        }
        sum ^= (uint32_t)envelope;
        sum += (uint32_t)goertzel(input, 30274) + (uint32_t)goertzel(filtered, 23170) * 3u;
    }
    return kernel_check(sum, 0x6bdbbf91u);
}

KERNEL_MAIN
