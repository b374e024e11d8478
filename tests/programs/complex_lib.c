// SPDX-License-Identifier: Apache-2.0
// The library's complex functions: complex numbers are passed to native code and returned by it.
#include <complex.h>
#include <stdio.h>

typedef double complex (*unary)(double complex);
typedef float complex (*unary_f)(float complex);

static const struct {
  const char *name;
  unary f;
  unary_f g;
} kFunctions[] = {
    {"cacos", cacos, cacosf}, {"cacosh", cacosh, cacoshf}, {"casin", casin, casinf}, {"casinh", casinh, casinhf},
    {"catan", catan, catanf}, {"catanh", catanh, catanhf}, {"ccos", ccos, ccosf},    {"ccosh", ccosh, ccoshf},
    {"csin", csin, csinf},    {"csinh", csinh, csinhf},    {"ctan", ctan, ctanf},    {"ctanh", ctanh, ctanhf},
    {"cexp", cexp, cexpf},    {"clog", clog, clogf},       {"csqrt", csqrt, csqrtf}, {"conj", conj, conjf},
    {"cproj", cproj, cprojf},
};

static volatile double re = 0.75, im = -1.25;

int main(void) {
  const double complex z = re + im * I, w = im + re * I;
  const float complex zf = (float complex)z, wf = (float complex)w;
  for (unsigned i = 0; i < sizeof kFunctions / sizeof *kFunctions; i++) {
    const double complex r = kFunctions[i].f(z);
    const float complex s = kFunctions[i].g(wf);
    printf("%s %.9f %.9f, %.4f %.4f\n", kFunctions[i].name, creal(r), cimag(r), (double)crealf(s), (double)cimagf(s));
  }
  printf("%.9f %.9f %.4f %.4f\n", cabs(z), carg(w), (double)cabsf(zf), (double)cargf(wf));
  const double complex p = cpow(z, w);
  const float complex q = cpowf(zf, wf);
  printf("%.9f %.9f, %.4f %.4f\n", creal(p), cimag(p), (double)crealf(q), (double)cimagf(q));
  double (*const real)(double complex) = re > 0 ? creal : cimag;
  float (*const imaginary)(float complex) = re > 0 ? cimagf : crealf;
  printf("%.2f %.2f\n", real(z), (double)imaginary(wf));
  return 0;
}
