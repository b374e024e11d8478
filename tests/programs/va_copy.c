// SPDX-License-Identifier: Apache-2.0
// va_copy, va_list passed on to functions, and to vprintf and vsnprintf.
#include <stdarg.h>
#include <stdio.h>

static int longest(int n, va_list ap) {
    int best = 0;
    while (n--) {
        int v = va_arg(ap, int);
        best = v > best ? v : best;
    }
    return best;
}
__attribute__((noinline)) static int twice(int n, ...) {
    va_list a, b;
    va_start(a, n);
    (void)va_arg(a, int);
    va_copy(b, a);
    int x = longest(n - 1, a), y = 0;
    for (int i = 1; i < n; i++)
        y = y * 3 + va_arg(b, int);
    va_end(b);
    va_end(a);
    return x * 100000 + y;
}
__attribute__((noinline)) static void take_some(va_list *ap, int n) {
    while (n--)
        printf("<%d>", va_arg(*ap, int));
}
__attribute__((noinline)) static void in_parts(int n, ...) {
    va_list ap;
    va_start(ap, n);
    take_some(&ap, n);
    printf(" then %s\n", va_arg(ap, const char *));
    va_end(ap);
}
__attribute__((format(printf, 1, 2))) __attribute__((noinline)) static int say(const char *f, ...) {
    va_list ap;
    va_start(ap, f);
    int n = vprintf(f, ap);
    va_end(ap);
    return n;
}
__attribute__((format(printf, 3, 4))) __attribute__((noinline)) static int into(char *s, size_t n, const char *f, ...) {
    va_list ap;
    va_start(ap, f);
    int r = vsnprintf(s, n, f, ap);
    va_end(ap);
    return r;
}

int main(void) {
    char buffer[24];
    printf("%d\n", twice(6, 99, 1, 5, 2, 4, 3));
    in_parts(3, 10, 20, 30, "text");
    int n = say("%d %s %.2f %lld\n", 7, "seven", 7.77, 7777777777777LL);
    printf("%d\n", n);
    n = into(buffer, sizeof buffer, "%s-%08x-%g", "abc", 0xbeefu, 0.125);
    printf("%d %s\n", n, buffer);
    n = into(buffer, 8, "%s", "a longer text");
    printf("%d %s\n", n, buffer);
    return 0;
}
