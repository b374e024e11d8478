// SPDX-License-Identifier: Apache-2.0
// printf: %f, %e and %g with widths, precisions, flags and special values.
#include <stdio.h>

int main(void) {
    static const double v[] = {0.0, 1.0, -1.0, 0.625, 3.14159265358979, -123.456, 1e10, 1.5e-5, 123456789.0, 0.1, 99.995, 1e100};
    for (unsigned i = 0; i < sizeof v / sizeof *v; i++) {
        if (v[i] < 1e20)
            printf("[%f] [%.0f] [%.2f] [%10.3f] [%-12.1f] [%+.1f] [%012.4f]\n", v[i], v[i], v[i], v[i], v[i], v[i], v[i]);
        printf("[%e] [%.3e] [%g] [%.3g] [%G] [%15.8g] [%#g]\n", v[i], v[i], v[i], v[i], v[i], v[i], v[i]);
    }
    volatile double zero = 0.0;
    printf("[%f] [%f] [%5.1f] [%g] [%g]\n", 1.0 / zero, -1.0 / zero, 1.0 / zero, -zero, zero);
    float f = 2.7182817f;
    printf("%f %.3f %d %f %lld %f\n", (double)f, (double)(f * f), 5, 0.25, 6LL, 0.125);
    return 0;
}
