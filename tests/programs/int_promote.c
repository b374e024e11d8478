// SPDX-License-Identifier: Apache-2.0
// Integer promotions, narrowing, sign and zero extension, comparisons of mixed signs.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct all {
    int8_t a;
    uint8_t b;
    int16_t c;
    uint16_t d;
    int32_t e;
    uint32_t f;
    int64_t g;
    bool h;
};

__attribute__((noinline)) static struct all spread(int64_t v) {
    return (struct all){(int8_t)v, (uint8_t)v, (int16_t)v, (uint16_t)v, (int32_t)v, (uint32_t)v, v, (bool)v};
}
__attribute__((noinline)) static signed char narrow(int x) { return (signed char)x; }
__attribute__((noinline)) static unsigned short narrow16(int x) { return (unsigned short)x; }
__attribute__((noinline)) static long long widen(int x) { return x; }
__attribute__((noinline)) static long long widen_u(unsigned x) { return x; }

int main(void) {
    static const int64_t values[] = {0, 1, -1, 127, 128, 255, 256, -129, 32768, 65535, 0x80000000LL, 0xffffffffLL, 0x1ffffffffLL, -4294967296LL};
    for (unsigned i = 0; i < sizeof values / sizeof *values; i++) {
        struct all x = spread(values[i]);
        printf("%d %u %d %u %ld %lu %lld %d | ", x.a, x.b, x.c, x.d, (long)x.e, (unsigned long)x.f, (long long)x.g, x.h);
        printf("%d %d %lld %lld | ", narrow((int)values[i]), narrow16((int)values[i]), widen((int)values[i]), widen_u((unsigned)values[i]));
        printf("%d %d %d %d\n", x.a < x.b, (unsigned)x.e < x.f, x.c == x.d, x.e < x.g);
        x.a += 100;
        x.b += 100;
        x.c = (int16_t)(x.c * 2);
        x.d >>= 1;
        x.b = (uint8_t)(x.b << 1 | x.b >> 7);
        printf("  %d %u %d %u %d %d\n", x.a, x.b, x.c, x.d, -x.b, ~x.d);
    }
    return 0;
}
