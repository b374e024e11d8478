// SPDX-License-Identifier: Apache-2.0
// Between port_events.c and the chip's part of the port.
#ifndef ESPB_FREERTOS_PORT_EVENTS_H
#define ESPB_FREERTOS_PORT_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

// ---- The chip's: called with interrupts off, except port_yield_now and port_wait_for_interrupt's return

// The timer interrupt comes when the clock reaches `when`, or earlier; at once when that is past.
void port_compare_set(uint64_t when);
// Raises or takes back the interrupt that calls port_software_interrupt.
void port_software_interrupt_set(bool raised);
// Switches tasks, from a task.
void port_yield_now(void);
// Sleeps until an interrupt is pending. Interrupts stay off.
void port_wait_for_interrupt(void);

// ---- For the chip

extern uint32_t port_critical_nesting;
extern volatile uint32_t port_in_interrupt;
extern uint32_t port_switch_wanted;
void port_timer_interrupt(void);
void port_software_interrupt(void);
void port_task_returned(void); // what a task function returns to
void port_events_start(void);  // before the first task runs
void port_events_stop(void);

#endif
