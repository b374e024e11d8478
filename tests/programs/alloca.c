// SPDX-License-Identifier: Apache-2.0
// alloca of changing sizes, kept across calls, with alignment.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct cell {
    struct cell *next;
    int value;
};

__attribute__((noinline)) static int consume(struct cell *c) {
    int s = 0;
    for (; c; c = c->next)
        s = s * 3 % 1000003 + c->value;
    return s;
}
__attribute__((noinline)) static int list(int n) {
    struct cell *head = NULL;
    for (int i = 0; i < n; i++) {
        struct cell *c = __builtin_alloca(sizeof *c);
        c->next = head;
        c->value = i;
        head = c;
    }
    return consume(head);
}
__attribute__((noinline)) static int aligned(unsigned n) {
    char *a = __builtin_alloca(n), *b = __builtin_alloca_with_align(n * 2 + 1, 256);
    memset(a, 'a', n);
    memset(b, 'b', n * 2 + 1);
    return ((uintptr_t)b % 32 == 0) * 1000 + a[n - 1] + b[n * 2];
}
__attribute__((noinline)) static char *reversed(char *out, const char *s) {
    size_t n = strlen(s);
    char *t = __builtin_alloca(n + 1);
    for (size_t i = 0; i < n; i++)
        t[i] = s[n - 1 - i];
    t[n] = 0;
    return strcpy(out, t);
}

int main(void) {
    char out[40];
    printf("%d %d %d\n", list(1), list(10), list(19));
    for (unsigned n = 1; n < 60; n += 13)
        printf("%d ", aligned(n));
    printf("\n%s\n", reversed(out, "the quick brown fox"));
    return 0;
}
