// SPDX-License-Identifier: Apache-2.0
// memcpy, memmove, memset and memcmp in many sizes and alignments, constant and variable.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint8_t from[300] __attribute__((aligned(8))), to[300] __attribute__((aligned(8)));
static uint32_t digest(void) {
    uint32_t h = 1;
    for (int i = 0; i < 300; i++)
        h = h * 31 + to[i];
    return h;
}
#define FIXED(N)                                                                                                       \
    __attribute__((noinline)) static void fixed##N(uint8_t *d, const uint8_t *s) {                                     \
        memcpy(d, s, N);                                                                                               \
        memset(d + N, N, N);                                                                                           \
        memmove(d + 1, d, N);                                                                                          \
    }
#define SIZES(X) X(1) X(2) X(3) X(4) X(5) X(7) X(8) X(12) X(15) X(16) X(31) X(32) X(64) X(100)
SIZES(FIXED)
struct block {
    int64_t v[9];
    char tail[3];
};
__attribute__((noinline)) static struct block clear(void) { return (struct block){.v[3] = 5, .tail = "x"}; }

int main(void) {
    for (int i = 0; i < 300; i++)
        from[i] = (uint8_t)(i * 7 + 1);
    for (unsigned n = 0; n < 70; n += n < 20 ? 1 : 7)
        for (unsigned a = 0; a < 4; a++) {
            memset(to, (int)(n + a), sizeof to);
            memcpy(to + a, from + (n & 3), n);
            memmove(to + 100 + a, to + 98, n);
            memmove(to + 98, to + 100 + a, n);
            memset(to + 201 + a, 0xee, n);
            int c = memcmp(to + a, from + (n & 3), n);
            int d = memcmp(to, from, n + 1);
            printf("%08lx%d%d ", (unsigned long)digest(), c, (d > 0) - (d < 0));
        }
    putchar('\n');
#define RUN(N)                                                                                                         \
    memset(to, 0, sizeof to);                                                                                          \
    fixed##N(to + N % 4, from + N % 3);                                                                                \
    printf("%08lx ", (unsigned long)digest());
    SIZES(RUN)
    struct block x = clear(), y = x;
    y.v[8] = 1;
    printf("\n%d %d\n", memcmp(&x, &y, sizeof x.v) != 0, (int)(x.v[3] + y.v[8]));
    return 0;
}
