// SPDX-License-Identifier: Apache-2.0
// What libc++'s headers leave to its library: the sizes of hash tables.
#include <__config>
#include <__cstddef/size_t.h>

_LIBCPP_BEGIN_NAMESPACE_STD

size_t __next_prime(size_t);
// The least prime that is not below n. Tables double, so this is rare and trial division will do.
size_t __next_prime(size_t n) {
  if (n <= 2)
    return n ? 2 : 0;
  for (n |= 1;; n += 2) {
    size_t d = 3;
    while (d <= n / d && n % d)
      d += 2;
    if (d > n / d)
      return n;
  }
}

_LIBCPP_END_NAMESPACE_STD
