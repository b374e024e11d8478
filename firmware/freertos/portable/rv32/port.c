// SPDX-License-Identifier: Apache-2.0
// FreeRTOS port for rv32imc in machine mode with a CLINT (QEMU's "virt" board): clock, interrupts, and the
// first frame of a task. The context switch itself is in portASM.S.
#include "port_board.h"
#include "port_events.h"

#include "FreeRTOS.h"
#include "task.h"

#include <string.h>

#ifndef portINTERRUPT_STACK_BYTES
#define portINTERRUPT_STACK_BYTES 8192
#endif

#define CLINT_BASE 0x02000000u
#define CLINT_MSIP (*(volatile uint32_t *)(CLINT_BASE + 0x0u))
#define CLINT_MTIMECMP_LO (*(volatile uint32_t *)(CLINT_BASE + 0x4000u))
#define CLINT_MTIMECMP_HI (*(volatile uint32_t *)(CLINT_BASE + 0x4004u))
#define CLINT_MTIME_LO (*(volatile uint32_t *)(CLINT_BASE + 0xbff8u))
#define CLINT_MTIME_HI (*(volatile uint32_t *)(CLINT_BASE + 0xbffcu))

#define MSTATUS_MPIE 0x80u
#define MSTATUS_MPP_MACHINE 0x1800u
#define MIE_SOFTWARE 0x8u
#define MIE_TIMER 0x80u
#define MIE_EXTERNAL 0x800u

#define CAUSE_SOFTWARE 3u
#define CAUSE_TIMER 7u
#define CAUSE_EXTERNAL 11u

// The compiler may be told a plain rv32imc, which does not admit the CSR instructions that every machine-mode
// chip has.
#define WITH_CSR(instruction) ".option push\n.option arch, +zicsr\n" instruction "\n.option pop"

extern void port_trap_entry(void);
extern void port_start_first_task(void);
extern void port_return_from_scheduler(void) __attribute__((noreturn));

static uint8_t interrupt_stack[portINTERRUPT_STACK_BYTES] __attribute__((aligned(16)));

// Shared with portASM.S.
uint8_t *const port_interrupt_stack_top = interrupt_stack + sizeof interrupt_stack;

// Shared with portASM.S: the task whose instructions are counted, when it was last left, and how many
// instructions were executed while it was away.
void *volatile port_watched_task;
uint64_t port_watched_left;
volatile uint64_t port_watched_away;

uint64_t port_clock(void) {
  uint32_t high;
  uint32_t low;
  do {
    high = CLINT_MTIME_HI;
    low = CLINT_MTIME_LO;
  } while (high != CLINT_MTIME_HI);
  return (uint64_t)high << 32 | low;
}

void port_compare_set(uint64_t when) {
  CLINT_MTIMECMP_HI = UINT32_MAX; // never a moment with a time that is too early
  CLINT_MTIMECMP_LO = (uint32_t)when;
  CLINT_MTIMECMP_HI = (uint32_t)(when >> 32);
}

static uint64_t instructions(void) {
  uint32_t high, low, again;
  do {
    __asm__ volatile(WITH_CSR("csrr %0, minstreth\ncsrr %1, minstret\ncsrr %2, minstreth")
                     : "=r"(high), "=r"(low), "=r"(again)::"memory");
  } while (high != again);
  return (uint64_t)high << 32 | low;
}

void port_watch_task(void) { port_watched_task = xTaskGetCurrentTaskHandle(); }

uint64_t port_watched_instructions(void) {
  uint64_t away, now;
  do { // again when an interrupt comes in between
    away = port_watched_away;
    now = instructions();
  } while (away != port_watched_away);
  return now - away;
}

UBaseType_t uxPortSetInterruptMask(void) {
  UBaseType_t before;
  __asm__ volatile(WITH_CSR("csrrci %0, mstatus, 8") : "=r"(before)::"memory");
  return before & PORT_INTERRUPTS_ON;
}

void vPortClearInterruptMask(UBaseType_t mask) {
  __asm__ volatile(WITH_CSR("csrs mstatus, %0")::"r"(mask & PORT_INTERRUPTS_ON) : "memory");
}

void port_software_interrupt_set(bool raised) { CLINT_MSIP = raised; }
void port_yield_now(void) { __asm__ volatile("ecall" ::: "memory"); }
void port_wait_for_interrupt(void) { __asm__ volatile("wfi"); }

// Called by portASM.S with the cause of an interrupt, on the interrupt stack.
void port_interrupt(uint32_t cause) {
  switch (cause & 0x7fffffffu) {
  case CAUSE_TIMER:
    port_timer_interrupt();
    break;
  case CAUSE_SOFTWARE:
    port_software_interrupt();
    break;
  case CAUSE_EXTERNAL:
    port_external_interrupt();
    break;
  default:
    break;
  }
}

StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *argument) {
  struct port_frame *frame = (struct port_frame *)(void *)top - 1;
  memset(frame, 0, sizeof *frame);
  frame->pc = (uint32_t)code;
  frame->ra = (uint32_t)port_task_returned;
  frame->mstatus = MSTATUS_MPIE | MSTATUS_MPP_MACHINE;
  uint32_t tp;
  __asm__ volatile("mv %0, tp" : "=r"(tp));
  frame->x4_to_x31[0] = tp;
  frame->x4_to_x31[10 - 4] = (uint32_t)argument;
  return (StackType_t *)frame;
}

BaseType_t xPortStartScheduler(void) {
  __asm__ volatile(WITH_CSR("csrw mtvec, %0")::"r"((uint32_t)port_trap_entry) : "memory");
  port_events_start();
  __asm__ volatile(WITH_CSR("csrs mie, %0")::"r"(MIE_SOFTWARE | MIE_TIMER | MIE_EXTERNAL) : "memory");
  port_start_first_task();
  return pdFALSE;
}

void vPortEndScheduler(void) {
  (void)uxPortSetInterruptMask();
  __asm__ volatile(WITH_CSR("csrc mie, %0")::"r"(MIE_SOFTWARE | MIE_TIMER | MIE_EXTERNAL) : "memory");
  port_events_stop();
  port_return_from_scheduler();
}
