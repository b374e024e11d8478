// SPDX-License-Identifier: Apache-2.0
// FreeRTOS port for rv32imc in machine mode with a CLINT: tick, alarm, critical sections, software-raised
// interrupt lines, and the first frame of a task. The context switch itself is in portASM.S.
#include "port_board.h"

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

#define MSTATUS_MIE 0x8u
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

// Shared with portASM.S. The nesting depth starts above zero so that nothing lets interrupts in before the
// first task runs.
uint32_t port_critical_nesting = 0x40000000u;
volatile uint32_t port_in_interrupt;
uint32_t port_switch_wanted;
uint8_t *const port_interrupt_stack_top = interrupt_stack + sizeof interrupt_stack;

static uint64_t next_tick = UINT64_MAX;
static uint64_t alarm_time = PORT_NO_ALARM;
static void (*alarm_handler)(void);

static struct {
  port_irq_handler handler;
  void *argument;
} irq_table[PORT_IRQ_LINES];
static volatile uint32_t irq_pending;
static uint32_t irq_enabled = UINT32_MAX;

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

uint32_t ulPortRunTime(void) { return (uint32_t)(port_clock() / (PORT_CLOCK_HZ / 1000000u)); }

static void set_compare(uint64_t when) {
  CLINT_MTIMECMP_HI = UINT32_MAX; // never a moment with a time that is too early
  CLINT_MTIMECMP_LO = (uint32_t)when;
  CLINT_MTIMECMP_HI = (uint32_t)(when >> 32);
}

static void set_next_compare(void) { set_compare(alarm_time < next_tick ? alarm_time : next_tick); }

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
  return before & MSTATUS_MIE;
}

void vPortClearInterruptMask(UBaseType_t mask) {
  __asm__ volatile(WITH_CSR("csrs mstatus, %0")::"r"(mask & MSTATUS_MIE) : "memory");
}

void vPortEnterCritical(void) {
  (void)uxPortSetInterruptMask();
  port_critical_nesting++;
}

void vPortExitCritical(void) {
  if (port_critical_nesting != 0 && --port_critical_nesting == 0)
    vPortClearInterruptMask(MSTATUS_MIE);
}

BaseType_t xPortInIsrContext(void) { return port_in_interrupt != 0; }

void vPortYieldFromISR(void) {
  if (port_in_interrupt != 0) {
    port_switch_wanted = 1;
  } else {
    vPortYield();
  }
}

void vPortYield(void) {
  if (port_in_interrupt != 0) {
    port_switch_wanted = 1;
  } else {
    __asm__ volatile("ecall" ::: "memory");
  }
}

void port_alarm_set_handler(void (*handler)(void)) { alarm_handler = handler; }

void port_alarm_set(uint64_t when) {
  const UBaseType_t mask = uxPortSetInterruptMask();
  alarm_time = when;
  if (next_tick != UINT64_MAX)
    set_next_compare();
  vPortClearInterruptMask(mask);
}

bool port_irq_install(unsigned line, port_irq_handler handler, void *argument) {
  if (line >= PORT_IRQ_LINES)
    return false;
  const UBaseType_t mask = uxPortSetInterruptMask();
  irq_table[line].handler = handler;
  irq_table[line].argument = argument;
  vPortClearInterruptMask(mask);
  return true;
}

void port_irq_raise(unsigned line) {
  if (line >= PORT_IRQ_LINES)
    return;
  const UBaseType_t mask = uxPortSetInterruptMask();
  irq_pending |= 1u << line;
  if (irq_pending & irq_enabled)
    CLINT_MSIP = 1;
  vPortClearInterruptMask(mask);
}

void port_irq_enable(unsigned line, bool enabled) {
  if (line >= PORT_IRQ_LINES)
    return;
  const UBaseType_t mask = uxPortSetInterruptMask();
  irq_enabled = enabled ? irq_enabled | 1u << line : irq_enabled & ~(1u << line);
  if (irq_pending & irq_enabled)
    CLINT_MSIP = 1;
  vPortClearInterruptMask(mask);
}

uint32_t port_irq_pending(void) { return irq_pending; }

// Ticks that the kernel was told of; it has not counted all of them while its scheduler is suspended.
static TickType_t ticks_told;

static void timer_interrupt(void) {
  // An alarm that is due together with a tick comes first; ticks that were missed are made up for, each as
  // its own tick.
  for (;;) {
    const uint64_t now = port_clock();
    if (now >= alarm_time) {
      alarm_time = PORT_NO_ALARM;
      if (alarm_handler != NULL)
        alarm_handler();
    } else if (now >= next_tick) {
      next_tick += PORT_CLOCK_HZ / configTICK_RATE_HZ;
      ticks_told++;
      if (xTaskIncrementTick() != pdFALSE)
        port_switch_wanted = 1;
    } else {
      break;
    }
  }
  set_next_compare();
}

__attribute__((weak)) uint32_t port_ticks_to_skip(uint32_t ticks) { return ticks; }

// The idle task has nothing to do for so many ticks, and has suspended the scheduler. All but the last of
// them are skipped: the clock goes on to it, or to whatever comes before.
void vPortSleep(TickType_t ticks) {
  const uint64_t period = PORT_CLOCK_HZ / configTICK_RATE_HZ;
  const UBaseType_t mask = uxPortSetInterruptMask();
  ticks = port_ticks_to_skip(ticks);
  if (ticks >= 2 && ticks_told == xTaskGetTickCount() && eTaskConfirmSleepModeStatus() != eAbortSleep) {
    const uint64_t first = next_tick;
    const uint64_t last = first + (ticks - 1) * period;
    next_tick = last;
    set_next_compare();
    __asm__ volatile("wfi");
    const uint64_t now = port_clock();
    if (now < last) {
      ticks = now < first ? 0 : (TickType_t)((now - first) / period) + 1;
      next_tick = first + ticks * period;
    } else {
      ticks--;
    }
    if (ticks != 0)
      vTaskStepTick(ticks);
    ticks_told += ticks;
    set_next_compare();
  }
  vPortClearInterruptMask(mask);
}

static void software_interrupt(void) {
  CLINT_MSIP = 0;
  uint32_t ready;
  while ((ready = irq_pending & irq_enabled) != 0) {
    const unsigned line = (unsigned)__builtin_ctz(ready);
    irq_pending &= ~(1u << line);
    if (irq_table[line].handler != NULL)
      irq_table[line].handler(irq_table[line].argument);
  }
}

// Called by portASM.S with the cause of an interrupt, on the interrupt stack.
void port_interrupt(uint32_t cause) {
  switch (cause & 0x7fffffffu) {
  case CAUSE_TIMER:
    timer_interrupt();
    break;
  case CAUSE_SOFTWARE:
    software_interrupt();
    break;
  case CAUSE_EXTERNAL:
    port_external_interrupt();
    break;
  default:
    break;
  }
}

__attribute__((weak)) void port_external_interrupt(void) {}

static void task_returned(void) {
  port_fatal("a FreeRTOS task function returned instead of calling vTaskDelete", pcTaskGetName(NULL));
}

StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *argument) {
  struct port_frame *frame = (struct port_frame *)(void *)top - 1;
  memset(frame, 0, sizeof *frame);
  frame->pc = (uint32_t)code;
  frame->ra = (uint32_t)task_returned;
  frame->mstatus = MSTATUS_MPIE | MSTATUS_MPP_MACHINE;
  uint32_t tp;
  __asm__ volatile("mv %0, tp" : "=r"(tp));
  frame->x4_to_x31[0] = tp;
  frame->x4_to_x31[10 - 4] = (uint32_t)argument;
  return (StackType_t *)frame;
}

BaseType_t xPortStartScheduler(void) {
  __asm__ volatile(WITH_CSR("csrw mtvec, %0")::"r"((uint32_t)port_trap_entry) : "memory");
  next_tick = port_clock() + PORT_CLOCK_HZ / configTICK_RATE_HZ;
  set_next_compare();
  if (irq_pending & irq_enabled)
    CLINT_MSIP = 1;
  __asm__ volatile(WITH_CSR("csrs mie, %0")::"r"(MIE_SOFTWARE | MIE_TIMER | MIE_EXTERNAL) : "memory");
  port_start_first_task();
  return pdFALSE;
}

void vPortEndScheduler(void) {
  (void)uxPortSetInterruptMask();
  __asm__ volatile(WITH_CSR("csrc mie, %0")::"r"(MIE_SOFTWARE | MIE_TIMER | MIE_EXTERNAL) : "memory");
  next_tick = UINT64_MAX;
  set_compare(UINT64_MAX);
  port_critical_nesting = 0x40000000u;
  port_return_from_scheduler();
}
