// SPDX-License-Identifier: Apache-2.0
// Local arrays of kilobytes, many live values, spills.
#include <stdint.h>
#include <stdio.h>

__attribute__((noinline)) static uint32_t big(uint32_t seed) {
    uint32_t a[1024];
    uint8_t b[2500];
    uint64_t c[100];
    for (int i = 0; i < 1024; i++)
        a[i] = seed = seed * 1664525u + 1013904223u;
    for (int i = 0; i < 2500; i++)
        b[i] = (uint8_t)(a[i & 1023] >> (i & 15));
    for (int i = 0; i < 100; i++)
        c[i] = (uint64_t)a[i * 10] * b[i * 25];
    uint32_t h = 0;
    for (int i = 0; i < 2500; i++)
        h = h * 31 + b[2499 - i] + (uint32_t)c[i % 100];
    return h;
}
__attribute__((noinline)) static int pressure(const int *v) {
    int a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6], h = v[7], i = v[8], j = v[9], k = v[10], l = v[11],
        m = v[12], n = v[13], o = v[14], p = v[15], q = v[16], r = v[17], s = v[18], t = v[19];
    int64_t w = v[20], x = v[21], y = v[22], z = v[23];
    for (int u = 0; u < 20; u++) {
        a += b ^ t, b = (b - c) & 0xffff, c ^= d + s, d += e & r, e ^= f | q, f += g ^ p, g ^= h & o, h += i ^ n, i ^= j | m, j += k ^ l;
        k ^= a, l += b & 0xff, m ^= c, n = (n + d) & 0xfffff, o ^= e, p = (p + f) & 0xfffff, q ^= g, r ^= h, s ^= i, t ^= j;
        a &= 0xfffff, d &= 0xfffff, f &= 0xfffff, h &= 0xfffff, j &= 0xfffff, l &= 0xfffff;
        w = (w * 3 + a) & 0xffffffffff, x ^= w << 3, y += (x >> 5) & 0xffff, z ^= y + w;
    }
    return (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l ^ m ^ n ^ o ^ p ^ q ^ r ^ s ^ t) + (int)((w ^ x ^ y ^ z) & 0xffff);
}

int main(void) {
    int v[24];
    for (int i = 0; i < 24; i++)
        v[i] = i * i * 11 + 3;
    printf("%lu %lu %d\n", (unsigned long)big(1), (unsigned long)big(2), pressure(v));
    return 0;
}
