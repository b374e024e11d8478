// SPDX-License-Identifier: Apache-2.0
// Global initialisers with pointers, function pointers, unions, mutual references; static locals.
#include <stdio.h>

struct link {
    struct link *next, *back;
    int (*act)(struct link *);
    const char *label;
    union {
        int number;
        const int *where;
    } u;
};
static int twice(struct link *l) { return l->u.number * 2; }
static int through(struct link *l) { return *l->u.where + 1; }
static const int values[] = {10, 20, 30};
extern struct link second;
struct link first = {&second, &second, twice, "first", {21}};
struct link second = {.next = &first, .back = &first, .act = through, .label = "second", .u.where = &values[2]};
static struct link *const ring[] = {&first, &second, &first};
static int (*actions[3])(struct link *) = {twice, through, 0};
struct outer {
    struct inner {
        char text[8];
        short s[3];
    } in[2];
    struct outer *self;
} whole = {{{"abc", {1, 2, 3}}, {{'x'}, {4}}}, &whole};
static int zero_data[100], one = 1;
__attribute__((noinline)) static int count(void) {
    static int calls = 100;
    static const char *last = "none";
    printf("%s ", last);
    last = calls % 2 ? "odd" : "even";
    return ++calls;
}

int main(void) {
    for (int i = 0; i < 3; i++)
        printf("%s %d %s\n", ring[i]->label, ring[i]->act(ring[i]), ring[i]->next->back->label);
    actions[2] = actions[0];
    printf("%d %d\n", actions[2](&first), whole.self->self->in[0].s[2] + whole.in[1].text[0] + zero_data[50] + one);
    for (int i = 0; i < 3; i++)
        printf("%d\n", count());
    return 0;
}
