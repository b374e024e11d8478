// EXIT: 7
// OUT: 4.750000 3 1 2.000000
#include <math.h>
#include <stdio.h>
#pragma STDC FENV_ACCESS ON
volatile double a = 1.5, b = 2.5;
volatile float f = 4.0f;
int main(void) {
    double c = a * b + 1;
    printf("%f %d %d %f\n", c, (int)lrint(b + 0.75), c > a, (double)sqrtf(f));
    return (int)c + (int)b + (f == 4.0f);
}
