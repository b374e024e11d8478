// SPDX-License-Identifier: Apache-2.0
// What libc++'s headers leave to its library: shared_ptr's counts, hashing, std::align, the end when
// something would be thrown.
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

_LIBCPP_BEGIN_NAMESPACE_STD

// Text to stderr as the message of a failed assertion; then the board ends the run.
_LIBCPP_WEAK void __libcpp_verbose_abort(const char *format, ...) noexcept {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputs("\n", stderr);
  abort();
}

__shared_count::~__shared_count() {}
__shared_weak_count::~__shared_weak_count() {}
const void *__shared_weak_count::__get_deleter(const type_info &) const noexcept { return nullptr; }

void __shared_weak_count::__release_weak() noexcept {
  if (__atomic_fetch_sub(&__shared_weak_owners_, 1, __ATOMIC_ACQ_REL) == 0)
    __on_zero_shared_weak();
}

__shared_weak_count *__shared_weak_count::lock() noexcept {
  long owners = __atomic_load_n(&__shared_owners_, __ATOMIC_SEQ_CST);
  while (owners != -1)
    if (__atomic_compare_exchange_n(&__shared_owners_, &owners, owners + 1, false, __ATOMIC_SEQ_CST,
                                    __ATOMIC_SEQ_CST))
      return this;
  return nullptr;
}

size_t __hash_memory(_LIBCPP_NOESCAPE const void *data, size_t size) noexcept {
  return __murmur2_or_cityhash<size_t>()(data, size);
}

void *align(size_t alignment, size_t size, void *&at, size_t &space) {
  uintptr_t from = reinterpret_cast<uintptr_t>(at), to = (from + alignment - 1) & ~(uintptr_t(alignment) - 1);
  if (to - from > space || size > space - (to - from))
    return nullptr;
  space -= to - from;
  return at = reinterpret_cast<void *>(to);
}

_LIBCPP_END_NAMESPACE_STD
