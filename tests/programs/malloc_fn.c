// SPDX-License-Identifier: Apache-2.0
// malloc, calloc, realloc and free in many patterns.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
    struct node *next;
    char *text;
};

int main(void) {
    struct node *head = NULL;
    for (int i = 0; i < 20; i++) {
        struct node *n = malloc(sizeof *n);
        n->text = malloc(16);
        snprintf(n->text, 16, "item%d", i * i);
        n->next = head;
        head = n;
    }
    int i = 0;
    for (struct node **p = &head; *p;) {
        struct node *n = *p;
        if (i++ % 3 == 0) {
            *p = n->next;
            free(n->text);
            free(n);
        } else {
            p = &n->next;
        }
    }
    for (struct node *n = head, *next; n; n = next) {
        printf("%s ", n->text);
        next = n->next;
        free(n->text);
        free(n);
    }
    int *v = NULL, room = 0, sum = 0;
    for (int k = 0; k < 300; k++) {
        if (k == room) {
            room = room ? room * 2 : 4;
            v = realloc(v, (size_t)room * sizeof *v);
        }
        v[k] = k * 3;
    }
    for (int k = 0; k < 300; k++)
        sum += v[k];
    v = realloc(v, 10 * sizeof *v);
    printf("\n%d %d %d\n", sum, v[9], room);
    free(v);
    uint8_t *z = calloc(33, 3);
    int any = 0;
    for (int k = 0; k < 99; k++)
        any |= z[k];
    free(z);
    free(NULL);
    void *blocks[16] = {0};
    uint32_t x = 9, bad = 0;
    for (int k = 0; k < 400; k++) {
        x = x * 1103515245u + 12345u;
        unsigned slot = x >> 28, size = (x >> 12 & 127) + 4;
        if (blocks[slot]) {
            uint8_t *b = blocks[slot];
            bad += b[0] != slot || b[3] != (uint8_t)~slot;
            free(b);
        }
        uint8_t *b = malloc(size);
        bad += (uintptr_t)b % 8 != 0;
        memset(b, (int)slot, size);
        b[3] = (uint8_t)~slot;
        blocks[slot] = b;
    }
    for (int k = 0; k < 16; k++)
        free(blocks[k]);
    printf("%d %lu\n", any, (unsigned long)bad);
    return 0;
}
