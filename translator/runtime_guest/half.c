// SPDX-License-Identifier: Apache-2.0
// Conversions of _Float16 and __bf16, which code generation calls for arithmetic on them: it is done in
// float.
#include <stdint.h>
#include <string.h>

// Rounds to nearest even, once. The result has `fraction` bits of fraction and an exponent with this bias.
static uint32_t narrow(double x, int fraction, int bias) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint32_t sign = (uint32_t)(bits >> 48) & 0x8000;
  int exponent = (int)(bits >> 52 & 0x7ff) - 1023;
  uint64_t mantissa = bits & ((1ull << 52) - 1);
  uint32_t infinity = (uint32_t)(2 * bias + 1) << fraction;
  if (exponent == 1024)
    return sign | infinity | (mantissa ? 1u << (fraction - 1) | (uint32_t)(mantissa >> (52 - fraction)) : 0);
  if (exponent > bias)
    return sign | infinity;
  if (exponent == -1023)
    return sign;
  mantissa |= 1ull << 52;
  int shift = 52 - fraction;
  int lowest = 1 - bias;
  if (exponent < lowest)
    shift += lowest - exponent;
  if (shift > 53)
    return sign;
  uint64_t kept = mantissa >> shift, rest = mantissa & ((1ull << shift) - 1), middle = 1ull << (shift - 1);
  if (rest > middle || (rest == middle && (kept & 1)))
    ++kept; // may carry into the exponent, as it should
  return sign | (uint32_t)((exponent >= lowest ? (uint64_t)(exponent - lowest) << fraction : 0) + kept);
}

__attribute__((used)) uint32_t __truncdfhf2(double x) { return narrow(x, 10, 15); }
__attribute__((used)) uint32_t __truncsfhf2(float x) { return narrow(x, 10, 15); }
__attribute__((used)) uint32_t __truncdfbf2(double x) { return narrow(x, 7, 127); }
__attribute__((used)) uint32_t __truncsfbf2(float x) { return narrow(x, 7, 127); }

__attribute__((used)) float __extendhfsf2(uint32_t half) {
  uint32_t sign = (half & 0x8000) << 16, exponent = half >> 10 & 0x1f, mantissa = half & 0x3ff, bits;
  if (exponent == 0) {
    float value = (float)mantissa * 0x1p-24f;
    memcpy(&bits, &value, sizeof bits);
    bits |= sign;
  } else if (exponent == 0x1f) {
    bits = sign | 0x7f800000 | mantissa << 13;
  } else {
    bits = sign | (exponent + 112) << 23 | mantissa << 13;
  }
  float result;
  memcpy(&result, &bits, sizeof result);
  return result;
}
