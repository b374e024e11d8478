// SPDX-License-Identifier: Apache-2.0
// Single precision across branches, loops and calls, the same values as bits: where a float unit has registers of its own.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    float x, y, z;
} Vector;
typedef struct {
    float b0, b1, b2, a1, a2, z1, z2;
} Biquad;

static uint32_t bits(float f) {
    uint32_t u;
    memcpy(&u, &f, 4);
    return u;
}
static float from_bits(uint32_t u) {
    float f;
    memcpy(&f, &u, 4);
    return f;
}
__attribute__((noinline)) static float filter(Biquad *q, float x) {
    float y = q->b0 * x + q->z1;
    q->z1 = q->b1 * x - q->a1 * y + q->z2;
    q->z2 = q->b2 * x - q->a2 * y;
    return y;
}
__attribute__((noinline)) static float clamp(float v, float low, float high) { return v < low ? low : v > high ? high : v; }
__attribute__((noinline)) static Vector cross(Vector a, Vector b) {
    return (Vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
__attribute__((noinline)) static float inverse_root(float v) { // by its bits
    float half = v * 0.5f, r = from_bits(0x5f3759df - (bits(v) >> 1));
    for (int i = 0; i < 3; ++i)
        r = r * (1.5f - half * r * r);
    return r;
}
__attribute__((noinline)) static uint32_t both(float a, float b) { // value and bits of the same
    float s = a + b, d = a - b, p = a * b;
    uint32_t u = bits(s) ^ bits(d) >> 3;
    if (s > d)
        p = p * s;
    else
        p = p + d;
    if (u & 1)
        s = d;
    return u + bits(p) * 3 + bits(s);
}
__attribute__((noinline)) static float branches(const float *v, int n) {
    float even = 0, odd = 0, most = v[0], last = 0;
    for (int i = 0; i < n; ++i) {
        float t = v[i] * 2.0f, u = t + last;
        if (i & 1) {
            odd += t;
            last = u * 0.25f;
        } else {
            even -= u;
            if (even < -50.0f)
                even *= 0.5f;
        }
        if (u > most)
            most = u;
        else if (u == last)
            last = 0;
    }
    return even + odd * 3.0f + most - last;
}
__attribute__((noinline)) static float many(const float *v) { // more values than the unit has registers
    float a = v[0] + v[1], b = v[1] * v[2], c = v[2] - v[3], d = v[3] * v[4], e = v[4] + v[5], f = v[5] * v[6];
    float g = v[6] - v[7], h = v[7] * v[8], i = v[8] + v[9], j = v[9] * v[10], k = v[10] - v[11], l = v[11] * v[12];
    float m = v[12] + v[13], n = v[13] * v[14], o = v[14] - v[15], p = v[15] * v[0], q = a * p, r = b * o, s = c * n;
    float t = d * m, u = e * l, w = f * k, x = g * j, y = h * i;
    a = q + r, b = s - t, c = u + w, d = x - y;
    return (a * b + c * d) * (e - f) + (g + h) * (i - j) - (k + l) * (m - n) + o * p + q * y + r * x + s * w + t * u;
}
__attribute__((noinline)) static int convert(float f, int n) {
    int s = 0;
    for (int i = 1; i <= n; ++i) {
        float g = f / (float)i;
        if (!(g == g))
            return -1;
        s += (int)g + (int)(unsigned)(g * g);
        s = (int)((unsigned)s ^ (bits((float)s * 0.5f) & 0xfffff));
    }
    return s;
}
__attribute__((noinline)) static void transform(float *re, float *im, int n) { // a Fourier transform of n points, in place
    for (int i = 1, j = 0; i < n; ++i) {
        int bit = n >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            float t = re[i];
            re[i] = re[j], re[j] = t;
            t = im[i];
            im[i] = im[j], im[j] = t;
        }
    }
    static const float kCos[] = {-1, 0, 0.70710678f, 0.92387953f}, kSin[] = {0, -1, -0.70710678f, -0.38268343f};
    for (int half = 1, stage = 0; half < n; half *= 2, ++stage)
        for (int i = 0; i < n; i += 2 * half) {
            float wr = 1, wi = 0;
            for (int k = 0; k < half; ++k) {
                float ur = re[i + k], ui = im[i + k];
                float vr = re[i + k + half] * wr - im[i + k + half] * wi, vi = re[i + k + half] * wi + im[i + k + half] * wr;
                re[i + k] = ur + vr, im[i + k] = ui + vi;
                re[i + k + half] = ur - vr, im[i + k + half] = ui - vi;
                float next = wr * kCos[stage] - wi * kSin[stage];
                wi = wr * kSin[stage] + wi * kCos[stage];
                wr = next;
            }
        }
}

int main(void) {
    Biquad q = {0.25f, 0.5f, 0.25f, -0.5f, 0.25f, 0, 0};
    float v[16], y = 0;
    for (int i = 0; i < 16; ++i)
        v[i] = (float)((i * 37) % 23) * 0.375f - 3.0f;
    for (int i = 0; i < 16; ++i)
        y = clamp(filter(&q, v[i] + y * 0.125f), -2.5f, 2.5f);
    printf("%08x %08x\n", (unsigned)bits(y), (unsigned)bits(q.z1));
    Vector c = cross((Vector){1.5f, -2, 3}, (Vector){0.5f, 4, -1.25f});
    c = cross(c, (Vector){y, 1, 2});
    printf("%08x %08x %08x\n", (unsigned)bits(c.x), (unsigned)bits(c.y), (unsigned)bits(c.z));
    printf("%08x %08x\n", (unsigned)bits(inverse_root(2.0f)), (unsigned)bits(inverse_root(1e-6f)));
    uint32_t sum = 0;
    for (int i = 0; i < 15; ++i)
        sum = sum * 31 + both(v[i], v[i + 1]);
    printf("%08x\n", (unsigned)sum);
    for (int n = 1; n <= 16; n += 5)
        printf("%08x ", (unsigned)bits(branches(v, n)));
    printf("%08x\n", (unsigned)bits(many(v)));
    printf("%d %d %d\n", convert(1000.5f, 9), convert(0.0f, 3), convert(from_bits(0x7fc00000), 2));
    float re[16], im[16] = {0};
    memcpy(re, v, sizeof re);
    transform(re, im, 16);
    for (int i = 0; i < 16; i += 3)
        printf("%.4f %.4f ", (double)re[i], (double)im[i]);
    printf("\n");
    return 0;
}
