// SPDX-License-Identifier: Apache-2.0
// What the ports of all chips have in common: ticks and the alarm on one comparator, sleep, interrupt lines
// that software raises, and critical sections. port_events.h is what a chip gives.
#include "port_events.h"
#include "port_board.h"

#include "FreeRTOS.h"
#include "task.h"

// Shared with the chip's assembly. The nesting depth starts above zero so that nothing lets interrupts in
// before the first task runs.
uint32_t port_critical_nesting = 0x40000000u;
volatile uint32_t port_in_interrupt;
uint32_t port_switch_wanted;

static uint64_t next_tick = UINT64_MAX;
static uint64_t alarm_time = PORT_NO_ALARM;
static void (*alarm_handler)(void);

static struct {
  port_irq_handler handler;
  void *argument;
} irq_table[PORT_IRQ_LINES];
static volatile uint32_t irq_pending;
static uint32_t irq_enabled = UINT32_MAX;

uint32_t ulPortRunTime(void) { return (uint32_t)(port_clock() / (PORT_CLOCK_HZ / 1000000u)); }

static void set_next_compare(void) { port_compare_set(alarm_time < next_tick ? alarm_time : next_tick); }

void vPortEnterCritical(void) {
  (void)uxPortSetInterruptMask();
  port_critical_nesting++;
}

void vPortExitCritical(void) {
  if (port_critical_nesting != 0 && --port_critical_nesting == 0)
    vPortClearInterruptMask(PORT_INTERRUPTS_ON);
}

BaseType_t xPortInIsrContext(void) { return port_in_interrupt != 0; }

void vPortYield(void) {
  if (port_in_interrupt != 0) {
    port_switch_wanted = 1;
  } else {
    port_yield_now();
  }
}

void vPortYieldFromISR(void) { vPortYield(); }

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
    port_software_interrupt_set(true);
  vPortClearInterruptMask(mask);
}

void port_irq_enable(unsigned line, bool enabled) {
  if (line >= PORT_IRQ_LINES)
    return;
  const UBaseType_t mask = uxPortSetInterruptMask();
  irq_enabled = enabled ? irq_enabled | 1u << line : irq_enabled & ~(1u << line);
  if (irq_pending & irq_enabled)
    port_software_interrupt_set(true);
  vPortClearInterruptMask(mask);
}

uint32_t port_irq_pending(void) { return irq_pending; }

// Ticks that the kernel was told of; it has not counted all of them while its scheduler is suspended.
static TickType_t ticks_told;

void port_timer_interrupt(void) {
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
    port_wait_for_interrupt();
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

void port_software_interrupt(void) {
  port_software_interrupt_set(false);
  uint32_t ready;
  while ((ready = irq_pending & irq_enabled) != 0) {
    const unsigned line = (unsigned)__builtin_ctz(ready);
    irq_pending &= ~(1u << line);
    if (irq_table[line].handler != NULL)
      irq_table[line].handler(irq_table[line].argument);
  }
}

__attribute__((weak)) void port_external_interrupt(void) {}

void port_task_returned(void) {
  port_fatal("a FreeRTOS task function returned instead of calling vTaskDelete", pcTaskGetName(NULL));
}

void port_events_start(void) {
  next_tick = port_clock() + PORT_CLOCK_HZ / configTICK_RATE_HZ;
  set_next_compare();
  if (irq_pending & irq_enabled)
    port_software_interrupt_set(true);
}

void port_events_stop(void) {
  next_tick = UINT64_MAX;
  port_compare_set(UINT64_MAX);
  port_critical_nesting = 0x40000000u;
}
