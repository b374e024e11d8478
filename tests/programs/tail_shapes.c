// SPDX-License-Identifier: Apache-2.0
// Small leaf functions of every kind of result, inlined or not, and unused results.
#include <stdint.h>
#include <stdio.h>

#define N __attribute__((noinline))
N static int8_t r8(int v) { return (int8_t)v; }
N static uint8_t ru8(int v) { return (uint8_t)v; }
N static int16_t r16(int v) { return (int16_t)v; }
N static int64_t r64(int v) { return v * 10000000000LL; }
N static float rf(int v) { return (float)v / 4; }
N static double rd(int v) { return v / 8.0; }
N static const char *rs(int v) { return v ? "yes" : "no"; }
N static void rv(int *out, int v) { *out = v; }
N static _Bool rb(int v) { return v; }
N static uint64_t identity(uint64_t v) { return v; }
N static uint64_t swap_words(uint64_t v) { return v << 32 | v >> 32; }
N static uint32_t high(uint64_t v) { return (uint32_t)(v >> 32); }
N static int64_t negate(int64_t v) { return -v; }
N static int compare(int64_t a, int64_t b) { return a < b ? -1 : a > b; }

int main(void) {
    int x;
    for (int i = -300; i <= 300; i += 100) {
        rv(&x, i * 7);
        rd(i);
        printf("%d %d %d %lld %.2f %.3f %s %d %d\n", r8(i), ru8(i), r16(i * 400), (long long)r64(i), (double)rf(i), rd(i), rs(i), x, rb(i));
    }
    printf("%llx %llx %lx %lld %d%d%d\n", (unsigned long long)identity(0x1122334455667788), (unsigned long long)swap_words(0x1122334455667788),
           (unsigned long)high(0x1122334455667788), (long long)negate(1LL << 32), compare(-1, 1), compare(1LL << 32, 5), compare(7, 7));
    return 0;
}
