// SPDX-License-Identifier: Apache-2.0
// The guest's clock on the `sim` machine: CCOUNT from reset. There is no calendar, so time() counts from
// reset too.
#include "libc_support.h"
#include "port_board.h"
#include <time.h>

unsigned long espb_guest_clock(void) {
  return static_cast<unsigned long>(port_clock() / (PORT_CLOCK_HZ / CLOCKS_PER_SEC));
}

long long espb_guest_time(long long *where) {
  auto seconds = static_cast<long long>(port_clock() / PORT_CLOCK_HZ);
  if (where)
    *where = seconds;
  return seconds;
}
