// SPDX-License-Identifier: Apache-2.0
// The port for a system with a C library and no operating system: one flow of control, memory that is all
// executable.
#include "espb/port.h"
#include <malloc.h>
#include <stdlib.h>

void *espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind) {
  // malloc aligns for every scalar type already, and memalign costs more memory.
  return alignment <= 8 ? malloc(bytes) : memalign(alignment, bytes);
}

void espb_port_free(void *memory, espb_memory_kind) { free(memory); }

// Nothing else runs: an interrupt handler may call espb_thread_stop only, which takes no lock.
void espb_port_lock(void) {}
void espb_port_unlock(void) {}
void espb_port_poll(void) {}
