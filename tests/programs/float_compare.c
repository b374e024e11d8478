// SPDX-License-Identifier: Apache-2.0
// Comparisons with NaN, infinities and signed zeros, in both precisions, as values and as branches.
#include <math.h>
#include <stdio.h>

#define SET(T, name)                                                                                                   \
    __attribute__((noinline)) static int name(T a, T b) {                                                              \
        return (a < b) | (a <= b) << 1 | (a == b) << 2 | (a != b) << 3 | (a >= b) << 4 | (a > b) << 5 |                \
               (!(a < b)) << 6 | (!(a >= b)) << 7 | __builtin_isunordered(a, b) << 8 | __builtin_islessgreater(a, b) << 9; \
    }                                                                                                                  \
    __attribute__((noinline)) static const char *name##_branch(T a, T b) {                                             \
        if (a < b)                                                                                                     \
            return "less";                                                                                             \
        if (a > b)                                                                                                     \
            return "greater";                                                                                          \
        if (a == b)                                                                                                    \
            return "equal";                                                                                            \
        return "unordered";                                                                                            \
    }                                                                                                                  \
    __attribute__((noinline)) static T name##_max(T a, T b) { return a > b ? a : b; }                                  \
    __attribute__((noinline)) static int name##_class(T a) {                                                           \
        return (isnan(a) != 0) | (isinf(a) != 0) << 1 | (isfinite(a) != 0) << 2 | (signbit(a) != 0) << 3 | (a != 0) << 4; \
    }
SET(float, f32)
SET(double, f64)

int main(void) {
    volatile double zero = 0.0;
    double v[] = {1.0, -1.0, zero, -zero, 1.0 / zero, -1.0 / zero, __builtin_nan(""), 2.5, 1e-300, 1e300};
    const int n = sizeof v / sizeof *v;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            float a = (float)v[i], b = (float)v[j];
            printf("%d %d %03x %s %03x %s %d\n", i, j, f64(v[i], v[j]), f64_branch(v[i], v[j]), f32(a, b), f32_branch(a, b),
                   f64_max(v[i], v[j]) >= 1.0 && f32_max(a, b) >= 1.0f);
        }
    for (int i = 0; i < n; i++)
        printf("class %x %x\n", f64_class(v[i]), f32_class((float)v[i]));
    return 0;
}
