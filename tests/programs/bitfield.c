// SPDX-License-Identifier: Apache-2.0
// Bit-fields: signed, unsigned, straddling, 64-bit, zero width, in arrays and through pointers.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct flags {
    unsigned a : 1, b : 3, c : 12;
    signed d : 5;
    unsigned : 0;
    unsigned e : 31;
    unsigned f : 1;
};
struct wide {
    uint64_t low : 20, mid : 30, high : 14;
    int64_t s : 40;
};
struct __attribute__((packed)) tight {
    unsigned a : 5, b : 11, c : 9;
    int d : 7;
    uint8_t e;
    unsigned f : 17;
};

__attribute__((noinline)) static void fill(struct flags *f, int v) {
    f->a = (unsigned)v;
    f->b = (unsigned)v >> 1;
    f->c = (unsigned)v * 77u;
    f->d = (v & 31) - 16;
    f->e = (unsigned)v * 123456789u;
    f->f = !f->a;
}

int main(void) {
    struct flags f[3];
    memset(f, 0, sizeof f);
    for (int i = 0; i < 40; i++) {
        fill(&f[i % 3], i);
        printf("%u %u %u %d %u %u\n", f[i % 3].a, f[i % 3].b, f[i % 3].c, f[i % 3].d, f[i % 3].e, f[i % 3].f);
    }
    f[0].b++;
    f[0].b += 6;
    f[0].d--;
    f[0].c |= 0x801;
    f[0].e ^= f[1].e;
    printf("%u %d %u %u\n", f[0].b, f[0].d, f[0].c, f[0].e);
    struct wide w = {0xfffff, 0x2aaaaaaa, 0x1555, -1};
    w.s = -549755813888LL;
    w.mid += 0x20000000;
    printf("%llu %llu %llu %lld\n", (unsigned long long)w.low, (unsigned long long)w.mid, (unsigned long long)w.high, (long long)w.s);
    struct tight t = {17, 1999, 300, -60, 200, 100000};
    uint8_t raw[sizeof t];
    memcpy(raw, &t, sizeof t);
    for (unsigned i = 0; i < sizeof t; i++)
        printf("%02x", raw[i]);
    t.d += 3;
    t.b = t.c + t.f;
    printf(" %u %u %u %d %u %u\n", t.a, t.b, t.c, t.d, t.e, t.f);
    return 0;
}
