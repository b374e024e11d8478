// SPDX-License-Identifier: Apache-2.0
// Variable arguments received: int, long long, double, pointers, structs, after different named arguments.
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

struct pair {
    int32_t a, b;
};
struct big {
    int32_t v[5];
};

__attribute__((noinline)) static void take(const char *kinds, ...) {
    va_list ap;
    va_start(ap, kinds);
    for (; *kinds; kinds++)
        switch (*kinds) {
        case 'i':
            printf(" %d", va_arg(ap, int));
            break;
        case 'l':
            printf(" %lld", va_arg(ap, long long));
            break;
        case 'd':
            printf(" %.3f", va_arg(ap, double));
            break;
        case 's':
            printf(" %s", va_arg(ap, const char *));
            break;
        case 'c':
            printf(" %c", va_arg(ap, int));
            break;
        case 'p': {
            struct pair p = va_arg(ap, struct pair);
            printf(" {%d,%d}", (int)p.a, (int)p.b);
            break;
        }
        case 'b': {
            struct big b = va_arg(ap, struct big);
            printf(" [%d..%d]", (int)b.v[0], (int)b.v[4]);
            break;
        }
        case 'x':
            *va_arg(ap, int *) += 1;
            break;
        }
    va_end(ap);
    putchar('\n');
}
__attribute__((noinline)) static long long sum2(int n, long long base, ...) {
    va_list ap;
    va_start(ap, base);
    while (n--)
        base += va_arg(ap, int);
    va_end(ap);
    return base;
}
__attribute__((noinline)) static double average(double scale, int n, ...) {
    va_list ap;
    double s = 0;
    va_start(ap, n);
    for (int i = 0; i < n; i++)
        s += va_arg(ap, double);
    va_end(ap);
    return scale * s / n;
}

int main(void) {
    int counter = 0;
    struct pair p = {11, 22};
    struct big b = {{1, 2, 3, 4, 5}};
    take("");
    take("i", 1);
    take("il", 1, 2LL << 40);
    take("ili", 1, -2LL, 3);
    take("iil", 1, 2, 3LL);
    take("dididi", 1.5, 1, 2.5, 2, 3.5, 3);
    take("slsdsc", "one", 1LL, "two", 2.25, "three", 'z');
    take("iiiiiiiiiiii", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    take("llllll", 1LL, 2LL, 3LL, 4LL, 5LL, 6LL);
    take("xipbxlbpi", &counter, 5, p, b, &counter, 6LL, b, p, 7);
    printf("%d %lld %lld %.3f\n", counter, sum2(3, 1000000000000LL, 1, 2, 3), sum2(7, 1LL, 1, 2, 3, 4, 5, 6, -7), average(2.0, 3, 1.0, 2.0, 4.5));
    return 0;
}
