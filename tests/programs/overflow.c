// SPDX-License-Identifier: Apache-2.0
// Overflow builtins, saturating arithmetic, minimum, maximum and absolute value.
#include <stdint.h>
#include <stdio.h>

#define CHECK(T, name)                                                                                                 \
    __attribute__((noinline)) static void name(T a, T b) {                                                             \
        T s, d, p;                                                                                                     \
        int os = __builtin_add_overflow(a, b, &s), od = __builtin_sub_overflow(a, b, &d), op = __builtin_mul_overflow(a, b, &p); \
        printf("%d%lld %d%lld %d%lld | ", os, (long long)s, od, (long long)d, op, (long long)p);                       \
    }
CHECK(int8_t, i8)
CHECK(uint8_t, u8)
CHECK(int16_t, i16)
CHECK(uint16_t, u16)
CHECK(int32_t, i32)
CHECK(uint32_t, u32)
CHECK(int64_t, i64)
CHECK(uint64_t, u64)
__attribute__((noinline)) static int32_t sat_add(int32_t a, int32_t b) {
    int32_t r;
    return __builtin_add_overflow(a, b, &r) ? (a < 0 ? INT32_MIN : INT32_MAX) : r;
}
__attribute__((noinline)) static uint32_t sat_sub_u(uint32_t a, uint32_t b) { return a > b ? a - b : 0; }
__attribute__((noinline)) static int16_t sat16(int32_t v) { return v > 32767 ? 32767 : v < -32768 ? -32768 : (int16_t)v; }
__attribute__((noinline)) static int64_t abs64(int64_t v) { return v < 0 ? -v : v; }
__attribute__((noinline)) static uint32_t umin(uint32_t a, uint32_t b) { return a < b ? a : b; }
__attribute__((noinline)) static int64_t smax64(int64_t a, int64_t b) { return a > b ? a : b; }
__attribute__((noinline)) static unsigned carry_chain(unsigned a, unsigned b, unsigned *out) {
    unsigned c = __builtin_add_overflow(a, b, out);
    return __builtin_add_overflow(*out, c, out) + c;
}

int main(void) {
    static const int64_t v[] = {0, 1, -1, 100, 127, -128, 200, 255, 32767, -32768, 65535, INT32_MAX, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN};
    for (unsigned i = 0; i < 16; i++)
        for (unsigned j = i & 1; j < 16; j += 2) {
            int64_t a = v[i], b = v[j];
            i8((int8_t)a, (int8_t)b), u8((uint8_t)a, (uint8_t)b), i16((int16_t)a, (int16_t)b), u16((uint16_t)a, (uint16_t)b);
            i32((int32_t)a, (int32_t)b), u32((uint32_t)a, (uint32_t)b), i64(a, b), u64((uint64_t)a, (uint64_t)b);
            unsigned out;
            printf("%ld %lu %d %lu %lld %u\n", (long)sat_add((int32_t)a, (int32_t)b), (unsigned long)sat_sub_u((uint32_t)a, (uint32_t)b),
                   sat16((int32_t)b), (unsigned long)umin((uint32_t)a, (uint32_t)b), (long long)smax64(a, b), carry_chain((unsigned)a, (unsigned)b, &out));
        }
    printf("%lld %lld\n", (long long)abs64(-5000000000LL), (long long)abs64(7));
    return 0;
}
