// SPDX-License-Identifier: Apache-2.0
// Single precision arithmetic, bit exact.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static unsigned long bits(float f) {
    uint32_t u;
    memcpy(&u, &f, 4);
    return f != f ? 0x7fc00000ul : u;
}
__attribute__((noinline)) static float add(float a, float b) { return a + b; }
__attribute__((noinline)) static float sub(float a, float b) { return a - b; }
__attribute__((noinline)) static float mul(float a, float b) { return a * b; }
__attribute__((noinline)) static float divide(float a, float b) { return a / b; }
__attribute__((noinline)) static float neg(float a) { return -a; }
__attribute__((noinline)) static float mix(float a, float b, float t) { return a + (b - a) * t; }

int main(void) {
    static const float v[] = {0.0f, -0.0f, 1.0f, -1.5f, 3.1415927f, 1e-20f, 1e20f, 1e38f, 1e-40f, 123456.79f, -7.0f / 3.0f, 16777217.0f};
    const int n = sizeof v / sizeof *v;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            printf("%08lx %08lx: %08lx %08lx %08lx %08lx\n", bits(v[i]), bits(v[j]), bits(add(v[i], v[j])), bits(sub(v[i], v[j])),
                   bits(mul(v[i], v[j])), bits(j > 1 ? divide(v[i], v[j]) : neg(v[i])));
    float s = 0, p = 1;
    for (int i = 1; i <= 50; i++) {
        s += 1.0f / (float)i;
        p = mix(p, s, 0.125f);
    }
    printf("%.6f %.6f %08lx\n", s, p, bits(p));
    return 0;
}
