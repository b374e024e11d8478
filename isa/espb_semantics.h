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

// Conversions to integers truncate and saturate; NaN gives 0. The bounds are exact in both types.
template <class F> inline int32_t espb_ftos32(F a) {
  if (a != a)
    return 0;
  if (a >= (F)2147483648.0)
    return INT32_MAX;
  if (a < (F)-2147483648.0)
    return INT32_MIN;
  return (int32_t)a;
}

template <class F> inline uint32_t espb_ftou32(F a) {
  if (!(a > (F)-1.0))
    return 0;
  if (a >= (F)4294967296.0)
    return UINT32_MAX;
  return (uint32_t)a;
}

template <class F> inline int64_t espb_ftos64(F a) {
  if (a != a)
    return 0;
  if (a >= (F)9223372036854775808.0)
    return INT64_MAX;
  if (a < (F)-9223372036854775808.0)
    return INT64_MIN;
  return (int64_t)a;
}

template <class F> inline uint64_t espb_ftou64(F a) {
  if (!(a > (F)-1.0))
    return 0;
  if (a >= (F)18446744073709551616.0)
    return UINT64_MAX;
  return (uint64_t)a;
}

} // namespace espb
#endif
