// SPDX-License-Identifier: Apache-2.0
// 64-bit shifts and rotates by every distance, variable and constant.
#include <stdint.h>
#include <stdio.h>

__attribute__((noinline)) static uint64_t shl(uint64_t x, unsigned n) { return x << n; }
__attribute__((noinline)) static uint64_t shr(uint64_t x, unsigned n) { return x >> n; }
__attribute__((noinline)) static int64_t sar(int64_t x, unsigned n) { return x >> n; }
__attribute__((noinline)) static uint64_t rol(uint64_t x, unsigned n) { return x << (n & 63) | x >> (-n & 63); }
__attribute__((noinline)) static uint32_t rol32(uint32_t x, unsigned n) { return x << (n & 31) | x >> (-n & 31); }
__attribute__((noinline)) static uint64_t constants(uint64_t x) {
    return (x << 1) ^ (x << 31) ^ (x << 32) ^ (x << 33) ^ (x << 63) ^ (x >> 1) ^ (x >> 31) ^ (x >> 32) ^ (x >> 33) ^ (x >> 63);
}

int main(void) {
    volatile uint64_t v = 0x8123456789abcdefULL;
    for (unsigned n = 0; n < 64; n++)
        printf("%2u %016llx %016llx %016llx %016llx %08lx\n", n, (unsigned long long)shl(v, n), (unsigned long long)shr(v, n),
               (unsigned long long)sar((int64_t)v, n), (unsigned long long)rol(v, n), (unsigned long)rol32((uint32_t)v, n));
    printf("%016llx\n", (unsigned long long)constants(v));
    uint64_t x = 1;
    for (int i = 0; i < 100; i++)
        x = (x << (i % 13)) ^ (x >> (i % 29)) ^ constants(x + (unsigned)i);
    printf("%016llx\n", (unsigned long long)x);
    return 0;
}
