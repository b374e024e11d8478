// SPDX-License-Identifier: Apache-2.0
// Nested unions and anonymous members, type punning through them.
#include <stdint.h>
#include <stdio.h>

struct packet {
    uint8_t kind;
    union {
        struct {
            uint16_t lo, hi;
        };
        uint32_t word;
        struct {
            union {
                int8_t s;
                uint8_t u;
            } first;
            uint8_t rest[3];
        } bytes;
        float real;
    };
    union value {
        uint64_t u64;
        double f64;
        struct packet *link;
        struct {
            int32_t a, b;
        } pair;
    } tail;
};

__attribute__((noinline)) static uint32_t describe(const struct packet *p) {
    switch (p->kind) {
    case 0:
        return p->word;
    case 1:
        return (uint32_t)p->lo << 16 | p->hi;
    case 2:
        return (uint32_t)(p->bytes.first.s * 1000 + p->bytes.rest[2]);
    case 3:
        return (uint32_t)(int32_t)(p->real * 8);
    default:
        return p->tail.link ? describe(p->tail.link) + 1 : 0;
    }
}
__attribute__((noinline)) static union value negate(union value v) {
    v.pair.b ^= (int32_t)0x80000000;
    return v;
}

int main(void) {
    struct packet p = {.kind = 0, .word = 0xa1b2c3d4}, q = {.kind = 9, .tail = {.link = &p}}, r = {.kind = 8, .tail = {.link = &q}};
    for (int k = 0; k < 4; k++) {
        p.kind = (uint8_t)k;
        if (k == 3)
            p.real = 12.375f;
        printf("%lu %lu\n", (unsigned long)describe(&p), (unsigned long)describe(&r));
    }
    union value v = {.f64 = 1.5};
    v = negate(v);
    printf("%.2f %016llx\n", v.f64, (unsigned long long)v.u64);
    p.word = 0;
    p.bytes.first.s = -2;
    p.hi = 0x1234;
    printf("%08lx %u\n", (unsigned long)p.word, p.bytes.first.u);
    return 0;
}
