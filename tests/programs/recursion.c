// SPDX-License-Identifier: Apache-2.0
// Recursion: direct, mutual, deep, with large frames, and tail calls.
#include <stdio.h>

struct tree {
    struct tree *left, *right;
    int key;
};
static struct tree pool[64];
static int used;
static int is_odd(unsigned n);
__attribute__((noinline)) static int is_even(unsigned n) { return n == 0 ? 1 : is_odd(n - 1); }
__attribute__((noinline)) static int is_odd(unsigned n) { return n == 0 ? 0 : is_even(n - 1); }
static struct tree *insert(struct tree *t, int key) {
    if (!t) {
        pool[used].key = key;
        return &pool[used++];
    }
    if (key < t->key)
        t->left = insert(t->left, key);
    else
        t->right = insert(t->right, key);
    return t;
}
static void walk(const struct tree *t, int depth, void (*visit)(int, int)) {
    if (!t)
        return;
    walk(t->left, depth + 1, visit);
    visit(t->key, depth);
    walk(t->right, depth + 1, visit);
}
static void show(int key, int depth) { printf("%d@%d ", key, depth); }
__attribute__((noinline)) static long long sum_to(int n, long long acc) { return n ? sum_to(n - 1, acc + n) : acc; }
__attribute__((noinline)) static int framed(int n) {
    volatile int local[16];
    for (int i = 0; i < 16; i++)
        local[i] = n * i;
    return n ? framed(n - 1) + local[n & 15] : 0;
}
static unsigned ack(unsigned m, unsigned n) { return m ? n ? ack(m - 1, ack(m, n - 1)) : ack(m - 1, 1) : n + 1; }

int main(void) {
    struct tree *root = NULL;
    unsigned x = 7;
    for (int i = 0; i < 30; i++) {
        x = x * 1103515245u + 12345u;
        root = insert(root, (int)(x >> 16) % 100);
    }
    walk(root, 0, show);
    printf("\n%d %d %lld %d %u\n", is_even(100), is_odd(77), sum_to(60, 0), framed(50), ack(2, 9));
    return 0;
}
