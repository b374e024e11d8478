// SPDX-License-Identifier: Apache-2.0
// Helpers that the expressions of the instruction definitions name. Freestanding; no undefined behaviour for
// any operand.
#ifndef ESPB_ISA_SEMANTICS_H
#define ESPB_ISA_SEMANTICS_H

#include <stdint.h>

namespace espb {

inline uint32_t espb_clz32(uint32_t a) { return a ? (uint32_t)__builtin_clz(a) : 32; }
inline uint32_t espb_ctz32(uint32_t a) { return a ? (uint32_t)__builtin_ctz(a) : 32; }

inline uint32_t espb_popcnt32(uint32_t a) {
  a -= (a >> 1) & 0x55555555u;
  a = (a & 0x33333333u) + ((a >> 2) & 0x33333333u);
  a = (a + (a >> 4)) & 0x0f0f0f0fu;
  return (a * 0x01010101u) >> 24;
}

inline uint32_t espb_bswap32(uint32_t a) {
  return a << 24 | (a & 0xff00u) << 8 | ((a >> 8) & 0xff00u) | a >> 24;
}

inline uint32_t espb_clz64(uint64_t a) {
  const uint32_t high = (uint32_t)(a >> 32);
  return high ? espb_clz32(high) : 32 + espb_clz32((uint32_t)a);
}

inline uint32_t espb_ctz64(uint64_t a) {
  const uint32_t low = (uint32_t)a;
  return low ? espb_ctz32(low) : 32 + espb_ctz32((uint32_t)(a >> 32));
}

// Conversions to integers truncate and saturate; NaN gives 0. On the bits of a double, so that every engine
// answers the same and none needs comparisons of floating point; a float widens without loss. `limit`: the
// largest magnitude for the value's sign.
[[gnu::noinline]] inline uint64_t espb_truncate(double value, uint64_t positive_limit,
                                                uint64_t negative_limit) {
  uint64_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  const int32_t exponent = (int32_t)(bits >> 52 & 0x7ff) - 1023;
  const uint64_t fraction = bits & 0xfffffffffffffu;
  if (exponent < 0 || (exponent == 1024 && fraction != 0))
    return 0;
  const bool negative = bits >> 63;
  const uint64_t limit = negative ? negative_limit : positive_limit;
  const uint64_t mantissa = fraction | (uint64_t)1 << 52;
  uint64_t magnitude = limit;
  if (exponent < 64)
    magnitude = exponent <= 52 ? mantissa >> (52 - exponent) : mantissa << (exponent - 52);
  if (magnitude > limit)
    magnitude = limit;
  return negative ? 0 - magnitude : magnitude;
}

inline int32_t espb_ftos32(double a) { return (int32_t)(uint32_t)espb_truncate(a, 0x7fffffffu, 0x80000000u); }
inline uint32_t espb_ftou32(double a) { return (uint32_t)espb_truncate(a, 0xffffffffu, 0); }
inline int64_t espb_ftos64(double a) {
  return (int64_t)espb_truncate(a, 0x7fffffffffffffffu, 0x8000000000000000u);
}
inline uint64_t espb_ftou64(double a) { return espb_truncate(a, 0xffffffffffffffffu, 0); }

} // namespace espb
#endif
