// SPDX-License-Identifier: Apache-2.0
// The guest's clock on the `virt` machine: the machine timer, 10 MHz from reset. There is no calendar, so
// time() counts from reset too.
#include "libc_support.h"
#include <time.h>

static uint64_t machine_time() {
  volatile uint32_t *const now = reinterpret_cast<volatile uint32_t *>(0x0200bff8);
  uint32_t high, low;
  do {
    high = now[1];
    low = now[0];
  } while (now[1] != high);
  return uint64_t{high} << 32 | low;
}

unsigned long espb_guest_clock(void) {
  return static_cast<unsigned long>(machine_time() / (10000000u / CLOCKS_PER_SEC));
}

long long espb_guest_time(long long *where) {
  auto seconds = static_cast<long long>(machine_time() / 10000000u);
  if (where)
    *where = seconds;
  return seconds;
}
