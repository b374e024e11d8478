// SPDX-License-Identifier: Apache-2.0
// Guards of function-local statics. Byte 0 of a guard says initialised, byte 1 that somebody is at it.
#include <stdint.h>

// Lets another task finish, where there is an operating system.
extern "C" __attribute__((weak)) void vTaskDelay(uint32_t ticks);

extern "C" int __cxa_guard_acquire(uint64_t *guard) {
  uint32_t *word = reinterpret_cast<uint32_t *>(guard);
  for (;;) {
    uint32_t seen = 0;
    if (__atomic_compare_exchange_n(word, &seen, 0x100, false, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE))
      return 1;
    if (seen & 1)
      return 0;
    if (&vTaskDelay)
      vTaskDelay(1);
    else
      __builtin_trap(); // one task only: the initialiser has come back to itself
  }
}

extern "C" void __cxa_guard_release(uint64_t *guard) {
  __atomic_store_n(reinterpret_cast<uint32_t *>(guard), 1, __ATOMIC_RELEASE);
}
extern "C" void __cxa_guard_abort(uint64_t *guard) {
  __atomic_store_n(reinterpret_cast<uint32_t *>(guard), 0, __ATOMIC_RELEASE);
}
