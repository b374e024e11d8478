// SPDX-License-Identifier: Apache-2.0
// Conversions between every integer width and both precisions, in range.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static unsigned long b32(float f) {
    uint32_t u;
    memcpy(&u, &f, 4);
    return u;
}
static unsigned long long b64(double f) {
    uint64_t u;
    memcpy(&u, &f, 8);
    return u;
}
__attribute__((noinline)) static void from_int(int64_t v) {
    printf("%lld: %08lx %08lx %08lx %08lx %016llx %016llx %016llx %016llx\n", (long long)v, b32((float)v), b32((float)(uint64_t)v),
           b32((float)(int32_t)v), b32((float)(uint32_t)v), b64((double)v), b64((double)(uint64_t)v), b64((double)(int32_t)v), b64((double)(uint32_t)v));
    printf("  %08lx %08lx %08lx %08lx\n", b32((float)(int8_t)v), b32((float)(uint8_t)v), b32((float)(int16_t)v), b32((float)(uint16_t)v));
}
__attribute__((noinline)) static void to_int(double d) {
    float f = (float)d;
    printf("%.3f: %ld %lld %ld %lld", d, (long)(int32_t)d, (long long)(int64_t)d, (long)(int32_t)f, (long long)(int64_t)f);
    if (d >= 0)
        printf(" %lu %llu %lu %llu", (unsigned long)(uint32_t)d, (unsigned long long)(uint64_t)d, (unsigned long)(uint32_t)f, (unsigned long long)(uint64_t)f);
    if (d > -128 && d < 128)
        printf(" %d %d", (int8_t)d, (int16_t)f);
    printf(" %08lx %016llx\n", b32(f), b64((double)f));
}

int main(void) {
    static const int64_t ints[] = {0, 1, -1, 100, -129, 16777217, 33554433, 0x7fffffff, 0x80000000LL, 0xffffffffLL, 9007199254740993LL, INT64_MAX, INT64_MIN, 0x7fffff4000000001LL};
    static const double reals[] = {0.0, 0.49, 0.5, 0.999999, 1.5, 2.5, -0.5, -1.99, 100.7, -127.9, 65535.5, -1e6, 2147483000.25, 1e9, -2e9};
    for (unsigned i = 0; i < sizeof ints / sizeof *ints; i++)
        from_int(ints[i]);
    for (unsigned i = 0; i < sizeof reals / sizeof *reals; i++)
        to_int(reals[i]);
    volatile double big = 4000000000.75, huge = 1.8e19;
    printf("%lu %llu %.3f\n", (unsigned long)(uint32_t)big, (unsigned long long)(uint64_t)huge, (double)(float)1e-45);
    return 0;
}
