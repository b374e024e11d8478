// SPDX-License-Identifier: Apache-2.0
// Everything at once for a while: tasks, queues, timers, notifications and an interrupt source that fires at
// odd times. Nothing may be lost and nothing may leak.
#include "check.h"

#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "freertos/timers.h"

#include "port_board.h"
#include "sim_gpio.h"

#include <stdlib.h>

#define LINE SIM_IRQ_FIRST_FREE
#define PAIRS 4
#define MESSAGES 3000

static QueueHandle_t queues[PAIRS];
static uint32_t sums[PAIRS];
static SemaphoreHandle_t done;
static SemaphoreHandle_t guard;
static uint32_t guarded;
static uint32_t timer_calls;
static volatile uint32_t raised;
static volatile uint32_t handled;
static volatile uint32_t woken_up;
static TaskHandle_t interrupt_listener;

static void send(void *argument) {
  const uintptr_t pair = (uintptr_t)argument;
  for (uint32_t i = 1; i <= MESSAGES; i++) {
    uint32_t *message = malloc(4 + i % 61);
    *message = i;
    xQueueSend(queues[pair], &message, portMAX_DELAY);
    if (i % 97 == 0)
      vTaskDelay(1);
  }
  xSemaphoreGive(done);
  vTaskDelete(NULL);
}

static void receive(void *argument) {
  const uintptr_t pair = (uintptr_t)argument;
  for (uint32_t i = 1; i <= MESSAGES; i++) {
    uint32_t *message;
    xQueueReceive(queues[pair], &message, portMAX_DELAY);
    sums[pair] += *message;
    free(message);
    xSemaphoreTake(guard, portMAX_DELAY);
    const uint32_t seen = guarded;
    if (i % 89 == 0)
      taskYIELD();
    guarded = seen + 1;
    xSemaphoreGive(guard);
  }
  xSemaphoreGive(done);
  vTaskDelete(NULL);
}

static void on_timer(TimerHandle_t timer) {
  (void)timer;
  timer_calls++;
}

static void on_interrupt(void *argument) {
  (void)argument;
  BaseType_t woken = pdFALSE;
  handled++;
  vTaskNotifyGiveFromISR(interrupt_listener, &woken);
  portYIELD_FROM_ISR(woken);
}

static void listen(void *argument) {
  (void)argument;
  for (;;)
    woken_up += ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
}

static void raise_line(void *argument) {
  (void)argument;
  raised++;
  port_irq_raise(LINE);
}

void test_stress(void) {
  settle();
  const size_t heap = xPortGetFreeHeapSize();
  done = xSemaphoreCreateCounting(2 * PAIRS, 0);
  guard = xSemaphoreCreateMutex();
  port_irq_install(LINE, on_interrupt, NULL);
  xTaskCreate(listen, "listen", 2048, NULL, 9, &interrupt_listener);
  esp_timer_handle_t source;
  const esp_timer_create_args_t args = {.callback = raise_line, .name = "source"};
  esp_timer_create(&args, &source);
  esp_timer_start_periodic(source, 137);
  TimerHandle_t timer = xTimerCreate("stress", 3, pdTRUE, NULL, on_timer);
  xTimerStart(timer, 10);
  const TickType_t start = xTaskGetTickCount();
  vTaskSuspendAll();
  for (uintptr_t pair = 0; pair < PAIRS; pair++) {
    queues[pair] = xQueueCreate(1 + pair * 3, sizeof(uint32_t *));
    xTaskCreate(send, "send", 2048, (void *)pair, 2 + pair % 3, NULL);
    xTaskCreate(receive, "receive", 2048, (void *)pair, 2 + (pair + 1) % 3, NULL);
  }
  xTaskResumeAll();
  for (int i = 0; i < 2 * PAIRS; i++)
    CHECK_EQ(xSemaphoreTake(done, 20000), pdTRUE);
  CHECK_EQ(esp_timer_stop(source), ESP_OK);
  const TickType_t ticks = xTaskGetTickCount() - start;
  xTimerStop(timer, 10);
  settle();
  for (int pair = 0; pair < PAIRS; pair++) {
    CHECK_EQ(sums[pair], MESSAGES * (MESSAGES + 1) / 2);
    vQueueDelete(queues[pair]);
  }
  CHECK_EQ(guarded, PAIRS * MESSAGES);
  CHECK(timer_calls >= ticks / 3 - 1 && timer_calls <= ticks / 3 + 1);
  CHECK(raised >= ticks * 1000 / 137 - 1);
  CHECK_EQ(handled, raised);
  CHECK_EQ(woken_up, raised);
  esp_timer_delete(source);
  xTimerDelete(timer, 10);
  vTaskDelete(interrupt_listener);
  vSemaphoreDelete(done);
  vSemaphoreDelete(guard);
  port_irq_install(LINE, NULL, NULL);
  settle();
  CHECK_EQ(xPortGetFreeHeapSize(), heap);
}
