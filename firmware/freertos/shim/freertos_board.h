// SPDX-License-Identifier: Apache-2.0
// What a firmware on this kernel can ask and decide: which work is still to be done (the end of a run), where
// simulated hardware writes its trace, and how the console is written. Independent of the kernel's headers.
#ifndef ESPB_FREERTOS_BOARD_H
#define ESPB_FREERTOS_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Work that could still change something. Tasks of the system (idle, timer task, esp_timer) are not counted;
// a deleted task counts until the idle task has freed it.
struct freertos_activity {
  uint32_t tasks;          // made by the program, the caller's own task included
  uint32_t active_timers;  // started software timers
  uint32_t timer_commands; // commands the timer task has not handled yet
  uint32_t active_esp_timers;
  uint32_t pending_interrupts;
};
void freertos_get_activity(struct freertos_activity *activity);

// For the idle task (board_idle): nothing can happen any more, since all tasks wait without a time limit and
// no timer, interrupt or hook is left that could wake one.
bool freertos_is_stuck(void);

// What a program gets that starts the scheduler itself: its task ends.
void freertos_scheduler_runs(void);

// Size of the kernel's heap, used or free.
size_t freertos_heap_bytes(void);

// Every software timer that exists, for a report of what still holds callbacks. Stops when `visit` returns
// false.
void freertos_visit_timers(bool (*visit)(void *context, void *timer), void *context);

// Every native address the kernel would call: of software timers, hooks, tasks that have not started,
// deletion callbacks of thread local storage. `name` may be NULL.
void freertos_visit_callbacks(void (*visit)(void *context, const char *kind, const char *name,
                                            uintptr_t address),
                              void *context);
// The same of esp_timer, armed or not.
void esp_timer_visit(void (*visit)(void *context, const char *name, void (*callback)(void *)), void *context);

// A slot of thread local storage for the runtime, with a callback when the task is deleted: in the idle task
// when it deleted itself, otherwise in the task that deleted it, inside the kernel's critical section, so
// that it may free memory but not wait. The pointers that programs see are others.
void freertos_set_runtime_slot(void *task, void *value, void (*on_delete)(void *value));
void *freertos_get_runtime_slot(void *task);

// Places a firmware may fill (weak defaults). The trace gets whole lines without the line end.
void board_trace(const char *line);                        // default: console
void board_console_write(const char *text, size_t length); // default: UART of the virt board
void board_restart(void) __attribute__((noreturn));        // esp_restart; default: port_fatal

#ifdef __cplusplus
}
#endif

#endif
