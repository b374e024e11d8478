/* SPDX-License-Identifier: Apache-2.0 */
/* port.h - what a system gives the runtime. A port implements these functions; the runtime calls nothing else
 * of the system. */
#ifndef ESPB_PORT_H
#define ESPB_PORT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum espb_memory_kind {
  ESPB_MEMORY_DATA = 0,      /* byte-addressable RAM */
  ESPB_MEMORY_EXECUTABLE = 1 /* RAM that code may run from; may demand 32-bit writes */
} espb_memory_kind;

/* `alignment` is a power of two. NULL when there is none left. */
void *espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind);
void espb_port_free(void *memory, espb_memory_kind kind);

/* A short critical section around the runtime's own lists; never held while guest code runs. Recursive use
 * does not happen. */
void espb_port_lock(void);
void espb_port_unlock(void);

/* Called from the engine's slow path about every few thousand loop iterations: feed a watchdog, yield. */
void espb_port_poll(void);

#ifdef __cplusplus
}
#endif
#endif
