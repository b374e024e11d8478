// SPDX-License-Identifier: Apache-2.0
// Library functions that must end or serve the module's run instead of the firmware. A function that ends the
// run marks the guest's thread and returns: the bridge that called it sees the mark and unwinds the guest,
// also from inside a callback.
#include "libc_support.h"
#include "module/exec.h"
#include <errno.h>
#include <time.h>

namespace {

void end_run(espb_trap trap, const char *message) {
  auto *thread = reinterpret_cast<espb::Thread *>(espb_firmware_thread());
  if (thread->trap != ESPB_TRAP_NONE)
    return; // a callback on the way out: the first reason stays
  thread->host_message = message;
  thread->trap = trap;
}

} // namespace

void espb_guest_exit(int status) {
  auto *thread = reinterpret_cast<espb::Thread *>(espb_firmware_thread());
  if (thread->trap == ESPB_TRAP_NONE)
    thread->exit_status = status;
  end_run(ESPB_TRAP_EXIT, nullptr);
}

void espb_guest_abort(void) { end_run(ESPB_TRAP_ABORT, "abort() was called"); }

void espb_guest_assert(const char *file, int line, const char *function, const char *expression) {
  static char message[128]; // printed once, at the end of the run
  snprintf(message, sizeof message, "assertion \"%s\" failed in %s at %s:%d", expression,
           function ? function : "?", file, line);
  end_run(ESPB_TRAP_ABORT, message);
}

int *espb_guest_errno(void) { return &errno; }

void *espb_guest_new(size_t bytes) {
  void *memory = malloc(bytes ? bytes : 1);
  if (!memory)
    end_run(ESPB_TRAP_ABORT, "operator new: out of memory");
  return memory;
}

void espb_guest_pure_virtual(void) { end_run(ESPB_TRAP_ABORT, "pure virtual function called"); }
