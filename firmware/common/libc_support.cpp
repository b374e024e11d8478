// SPDX-License-Identifier: Apache-2.0
// Library functions that must end or serve the module's run instead of the firmware. A function that ends the
// run marks the guest that called it and returns: the bridge sees the mark and unwinds the guest, also from
// inside a callback.
#include "libc_support.h"
#include <errno.h>
#include <time.h>

__attribute__((weak)) void espb_firmware_end(espb_trap trap, const char *message, int status) {
  (void)trap, (void)message, (void)status;
}

static void end_run(espb_trap trap, const char *message, int status) {
  if (!espb_end_guest(trap, message, status))
    espb_firmware_end(trap, message, status);
}

void espb_guest_exit(int status) { end_run(ESPB_TRAP_EXIT, nullptr, status); }

void espb_guest_abort(void) { end_run(ESPB_TRAP_ABORT, "abort() was called", 0); }

void espb_guest_assert(const char *file, int line, const char *function, const char *expression) {
  static char message[128]; // printed once, at the end of the run
  snprintf(message, sizeof message, "assertion \"%s\" failed in %s at %s:%d", expression,
           function ? function : "?", file, line);
  end_run(ESPB_TRAP_ABORT, message, 0);
}

int *espb_guest_errno(void) { return &errno; }

void *espb_guest_new(size_t bytes) {
  void *memory = malloc(bytes ? bytes : 1);
  if (!memory)
    end_run(ESPB_TRAP_ABORT, "operator new: out of memory", 0);
  return memory;
}

void espb_guest_pure_virtual(void) { end_run(ESPB_TRAP_ABORT, "pure virtual function called", 0); }
