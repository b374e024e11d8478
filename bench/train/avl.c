// SPDX-License-Identifier: Apache-2.0
// An AVL tree as an ordered map: insertion, deletion, in-order walk with a stack.
#include "train.h"

struct Avl {
    struct Avl *link[2];
    uint32_t key;
    uint16_t value;
    int8_t height;
};

static struct Avl arena[512];
static struct Avl *free_nodes;

static int height_of(const struct Avl *t) {
    return t ? t->height : 0;
}

static void update(struct Avl *t) {
    int l = height_of(t->link[0]), r = height_of(t->link[1]);
    t->height = (int8_t)((l > r ? l : r) + 1);
}

static struct Avl *rotate(struct Avl *t, int dir) {
    struct Avl *up = t->link[!dir];
    t->link[!dir] = up->link[dir];
    up->link[dir] = t;
    update(t);
    update(up);
    return up;
}

static struct Avl *balance(struct Avl *t) {
    int tilt = height_of(t->link[1]) - height_of(t->link[0]);
    if (tilt > 1 || tilt < -1) {
        int heavy = tilt > 0;
        struct Avl *child = t->link[heavy];
        if (height_of(child->link[!heavy]) > height_of(child->link[heavy]))
            t->link[heavy] = rotate(child, heavy);
        return rotate(t, !heavy);
    }
    update(t);
    return t;
}

static struct Avl *put(struct Avl *t, uint32_t key, uint16_t value) {
    if (t == NULL) {
        struct Avl *n = free_nodes;
        if (n == NULL)
            return NULL;
        free_nodes = n->link[0];
        *n = (struct Avl){.key = key, .value = value, .height = 1};
        return n;
    }
    if (key == t->key) {
        t->value = (uint16_t)(t->value + value);
        return t;
    }
    int dir = key > t->key;
    t->link[dir] = put(t->link[dir], key, value);
    return balance(t);
}

static struct Avl *take_least(struct Avl *t, struct Avl **least) {
    if (!t->link[0]) {
        *least = t;
        return t->link[1];
    }
    t->link[0] = take_least(t->link[0], least);
    return balance(t);
}

static struct Avl *drop(struct Avl *t, uint32_t key) {
    if (!t)
        return NULL;
    if (key != t->key) {
        int dir = key > t->key;
        t->link[dir] = drop(t->link[dir], key);
        return balance(t);
    }
    struct Avl *l = t->link[0], *r = t->link[1], *top;
    t->link[0] = free_nodes;
    free_nodes = t;
    if (!r)
        return l;
    r = take_least(r, &top);
    top->link[0] = l;
    top->link[1] = r;
    return balance(top);
}

int main(void) {
    for (int i = 0; i < 511; ++i)
        arena[i].link[0] = &arena[i + 1];
    free_nodes = arena;
    volatile uint32_t start = 2;
    uint32_t x = start, digest = 0;
    struct Avl *root = NULL;
    for (int i = 0; i < 1500; ++i) {
        x = x * 1103515245u + 12345u;
        uint32_t key = (x >> 16) % 400;
        root = i % 3 == 2 ? drop(root, key) : put(root, key, (uint16_t)i);
        if (i % 150 != 0)
            continue;
        const struct Avl *stack[24], *t = root;
        int depth = 0;
        uint32_t last = 0;
        while (t || depth) {
            for (; t; t = t->link[0])
                stack[depth++] = t;
            t = stack[--depth];
            if (t->key < last)
                return 2;
            last = t->key;
            digest = digest * 31 + (t->key ^ t->value);
            t = t->link[1];
        }
        digest += (uint32_t)height_of(root);
    }
    return TRAIN_EXPECT(digest, 0x4dd0dc77u);
}
