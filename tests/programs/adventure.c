// SPDX-License-Identifier: Apache-2.0
// A larger program: a text adventure of rooms with verbs, tables and a script.
#include <stdio.h>
#include <string.h>

enum { ROOMS = 5, THINGS = 4 };
struct room {
    const char *name;
    signed char exit[4];
    unsigned char dark : 1, locked : 1;
};
struct thing {
    const char *name;
    int where; // -1: carried
    int weight;
};
static struct room rooms[ROOMS] = {{"hall", {1, -1, 2, -1}, 0, 0}, {"attic", {-1, 0, -1, -1}, 1, 0}, {"yard", {-1, -1, 3, 0}, 0, 0}, {"shed", {-1, -1, -1, 2}, 0, 1}, {"void", {-1, -1, -1, -1}, 1, 1}};
static struct thing things[THINGS] = {{"lamp", 0, 3}, {"key", 1, 1}, {"rope", 2, 4}, {"saw", 3, 6}};
static int here, turns, score;
static int carried(void) {
    int w = 0;
    for (int i = 0; i < THINGS; i++)
        if (things[i].where == -1)
            w += things[i].weight;
    return w;
}
static struct thing *find(const char *n) {
    for (int i = 0; i < THINGS; i++)
        if (!strcmp(things[i].name, n))
            return &things[i];
    return NULL;
}
static void go(const char *where) {
    static const char letters[] = "udew";
    const char *p = strchr(letters, where[0]);
    int to = p ? rooms[here].exit[p - letters] : -1;
    if (to < 0)
        puts("  no way");
    else if (rooms[to].locked && find("key")->where != -1)
        puts("  locked");
    else {
        rooms[to].locked = 0;
        here = to;
        printf("  %s%s\n", rooms[to].name, rooms[to].dark && find("lamp")->where != -1 ? " (dark)" : "");
    }
}
static void take(const char *n) {
    struct thing *t = find(n);
    if (!t || t->where != here)
        printf("  no %s here\n", n);
    else if (carried() + t->weight > 9)
        puts("  too heavy");
    else {
        t->where = -1;
        score += 10 - t->weight;
    }
}
static void drop(const char *n) {
    struct thing *t = find(n);
    if (t && t->where == -1)
        t->where = here;
}
static void look(const char *n) {
    (void)n;
    printf("  %s:", rooms[here].name);
    for (int i = 0; i < THINGS; i++)
        if (things[i].where == here)
            printf(" %s", things[i].name);
    printf(" | %d\n", carried());
}
static const struct {
    const char *word;
    void (*run)(const char *);
} verbs[] = {{"go", go}, {"take", take}, {"drop", drop}, {"look", look}};

int main(void) {
    static const char script[] = "look;go e;go e;go w;take lamp;go u;take key;look;go d;go e;take rope;go e;take saw;drop rope;look;go w;go n;sing loud;take saw;go e;take saw;look";
    char line[24];
    const char *s = script;
    while (*s) {
        size_t n = strcspn(s, ";");
        memcpy(line, s, n);
        line[n] = 0;
        s += n + (s[n] == ';');
        printf("> %s\n", line);
        char *object = strchr(line, ' ');
        if (object)
            *object++ = 0;
        unsigned v = 0;
        while (v < 4 && strcmp(verbs[v].word, line))
            v++;
        if (v < 4)
            verbs[v].run(object ? object : "");
        else
            puts("  what?");
        turns++;
    }
    printf("%d turns, %d points\n", turns, score);
    return 0;
}
