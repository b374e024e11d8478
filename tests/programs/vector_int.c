// SPDX-License-Identifier: Apache-2.0
// Vector extensions on integers: arithmetic, comparison, shuffles, element access, as arguments.
#include <stdint.h>
#include <stdio.h>

typedef int32_t v4si __attribute__((vector_size(16)));
typedef uint8_t v8qi __attribute__((vector_size(8)));
typedef int16_t v8hi __attribute__((vector_size(16)));
typedef int64_t v2di __attribute__((vector_size(16)));

__attribute__((noinline)) static v4si mad(const v4si *a, const v4si *b, int c) { return *a * *b + c; }
__attribute__((noinline)) static int sum(const v4si *v) { return (*v)[0] + (*v)[1] + (*v)[2] + (*v)[3]; }

int main(void) {
    volatile int seed = 3;
    v4si a = {seed, -2, 30, 7}, b = {5, seed, 7, -8};
    v4si c = mad(&a, &b, 1), m = a > b, s = (c & 0xff) | (a << 3), n = -a;
    printf("%d %d %d %d\n", c[0], c[1], c[2], c[3]);
    printf("%d %d %d %d %d\n", m[0], m[1], m[2], m[3], sum(&s));
    v4si picked = (a & m) | (b & ~m);
    printf("%d %d %d\n", sum(&picked), sum(&n), (a / b)[2] + (a % b)[3]);
    v8qi q = {250, 251, 252, 253, 254, 255, 0, 1};
    q += (uint8_t)seed;
    q >>= 1;
    for (int i = 0; i < 8; i++)
        printf("%d ", q[i]);
    v8hi h = {1, -2, 3, -4, 5, -6, 7, -8};
    h = h * h - (int16_t)seed;
    v2di d = {1LL << 40, -5};
    d = d * 3 + seed;
    printf("%d %d %lld %lld\n", h[3], h[7], (long long)d[0], (long long)d[1]);
    int dot = 0;
    int16_t x[64], y[64];
    for (int i = 0; i < 64; i++)
        x[i] = (int16_t)(i * seed), y[i] = (int16_t)(100 - i);
    for (int i = 0; i < 64; i++)
        dot += x[i] * y[i];
    printf("%d\n", dot);
    return 0;
}
