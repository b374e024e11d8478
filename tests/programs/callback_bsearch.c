// SPDX-License-Identifier: Apache-2.0
// bsearch through guest callbacks, some of which call other library functions.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    const char *key;
    int value;
};
static const struct entry table[] = {{"alpha", 1}, {"beta", 2}, {"delta", 4}, {"gamma", 3}, {"omega", 24}, {"zeta", 6}};
static int lookups;
static int compare(const void *key, const void *item) {
    lookups += 1;
    return strcmp(key, ((const struct entry *)item)->key);
}
static int compare_long(const void *a, const void *b) {
    long long x = *(const long long *)a, y = *(const long long *)b;
    return x < y ? -1 : x > y;
}

int main(void) {
    static const char *const wanted[] = {"gamma", "alpha", "zeta", "eta", "", "zzz"};
    for (int i = 0; i < 6; i++) {
        const struct entry *e = bsearch(wanted[i], table, 6, sizeof table[0], compare);
        printf("%s=%d ", wanted[i], e ? e->value : -1);
    }
    long long v[50];
    for (int i = 0; i < 50; i++)
        v[i] = (long long)i * i * 1000000007LL;
    for (long long k = 0; k < 50; k += 7) {
        long long key = k * k * 1000000007LL, *p = bsearch(&key, v, 50, sizeof v[0], compare_long);
        printf("%d ", p ? (int)(p - v) : -1);
    }
    printf("%d\n", lookups > 0);
    return 0;
}
