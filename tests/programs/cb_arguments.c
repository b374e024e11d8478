// SPDX-License-Identifier: Apache-2.0
// Comparison functions of every shape that qsort and bsearch take: a local array, structures, through a table, through a
// pointer that native code has given back, and one that sorts with itself.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct item {
    double weight;
    long long id;
    char name[12];
    unsigned char kind;
};
typedef int (*order)(const void *, const void *);

static int by_weight(const void *a, const void *b) {
    double x = ((const struct item *)a)->weight, y = ((const struct item *)b)->weight;
    return (x > y) - (x < y);
}
static int by_id(const void *a, const void *b) {
    long long x = ((const struct item *)a)->id, y = ((const struct item *)b)->id;
    return (x > y) - (x < y);
}
static int by_name(const void *a, const void *b) { return strcmp(((const struct item *)a)->name, ((const struct item *)b)->name); }
static int by_kind_then_id(const void *a, const void *b) {
    int d = ((const struct item *)a)->kind - ((const struct item *)b)->kind;
    return d ? d : by_id(a, b);
}
static const struct {
    const char *title;
    order f;
} orders[] = {{"weight", by_weight}, {"id", by_id}, {"name", by_name}, {"kind", by_kind_then_id}};

static int cmp_reverse(const void *a, const void *b) {
    static int depth;
    if (depth == 0) {
        int v[3] = {*(const int *)a, *(const int *)b, 0};
        depth = 1;
        qsort(v, 3, sizeof *v, cmp_reverse);
        depth = 0;
    }
    return *(const int *)b - *(const int *)a;
}

int main(void) {
    static const char *const names[] = {"pine", "oak", "elm", "yew", "ash", "fir", "lime"};
    struct item items[7];
    for (int i = 0; i < 7; i++) {
        items[i].weight = (i * 37 % 11) / 4.0;
        items[i].id = (long long)(i * 5 % 7) << 33;
        strcpy(items[i].name, names[i]);
        items[i].kind = (unsigned char)(i * 3 % 4);
    }
    for (unsigned k = 0; k < sizeof orders / sizeof *orders; k++) {
        qsort(items, 7, sizeof *items, orders[k].f);
        printf("%s:", orders[k].title);
        for (int i = 0; i < 7; i++)
            printf(" %s", items[i].name);
        puts("");
    }
    qsort(items, 7, sizeof *items, by_id);
    struct item key = {.id = 3ll << 33};
    struct item *found = bsearch(&key, items, 7, sizeof *items, by_id);
    printf("found %s, ", found->name);
    key.id = 99;
    printf("not found: %d\n", bsearch(&key, items, 7, sizeof *items, by_id) == NULL);
    int v[9] = {4, 9, 1, 7, 3, 8, 2, 6, 5};
    qsort(v, 9, sizeof *v, cmp_reverse);
    for (int i = 0; i < 9; i++)
        printf("%d", v[i]);
    puts("");
    return 0;
}
