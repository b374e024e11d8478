// SPDX-License-Identifier: Apache-2.0
// Functions of math.h.
#include <math.h>
#include <stdio.h>

int main(void) {
    volatile double x[] = {0.1, 0.5, 1.0, 1.5, 2.0, 3.7, 10.0};
    for (int i = 0; i < 7; i++) {
        double v = x[i];
        printf("%.6f %.6f %.6f %.6f %.6f\n", sin(v), cos(v), tan(v), atan(v), atan2(v, 2.0));
        printf("%.6f %.6f %.6f %.6f %.6f\n", sqrt(v), exp(v), log(v), log10(v), pow(v, 1.3));
        printf("%.6f %.6f %.6f %.6f %.6f\n", floor(-v), ceil(v), fabs(-v), fmod(v, 0.7), hypot(v, 3.0));
        printf("%.6f %.6f %.6f %.6f\n", sinh(v), cosh(v), tanh(v), cbrt(v));
        float f = (float)v;
        printf("%.4f %.4f %.4f %.4f %.4f %.4f\n", (double)sinf(f), (double)cosf(f), (double)sqrtf(f), (double)powf(f, 2.0f), (double)floorf(f), (double)fabsf(-f));
        printf("%.1f %.1f %.1f %ld\n", round(v), trunc(-v), rint(v), lround(v));
    }
    int e;
    double whole, m = frexp(48.0, &e), part = modf(-3.25, &whole);
    printf("%.6f %d %.6f %.6f %.6f\n", m, e, part, whole, ldexp(0.75, 5));
    printf("%.6f %.6f %.6f\n", fmin(1.0, -2.0), fmax(1.0, -2.0), copysign(3.0, -0.0));
    printf("%.6f %.6f\n", asin(0.25), acos(-0.25));
    return 0;
}
