// SPDX-License-Identifier: Apache-2.0
// Count leading and trailing zeros, population count, parity, byte swap, bit reversal, find first set.
#include <stdint.h>
#include <stdio.h>

__attribute__((noinline)) static void show(uint32_t x, uint64_t y) {
    printf("%08lx %016llx:", (unsigned long)x, (unsigned long long)y);
    if (x)
        printf(" clz %d ctz %d", __builtin_clz(x), __builtin_ctz(x));
    if (y)
        printf(" clz64 %d ctz64 %d", __builtin_clzll(y), __builtin_ctzll(y));
    printf(" pop %d %d par %d %d ffs %d %d", __builtin_popcount(x), __builtin_popcountll(y), __builtin_parity(x), __builtin_parityll(y), __builtin_ffs((int)x), __builtin_ffsll((long long)y));
    printf(" swap %04x %08lx %016llx", __builtin_bswap16((uint16_t)x), (unsigned long)__builtin_bswap32(x), (unsigned long long)__builtin_bswap64(y));
    uint32_t r = 0;
    for (int i = 0; i < 32; i++)
        r |= (x >> i & 1u) << (31 - i);
    printf(" rev %08lx sb %d\n", (unsigned long)r, __builtin_clrsb((int)x));
}

int main(void) {
    uint32_t x = 1;
    for (int i = 0; i < 32; i++)
        show(1u << i, 0x8000000000000000ULL >> (i * 2));
    for (int i = 0; i < 20; i++) {
        x = x * 1664525u + 1013904223u;
        show(x >> i, (uint64_t)x << i);
    }
    show(0, 0);
    show(~0u, ~0ULL);
    return 0;
}
