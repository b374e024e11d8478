// SPDX-License-Identifier: Apache-2.0
// Vector extensions on floats and doubles.
#include <stdint.h>
#include <stdio.h>

typedef float v4sf __attribute__((vector_size(16)));
typedef double v2df __attribute__((vector_size(16)));
typedef int32_t v4si __attribute__((vector_size(16)));

__attribute__((noinline)) static void blend(v4sf *out, const v4sf *a, const v4sf *b, float t) { *out = *a + (*b - *a) * t; }

int main(void) {
    volatile float one = 1.0f;
    v4sf a = {one, 2, 3, 4}, b = {8, -6, 4, one}, r;
    blend(&r, &a, &b, 0.25f);
    printf("%.3f %.3f %.3f %.3f\n", (double)r[0], (double)r[1], (double)r[2], (double)r[3]);
    v4si less = a < b;
    v4sf q = a / b;
    printf("%d %d %d %d %.4f\n", less[0], less[1], less[2], less[3], (double)q[3]);
    v2df d = {one, 0.5}, e = {3, 7};
    for (int i = 0; i < 5; i++)
        d = d * e - 1.0;
    printf("%.3f %.3f\n", d[0], d[1]);
    float m[4][4], v[4] = {1, 2, 3, 4}, o[4] = {0};
    for (int i = 0; i < 16; i++)
        m[i / 4][i % 4] = (float)(i * i % 7) - one;
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 4; k++)
            o[i] += m[i][k] * v[k];
    printf("%.2f %.2f %.2f %.2f\n", (double)o[0], (double)o[1], (double)o[2], (double)o[3]);
    return 0;
}
