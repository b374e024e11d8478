// SPDX-License-Identifier: Apache-2.0
// std::sort of arrays and vectors in a quarter of the code of libc++'s own: found before libc++'s file of this name, which follows.
// What libc++ calls to sort a range of pointers finds the overload here, since it is the closer match.
#ifndef ESPB_ALGORITHM_SORT_H
#define ESPB_ALGORITHM_SORT_H
#include <__algorithm/partial_sort.h>
#include <__config>
#include <__cstddef/ptrdiff_t.h>
#include <__utility/move.h>
#include <__utility/swap.h>
_LIBCPP_BEGIN_NAMESPACE_STD
// Quicksort over the larger parts, insertion sort of the small ones, heap sort where the pivots are bad.
template <class _AlgPolicy, class _Tp, class _Comp> void __espb_sort(_Tp *__first, _Tp *__last, _Comp &__comp, int __depth) {
  while (__last - __first > 12) {
    if (--__depth < 0) {
      std::__partial_sort<_AlgPolicy>(__first, __last, __last, __comp);
      return;
    }
    // The median of three becomes the pivot at the front; the others bound both scans.
    _Tp *__middle = __first + (__last - __first) / 2, *__end = __last - 1;
    if (__comp(*__middle, *__first))
      swap(*__middle, *__first);
    if (__comp(*__end, *__middle)) {
      swap(*__end, *__middle);
      if (__comp(*__middle, *__first))
        swap(*__middle, *__first);
    }
    swap(*__first, *__middle);
    _Tp *__low = __first, *__high = __last;
    for (;;) {
      while (__comp(*++__low, *__first) && __low != __end)
        ;
      while (__comp(*__first, *--__high) && __high != __first)
        ;
      if (__low >= __high)
        break;
      swap(*__low, *__high);
    }
    swap(*__first, *__high);
    if (__high - __first < __last - __high) {
      std::__espb_sort<_AlgPolicy>(__first, __high, __comp, __depth);
      __first = __high + 1;
    } else {
      std::__espb_sort<_AlgPolicy>(__high + 1, __last, __comp, __depth);
      __last = __high;
    }
  }
  for (_Tp *__i = __first; __i != __last; ++__i) {
    _Tp __value(std::move(*__i));
    _Tp *__hole = __i;
    for (; __hole != __first && __comp(__value, __hole[-1]); --__hole)
      *__hole = std::move(__hole[-1]);
    *__hole = std::move(__value);
  }
}
template <class _AlgPolicy, class _Tp, class _Comp> void __sort_dispatch(_Tp *__first, _Tp *__last, _Comp &__comp) {
  int __depth = 2 * (32 - __builtin_clz(static_cast<unsigned>(__last - __first) | 1));
  std::__espb_sort<_AlgPolicy>(__first, __last, __comp, __depth);
}
_LIBCPP_END_NAMESPACE_STD
#include_next <__algorithm/sort.h>
#endif
