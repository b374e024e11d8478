// SPDX-License-Identifier: Apache-2.0
// Double precision arithmetic, bit exact.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static unsigned long long bits(double f) {
    uint64_t u;
    memcpy(&u, &f, 8);
    return f != f ? 0x7ff8000000000000ull : u;
}
__attribute__((noinline)) static double add(double a, double b) { return a + b; }
__attribute__((noinline)) static double sub(double a, double b) { return a - b; }
__attribute__((noinline)) static double mul(double a, double b) { return a * b; }
__attribute__((noinline)) static double divide(double a, double b) { return a / b; }
__attribute__((noinline)) static double horner(const double *c, int n, double x) {
    double r = 0;
    while (n--)
        r = r * x + c[n];
    return r;
}

int main(void) {
    static const double v[] = {0.0, -0.0, 1.0, -1.5, 3.141592653589793, 1e-200, 1e200, 1.7e308, 5e-324, 123456.789, -7.0 / 3.0, 9007199254740993.0};
    const int n = sizeof v / sizeof *v;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            printf("%016llx %016llx: %016llx %016llx %016llx %016llx\n", bits(v[i]), bits(v[j]), bits(add(v[i], v[j])),
                   bits(sub(v[i], v[j])), bits(mul(v[i], v[j])), bits(j > 1 ? divide(v[i], v[j]) : -v[i]));
    static const double c[] = {1, -0.5, 0.25, -0.125, 3, 2.5};
    printf("%.10f %.10f\n", horner(c, 6, 1.75), horner(c, 6, -0.3));
    double e = 1, t = 1;
    for (int i = 1; i < 25; i++)
        e += t /= i;
    printf("%.12f %016llx\n", e, bits(e));
    return 0;
}
