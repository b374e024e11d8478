// SPDX-License-Identifier: Apache-2.0
// Interrupt lines, critical sections, and switching from an interrupt.
#include "check.h"

#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"

#include "port_board.h"
#include "sim_gpio.h"

#define LINE (SIM_IRQ_FIRST_FREE + 1)

static portMUX_TYPE mux = portMUX_INITIALIZER_UNLOCKED;

static void say(void *argument) {
  CHECK(xPortInIsrContext());
  happened(*(const char *)argument);
}

static bool interrupts_on(void) {
  const UBaseType_t mask = portSET_INTERRUPT_MASK_FROM_ISR();
  portCLEAR_INTERRUPT_MASK_FROM_ISR(mask);
  return mask == PORT_INTERRUPTS_ON;
}

static void use_critical(void *argument) {
  (void)argument;
  // Leaving a critical section in a handler must not let the next interrupt in.
  port_irq_raise(LINE);
  portENTER_CRITICAL_ISR(&mux);
  portENTER_CRITICAL(&mux);
  portEXIT_CRITICAL(&mux);
  portEXIT_CRITICAL_ISR(&mux);
  CHECK(!interrupts_on());
  happened('c');
}

static SemaphoreHandle_t given;
static void give(void *argument) {
  (void)argument;
  BaseType_t woken = pdFALSE;
  CHECK_EQ(xSemaphoreGiveFromISR(given, &woken), pdTRUE);
  CHECK_EQ(woken, pdTRUE);
  happened('i');
  portYIELD_FROM_ISR(woken);
  happened('j');
}

static void wait_and_say(void *argument) {
  (void)argument;
  while (xSemaphoreTake(given, portMAX_DELAY))
    happened('w');
  vTaskDelete(NULL);
}

void test_interrupts(void) {
  CHECK(!xPortInIsrContext());
  CHECK(port_irq_install(LINE, say, "b"));
  CHECK(port_irq_install(LINE + 1, say, "d"));
  CHECK(!port_irq_install(PORT_IRQ_LINES, say, "d"));
  happened('1');
  port_irq_raise(LINE);
  happened('2');
  CHECK(happened_exactly("1b2"));

  // Not in a critical section, however deep; lower lines first; a line raised twice runs once.
  taskENTER_CRITICAL(&mux);
  port_irq_raise(LINE + 1);
  port_irq_raise(LINE);
  port_irq_raise(LINE);
  taskENTER_CRITICAL();
  CHECK(!interrupts_on());
  taskEXIT_CRITICAL();
  CHECK(!interrupts_on());
  happened('1');
  CHECK(port_irq_pending() != 0);
  taskEXIT_CRITICAL(&mux);
  CHECK(interrupts_on());
  CHECK(happened_exactly("1bd"));

  port_irq_enable(LINE, false);
  port_irq_raise(LINE);
  CHECK(happened_exactly(""));
  port_irq_enable(LINE, true);
  CHECK(happened_exactly("b"));

  port_irq_install(LINE + 1, use_critical, NULL);
  port_irq_raise(LINE + 1);
  CHECK(happened_exactly("cb"));

  // The waiting task runs as soon as the handler has returned, not before.
  given = xSemaphoreCreateBinary();
  TaskHandle_t task;
  xTaskCreate(wait_and_say, "waiter", 2048, NULL, 7, &task);
  port_irq_install(LINE, give, NULL);
  happened('1');
  port_irq_raise(LINE);
  happened('2');
  CHECK(happened_exactly("1ijw2"));

  // Yielding inside a critical section keeps each task's nesting its own.
  taskENTER_CRITICAL();
  vTaskPrioritySet(task, 5);
  xSemaphoreGive(given);
  taskYIELD();
  CHECK(!interrupts_on());
  taskEXIT_CRITICAL();
  CHECK(interrupts_on());
  CHECK(happened_exactly("w"));

  // Ticks that a long critical section held up are made up for.
  vTaskDelay(1);
  const TickType_t tick = xTaskGetTickCount();
  taskENTER_CRITICAL();
  const uint64_t end = port_clock() + 5 * (PORT_CLOCK_HZ / configTICK_RATE_HZ);
  while (port_clock() < end) {
  }
  taskEXIT_CRITICAL();
  CHECK_EQ(xTaskGetTickCount() - tick, 5);

  vTaskDelete(task);
  vSemaphoreDelete(given);
  port_irq_install(LINE, NULL, NULL);
  port_irq_install(LINE + 1, NULL, NULL);
}
