// SPDX-License-Identifier: Apache-2.0
// Structs by value as arguments and results, of 1 to 40 bytes.
#include <stdint.h>
#include <stdio.h>

#define MAKE(N)                                                                                                        \
    struct s##N {                                                                                                      \
        uint8_t b[N];                                                                                                  \
    };                                                                                                                 \
    __attribute__((noinline)) static struct s##N make##N(int seed) {                                                   \
        struct s##N s;                                                                                                 \
        for (int i = 0; i < N; i++)                                                                                    \
            s.b[i] = (uint8_t)(seed + i * 3);                                                                          \
        return s;                                                                                                      \
    }                                                                                                                  \
    __attribute__((noinline)) static int sum##N(int before, struct s##N s, int after) {                                \
        int t = before * 100 + after;                                                                                  \
        for (int i = 0; i < N; i++)                                                                                    \
            t += s.b[i] * (i + 1);                                                                                     \
        s.b[0] = 0; /* the copy must be private */                                                                     \
        return t;                                                                                                      \
    }                                                                                                                  \
    __attribute__((noinline)) static struct s##N twist##N(struct s##N a, struct s##N b) {                              \
        for (int i = 0; i < N; i++)                                                                                    \
            a.b[i] ^= b.b[N - 1 - i];                                                                                  \
        return a;                                                                                                      \
    }                                                                                                                  \
    static void test##N(void) {                                                                                        \
        struct s##N a = make##N(N), b = make##N(200 - N);                                                              \
        int first = sum##N(1, a, 2);                                                                                   \
        printf(#N ": %d %d %d %d\n", first, sum##N(1, a, 2), sum##N(3, twist##N(a, b), 4), a.b[0]);                    \
    }
#define EACH(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(12) X(16) X(17) X(24) X(40)
EACH(MAKE)

struct mixed {
    int8_t a;
    int64_t b;
    int16_t c;
    double d;
    float e;
};
struct pair {
    int32_t x, y;
};
struct real {
    double v;
};

__attribute__((noinline)) static struct mixed change(struct mixed m, struct pair p, struct real r) {
    m.a = (int8_t)(m.a + p.x);
    m.b -= p.y;
    m.c = (int16_t)(m.c * 2);
    m.d += r.v;
    m.e *= 0.5f;
    return m;
}
__attribute__((noinline)) static struct pair swap(struct pair p) { return (struct pair){p.y, p.x}; }
__attribute__((noinline)) static struct real half(struct real r) { return (struct real){r.v / 2}; }
__attribute__((noinline)) static int many(struct pair a, int i, struct pair b, long long l, struct pair c, char k, struct s40 s, struct s3 t) {
    return a.x + a.y * 2 + i * 3 + b.x * 4 + b.y * 5 + (int)l * 6 + c.x * 7 + c.y * 8 + k * 9 + s.b[39] + t.b[2];
}

int main(void) {
#define RUN(N) test##N();
    EACH(RUN)
    struct mixed m = {1, -5000000000LL, 300, 2.5, 9.0f};
    m = change(m, (struct pair){7, 8}, half((struct real){3.0}));
    printf("%d %lld %d %.3f %.3f\n", m.a, (long long)m.b, m.c, m.d, (double)m.e);
    struct pair p = swap(swap(swap((struct pair){1, 2})));
    printf("%d %d\n", (int)p.x, (int)p.y);
    printf("%d\n", many(p, 3, swap(p), 1LL << 4, p, 'k', make40(9), make3(1)));
    return 0;
}
