// SPDX-License-Identifier: Apache-2.0
// What libc++'s headers leave to its library: std::sort of numbers.
#include <algorithm>

_LIBCPP_BEGIN_NAMESPACE_STD

template <typename Less, typename Pointer> void __sort(Pointer first, Pointer last, Less) {
  auto less = [](auto a, auto b) { return a < b; };
  std::__sort_dispatch<_ClassicAlgPolicy>(first, last, less);
}
#define ESPB_SORT(type) template void __sort<__less<type> &, type *>(type *, type *, __less<type> &);
ESPB_SORT(char)
ESPB_SORT(signed char)
ESPB_SORT(unsigned char)
ESPB_SORT(short)
ESPB_SORT(unsigned short)
ESPB_SORT(int)
ESPB_SORT(unsigned)
ESPB_SORT(long)
ESPB_SORT(unsigned long)
ESPB_SORT(long long)
ESPB_SORT(unsigned long long)
ESPB_SORT(float)
ESPB_SORT(double)
ESPB_SORT(long double)

_LIBCPP_END_NAMESPACE_STD
