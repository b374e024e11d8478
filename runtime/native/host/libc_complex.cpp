// SPDX-License-Identifier: Apache-2.0
// complex.h for guests: the host's own functions. A complex of doubles, 16 bytes, is passed and returned in
// memory, one of floats in two words.
#include "libc.h"

namespace espb::libc {

namespace {

using Double = __complex__ double;
using Float = __complex__ float;

template <class Z> constexpr bool in_memory = sizeof(Z) == sizeof(Double);

// False after failing the call.
template <class Z> bool take(Call &call, Z &value) {
  if constexpr (in_memory<Z>) {
    const uint8_t *p = call.read(call.u32(), sizeof value);
    if (p != nullptr)
      memcpy(&value, p, sizeof value);
    return p != nullptr;
  } else {
    __real__ value = call.f32();
    __imag__ value = call.f32();
    return true;
  }
}

// The address of the result comes before the arguments.
template <class Z> GuestAddress result_address(Call &call) { return in_memory<Z> ? call.u32() : 0; }

template <class Z> espb_status give(Call &call, GuestAddress address, Z value) {
  if constexpr (in_memory<Z>) {
    ESPB_WRITE(p, address, sizeof value);
    memcpy(p, &value, sizeof value);
    return call.return_u32(address);
  } else {
    uint64_t words;
    memcpy(&words, &value, sizeof words);
    return call.return_u64(words);
  }
}

template <class Z, auto F> espb_status of_one(espb_host_call *c) {
  Call call(c);
  const GuestAddress result = result_address<Z>(call);
  Z z;
  return take<Z>(call, z) ? give<Z>(call, result, F(z)) : ESPB_TRAP;
}
template <class Z, auto F> espb_status of_two(espb_host_call *c) {
  Call call(c);
  const GuestAddress result = result_address<Z>(call);
  Z z, w;
  return take<Z>(call, z) && take<Z>(call, w) ? give<Z>(call, result, F(z, w)) : ESPB_TRAP;
}
template <class Z, auto F> espb_status to_real(espb_host_call *c) {
  Call call(c);
  Z z;
  if (!take<Z>(call, z))
    return ESPB_TRAP;
  if constexpr (in_memory<Z>)
    return call.return_f64(F(z));
  else
    return call.return_f32(F(z));
}

} // namespace

#define ESPB_FUNCTION(kind, Z, name) {#name, kind<Z, [](auto... z) { return __builtin_##name(z...); }>}
#define ESPB_BOTH(kind, name) ESPB_FUNCTION(kind, Double, name), ESPB_FUNCTION(kind, Float, name##f)
const Entry kComplexEntries[] = {
    ESPB_BOTH(to_real, cabs), ESPB_BOTH(to_real, carg),  ESPB_BOTH(to_real, creal), ESPB_BOTH(to_real, cimag),
    ESPB_BOTH(of_one, cacos), ESPB_BOTH(of_one, cacosh), ESPB_BOTH(of_one, casin),  ESPB_BOTH(of_one, casinh),
    ESPB_BOTH(of_one, catan), ESPB_BOTH(of_one, catanh), ESPB_BOTH(of_one, ccos),   ESPB_BOTH(of_one, ccosh),
    ESPB_BOTH(of_one, csin),  ESPB_BOTH(of_one, csinh),  ESPB_BOTH(of_one, ctan),   ESPB_BOTH(of_one, ctanh),
    ESPB_BOTH(of_one, cexp),  ESPB_BOTH(of_one, clog),   ESPB_BOTH(of_one, csqrt),  ESPB_BOTH(of_one, conj),
    ESPB_BOTH(of_one, cproj), ESPB_BOTH(of_two, cpow),   {nullptr, nullptr},
};

} // namespace espb::libc
