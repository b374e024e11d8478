// SPDX-License-Identifier: Apache-2.0
// qsort with guest comparison functions: integers, structs, pointers to strings.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct city {
    char name[12];
    int32_t people;
    double area;
};
static int comparisons;
static int by_int(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    comparisons = 1;
    return (x > y) - (x < y);
}
static int by_name(const void *a, const void *b) { return strcmp(((const struct city *)a)->name, ((const struct city *)b)->name); }
static int by_density(const void *a, const void *b) {
    const struct city *x = a, *y = b;
    double dx = x->people / x->area, dy = y->people / y->area;
    return dx < dy ? 1 : dx > dy ? -1 : 0;
}
static int by_string(const void *a, const void *b) { return -strcmp(*(const char *const *)a, *(const char *const *)b); }

int main(void) {
    int v[40];
    for (int i = 0; i < 40; i++)
        v[i] = (i * 37 + 11) % 41 - 20;
    qsort(v, 40, sizeof v[0], by_int);
    for (int i = 0; i < 40; i++)
        printf("%d ", v[i]);
    struct city c[] = {{"Riga", 605802, 304.0}, {"Oslo", 709037, 480.8}, {"Bonn", 336465, 141.1}, {"Graz", 291134, 127.6}, {"Lyon", 522250, 47.9}};
    qsort(c, 5, sizeof c[0], by_name);
    for (int i = 0; i < 5; i++)
        printf("%s ", c[i].name);
    qsort(c, 5, sizeof c[0], by_density);
    for (int i = 0; i < 5; i++)
        printf("%s ", c[i].name);
    const char *words[] = {"pear", "fig", "apple", "quince", "lemon"};
    qsort(words, 5, sizeof words[0], by_string);
    for (int i = 0; i < 5; i++)
        printf("%s ", words[i]);
    printf("%d\n", comparisons);
    return 0;
}
