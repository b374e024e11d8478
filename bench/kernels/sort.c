// SPDX-License-Identifier: Apache-2.0
// Quicksort with insertion sort for small ranges, heapsort, and a binary search over the result.
#include "kernel.h"

#define COUNT 1500

struct record {
    int32_t key;
    uint16_t tag;
    uint16_t order;
};

static int32_t keys[COUNT];
static struct record records[COUNT];

static void insertion_sort(int32_t *v, int lo, int hi) {
    for (int i = lo + 1; i <= hi; i++) {
        int32_t x = v[i];
        int j = i - 1;
        while (j >= lo && v[j] > x) {
            v[j + 1] = v[j];
            j--;
        }
        v[j + 1] = x;
    }
}

static void quick_sort(int32_t *v, int lo, int hi) {
    while (hi - lo > 12) {
        int mid = lo + (hi - lo) / 2;
        int32_t a = v[lo], b = v[mid], c = v[hi];
        int32_t pivot = a < b ? (b < c ? b : (a < c ? c : a)) : (a < c ? a : (b < c ? c : b));
        int i = lo, j = hi;
        while (i <= j) {
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
            if (i <= j) {
                int32_t t = v[i];
                v[i++] = v[j];
                v[j--] = t;
            }
        }
        if (j - lo < hi - i) {
            quick_sort(v, lo, j);
            lo = i;
        } else {
            quick_sort(v, i, hi);
            hi = j;
        }
    }
    insertion_sort(v, lo, hi);
}

static int record_less(const struct record *a, const struct record *b) {
    if (a->key != b->key)
        return a->key < b->key;
    return a->order < b->order;
}

static void sift_down(struct record *v, int root, int count) {
    struct record x = v[root];
    for (;;) {
        int child = 2 * root + 1;
        if (child >= count)
            break;
        if (child + 1 < count && record_less(&v[child], &v[child + 1]))
            child++;
        if (!record_less(&x, &v[child]))
            break;
        v[root] = v[child];
        root = child;
    }
    v[root] = x;
}

static void heap_sort(struct record *v, int count) {
    for (int i = count / 2 - 1; i >= 0; i--)
        sift_down(v, i, count);
    for (int end = count - 1; end > 0; end--) {
        struct record t = v[0];
        v[0] = v[end];
        v[end] = t;
        sift_down(v, 0, end);
    }
}

static int find(const int32_t *v, int count, int32_t key) {
    int lo = 0, hi = count;
    while (lo < hi) {
        int mid = (lo + hi) >> 1;
        if (v[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(20261u);
    uint32_t sum = 0;
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < COUNT; i++) {
            uint32_t r = kernel_random(&seed);
            keys[i] = (int32_t)r >> (round * 4);
            records[i].key = (int32_t)(r % 500u) - 250;
            records[i].tag = (uint16_t)(r >> 16);
            records[i].order = (uint16_t)i;
        }
        int32_t probe = keys[COUNT / 3];
        quick_sort(keys, 0, COUNT - 1);
        heap_sort(records, COUNT);
        for (int i = 1; i < COUNT; i++) {
            if (keys[i - 1] > keys[i] || record_less(&records[i], &records[i - 1]))
                return 2;
            sum = sum * 31u + (uint32_t)keys[i] + records[i].tag;
        }
        for (int i = 0; i < 200; i++)
            sum += (uint32_t)find(keys, COUNT, probe + i * 1000);
    }
    return kernel_check(sum, 0xb7a6bffcu);
}

KERNEL_MAIN
