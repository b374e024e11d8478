/* SPDX-License-Identifier: Apache-2.0 */
/* port.h - what a system gives the runtime. A port implements these functions; the runtime calls nothing else
 * of the system. */
#ifndef ESPB_PORT_H
#define ESPB_PORT_H

#include "espb/espb.h"
#include <stdbool.h>
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

/* Gives back what of a block lies behind its first `bytes`, a multiple of 4; the block stays where it is.
 * False: it keeps its size. There is a default, which does nothing. */
bool espb_port_shrink(void *memory, size_t bytes, espb_memory_kind kind);

/* A short critical section around the runtime's own lists, from tasks and interrupt handlers; never held
 * while guest code runs. Recursive use does not happen. */
void espb_port_lock(void);
void espb_port_unlock(void);

/* Called from the engine's slow path about every few thousand loop iterations: feed a watchdog, yield. */
void espb_port_poll(void);

/* Machine code has been written to [memory, memory + bytes) and is about to run: whatever caches, write
 * protection or another view of the memory demand. There is a default, the fence that the processor wants. */
void espb_port_code_written(void *memory, size_t bytes);

/* ---- Tasks */

/* The calling task's slot, one pointer that the runtime keeps per task: NULL until it is set. */
void *espb_port_task_slot(void);
/* False: no memory for it. When a task is deleted, by whomever, the port calls espb_task_ended with its
 * slot's value unless that is NULL, once. Called with espb_port_lock held, so that the slot of a task that
 * can be deleted says all that it has; never in an interrupt handler. */
bool espb_port_set_task_slot(void *value);
bool espb_port_in_interrupt(void);

/* A trap in a callback that no guest code is waiting for, so that there is nobody to return it to; or the
 * call of a callback whose module was unloaded (`instance` is NULL then). From tasks and interrupt handlers.
 */
void espb_port_report(espb_instance *instance, const espb_error *error);

/* Who still holds a native-callable address in [first, last): calls `visit` for each holder the port knows
 * of, with a few words ("timer \"blink\""). */
typedef void (*espb_port_holder_visitor)(void *context, const char *description);
void espb_port_visit_holders(uintptr_t first, uintptr_t last, espb_port_holder_visitor visit, void *context);

/* ---- What a port calls */

/* A task that had this in its slot is gone: gives back what it ran guest code on. In a critical section, the
 * runtime's or a stricter one; short; frees nothing. */
void espb_task_ended(void *slot);

#ifdef __cplusplus
}
#endif
#endif
