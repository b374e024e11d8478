// SPDX-License-Identifier: Apache-2.0
// A state machine with structures of function pointers, deep recursion, more values than registers in 32 and 64 bits, mixed floats,
// atomics, a large frame, functions of the C library.
#include <math.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define N __attribute__((noinline))
typedef int (*Handler)(void *self, int event, long long arg);
typedef struct Machine {
    const struct State *state;
    int count;
    uint64_t log;
    Handler hooks[3];
} Machine;
typedef struct State {
    const char *name;
    Handler on;
} State;
static int idle(void *, int, long long), run(void *, int, long long), stopd(void *, int, long long);
static const State kIdle = {"idle", idle}, kRun = {"run", run}, kStop = {"stop", stopd};
static int idle(void *s, int e, long long a) {
    Machine *m = s;
    m->log = m->log * 7 + (uint64_t)a;
    if (e == 1)
        m->state = &kRun;
    return e;
}
static int run(void *s, int e, long long a) {
    Machine *m = s;
    m->log ^= (uint64_t)a << (e * 5);
    if (e == 2)
        m->state = &kStop;
    else if (++m->count > 3)
        m->state = &kIdle;
    return -e;
}
static int stopd(void *s, int e, long long a) {
    Machine *m = s;
    if (e == 0)
        m->state = &kIdle;
    return m->hooks[(unsigned)e % 3] ? m->hooks[(unsigned)e % 3](s, e + 1, a / 2) : 99;
}
static int hook(void *s, int e, long long a) {
    Machine *m = s;
    m->count -= e;
    return e > 4 ? (int)a : m->hooks[1] ? m->hooks[1](s, e + 1, a + 1) : 5;
}
static N int ack(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)); }
static N uint32_t pressure(const uint32_t *p) {
    uint32_t a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], f = p[5], g = p[6], h = p[7], i = p[8], j = p[9], k = p[10], l = p[11],
             m = p[12], n = p[13], o = p[14], q = p[15];
    for (int r = 0; r < 10; r++) {
        a += b ^ l;
        b = b << 3 | b >> 29;
        c -= d * e;
        d ^= f >> 2;
        e += g & h;
        f |= i;
        g = g * 5 + j;
        h ^= k;
        i += (int32_t)l >> 3;
        j -= m % 7;
        k ^= n;
        l += o / 3;
        m = ~m + q;
        n = a > b ? c : d;
        o = e < f ? g : h;
        q += i ^ j;
    }
    return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l ^ m ^ n ^ o ^ q;
}
static N int64_t p64(uint64_t a, uint64_t b, uint64_t c, uint64_t d, int e) {
    uint64_t r = 0;
    for (int i = 0; i < e; i++) {
        r += a * b - c;
        a = (uint64_t)((int64_t)a >> 1) + d;
        b ^= r << 2;
        c += (uint64_t)((int64_t)b >> 33);
        d = d * 3 - (r & 0xff);
        if ((int64_t)a < (int64_t)b)
            a = -a;
        if (c > d)
            c -= 7;
    }
    return (int64_t)(r ^ a ^ b ^ c ^ d);
}
static N double dmix(double a, float b, int c, int64_t d) {
    double r = 0;
    for (int i = 1; i < 8; i++) {
        r += a / i - b * i;
        a = a * 0.75 + c;
        b = (float)(r * 1e-3);
        c += (int)r;
        d -= (int64_t)(a * 1000);
        if (r > 1e6 || isnan(r))
            r = 1;
    }
    return r + (double)d;
}
static _Atomic int counter;
static atomic_llong big;
static N unsigned char *big_frame(unsigned char seed) {
    static unsigned char out[16];
    unsigned char buf[3000];
    for (unsigned i = 0; i < sizeof buf; i++)
        buf[i] = (unsigned char)(seed += i * 7);
    for (int i = 0; i < 16; i++)
        out[i] = buf[i * 187];
    return out;
}
int main(void) {
    Machine m = {&kIdle, 0, 1, {0, hook, hook}};
    unsigned tot = 0;
    for (int i = 0; i < 40; i++) {
        int r = m.state->on(&m, (i * 7) % 5, (long long)i * 1000000007LL);
        tot = tot * 3 + (unsigned)r;
    }
    printf("%u %s %d %016llx\n", tot, m.state->name, m.count, (unsigned long long)m.log);
    printf("%d\n", ack(2, 9));
    uint32_t v[16];
    for (unsigned i = 0; i < 16; i++)
        v[i] = i * 2654435761u + 1;
    printf("%08x\n", (unsigned)pressure(v));
    printf("%lld %lld\n", (long long)p64(1, 2, 3, 4, 20), (long long)p64((uint64_t)-0x123456789abLL, 77, (uint64_t)-1, 1ULL << 50, 33));
    printf("%.6g %.6g\n", dmix(1.5, 2.25f, 3, 4), dmix(-1e3, 0.1f, -7, 1LL << 40));
    for (int i = 0; i < 100; i++) {
        atomic_fetch_add(&counter, i);
        atomic_fetch_xor(&big, (long long)i << i % 40);
    }
    int ex = 4950;
    printf("%d %lld ", counter, (long long)big);
    int won = atomic_compare_exchange_strong(&counter, &ex, 7);
    printf("%d %d\n", won, counter);
    unsigned char *bf = big_frame(3);
    for (int i = 0; i < 16; i++)
        printf("%02x", bf[i]);
    printf("\n");
    printf("%.4f %.4f %.4f %.4f %.4f\n", sin(1.0), pow(2.5, 3.25), fmod(10.5, 3), atan2(-1, 2), sqrt(2));
    printf("%.4f %.4f %d %d\n", (double)sinf(0.5f), (double)floorf(-2.5f), (int)lround(2.5), (int)rint(3.5));
    char s[100] = "alpha,beta;;gamma";
    for (char *t = strtok(s, ",;"); t; t = strtok(NULL, ",;"))
        printf("[%s]", t);
    printf("%zu %s %s\n", strcspn("hello world", " "), strstr("needle in hay", "in"), strrchr("a/b/c", '/'));
    int *ar = calloc(10, sizeof *ar);
    for (int i = 0; i < 10; i++)
        ar[i] = i * i;
    ar = realloc(ar, 20 * sizeof *ar);
    memmove(ar + 3, ar, 10 * sizeof *ar);
    printf("%d %d\n", ar[12], memcmp(ar, ar + 3, 12));
    free(ar);
    return 0;
}
