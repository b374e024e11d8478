// SPDX-License-Identifier: Apache-2.0
// What the C library's <math.h> macros call to classify a number. Not every board has these names.
#include <math.h>
#include <stdint.h>
#include <string.h>

int __fpclassifyd(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint32_t exponent = (uint32_t)(bits >> 52) & 0x7ff;
  uint64_t fraction = bits << 12;
  if (exponent == 0)
    return fraction ? FP_SUBNORMAL : FP_ZERO;
  if (exponent == 0x7ff)
    return fraction ? FP_NAN : FP_INFINITE;
  return FP_NORMAL;
}

int __fpclassifyf(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint32_t exponent = bits >> 23 & 0xff, fraction = bits << 9;
  if (exponent == 0)
    return fraction ? FP_SUBNORMAL : FP_ZERO;
  if (exponent == 0xff)
    return fraction ? FP_NAN : FP_INFINITE;
  return FP_NORMAL;
}

int __signbitd(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (int)(bits >> 63);
}

int __signbitf(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (int)(bits >> 31);
}

int __isnand(double x) { return x != x; }
int __isnanf(float x) { return x != x; }
int __isinfd(double x) { return __fpclassifyd(x) == FP_INFINITE; }
int __isinff(float x) { return __fpclassifyf(x) == FP_INFINITE; }
int __finited(double x) { return __fpclassifyd(x) != FP_INFINITE && x == x; }
int __finitef(float x) { return __fpclassifyf(x) != FP_INFINITE && x == x; }
