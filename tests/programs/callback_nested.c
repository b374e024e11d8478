// SPDX-License-Identifier: Apache-2.0
// A callback that itself sorts with another callback.
#include <stdio.h>
#include <stdlib.h>

struct row {
    int items[6];
};
static int depth, deepest;
static int by_value(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static int median(const struct row *r) {
    struct row copy = *r;
    qsort(copy.items, 6, sizeof(int), by_value);
    return copy.items[2] * 100 + copy.items[3];
}
static int by_median(const void *a, const void *b) {
    if (++depth > deepest)
        deepest = depth;
    int d = median(a) - median(b);
    depth--;
    return d;
}

int main(void) {
    struct row rows[9];
    for (int i = 0; i < 9; i++)
        for (int k = 0; k < 6; k++)
            rows[i].items[k] = (i * 17 + k * 23 + i * k * 5) % 50;
    qsort(rows, 9, sizeof rows[0], by_median);
    for (int i = 0; i < 9; i++)
        printf("%d:%d ", rows[i].items[0], median(&rows[i]));
    printf("%d\n", deepest);
    return 0;
}
