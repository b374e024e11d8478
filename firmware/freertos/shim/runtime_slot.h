// SPDX-License-Identifier: Apache-2.0
// The runtime's pointer of the running task (freertos_board.h), in place: every way into a guest and out of
// it goes through this slot, and the kernel's own functions would cost as much as the rest of the way. The
// static twin of a task names the field.
#ifndef ESPB_FREERTOS_RUNTIME_SLOT_H
#define ESPB_FREERTOS_RUNTIME_SLOT_H

#include "freertos_board.h"
#include "port_chip.h"

// What programs see comes first, then their deletion callbacks, then the runtime's two.
#define FREERTOS_USER_SLOTS 2
#define FREERTOS_RUNTIME_SLOT (2 * FREERTOS_USER_SLOTS)

#ifdef __cplusplus
extern "C" {
#endif

extern void *volatile pxCurrentTCB;
extern volatile uint32_t port_in_interrupt;
extern uint32_t freertos_runtime_slots_at; // in a task's control block; in RAM, where it is quick to reach

// Called with the pointer when a task ends for which freertos_set_runtime_slot named no function.
void freertos_runtime_task_ended(void *value);

static inline uint32_t freertos_interrupts_off(void) { return port_interrupts_off(); }
static inline void freertos_interrupts_back(uint32_t before) { port_interrupts_back(before); }

// The pointer, and behind it the function that is called with it when the task ends.
static inline void **freertos_runtime_slots(void) {
  return (void **)((uint8_t *)pxCurrentTCB + freertos_runtime_slots_at);
}

#ifdef __cplusplus
}
#endif

#endif
