// SPDX-License-Identifier: Apache-2.0
// More values than a chip has registers, with what compilers know from one instruction to the next: frames,
// rare calls with eight arguments, words whose upper half is zero, chains of floats, selections stored far away.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint8_t far_away[60000];
static volatile uint32_t opaque = 7;

__attribute__((noinline)) static uint32_t eight(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f, uint32_t g, uint32_t h) {
    return (a ^ (b << 1)) + (c ^ (d << 2)) * 3u + (e ^ (f << 3)) * 5u + (g ^ (h << 4)) * 7u;
}
__attribute__((noinline)) static uint64_t pair(uint32_t a, uint64_t b) { return b * a + 1u; }

__attribute__((noinline)) static uint32_t many(const uint32_t *in, uint32_t n) {
    uint32_t a = in[0], b = in[1], c = in[2], d = in[3], e = in[4], f = in[5], g = in[6], h = in[7];
    uint32_t i = in[8], j = in[9], k = in[10], l = in[11], m = in[12], o = in[13], p = in[14], q = in[15];
    uint32_t r = in[16], s = in[17], t = in[18], u = in[19], v = in[20], w = in[21], x = in[22], y = in[23];
    uint64_t sum = 1;
    for (uint32_t at = 0; at < n; at++) {
        a += b ^ c;
        d += e & ~f;
        g ^= h + i;
        j -= k | l;
        m = m * o + p;
        q ^= r >> (s & 31);
        t += u << (v & 7);
        w = (w << 5 | w >> 27) + x;
        y = a < d ? y + g : y - j;
        far_away[50000 + at] = (uint8_t)(m > q ? t : w);
        sum += (uint64_t)a * y;
        sum += (uint64_t)(uint32_t)(sum >> 32) * m + w;
        if ((at & 63) == 5)
            b = eight(a, b, c, d, e, f, g, h), sum = pair(b, sum);
        c = d + a, f = g, h ^= a, k += m, o = k | 1u, p ^= q, r += t, u ^= w, x += y;
    }
    return (uint32_t)(sum ^ sum >> 32) + a + b + c + d + e + f + g + h + i + j + k + l + m + o + p + q + r + s + t + u + v + w + x + y;
}

__attribute__((noinline)) static uint32_t floats(const float *in, uint32_t n) {
    float a = in[0], b = in[1], c = in[2], d = in[3], low = 1e30f, high = -1e30f;
    uint32_t order = 0, whole = 0;
    for (uint32_t at = 0; at < n; at++) {
        const float ab = a * b, cd = c * d, both = ab + cd, between = ab - cd, scaled = both * 0.125f;
        low = scaled < low ? scaled : low;
        high = scaled > high ? scaled : high;
        order = order * 3u + (between >= 0.0f) + (a == c);
        whole += (uint32_t)(int32_t)scaled;
        a = b + (float)at * 0.5f, b = c, c = d, d = between * 0.03125f + (float)(int32_t)(order & 15);
        if (!(a < 100.0f && d < 100.0f && d > -100.0f))
            a = 1.5f, d = -0.75f;
    }
    uint32_t bits[3];
    memcpy(&bits[0], &low, 4), memcpy(&bits[1], &high, 4), memcpy(&bits[2], &d, 4);
    return (bits[0] * 31u + bits[1]) * 31u + bits[2] + order * 17u + whole;
}

__attribute__((noinline)) static uint32_t no_numbers(float zero) {
    const float none = zero / zero;
    uint32_t bits;
    const float sum = none + 1.0f;
    memcpy(&bits, &sum, 4);
    return (none == none) + 2u * (none < 1.0f) + 4u * (none >= 1.0f) + 8u * (none != none) + (bits << 4);
}

int main(void) {
    uint32_t in[24];
    float numbers[4];
    for (uint32_t i = 0; i < 24; i++)
        in[i] = (opaque + i) * 2654435761u;
    for (uint32_t i = 0; i < 4; i++)
        numbers[i] = (float)(opaque + 3u * i) * 0.25f;
    printf("%08x\n", (unsigned)many(in, 400));
    uint32_t stored = 0;
    for (uint32_t i = 0; i < 400; i++)
        stored = stored * 31u + far_away[50000 + i];
    printf("%08x\n", (unsigned)stored);
    printf("%08x\n", (unsigned)floats(numbers, 100));
    printf("%08x\n", (unsigned)no_numbers((float)(opaque - 7u)));
    return 0;
}
