// SPDX-License-Identifier: Apache-2.0
// Complex numbers, enumerations, booleans, generic selection, compound literals, flexible arrays.
#include <complex.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum colour { RED = 3, GREEN, BLUE = 1000 };
struct flexible {
    int count;
    short items[];
};
#define KIND(x) _Generic((x), int: "int", double: "double", char *: "string", long long: "long long", default: "other")
__attribute__((noinline)) static bool odd(int x) { return x & 1; }
__attribute__((noinline)) static bool truth(double d) { return d; }
__attribute__((noinline)) static bool truth64(int64_t v) { return v; }
__attribute__((noinline)) static double complex rotate(double complex z, double re, double im) {
    double complex w = __builtin_complex(re, im);
    return z + w * 2.0;
}

int main(void) {
    double complex z = rotate(__builtin_complex(1.0, 2.0), 0.5, -0.25);
    printf("%.3f %.3f\n", creal(z), cimag(z));
    enum colour c = GREEN;
    printf("%d %d %d %d %d\n", c, BLUE + 1, odd(7) + odd(8), truth(0.25) + truth(-0.0), truth64(1LL << 40));
    printf("%s %s %s %s %s\n", KIND(1), KIND(1.0), KIND((char *)0), KIND(1LL), KIND(1.0f));
    struct flexible *f = malloc(sizeof *f + 5 * sizeof(short));
    f->count = 5;
    for (int i = 0; i < f->count; i++)
        f->items[i] = (short)(i * 1000 - 2000);
    printf("%d %d\n", f->items[0], f->items[4]);
    free(f);
    const int *p = (int[]){5, 6, 7};
    printf("%d %d\n", p[2], ((struct { int a, b; }){8, 9}).b);
    return 0;
}
