// SPDX-License-Identifier: Apache-2.0
// FreeRTOS port for Xtensa with register windows (QEMU's "sim" machine, core de233_fpu): clock, interrupts,
// and the first frame of a task. The context switch itself is in portASM.S.
#include "port_board.h"
#include "port_events.h"

#include "FreeRTOS.h"
#include "task.h"

#include <stddef.h>
#include <string.h>

#ifndef portINTERRUPT_STACK_BYTES
#define portINTERRUPT_STACK_BYTES 8192
#endif

// QEMU's -icount shift=0: an instruction is a nanosecond.
#define INSTRUCTIONS_PER_CLOCK (1000000000u / PORT_CLOCK_HZ)

#define TIMER_INTERRUPT 0x40u // CCOMPARE0
#define SOFTWARE_INTERRUPT 0x80u
#define MASKED_LEVEL 3

#define CAUSE_SYSCALL 1u
#define CAUSE_LEVEL1_INTERRUPT 4u

#define PS_USER 0x20u
#define PS_CALL4 0x10000u
#define PS_WINDOWS 0x40000u

#define READ(name, value) __asm__ volatile("rsr %0, " name : "=r"(value)::"memory")
#define WRITE(name, value) __asm__ volatile("wsr %0, " name "\nrsync" ::"r"(value) : "memory")

_Static_assert(sizeof(struct port_frame) == PORT_FRAME_BYTES && offsetof(struct port_frame, lbeg) == 16 &&
                   offsetof(struct port_frame, a) == 48 && offsetof(struct port_frame, f) == 112,
               "portASM.S knows the frame");

extern const char port_vectors[];
extern void port_start_first_task(struct port_frame *frame);
extern void port_return_from_scheduler(void) __attribute__((noreturn));
struct port_frame *port_exception(struct port_frame *frame, uint32_t cause);

extern void *volatile pxCurrentTCB; // its first word is where the task's frame is

static uint8_t interrupt_stack[portINTERRUPT_STACK_BYTES] __attribute__((aligned(16)));
uint8_t *const port_interrupt_stack_top = interrupt_stack + sizeof interrupt_stack; // for portASM.S

UBaseType_t uxPortSetInterruptMask(void) {
  UBaseType_t before;
  __asm__ volatile("rsil %0, 3" : "=r"(before)::"memory");
  return before & 15;
}

void vPortClearInterruptMask(UBaseType_t mask) {
  uint32_t ps;
  READ("ps", ps);
  WRITE("ps", (ps & ~15u) | mask);
}

// CCOUNT has 32 bits and comes round every 107 seconds; port_compare_set sees to it that this is called in
// each round.
uint64_t port_clock(void) {
  static uint32_t rounds, last;
  const UBaseType_t mask = uxPortSetInterruptMask();
  uint32_t count;
  READ("ccount", count);
  if (count < last)
    rounds++;
  last = count;
  const uint64_t now = (uint64_t)rounds << 32 | count;
  vPortClearInterruptMask(mask);
  return now;
}

void port_compare_set(uint64_t when) {
  for (uint32_t soon = 8;; soon *= 2) {
    const uint64_t now = port_clock();
    const uint64_t at = when < now + soon ? now + soon : when > now + INT32_MAX ? now + INT32_MAX : when;
    WRITE("ccompare0", (uint32_t)at);
    uint32_t pending;
    READ("interrupt", pending);
    if (port_clock() < at || (pending & TIMER_INTERRUPT) != 0)
      return; // else it went by before it was set
  }
}

void port_software_interrupt_set(bool raised) {
  if (raised)
    __asm__ volatile("wsr %0, intset\nrsync" ::"r"(SOFTWARE_INTERRUPT) : "memory");
  else
    __asm__ volatile("wsr %0, intclear\nrsync" ::"r"(SOFTWARE_INTERRUPT) : "memory");
}

void port_yield_now(void) { __asm__ volatile("movi a2, 0\nsyscall" ::: "a2", "memory"); }

// The interrupt is handled here and now, which the caller's arithmetic allows.
void port_wait_for_interrupt(void) {
  __asm__ volatile("waiti 0" ::: "memory");
  (void)uxPortSetInterruptMask();
}

// The task whose instructions are counted, when it was last left, and how long it was away, in clocks.
static void *volatile watched_task;
static uint64_t watched_left;
static volatile uint64_t watched_away;
#define WATCHED_BEYOND 8u // what portASM.S takes before and after that

void port_watch_task(void) { watched_task = xTaskGetCurrentTaskHandle(); }

uint64_t port_watched_instructions(void) {
  uint64_t away, now;
  do { // again when an interrupt comes in between
    away = watched_away;
    now = port_clock();
  } while (away != watched_away);
  return (now - away) * INSTRUCTIONS_PER_CLOCK;
}

static void interrupt(void) {
  uint32_t pending, enabled;
  READ("interrupt", pending);
  READ("intenable", enabled);
  pending &= enabled;
  if (pending & TIMER_INTERRUPT)
    port_timer_interrupt();
  if (pending & SOFTWARE_INTERRUPT)
    port_software_interrupt();
  if (pending & ~(TIMER_INTERRUPT | SOFTWARE_INTERRUPT))
    port_external_interrupt();
}

// Called by portASM.S on the interrupt stack, interrupts off; returns the frame that goes on. While a handler
// runs the nesting depth is 1, so that leaving a critical section there does not let interrupts in.
struct port_frame *port_exception(struct port_frame *frame, uint32_t cause) {
  if (port_in_interrupt == 0 && pxCurrentTCB == watched_task)
    watched_left = port_clock();
  if (port_in_interrupt != 0 || (cause != CAUSE_LEVEL1_INTERRUPT && cause != CAUSE_SYSCALL)) {
    uint32_t address;
    READ("excvaddr", address);
    port_unhandled_trap(cause, frame->pc, address, frame);
  }
  port_in_interrupt = 1;
  frame->critical_nesting = port_critical_nesting;
  port_critical_nesting = 1;
  *(struct port_frame **)pxCurrentTCB = frame;
  if (cause == CAUSE_LEVEL1_INTERRUPT) {
    interrupt();
  } else {
    frame->pc += 3;
    port_switch_wanted = 1;
  }
  if (port_switch_wanted != 0) {
    port_switch_wanted = 0;
    vTaskSwitchContext();
  }
  frame = *(struct port_frame **)pxCurrentTCB;
  port_critical_nesting = frame->critical_nesting;
  port_in_interrupt = 0;
  if (pxCurrentTCB == watched_task)
    watched_away += port_clock() - watched_left + WATCHED_BEYOND;
  return frame;
}

// As if something called the function with call4: its argument a2 is the caller's a6, its return address the
// caller's a4.
StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *argument) {
  uint8_t *const sp = (uint8_t *)((uintptr_t)top & ~(uintptr_t)15) - 32;
  struct port_frame *const frame = (struct port_frame *)(void *)(sp - 16) - 1;
  memset(frame, 0, (size_t)(sp - (uint8_t *)frame));
  ((uint32_t *)(void *)sp)[-3] =
      (uint32_t)sp + 32; // its own caller's stack pointer, should it call: port_task_returned
  frame->pc = (uint32_t)code;
  frame->ps = PS_WINDOWS | PS_CALL4 | PS_USER;
  frame->a[1] = (uint32_t)sp;
  frame->a[4] = ((uint32_t)port_task_returned & 0x3fffffffu) | 0x40000000u;
  frame->a[6] = (uint32_t)argument;
  __asm__ volatile("rur %0, threadptr" : "=r"(frame->threadptr));
  return (StackType_t *)frame;
}

BaseType_t xPortStartScheduler(void) {
  (void)uxPortSetInterruptMask();
  WRITE("vecbase", (uint32_t)port_vectors);
  port_events_start();
  uint32_t enabled;
  READ("intenable", enabled);
  WRITE("intenable", enabled | TIMER_INTERRUPT | SOFTWARE_INTERRUPT);
  struct port_frame *const frame = *(struct port_frame **)pxCurrentTCB;
  port_critical_nesting = frame->critical_nesting;
  port_start_first_task(frame);
  return pdFALSE;
}

void vPortEndScheduler(void) {
  (void)uxPortSetInterruptMask();
  uint32_t enabled;
  READ("intenable", enabled);
  WRITE("intenable", enabled & ~(TIMER_INTERRUPT | SOFTWARE_INTERRUPT));
  port_events_stop();
  port_return_from_scheduler();
}
