// SPDX-License-Identifier: Apache-2.0
// Linked lists: a node pool, ordered insertion, merge sort, reversal, removal and an LRU list.
#include "kernel.h"

#define NODES 600

struct node {
    struct node *next;
    int32_t key;
    int32_t payload;
};

struct entry {
    struct entry *newer, *older;
    uint16_t id;
    uint16_t hits;
};

static struct node pool[NODES];
static struct node *unused;
static struct entry cache[32];
static struct entry lru;

static void pool_init(void) {
    unused = NULL;
    for (int i = 0; i < NODES; i++) {
        pool[i].next = unused;
        unused = &pool[i];
    }
}

static struct node *pool_take(void) {
    struct node *n = unused;
    if (n)
        unused = n->next;
    return n;
}

static struct node *push(struct node *list, int32_t key, int32_t payload) {
    struct node *n = pool_take();
    if (!n)
        return list;
    n->key = key;
    n->payload = payload;
    n->next = list;
    return n;
}

static struct node *reverse(struct node *list) {
    struct node *out = NULL;
    while (list) {
        struct node *next = list->next;
        list->next = out;
        out = list;
        list = next;
    }
    return out;
}

static struct node *merge(struct node *a, struct node *b) {
    struct node *head = NULL, **tail = &head;
    while (a && b) {
        struct node **from = a->key <= b->key ? &a : &b;
        *tail = *from;
        tail = &(*from)->next;
        *from = *tail;
    }
    *tail = a ? a : b;
    return head;
}

static struct node *merge_sort(struct node *list) {
    if (!list || !list->next)
        return list;
    struct node *slow = list, *fast = list->next;
    while (fast && fast->next) {
        slow = slow->next;
        fast = fast->next->next;
    }
    struct node *right = slow->next;
    slow->next = NULL;
    return merge(merge_sort(list), merge_sort(right));
}

static int remove_if_multiple(struct node **list, int32_t of) {
    int removed = 0;
    while (*list) {
        struct node *n = *list;
        if (n->key % of == 0) {
            *list = n->next;
            n->next = unused;
            unused = n;
            removed++;
        } else {
            list = &n->next;
        }
    }
    return removed;
}

static struct node *insert_ordered(struct node *list, int32_t key) {
    struct node **at = &list;
    while (*at && (*at)->key < key)
        at = &(*at)->next;
    struct node *n = pool_take();
    if (n) {
        n->key = key;
        n->payload = 1;
        n->next = *at;
        *at = n;
    }
    return list;
}

static void unlink_entry(struct entry *e) {
    e->newer->older = e->older;
    e->older->newer = e->newer;
}

static void to_front(struct entry *e) {
    e->older = lru.older;
    e->newer = &lru;
    lru.older->newer = e;
    lru.older = e;
}

static int touch(uint16_t id) {
    for (struct entry *e = lru.older; e != &lru; e = e->older)
        if (e->id == id) {
            unlink_entry(e);
            to_front(e);
            e->hits++;
            return 1;
        }
    struct entry *victim = lru.newer;
    unlink_entry(victim);
    victim->id = id;
    victim->hits = 0;
    to_front(victim);
    return 0;
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(5150u);
    uint32_t sum = 0;
    for (int round = 0; round < 8; round++) {
        struct node *list = NULL;
        pool_init();
        for (int i = 0; i < 500; i++)
            list = push(list, (int32_t)(kernel_random(&seed) % 10000u), i);
        list = reverse(list);
        list = merge_sort(list);
        for (int i = 0; i < 60; i++)
            list = insert_ordered(list, (int32_t)(kernel_random(&seed) % 10000u));
        sum += (uint32_t)remove_if_multiple(&list, 7) * 1000u;
        for (struct node *n = list; n; n = n->next) {
            if (n->next && n->next->key < n->key)
                return 2;
            sum = sum * 33u + (uint32_t)(n->key ^ n->payload);
        }
    }
    lru.older = lru.newer = &lru;
    for (int i = 0; i < 32; i++)
        to_front(&cache[i]);
    uint32_t hits = 0;
    for (int i = 0; i < 3000; i++) {
        uint32_t r = kernel_random(&seed);
        hits += (uint32_t)touch((uint16_t)((r & 0x40) ? r >> 28 : r >> 25));
    }
    return kernel_check(sum + hits, 0x26fdc467u);
}

KERNEL_MAIN
