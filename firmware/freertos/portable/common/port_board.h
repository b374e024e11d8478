// SPDX-License-Identifier: Apache-2.0
// What the port offers a board beyond FreeRTOS itself: the clock, a one-shot alarm, interrupt lines, and the
// places where a board says what happens when something is beyond repair. Independent of the kernel's
// headers.
#ifndef ESPB_FREERTOS_PORT_BOARD_H
#define ESPB_FREERTOS_PORT_BOARD_H

#include "port_chip.h"

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A clock of PORT_CLOCK_HZ (port_chip.h). It also runs before the scheduler starts.
uint64_t port_clock(void);

// One alarm at an exact time of the clock, called in interrupt context. Setting it again moves it;
// PORT_NO_ALARM switches it off.
#define PORT_NO_ALARM UINT64_MAX
void port_alarm_set_handler(void (*handler)(void));
void port_alarm_set(uint64_t when);

// 32 interrupt lines that software raises (the board's peripherals are simulated). A handler runs on the
// interrupt stack with interrupts off, lower lines first; a line raised again before its handler started is
// handled once. Raising is allowed anywhere.
#define PORT_IRQ_LINES 32u
typedef void (*port_irq_handler)(void *argument);
bool port_irq_install(unsigned line, port_irq_handler handler, void *argument); // null handler: remove
void port_irq_raise(unsigned line);
void port_irq_enable(unsigned line, bool enabled); // a raise while disabled stays pending
uint32_t port_irq_pending(void);

// The instructions that one task executes, interrupts and other tasks left out, under QEMU's -icount: exact
// on RV32, to the 25 instructions that the clock counts by on Xtensa. So a measurement is not disturbed by
// ticks. port_watch_task starts the account for the calling task (until another one calls it); differences of
// port_watched_instructions, read by that task, are its own.
void port_watch_task(void);
uint64_t port_watched_instructions(void);

// Asked before the idle task sleeps through `ticks` ticks: how many of them nobody needs (hooks of ticks are
// not called for those). Weak; the default is all of them.
uint32_t port_ticks_to_skip(uint32_t ticks);

// The external interrupt (a PLIC on RV32), for boards that have one. The default does nothing.
void port_external_interrupt(void);

// Weak: a board may define its own. None of them may return.
void port_unhandled_trap(uint32_t cause, uint32_t pc, uint32_t value, const struct port_frame *frame);
void port_fatal(const char *what, const char *detail); // called by the defaults of all the others

#ifdef __cplusplus
}
#endif

#endif
