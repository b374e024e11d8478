// SPDX-License-Identifier: Apache-2.0
// What libc++'s headers leave to its library: the placeholders of std::bind, the clocks, memory resources.
#include <__functional/bind.h>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <memory_resource>
#include <new>

extern "C" __attribute__((weak)) int64_t esp_timer_get_time();

_LIBCPP_BEGIN_NAMESPACE_STD

namespace placeholders {
#define ESPB_PLACE(n) extern const __ph<n> _##n{};
ESPB_PLACE(1)
ESPB_PLACE(2)
ESPB_PLACE(3)
ESPB_PLACE(4)
ESPB_PLACE(5)
ESPB_PLACE(6)
ESPB_PLACE(7)
ESPB_PLACE(8)
ESPB_PLACE(9)
ESPB_PLACE(10)
} // namespace placeholders

namespace chrono {
// Microseconds since the board started, where it counts them; else the C library's clock.
steady_clock::time_point steady_clock::now() noexcept {
  if (&esp_timer_get_time)
    return time_point(microseconds(esp_timer_get_time()));
  static_assert(CLOCKS_PER_SEC == 1000000);
  return time_point(microseconds(uint32_t(clock())));
}
system_clock::time_point system_clock::now() noexcept { return time_point(seconds(time(nullptr))); }
time_t system_clock::to_time_t(const time_point &t) noexcept {
  return duration_cast<seconds>(t.time_since_epoch()).count();
}
system_clock::time_point system_clock::from_time_t(time_t t) noexcept { return time_point(seconds(t)); }
} // namespace chrono

namespace pmr {
memory_resource::~memory_resource() = default;

namespace {
struct Heap : memory_resource {
  void *do_allocate(size_t size, size_t align) override { return ::operator new(size, align_val_t(align)); }
  void do_deallocate(void *p, size_t size, size_t align) override {
    ::operator delete(p, size, align_val_t(align));
  }
  bool do_is_equal(const memory_resource &other) const noexcept override { return this == &other; }
};
struct Nothing : Heap {
  void *do_allocate(size_t, size_t) override {
    _LIBCPP_VERBOSE_ABORT("std::pmr::null_memory_resource has no memory");
  }
  void do_deallocate(void *, size_t, size_t) override {}
};
template <typename T> union Kept { // never destroyed
  T resource;
  constexpr Kept() : resource() {}
  constexpr ~Kept() {}
};
constinit Kept<Heap> heap;
constinit Kept<Nothing> nothing;
constinit memory_resource *standard = &heap.resource;
} // namespace
memory_resource *new_delete_resource() noexcept { return &heap.resource; }
memory_resource *null_memory_resource() noexcept { return &nothing.resource; }
memory_resource *get_default_resource() noexcept { return __atomic_load_n(&standard, __ATOMIC_ACQUIRE); }
memory_resource *set_default_resource(memory_resource *r) noexcept {
  return __atomic_exchange_n(&standard, r ? r : new_delete_resource(), __ATOMIC_ACQ_REL);
}
} // namespace pmr

_LIBCPP_END_NAMESPACE_STD
