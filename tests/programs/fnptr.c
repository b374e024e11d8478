// SPDX-License-Identifier: Apache-2.0
// Function pointers in tables, structs, parameters and results; compared and stored.
#include <stdio.h>
#include <string.h>

typedef int (*binary)(int, int);
static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int mul(int a, int b) { return a * b; }
static double ratio(double a, double b) { return a / b; }
static long long wide(long long a, int b) { return a << b; }

static const struct op {
    const char *name;
    binary f;
    int weight;
} ops[] = {{"add", add, 1}, {"sub", sub, 2}, {"mul", mul, 3}, {"none", NULL, 0}};

struct object {
    int state;
    int (*step)(struct object *self, int by);
    void (*reset)(struct object *self);
};
static int step_up(struct object *o, int by) { return o->state += by; }
static void reset(struct object *o);
static int step_down(struct object *o, int by) {
    o->state -= by;
    if (o->state < 0)
        o->step = step_up;
    return o->state;
}
static void reset(struct object *o) {
    o->state = 10;
    o->step = step_down;
}
__attribute__((noinline)) static binary choose(const char *name) {
    for (const struct op *o = ops; o->f; o++)
        if (strcmp(o->name, name) == 0)
            return o->f;
    return NULL;
}
__attribute__((noinline)) static int fold(binary f, const int *v, int n) {
    int r = v[0];
    for (int i = 1; i < n; i++)
        r = f(r, v[i]);
    return r;
}
static binary (*chooser)(const char *) = choose;

int main(void) {
    static const int v[] = {3, 5, 7, 11};
    for (const struct op *o = ops; o->f; o++)
        printf("%s %d\n", o->name, fold(o->f, v, 4) * o->weight);
    printf("%d %d %d\n", chooser("mul")(6, 7), choose("none") == NULL, choose("add") == add);
    struct object o = {0, NULL, reset};
    o.reset(&o);
    for (int i = 0; i < 8; i++)
        printf("%d ", o.step(&o, i));
    double (*volatile r)(double, double) = ratio;
    long long (*volatile w)(long long, int) = wide;
    printf("\n%.4f %lld\n", r(1.0, 8.0), w(3, 35));
    return 0;
}
