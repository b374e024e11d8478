// SPDX-License-Identifier: Apache-2.0
// The runtime's pointer of the running task (freertos_board.h), in place: every way into a guest and out of
// it goes through this slot, and the kernel's own functions would cost as much as the rest of the way. The
// static twin of a task names the field.
#ifndef ESPB_FREERTOS_RUNTIME_SLOT_H
#define ESPB_FREERTOS_RUNTIME_SLOT_H

#include "freertos_board.h"

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

// Interrupts off and back as they were, in place.
static inline uint32_t freertos_interrupts_off(void) {
  uint32_t before;
  __asm__ volatile(".option push\n.option arch, +zicsr\ncsrrci %0, mstatus, 8\n.option pop"
                   : "=r"(before)::"memory");
  return before;
}
static inline void freertos_interrupts_back(uint32_t before) {
  __asm__ volatile(".option push\n.option arch, +zicsr\ncsrs mstatus, %0\n.option pop" ::"r"(before & 8)
                   : "memory");
}

// The pointer, and behind it the function that is called with it when the task ends.
static inline void **freertos_runtime_slots(void) {
  return (void **)((uint8_t *)pxCurrentTCB + freertos_runtime_slots_at);
}

#ifdef __cplusplus
}
#endif

#endif
