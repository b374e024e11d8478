// SPDX-License-Identifier: Apache-2.0
// Packed structures, bit-fields, structures by value of many sizes, variable arguments, 64-bit division, wide switches, conversions of
// text.
#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct {
    uint8_t a;
    uint16_t b;
    uint32_t c;
    uint64_t d;
} __attribute__((packed)) Pk;
typedef struct {
    int64_t v : 37;
    uint32_t w : 5;
    int x : 3;
    unsigned y : 29;
    uint64_t z : 50;
} Bf;
typedef struct {
    uint8_t n;
    char s[];
} Flex;
typedef struct {
    double d;
    char c[3];
} S11;
typedef struct {
    float f[2];
} F2;
typedef struct {
    double d[3];
    short s;
} D3;
typedef struct {
    char c;
} C1;
#define N __attribute__((noinline))
static N S11 mk(double d, const char *s) {
    S11 r;
    memset(&r, 0, sizeof r);
    r.d = d;
    memcpy(r.c, s, 3);
    return r;
}
static N F2 f2(F2 a, F2 b) { return (F2){{a.f[0] * b.f[1], a.f[1] - b.f[0]}}; }
static N D3 d3(D3 a, C1 c, F2 f, int64_t k) {
    a.d[c.c & 1] += f.f[0];
    a.d[2] *= (double)k;
    a.s += c.c;
    return a;
}
static N C1 c1(C1 a, C1 b) { return (C1){(char)(a.c ^ b.c)}; }
static N double vsum(int n, ...) {
    va_list l;
    va_start(l, n);
    double s = 0;
    for (int i = 0; i < n; i++)
        switch (i % 4) {
        case 0:
            s += va_arg(l, int);
            break;
        case 1:
            s += va_arg(l, double);
            break;
        case 2:
            s += (double)va_arg(l, int64_t);
            break;
        default: {
            S11 t = va_arg(l, S11);
            s += t.d + t.c[1];
        }
        }
    va_end(l);
    return s;
}
static N int pr(char *b, size_t n, const char *f, ...) {
    va_list l;
    va_start(l, f);
    va_list m;
    va_copy(m, l);
    int r = vsnprintf(NULL, 0, f, m);
    va_end(m);
    vsnprintf(b, n, f, l);
    va_end(l);
    return r;
}
static N int64_t divs(int64_t a, int64_t b) { return (int64_t)((uint64_t)(a / b) * 3 + (uint64_t)(a % b)); }
static N uint64_t divc(uint64_t a) { return a / 10 + a % 1000000007u + a / 7 + a % 3; }
static N int64_t sdivc(int64_t a) { return a / 10 - a % 37 + a / -8 + a % 16 + a / 1024; }
static N int32_t sw64(int64_t v) {
    switch (v) {
    case -5000000000LL:
        return 1;
    case 0:
        return 2;
    case 1LL << 40:
        return 3;
    case INT64_MAX:
        return 4;
    case 17:
    case 18:
    case 19:
        return 5;
    default:
        return (int)(v >> 33);
    }
}
static N int cls(int c) {
    switch (c) {
    case 'a' ... 'z':
        return 1;
    case 'A' ... 'Z':
        return 2;
    case '0' ... '9':
        return 3;
    case '_':
        return 4;
    case ' ':
    case '\t':
    case '\n':
        return 5;
    default:
        return c < 0 ? 6 : 7;
    }
}
#define TY(x) _Generic((x), int: "int", unsigned: "unsigned", float: "float", double: "double", char *: "str", default: "other")
static int cmp(const void *a, const void *b) {
    const Pk *p = a, *q = b;
    return p->c < q->c ? -1 : p->c > q->c;
}
int main(void) {
    Pk pk[4];
    for (int i = 0; i < 4; i++)
        pk[i] =
            (Pk){(uint8_t)i, (uint16_t)(i * 1000), (uint32_t)(0x80000000u - (unsigned)i * 77777777u), 0x0123456789abcdefULL * (unsigned)i};
    qsort(pk, 4, sizeof pk[0], cmp);
    uint64_t h = 0;
    for (int i = 0; i < 4; i++) {
        h = h * 31 + pk[i].a + pk[i].b + pk[i].c + pk[i].d;
        printf("%u ", pk[i].a);
    }
    printf("%016" PRIx64 " %zu\n", h, sizeof(Pk));
    volatile Bf b;
    b.v = -68719476736LL;
    b.w = 33;
    b.x = -3;
    b.y = 0x1fffffff;
    b.z = 1ULL << 49;
    b.v++;
    b.x--;
    printf("%lld %u %d %u %llu\n", (long long)b.v, b.w, b.x, b.y, (unsigned long long)b.z);
    Flex *f = malloc(sizeof *f + 10);
    f->n = 9;
    strcpy(f->s, "flexible");
    printf("%s %d\n", f->s, f->n);
    free(f);
    S11 s = mk(2.5, "xyz");
    printf("%g %.3s\n", s.d, s.c);
    F2 g = f2((F2){{1.5f, 2}}, (F2){{3, 4.25f}});
    printf("%g %g\n", (double)g.f[0], (double)g.f[1]);
    D3 q = d3((D3){{1, 2, 3}, 7}, (C1){5}, g, -4);
    printf("%g %g %g %d %d\n", q.d[0], q.d[1], q.d[2], q.s, c1((C1){3}, (C1){6}).c);
    printf("%g\n", vsum(8, 1, 2.5, 1LL << 33, s, -7, 0.25, -3LL, s));
    char buf[64];
    int n = pr(buf, 20, "%5d|%-6s|%08.3f|%x|%lld", 42, "ab", 3.14159, 0xbeef, -1LL);
    printf("%d %s\n", n, buf);
    int64_t t[] = {INT64_MIN, -1, 0, 1, 1000000007, INT64_MAX, -5000000000LL, 1LL << 40, 17, INT64_MIN + 1};
    for (int i = 0; i < 10; i++) {
        printf("%lld %llu %lld %d\n",
               (long long)divs(t[i], t[(i + 3) % 10] == 0    ? 5
                                     : t[(i + 3) % 10] == -1 ? 3
                                                             : t[(i + 3) % 10]),
               (unsigned long long)divc((uint64_t)t[i]), (long long)sdivc(t[i]), (int)sw64(t[i]));
    }
    const char *str = "aZ_9 \t~";
    for (const char *p = str; *p; p++)
        printf("%d", cls(*p));
    printf("%d\n", cls(-1));
    printf("%s %s %s %s %s\n", TY(1), TY(1u), TY(1.f), TY("x" + 0), TY(1LL));
    printf("%ld %ld %lu %d\n", strtol("-0x7fZ", NULL, 16), strtol("077", NULL, 0), strtoul("4294967295", NULL, 10), atoi("  +12abc"));
    double dv[] = {0.1, -1e-5, 123456789.123, 1e22, 1.7976931348623157e308, 0.5, -0.0};
    for (int i = 0; i < 7; i++)
        printf("%g %.3e %.10g|", dv[i], dv[i], dv[i]);
    printf("\n");
    for (int i = 0; i < 6; i++)
        printf("%lld %llu|", (long long)(dv[i % 3] * 1e9), (unsigned long long)(dv[2] * (i + 1)));
    printf("\n");
    int a, bb;
    char w[10];
    n = sscanf("12 -34 word 5.5", "%d %d %9s", &a, &bb, w);
    printf("%d %d %d %s\n", n, a, bb, w);
    int ov, bad = __builtin_add_overflow(INT_MAX, 1, &ov);
    printf("%d %d\n", bad, ov);
    uint64_t o6;
    printf("%d\n", __builtin_mul_overflow(1ULL << 40, 1ULL << 30, &o6));
    int8_t o8;
    bad = __builtin_sub_overflow(-100, 100, &o8);
    printf("%d %d\n", bad, o8);
    printf("%d %d %d %d\n", __builtin_clz(77), __builtin_ctzll(1ULL << 45), __builtin_popcountll(0xf0f0f0f0f0fULL), __builtin_parity(7));
    printf("%s\n", ({
               char *z = strdup("stmt");
               z[0] = 'S';
               z;
           }));
    return 0;
}
