// SPDX-License-Identifier: Apache-2.0
// math.h for guests: the host's own functions.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // exp10, sincos
#endif
#include "libc.h"
#include <math.h>

namespace espb::libc {

namespace {

// Arguments are read in order, so each into a variable of its own.
template <double (*F)(double)> espb_status d_d(espb_host_call *c) {
  Call call(c);
  return call.return_f64(F(call.f64()));
}
template <double (*F)(double, double)> espb_status d_dd(espb_host_call *c) {
  Call call(c);
  double x = call.f64(), y = call.f64();
  return call.return_f64(F(x, y));
}
template <float (*F)(float)> espb_status f_f(espb_host_call *c) {
  Call call(c);
  return call.return_f32(F(call.f32()));
}
template <float (*F)(float, float)> espb_status f_ff(espb_host_call *c) {
  Call call(c);
  float x = call.f32(), y = call.f32();
  return call.return_f32(F(x, y));
}
espb_status d_fma(espb_host_call *c) {
  Call call(c);
  double x = call.f64(), y = call.f64(), z = call.f64();
  return call.return_f64(fma(x, y, z));
}
espb_status f_fma(espb_host_call *c) {
  Call call(c);
  float x = call.f32(), y = call.f32(), z = call.f32();
  return call.return_f32(fmaf(x, y, z));
}

// long of the guest has 32 bits; what does not fit it saturates, as on the machine.
uint32_t to_long(long long value) {
  return (uint32_t)(int32_t)(value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : value);
}
template <long long (*F)(double)> espb_status long_d(espb_host_call *c) {
  Call call(c);
  return call.return_u32(to_long(F(call.f64())));
}
template <long long (*F)(float)> espb_status long_f(espb_host_call *c) {
  Call call(c);
  return call.return_u32(to_long(F(call.f32())));
}
template <long long (*F)(double)> espb_status llong_d(espb_host_call *c) {
  Call call(c);
  return call.return_u64((uint64_t)F(call.f64()));
}
template <long long (*F)(float)> espb_status llong_f(espb_host_call *c) {
  Call call(c);
  return call.return_u64((uint64_t)F(call.f32()));
}
template <double (*F)(double, int)> espb_status d_di(espb_host_call *c) {
  Call call(c);
  double x = call.f64();
  return call.return_f64(F(x, call.i32()));
}
template <float (*F)(float, int)> espb_status f_fi(espb_host_call *c) {
  Call call(c);
  float x = call.f32();
  return call.return_f32(F(x, call.i32()));
}
espb_status d_ilogb(espb_host_call *c) {
  Call call(c);
  return call.return_u32((uint32_t)ilogb(call.f64()));
}
espb_status f_ilogb(espb_host_call *c) {
  Call call(c);
  return call.return_u32((uint32_t)ilogbf(call.f32()));
}

// What picolibc's headers make of fpclassify, isfinite and their kin; its FP_ constants are glibc's.
template <class T, int (*F)(T)> espb_status classify(espb_host_call *c) {
  Call call(c);
  if constexpr (sizeof(T) == sizeof(double))
    return call.return_u32((uint32_t)F(call.f64()));
  else
    return call.return_u32((uint32_t)F(call.f32()));
}
template <class T> int class_of(T x) { return fpclassify(x); }
template <class T> int is_infinite(T x) { return isinf(x) ? 1 : 0; }
template <class T> int is_nan(T x) { return isnan(x) ? 1 : 0; }
template <class T> int is_finite(T x) { return isfinite(x) ? 1 : 0; }
template <class T> int has_sign(T x) { return signbit(x) ? 1 : 0; }

// Functions with a second result, stored through a pointer.
template <class T> bool store(Call &call, GuestAddress address, T value) {
  uint8_t *p = call.write(address, sizeof value);
  if (p != nullptr)
    memcpy(p, &value, sizeof value);
  return p != nullptr;
}
espb_status d_modf(espb_host_call *c) {
  Call call(c);
  double whole, fraction = modf(call.f64(), &whole);
  return store(call, call.u32(), whole) ? call.return_f64(fraction) : ESPB_TRAP;
}
espb_status f_modf(espb_host_call *c) {
  Call call(c);
  float whole, fraction = modff(call.f32(), &whole);
  return store(call, call.u32(), whole) ? call.return_f32(fraction) : ESPB_TRAP;
}
espb_status d_frexp(espb_host_call *c) {
  Call call(c);
  int exponent;
  double fraction = frexp(call.f64(), &exponent);
  return store(call, call.u32(), exponent) ? call.return_f64(fraction) : ESPB_TRAP;
}
espb_status f_frexp(espb_host_call *c) {
  Call call(c);
  int exponent;
  float fraction = frexpf(call.f32(), &exponent);
  return store(call, call.u32(), exponent) ? call.return_f32(fraction) : ESPB_TRAP;
}
espb_status d_remquo(espb_host_call *c) {
  Call call(c);
  double x = call.f64(), y = call.f64();
  int quotient;
  double rest = remquo(x, y, &quotient);
  return store(call, call.u32(), quotient) ? call.return_f64(rest) : ESPB_TRAP;
}
espb_status f_remquo(espb_host_call *c) {
  Call call(c);
  float x = call.f32(), y = call.f32();
  int quotient;
  float rest = remquof(x, y, &quotient);
  return store(call, call.u32(), quotient) ? call.return_f32(rest) : ESPB_TRAP;
}
espb_status d_sincos(espb_host_call *c) {
  Call call(c);
  double x = call.f64();
  GuestAddress sine = call.u32(), cosine = call.u32();
  return store(call, sine, sin(x)) && store(call, cosine, cos(x)) ? ESPB_OK : ESPB_TRAP;
}
espb_status f_sincos(espb_host_call *c) {
  Call call(c);
  float x = call.f32();
  GuestAddress sine = call.u32(), cosine = call.u32();
  return store(call, sine, sinf(x)) && store(call, cosine, cosf(x)) ? ESPB_OK : ESPB_TRAP;
}
espb_status d_lgamma_r(espb_host_call *c) {
  Call call(c);
  int sign;
  double result = lgamma_r(call.f64(), &sign);
  return store(call, call.u32(), sign) ? call.return_f64(result) : ESPB_TRAP;
}
espb_status f_lgamma_r(espb_host_call *c) {
  Call call(c);
  int sign;
  float result = lgammaf_r(call.f32(), &sign);
  return store(call, call.u32(), sign) ? call.return_f32(result) : ESPB_TRAP;
}
template <double (*F)(int, double)> espb_status d_id(espb_host_call *c) {
  Call call(c);
  int order = call.i32();
  return call.return_f64(F(order, call.f64()));
}
template <float (*F)(int, float)> espb_status f_if(espb_host_call *c) {
  Call call(c);
  int order = call.i32();
  return call.return_f32(F(order, call.f32()));
}
espb_status d_nan(espb_host_call *c) { return Call(c).return_f64(NAN); }
espb_status f_nan(espb_host_call *c) { return Call(c).return_f32(NAN); }

} // namespace

#define ESPB_ONE(name)                                                                                       \
  {#name, d_d<name>}, { #name "f", f_f<name##f> }
#define ESPB_TWO(name)                                                                                       \
  {#name, d_dd<name>}, { #name "f", f_ff<name##f> }
const Entry kMathEntries[] = {
    ESPB_ONE(sqrt),
    ESPB_ONE(cbrt),
    ESPB_ONE(exp),
    ESPB_ONE(exp2),
    ESPB_ONE(exp10),
    ESPB_ONE(expm1),
    ESPB_ONE(log),
    ESPB_ONE(log2),
    ESPB_ONE(log10),
    ESPB_ONE(log1p),
    ESPB_ONE(sin),
    ESPB_ONE(cos),
    ESPB_ONE(tan),
    ESPB_ONE(asin),
    ESPB_ONE(acos),
    ESPB_ONE(atan),
    ESPB_ONE(sinh),
    ESPB_ONE(cosh),
    ESPB_ONE(tanh),
    ESPB_ONE(asinh),
    ESPB_ONE(acosh),
    ESPB_ONE(atanh),
    ESPB_ONE(floor),
    ESPB_ONE(ceil),
    ESPB_ONE(trunc),
    ESPB_ONE(round),
    ESPB_ONE(rint),
    ESPB_ONE(nearbyint),
    ESPB_ONE(logb),
    ESPB_ONE(fabs),
    ESPB_ONE(erf),
    ESPB_ONE(erfc),
    ESPB_ONE(tgamma),
    ESPB_ONE(lgamma),
    ESPB_ONE(j0),
    ESPB_ONE(j1),
    ESPB_ONE(y0),
    ESPB_ONE(y1),
    {"jn", d_id<jn>},
    {"jnf", f_if<jnf>},
    {"yn", d_id<yn>},
    {"ynf", f_if<ynf>},
    {"lgamma_r", d_lgamma_r},
    {"lgammaf_r", f_lgamma_r},
    ESPB_TWO(hypot),
    ESPB_TWO(pow),
    ESPB_TWO(atan2),
    ESPB_TWO(fmod),
    ESPB_TWO(remainder),
    ESPB_TWO(drem),
    ESPB_TWO(fmin),
    ESPB_TWO(fmax),
    ESPB_TWO(fdim),
    ESPB_TWO(copysign),
    ESPB_TWO(nextafter),
    {"fma", d_fma},
    {"fmaf", f_fma},
    {"modf", d_modf},
    {"modff", f_modf},
    {"frexp", d_frexp},
    {"frexpf", f_frexp},
    {"ldexp", d_di<ldexp>},
    {"ldexpf", f_fi<ldexpf>},
    {"scalbn", d_di<scalbn>},
    {"scalbnf", f_fi<scalbnf>},
    {"scalbln", d_di<scalbn>},
    {"scalblnf", f_fi<scalbnf>},
    {"remquo", d_remquo},
    {"remquof", f_remquo},
    {"sincos", d_sincos},
    {"sincosf", f_sincos},
    {"nan", d_nan},
    {"nanf", f_nan},
    {"ilogb", d_ilogb},
    {"ilogbf", f_ilogb},
    {"__fpclassifyd", classify<double, class_of>},
    {"__fpclassifyf", classify<float, class_of>},
    {"__isinfd", classify<double, is_infinite>},
    {"__isinff", classify<float, is_infinite>},
    {"__isnand", classify<double, is_nan>},
    {"__isnanf", classify<float, is_nan>},
    {"__finite", classify<double, is_finite>},
    {"__finitef", classify<float, is_finite>},
    {"finite", classify<double, is_finite>},
    {"finitef", classify<float, is_finite>},
    {"__signbitd", classify<double, has_sign>},
    {"__signbitf", classify<float, has_sign>},
    {"lround", long_d<llround>},
    {"lroundf", long_f<llroundf>},
    {"lrint", long_d<llrint>},
    {"lrintf", long_f<llrintf>},
    {"llround", llong_d<llround>},
    {"llroundf", llong_f<llroundf>},
    {"llrint", llong_d<llrint>},
    {"llrintf", llong_f<llrintf>},
    {nullptr, nullptr},
};

} // namespace espb::libc
