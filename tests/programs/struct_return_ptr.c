// SPDX-License-Identifier: Apache-2.0
// Structs returned through pointers to functions, assigned, chained, in arrays and conditionals.
#include <stdint.h>
#include <stdio.h>

struct vec {
    double x, y, z;
};
struct small {
    int16_t a;
    int8_t b;
};
struct fl {
    float f;
    int32_t i;
};
typedef struct vec (*vec_op)(struct vec, struct vec);
static struct vec add(struct vec a, struct vec b) { return (struct vec){a.x + b.x, a.y + b.y, a.z + b.z}; }
static struct vec cross(struct vec a, struct vec b) { return (struct vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
static vec_op volatile operations[] = {add, cross};
__attribute__((noinline)) static struct small shrink(struct small s, int n) { return n ? shrink((struct small){(int16_t)(s.b * 3), (int8_t)(s.a - n)}, n - 1) : s; }
__attribute__((noinline)) static struct fl flip(struct fl v) { return (struct fl){(float)v.i, (int32_t)(v.f * 2)}; }

int main(void) {
    struct vec a = {1, 2, 3}, b = {-4, 5, 0.5}, list[4];
    for (int i = 0; i < 4; i++) {
        list[i] = operations[i & 1](a, b);
        a = i & 2 ? b : list[i];
    }
    for (int i = 0; i < 4; i++)
        printf("%.2f %.2f %.2f\n", list[i].x, list[i].y, list[i].z);
    printf("%.2f\n", operations[0](operations[1](a, b), operations[0](b, a)).z);
    struct small s = shrink((struct small){100, 7}, 5);
    struct fl f = flip(flip(flip((struct fl){2.5f, 9})));
    printf("%d %d %.2f %d\n", s.a, s.b, (double)f.f, (int)f.i);
    return 0;
}
