// SPDX-License-Identifier: Apache-2.0
// Loops of all shapes: counted down, with several exits, nested with break and continue, 64-bit counters, pointer walks.
#include <stdint.h>
#include <stdio.h>

__attribute__((noinline)) static int nested(int n) {
    int hits = 0;
    for (int i = 0; i < n; i++) {
        for (int j = n; j-- > 0;) {
            if ((i ^ j) % 5 == 0)
                continue;
            if (i * j > 60)
                break;
            hits += i + j;
        }
        if (hits > 500)
            break;
    }
    return hits;
}
__attribute__((noinline)) static uint64_t wide(uint64_t from, uint64_t to, uint64_t step) {
    uint64_t s = 0;
    for (uint64_t i = from; i < to; i += step)
        s ^= i * i;
    return s;
}
__attribute__((noinline)) static int scan(const int16_t *p, const int16_t *end, int16_t stop) {
    int s = 0;
    while (p != end && *p != stop)
        s += *p++;
    do
        s -= *--end;
    while (end > p);
    return s;
}
__attribute__((noinline)) static void shift_left(int *v, int n, int by) {
    for (int i = 0; i + by < n; i++)
        v[i] = v[i + by];
    for (int i = n - 1; i >= n - by; i--)
        v[i] = -1;
}
__attribute__((noinline)) static unsigned collatz(unsigned n) {
    unsigned steps = 0;
    for (; n != 1; steps++)
        n = n & 1 ? n * 3 + 1 : n >> 1;
    return steps;
}

int main(void) {
    int16_t h[20];
    int v[10];
    for (int i = 0; i < 20; i++)
        h[i] = (int16_t)(i * 31 % 17 - 8);
    for (int i = 0; i < 10; i++)
        v[i] = i * i;
    shift_left(v, 10, 3);
    for (int i = 0; i < 10; i++)
        printf("%d ", v[i]);
    printf("%d %llu %d %u\n", nested(12), (unsigned long long)wide(1ULL << 32, (1ULL << 32) + 1000, 77), scan(h, h + 20, 7), collatz(97));
    int8_t c = 120;
    int laps = 0;
    for (uint8_t u = 250; u != 5; u++)
        laps++;
    while (c++ < 126)
        laps += 100;
    printf("%d %d\n", laps, c);
    return 0;
}
