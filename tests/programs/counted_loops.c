// SPDX-License-Identifier: Apache-2.0
// Loops that count: of every size, ending in comparisons and branches, nested, left early, around calls, entered from several
// places. On Xtensa the innermost become zero-overhead loops.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t data[64];
static uint8_t bytes[300];

__attribute__((noinline)) static uint32_t sum(const uint32_t *p, uint32_t n) {
    uint32_t s = 0;
    do
        s = s * 3 + *p++;
    while (--n);
    return s;
}
__attribute__((noinline)) static uint32_t greater(const uint32_t *p, uint32_t n, uint32_t limit) { // ends in a comparison
    uint32_t count = 0;
    while (n--)
        count += *p++ > limit;
    return count;
}
__attribute__((noinline)) static int32_t last_sign(const int32_t *p, int n) {
    int32_t negative = 0;
    for (; n > 0; --n)
        negative = *p++ < 0;
    return negative;
}
__attribute__((noinline)) static uint32_t clamp(uint32_t *p, int n, uint32_t limit) { // ends in a branch
    uint32_t changed = 0;
    for (; n > 0; --n, ++p)
        if (*p > limit) {
            *p = limit;
            changed += n & 1 ? 1 : 3;
        }
    return changed;
}
__attribute__((noinline)) static uint64_t wide(const uint32_t *p, int n) {
    uint64_t s = 1;
    for (; n > 0; --n)
        s = (s << 3) + (s >> 60) + *p++;
    return s;
}
__attribute__((noinline)) static uint32_t nested(uint32_t a, uint32_t b, uint32_t c) {
    uint32_t s = 0;
    for (uint32_t i = a; i; --i)
        for (uint32_t j = b; j; --j) {
            s += i * j;
            for (uint32_t k = c; k; --k)
                s = s << 1 ^ s >> 7;
        }
    return s;
}
__attribute__((noinline)) static int find(const uint8_t *p, int n, int what) { // left early
    for (int i = n; i > 0; --i)
        if (*p++ == what)
            return n - i;
    return -1;
}
__attribute__((noinline)) static uint32_t leaf(uint32_t v) { return v * 2654435761u; }
__attribute__((noinline)) static uint32_t calls(uint32_t n) { // what is called has a loop, too
    uint32_t s = 0;
    for (; n; --n)
        s = leaf(s + n) + sum(data + n % 32, 1 + n % 5);
    return s;
}
__attribute__((noinline)) static uint32_t entered(const uint32_t *p, uint32_t n, int odd) { // in the middle
    uint32_t s = 0;
    if (odd)
        goto middle;
    do {
        s += p[n & 15];
    middle:
        s ^= s << 5;
    } while (--n);
    return s;
}
__attribute__((noinline)) static uint32_t again(const uint32_t *p, uint32_t n) { // with another count
    uint32_t s = 0, rounds = 3;
restart:
    for (uint32_t i = n + rounds; i; --i)
        s = s * 5 + p[rounds];
    if (--rounds)
        goto restart;
    return s;
}
__attribute__((noinline)) static float floats(const uint32_t *p, int n) {
    float s = 0;
    for (; n > 0; --n)
        s = s * 0.5f + (float)(*p++ & 255);
    return s;
}
__attribute__((noinline)) static uint32_t divides(const uint32_t *p, int n, uint32_t by) {
    uint32_t s = 0;
    for (; n > 0; --n)
        s += *p++ / by;
    return s;
}
#define STEP(a, b) s = (s << 7 | s >> 25) ^ (s * a + p[b]); s += s >> 3; s ^= 0x5bd1e995 + b;
__attribute__((noinline)) static uint32_t large(const uint32_t *p, int n) { // more than such a loop may have
    uint32_t s = 1;
    for (; n > 0; --n) {
        STEP(3, 1) STEP(5, 2) STEP(7, 3) STEP(9, 4) STEP(11, 5) STEP(13, 6) STEP(15, 7) STEP(17, 8)
        STEP(19, 9) STEP(21, 10) STEP(23, 11) STEP(25, 12)
    }
    return s;
}
__attribute__((noinline)) static uint32_t medium(const uint32_t *p, int n) {
    uint32_t s = 1;
    for (; n > 0; --n) {
        STEP(3, 1) STEP(5, 2) STEP(7, 3) STEP(9, 4) STEP(11, 5)
    }
    return s;
}

int main(void) {
    for (uint32_t i = 0, v = 12345; i < 64; ++i, v = v * 1103515245 + 12345)
        data[i] = v >> 3 ^ v << 11;
    for (int i = 0; i < 300; ++i)
        bytes[i] = (uint8_t)(i * 7);
    for (uint32_t n = 1; n < 64; n = n * 3 - 1) {
        printf("%u: %08x %u %d %08x%08x", (unsigned)n, (unsigned)sum(data, n), (unsigned)greater(data, n, 0x60000000), (int)last_sign((int32_t *)data, (int)n),
               (unsigned)(wide(data, (int)n) >> 32), (unsigned)wide(data, (int)n));
        printf(" %08x %08x %08x %.3f %u\n", (unsigned)calls(n), (unsigned)entered(data, n, n & 1), (unsigned)again(data, n), (double)floats(data, (int)n),
               (unsigned)divides(data, (int)n, n));
        printf("   %08x %08x %08x\n", (unsigned)large(data, (int)n), (unsigned)medium(data, (int)n), (unsigned)nested(n & 7, n, 3));
    }
    printf("%u %d %d\n", (unsigned)greater(data, 0, 1), (int)last_sign((int32_t *)data, 0), (int)last_sign((int32_t *)data, -3));
    printf("%d %d %d\n", find(bytes, 300, 14), find(bytes, 300, 255), find(bytes, 20, 255));
    uint32_t copy[64];
    memcpy(copy, data, sizeof copy);
    printf("%u", (unsigned)clamp(copy, 64, 0x50000000));
    printf(" %08x\n", (unsigned)sum(copy, 64));
    return 0;
}
