// SPDX-License-Identifier: Apache-2.0
// Functions of twelve and more arguments, of mixed types, directly and through pointers.
#include <stdint.h>
#include <stdio.h>

__attribute__((noinline)) static int ints(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m) {
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k + 12 * l + 13 * m;
}
__attribute__((noinline)) static int64_t mixed(int8_t a, int64_t b, uint8_t c, double d, int16_t e, int64_t f, float g, uint16_t h, int64_t i, const char *j, double k, int l) {
    return a + b * 2 + c * 3 + (int64_t)(d * 4) + e * 5 + f * 6 + (int64_t)(g * 7) + h * 8 + i * 9 + j[1] * 10 + (int64_t)(k * 11) + l * 12;
}
__attribute__((noinline)) static double reals(float a, double b, float c, double d, float e, double f, float g, double h, float i, double j) {
    return (double)a - b + (double)c * d - (double)e / f + (double)g * h - (double)i + j;
}
__attribute__((noinline)) static int64_t odd_pair(int a, int64_t b, int c, int d, int e, int f, int64_t g, int h) {
    return a + b + c + d + e + f + g * 3 + h; // a pair may straddle the last register and the stack
}
static int (*volatile pointer)(int, int, int, int, int, int, int, int, int, int, int, int, int) = ints;

int main(void) {
    printf("%d\n", ints(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13));
    printf("%d\n", pointer(-1, 2, -3, 4, -5, 6, -7, 8, -9, 10, -11, 12, -13));
    printf("%lld\n", (long long)mixed(-128, 1LL << 40, 255, 2.5, -32768, -7, 1.5f, 65535, 1LL << 33, "abc", -0.5, 99));
    printf("%.6f\n", reals(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    printf("%lld\n", (long long)odd_pair(1, 2LL << 35, 3, 4, 5, 6, 7LL << 36, 8));
    return 0;
}
