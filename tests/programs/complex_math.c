// Complex numbers: products and quotients whose operands the compiler does not know, infinities among them.
#include <complex.h>
#include <math.h>
#include <stdio.h>
#ifndef CMPLX
#define CMPLX(x, y) __builtin_complex((double)(x), (double)(y))
#endif
static volatile double one = 1;
__attribute__((noinline)) static double complex times(double complex a, double complex b) { return a * b; }
__attribute__((noinline)) static double complex over(double complex a, double complex b) { return a / b; }
__attribute__((noinline)) static float complex times_f(float complex a, float complex b) { return a * b; }
__attribute__((noinline)) static float complex over_f(float complex a, float complex b) { return a / b; }
static void show(const char *what, double re, double im) {
  printf("%s %s%.9g %s%.9g\n", what, isnan(re) ? "nan " : "", isnan(re) ? 0 : re + 0.0, isnan(im) ? "nan " : "", isnan(im) ? 0 : im + 0.0);
}
int main(void) {
  const double complex values[] = {one + 2 * I, -3.5 * one + 0.25 * I, one * 1e150 - 1e150 * I, CMPLX(INFINITY, one), CMPLX(0 * one, -one)};
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++) {
      double complex p = times(values[i], values[j]), q = over(values[i], values[j]);
      show("p", creal(p), cimag(p));
      show("q", creal(q), cimag(q));
    }
  float complex f = times_f(1.5f + 2 * I, -0.5f + I), g = over_f(f, 3 - 4 * I);
  show("f", crealf(f), cimagf(f));
  show("g", crealf(g), cimagf(g));
  double complex z = 0, c = -0.75 * one + 0.1 * I;
  int n = 0;
  while (creal(z) * creal(z) + cimag(z) * cimag(z) < 4 && n < 100)
    z = times(z, z) + c, n++;
  printf("%d\n", n);
  return 0;
}
