// SPDX-License-Identifier: Apache-2.0
// Arithmetic at every integer width, signed and unsigned.
#include <stdint.h>
#include <stdio.h>

#define OPS(T, U, name)                                                                                                \
    __attribute__((noinline)) static void name(T a, T b) {                                                             \
        T sum = (T)((U)a + (U)b), difference = (T)((U)a - (U)b), product = (T)((uint64_t)(U)a * (uint64_t)(U)b);       \
        T quotient = b ? (T)(b == (T)-1 ? (T)(0 - (U)a) : a / b) : 0;                                                  \
        T rest = b ? (T)(b == (T)-1 ? 0 : a % b) : 0;                                                                  \
        printf(#name " %lld %lld: %lld %lld %lld %lld %lld", (long long)a, (long long)b, (long long)sum,               \
               (long long)difference, (long long)product, (long long)quotient, (long long)rest);                       \
        printf(" %lld %lld %lld %lld", (long long)(T)(a & b), (long long)(T)(a | b), (long long)(T)(a ^ b),            \
               (long long)(T)~a);                                                                                      \
        printf(" %d%d%d%d%d%d\n", a < b, a <= b, a == b, a != b, a >= b, a > b);                                       \
    }

OPS(int8_t, uint8_t, i8)
OPS(uint8_t, uint8_t, u8)
OPS(int16_t, uint16_t, i16)
OPS(uint16_t, uint16_t, u16)
OPS(int32_t, uint32_t, i32)
OPS(int64_t, uint64_t, i64)
OPS(uint64_t, uint64_t, u64)

static const int64_t samples[] = {0,     1,     -1,         2,          7,           -7,         100,       127,
                                  -128,  255,   -32768,     32767,      65535,       INT32_MAX,  INT32_MIN, 0x123456789abLL,
                                  -99999999999LL, INT64_MAX, INT64_MIN};

__attribute__((noinline)) static void u32(uint32_t a, uint32_t b) {
    printf("u32 %lu %lu: %lu %lu %lu\n", (unsigned long)a, (unsigned long)b, (unsigned long)(uint32_t)(a * b),
           (unsigned long)(b ? a / b : 0), (unsigned long)(b ? a % b : 0));
}

int main(void) {
    const int n = sizeof samples / sizeof *samples;
    for (int i = 0; i < n; i++)
        for (int j = i % 3; j < n; j += 3) {
            int64_t a = samples[i], b = samples[j];
            i8((int8_t)a, (int8_t)b);
            u8((uint8_t)a, (uint8_t)b);
            i16((int16_t)a, (int16_t)b);
            u16((uint16_t)a, (uint16_t)b);
            i32((int32_t)a, (int32_t)b);
            u32((uint32_t)a, (uint32_t)b);
            i64(a, b);
            u64((uint64_t)a, (uint64_t)b);
        }
    return 0;
}
