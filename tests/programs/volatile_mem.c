// SPDX-License-Identifier: Apache-2.0
// Volatile accesses of every width, packed and unaligned members.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static volatile struct {
    uint8_t a;
    int16_t b;
    uint32_t c;
    int64_t d;
    float e;
    double f;
} regs;
struct __attribute__((packed)) odd {
    char a;
    int32_t b;
    int16_t c;
    int64_t d;
    double e;
};
__attribute__((noinline)) static int64_t sum(const struct odd *o) { return o->a + o->b + o->c + o->d + (int64_t)o->e; }
__attribute__((noinline)) static uint32_t load(const void *p) {
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

int main(void) {
    regs.a = 250;
    for (int i = 0; i < 10; i++) {
        regs.a++;
        regs.b = (int16_t)(regs.b - 5000);
        regs.c |= 1u << (i * 3);
        regs.d += regs.c;
        regs.e = regs.e * 0.5f + 1.0f;
        regs.f = regs.f + regs.e;
    }
    printf("%u %d %lx %lld %.4f %.4f\n", regs.a, regs.b, (unsigned long)regs.c, (long long)regs.d, (double)regs.e, regs.f);
    struct odd o[3] = {{1, -2, 3, -4000000000LL, 5.5}, {'x', 1 << 30, -32768, 1LL << 60, -1e6}, {0, 0, 0, 0, 0}};
    o[2] = o[1];
    o[2].b++;
    o[2].d ^= 0xff;
    for (int i = 0; i < 3; i++)
        printf("%lld %d\n", (long long)sum(&o[i]), (int)sizeof o[i]);
    static const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 8};
    for (int i = 0; i < 5; i++)
        printf("%08lx ", (unsigned long)load(bytes + i));
    putchar('\n');
    return 0;
}
