// SPDX-License-Identifier: Apache-2.0
// operator new and delete over the board's malloc and free.
#include <new>
#include <stdint.h>

extern "C" {
void *malloc(size_t);
void free(void *);
[[noreturn]] void abort();
}

namespace std {
extern const nothrow_t nothrow{};
}

static void *allocate(size_t size) { return malloc(size ? size : 1); }

// The block that malloc gave is remembered in the word below the aligned one.
static void *allocate_aligned(size_t size, size_t align) {
  if (align < sizeof(void *))
    align = sizeof(void *);
  char *block = static_cast<char *>(malloc(size + align + sizeof(void *)));
  if (!block)
    return nullptr;
  uintptr_t at = (reinterpret_cast<uintptr_t>(block) + sizeof(void *) + align - 1) & ~(align - 1);
  reinterpret_cast<void **>(at)[-1] = block;
  return reinterpret_cast<void *>(at);
}
static void free_aligned(void *p) {
  if (p)
    free(static_cast<void **>(p)[-1]);
}

static void *must(void *p) {
  if (!p)
    abort();
  return p;
}

void *operator new(size_t n) { return must(allocate(n)); }
void *operator new[](size_t n) { return must(allocate(n)); }
void *operator new(size_t n, const std::nothrow_t &) noexcept { return allocate(n); }
void *operator new[](size_t n, const std::nothrow_t &) noexcept { return allocate(n); }
void *operator new(size_t n, std::align_val_t a) { return must(allocate_aligned(n, size_t(a))); }
void *operator new[](size_t n, std::align_val_t a) { return must(allocate_aligned(n, size_t(a))); }
void operator delete(void *p) noexcept { free(p); }
void operator delete[](void *p) noexcept { free(p); }
void operator delete(void *p, size_t) noexcept { free(p); }
void operator delete[](void *p, size_t) noexcept { free(p); }
void operator delete(void *p, const std::nothrow_t &) noexcept { free(p); }
void operator delete[](void *p, const std::nothrow_t &) noexcept { free(p); }
void operator delete(void *p, std::align_val_t) noexcept { free_aligned(p); }
void operator delete[](void *p, std::align_val_t) noexcept { free_aligned(p); }
void operator delete(void *p, size_t, std::align_val_t) noexcept { free_aligned(p); }
void operator delete[](void *p, size_t, std::align_val_t) noexcept { free_aligned(p); }
