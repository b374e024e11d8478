// SPDX-License-Identifier: Apache-2.0
// _BitInt of odd widths and of 128 bits.
#include <stdint.h>
#include <stdio.h>

#ifdef __BITINT_MAXWIDTH__
typedef unsigned _BitInt(128) u128;
typedef signed _BitInt(128) s128;

static void show(const char *what, u128 v) {
    printf("%s %016llx%016llx\n", what, (unsigned long long)(v >> 64), (unsigned long long)v);
}

__attribute__((noinline)) static u128 mul(u128 a, u128 b) { return a * b; }
__attribute__((noinline)) static u128 divide(u128 a, u128 b) { return a / b; }
__attribute__((noinline)) static s128 sdivide(s128 a, s128 b) { return a / b; }
__attribute__((noinline)) static u128 rest(u128 a, u128 b) { return a % b; }
__attribute__((noinline)) static u128 shift(u128 a, int n) { return n < 0 ? a >> -n : a << n; }
__attribute__((noinline)) static unsigned _BitInt(37) odd(unsigned _BitInt(37) a, unsigned _BitInt(37) b) { return a * b + 1u; }
__attribute__((noinline)) static signed _BitInt(7) tiny(signed _BitInt(7) a) { return (signed _BitInt(7))(a / (signed _BitInt(7))3); }

int main(void) {
    u128 a = (u128)0x0123456789abcdefULL << 64 | 0xfedcba9876543210ULL;
    u128 b = 0xdeadbeefcafebabeULL;
    show("add", a + b);
    show("sub", b - a);
    show("mul", mul(a, b));
    show("div", divide(a, b));
    show("rem", rest(a, b));
    show("sdiv", (u128)sdivide(-(s128)a, (s128)b));
    for (int n = -127; n < 128; n += 23)
        show("shift", shift(a, n));
    show("and", a & (b << 3));
    show("xor", a ^ ~b);
    printf("%d %d %d\n", a < b, (s128)(a << 7) < (s128)b, a == a + b - b);
    printf("%llu %d %d\n", (unsigned long long)odd((unsigned _BitInt(37))123456789, (unsigned _BitInt(37))987654321), (int)tiny(-63), (int)tiny(50));
    u128 f = 1;
    for (int i = 2; i < 34; i++)
        f *= (unsigned)i;
    show("33!", f);
    char digits[48];
    int n = 47;
    digits[n] = 0;
    while (f) {
        digits[--n] = (char)('0' + (int)(f % 10u));
        f /= 10u;
    }
    puts(digits + n);
    return 0;
}
#else
int main(void) { return 77; }
#endif
