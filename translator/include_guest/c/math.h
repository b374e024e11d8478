/* SPDX-License-Identifier: Apache-2.0 */
/* math.h - mathematics in double and float. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _MATH_H
#define _MATH_H

#ifdef __cplusplus
extern "C" {
#endif

typedef float float_t;
typedef double double_t;

#define HUGE_VAL __builtin_huge_val()
#define HUGE_VALF __builtin_huge_valf()
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#define FP_NAN 0
#define FP_INFINITE 1
#define FP_ZERO 2
#define FP_SUBNORMAL 3
#define FP_NORMAL 4
#define fpclassify(x) __builtin_fpclassify(FP_NAN, FP_INFINITE, FP_NORMAL, FP_SUBNORMAL, FP_ZERO, x)
#define isfinite(x) __builtin_isfinite(x)
#define isinf(x) __builtin_isinf(x)
#define isnan(x) __builtin_isnan(x)
#define isnormal(x) __builtin_isnormal(x)
#define signbit(x) __builtin_signbit(x)
#define isgreater(x, y) __builtin_isgreater(x, y)
#define isgreaterequal(x, y) __builtin_isgreaterequal(x, y)
#define isless(x, y) __builtin_isless(x, y)
#define islessequal(x, y) __builtin_islessequal(x, y)
#define islessgreater(x, y) __builtin_islessgreater(x, y)
#define isunordered(x, y) __builtin_isunordered(x, y)

#define M_E 2.7182818284590452354
#define M_LOG2E 1.4426950408889634074
#define M_LOG10E 0.43429448190325182765
#define M_LN2 0.69314718055994530942
#define M_LN10 2.30258509299404568402
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_1_PI 0.31830988618379067154
#define M_2_PI 0.63661977236758134308
#define M_SQRT2 1.41421356237309504880
#define M_SQRT1_2 0.70710678118654752440

double sqrt(double);
double cbrt(double);
double exp(double);
double exp2(double);
double exp10(double);
double expm1(double);
double log(double);
double log2(double);
double log10(double);
double log1p(double);
double sin(double);
double cos(double);
double tan(double);
double asin(double);
double acos(double);
double atan(double);
double sinh(double);
double cosh(double);
double tanh(double);
double asinh(double);
double acosh(double);
double atanh(double);
double floor(double);
double ceil(double);
double trunc(double);
double round(double);
double rint(double);
double nearbyint(double);
double logb(double);
double fabs(double);
double erf(double);
double erfc(double);
double tgamma(double);
double lgamma(double);
double lgamma_r(double, int *);
double j0(double);
double j1(double);
double jn(int, double);
double y0(double);
double y1(double);
double yn(int, double);
int finite(double);
double hypot(double, double);
double pow(double, double);
double atan2(double, double);
double fmod(double, double);
double remainder(double, double);
double drem(double, double);
double fmin(double, double);
double fmax(double, double);
double fdim(double, double);
double copysign(double, double);
double nextafter(double, double);
double fma(double, double, double);
double modf(double, double *);
double frexp(double, int *);
double ldexp(double, int);
double scalbn(double, int);
double scalbln(double, long);
double remquo(double, double, int *);
double nan(const char *);
int ilogb(double);
long lround(double);
long long llround(double);
long lrint(double);
long long llrint(double);
void sincos(double, double *, double *);

float sqrtf(float);
float cbrtf(float);
float expf(float);
float exp2f(float);
float exp10f(float);
float expm1f(float);
float logf(float);
float log2f(float);
float log10f(float);
float log1pf(float);
float sinf(float);
float cosf(float);
float tanf(float);
float asinf(float);
float acosf(float);
float atanf(float);
float sinhf(float);
float coshf(float);
float tanhf(float);
float asinhf(float);
float acoshf(float);
float atanhf(float);
float floorf(float);
float ceilf(float);
float truncf(float);
float roundf(float);
float rintf(float);
float nearbyintf(float);
float logbf(float);
float fabsf(float);
float erff(float);
float erfcf(float);
float tgammaf(float);
float lgammaf(float);
float lgammaf_r(float, int *);
float j0f(float);
float j1f(float);
float jnf(int, float);
float y0f(float);
float y1f(float);
float ynf(int, float);
int finitef(float);
float hypotf(float, float);
float powf(float, float);
float atan2f(float, float);
float fmodf(float, float);
float remainderf(float, float);
float dremf(float, float);
float fminf(float, float);
float fmaxf(float, float);
float fdimf(float, float);
float copysignf(float, float);
float nextafterf(float, float);
float fmaf(float, float, float);
float modff(float, float *);
float frexpf(float, int *);
float ldexpf(float, int);
float scalbnf(float, int);
float scalblnf(float, long);
float remquof(float, float, int *);
float nanf(const char *);
int ilogbf(float);
long lroundf(float);
long long llroundf(float);
long lrintf(float);
long long llrintf(float);
void sincosf(float, float *, float *);

#ifdef __cplusplus
}
#endif
#endif
