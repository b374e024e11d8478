// SPDX-License-Identifier: Apache-2.0
// Software timers, event groups and task notifications.
#include "check.h"

#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "freertos/timers.h"

#include "freertos_board.h"
#include "port_board.h"
#include "sim_gpio.h"

#include <string.h>

#define LINE SIM_IRQ_FIRST_FREE

static TickType_t expiries[16];
static unsigned expiry_count;
static void *last_id;

static void expired(TimerHandle_t timer) {
  if (expiry_count < 16)
    expiries[expiry_count] = xTaskGetTickCount();
  expiry_count++;
  last_id = pvTimerGetTimerID(timer);
}

static void pended(void *argument, uint32_t number) {
  CHECK(xTaskGetCurrentTaskHandle() == xTimerGetTimerDaemonTaskHandle());
  happened((char)(*(const char *)argument + number));
}

static TimerHandle_t isr_timer;
static void start_from_isr(void *argument) {
  (void)argument;
  BaseType_t woken = pdFALSE;
  CHECK_EQ(xTimerStartFromISR(isr_timer, &woken), pdPASS);
  CHECK_EQ(xTimerPendFunctionCallFromISR(pended, "x", 1, &woken), pdPASS);
  portYIELD_FROM_ISR(woken);
}

static uint32_t active(void) {
  struct freertos_activity activity;
  freertos_get_activity(&activity);
  CHECK_EQ(activity.timer_commands, 0);
  return activity.active_timers;
}

static bool count_timer(void *context, void *timer) {
  (void)timer;
  ++*(unsigned *)context;
  return true;
}

void test_timers(void) {
  const size_t heap = xPortGetFreeHeapSize();
  TimerHandle_t reload = xTimerCreate("reload", pdMS_TO_TICKS(10), pdTRUE, (void *)0x77, expired);
  CHECK(strcmp(pcTimerGetName(reload), "reload") == 0);
  CHECK_EQ(xTimerGetPeriod(reload), 10);
  CHECK_EQ(xTimerGetReloadMode(reload), pdTRUE);
  CHECK_EQ(xTimerIsTimerActive(reload), pdFALSE);
  vTaskDelay(1);
  const TickType_t start = xTaskGetTickCount();
  CHECK_EQ(xTimerStart(reload, 0), pdPASS);
  vTaskDelay(1);
  CHECK_EQ(xTimerIsTimerActive(reload), pdTRUE);
  CHECK_EQ(active(), 1);
  CHECK_EQ(xTimerGetExpiryTime(reload), start + 10);
  vTaskDelay(54);
  CHECK_EQ(xTimerStop(reload, 0), pdPASS);
  vTaskDelay(30);
  CHECK_EQ(expiry_count, 5);
  for (unsigned i = 0; i < 5; i++)
    CHECK_EQ(expiries[i] - start, 10 * (i + 1));
  CHECK(last_id == (void *)0x77);
  CHECK_EQ(active(), 0);

  // Once, with another id and period; restarted before it is due.
  TimerHandle_t once = xTimerCreate("once", 10, pdFALSE, NULL, expired);
  vTimerSetTimerID(once, (void *)0x88);
  expiry_count = 0;
  xTimerStart(once, 0);
  vTaskDelay(5);
  xTimerReset(once, 0);
  const TickType_t restarted = xTaskGetTickCount();
  vTaskDelay(50);
  CHECK_EQ(expiry_count, 1);
  CHECK_EQ(expiries[0] - restarted, 10);
  CHECK(last_id == (void *)0x88);
  expiry_count = 0;
  CHECK_EQ(xTimerChangePeriod(once, 3, 0), pdPASS); // also starts it
  vTaskDelay(10);
  CHECK_EQ(expiry_count, 1);
  vTimerSetReloadMode(once, pdTRUE);
  CHECK_EQ(uxTimerGetReloadMode(once), pdTRUE);
  expiry_count = 0;
  xTimerStart(once, 0);
  vTaskDelay(10);
  CHECK_EQ(expiry_count, 3);
  xTimerStop(once, 0);

  isr_timer = once;
  expiry_count = 0;
  port_irq_install(LINE, start_from_isr, NULL);
  port_irq_raise(LINE);
  vTaskDelay(8);
  CHECK_EQ(expiry_count, 2);
  CHECK(happened_exactly("y"));
  port_irq_install(LINE, NULL, NULL);
  CHECK_EQ(xTimerPendFunctionCall(pended, "a", 2, 0), pdPASS);
  vTaskDelay(1);
  CHECK(happened_exactly("c"));

  unsigned known = 0;
  freertos_visit_timers(count_timer, &known);
  CHECK_EQ(known, 2);
  xTimerDelete(once, 0);
  xTimerDelete(reload, 0);
  vTaskDelay(1);
  known = 0;
  freertos_visit_timers(count_timer, &known);
  CHECK_EQ(known, 0);
  CHECK_EQ(active(), 0);

  static StaticTimer_t memory;
  TimerHandle_t fixed = xTimerCreateStatic("fixed", 2, pdFALSE, NULL, expired, &memory);
  expiry_count = 0;
  xTimerStart(fixed, 0);
  vTaskDelay(5);
  CHECK_EQ(expiry_count, 1);
  xTimerDelete(fixed, 0);
  settle();
  CHECK_EQ(xPortGetFreeHeapSize(), heap);
}

static EventGroupHandle_t group;

static void wait_for_all(void *argument) {
  (void)argument;
  const EventBits_t bits = xEventGroupWaitBits(group, 0x7, pdTRUE, pdTRUE, portMAX_DELAY);
  happened(bits == 0xf ? 'a' : '?');
  vTaskDelete(NULL);
}

static void wait_for_any(void *argument) {
  (void)argument;
  const EventBits_t bits = xEventGroupWaitBits(group, 0x6, pdFALSE, pdFALSE, portMAX_DELAY);
  happened(bits == 0x2 ? 'o' : '?');
  vTaskDelete(NULL);
}

static void meet(void *argument) {
  const EventBits_t mine = (EventBits_t)(uintptr_t)argument;
  vTaskDelay(mine >> 8);
  CHECK_EQ(xEventGroupSync(group, mine, 0x700, portMAX_DELAY) & 0x700, 0x700);
  happened('m');
  vTaskDelete(NULL);
}

static void set_from_isr(void *argument) {
  (void)argument;
  BaseType_t woken = pdFALSE;
  CHECK_EQ(xEventGroupSetBitsFromISR(group, 0x10, &woken), pdPASS);
  CHECK_EQ(xEventGroupGetBitsFromISR(group), 0);
  portYIELD_FROM_ISR(woken);
}

void test_event_groups(void) {
  group = xEventGroupCreate();
  CHECK_EQ(xEventGroupGetBits(group), 0);
  xTaskCreate(wait_for_any, "any", 2048, NULL, 7, NULL);
  xTaskCreate(wait_for_all, "all", 2048, NULL, 6, NULL);
  xEventGroupSetBits(group, 0x1);
  CHECK(happened_exactly(""));
  CHECK_EQ(xEventGroupClearBits(group, 0x1), 0x1);
  xEventGroupSetBits(group, 0x2);
  CHECK(happened_exactly("o"));
  xEventGroupSetBits(group, 0xd);
  CHECK(happened_exactly("a"));
  CHECK_EQ(xEventGroupGetBits(group), 0x8);
  xEventGroupClearBits(group, 0xffffff);

  const TickType_t start = xTaskGetTickCount();
  CHECK_EQ(xEventGroupWaitBits(group, 1, pdTRUE, pdTRUE, 9), 0);
  CHECK_EQ(xTaskGetTickCount() - start, 9);

  for (uintptr_t bit = 0x100; bit <= 0x400; bit <<= 1)
    xTaskCreate(meet, "meet", 2048, (void *)bit, 6, NULL);
  vTaskDelay(3);
  CHECK(happened_exactly(""));
  vTaskDelay(5);
  CHECK(happened_exactly("mmm"));
  CHECK_EQ(xEventGroupGetBits(group), 0);

  port_irq_install(LINE, set_from_isr, NULL);
  port_irq_raise(LINE);
  CHECK_EQ(xEventGroupWaitBits(group, 0x10, pdTRUE, pdFALSE, 5), 0x10);
  port_irq_install(LINE, NULL, NULL);
  vEventGroupDelete(group);
}

static TaskHandle_t listener;
static uint32_t heard;
static BaseType_t heard_result;

static void listen(void *argument) {
  (void)argument;
  heard_result = xTaskNotifyWait(0, 0xffffffff, &heard, 20);
  happened('n');
  for (;;) {
    heard = ulTaskNotifyTake(pdFALSE, portMAX_DELAY);
    happened('t');
  }
}

static void notify_from_isr(void *argument) {
  (void)argument;
  BaseType_t woken = pdFALSE;
  vTaskNotifyGiveFromISR(listener, &woken);
  CHECK_EQ(woken, pdTRUE);
  portYIELD_FROM_ISR(woken);
}

void test_notifications(void) {
  // To oneself first.
  CHECK_EQ(ulTaskNotifyTake(pdTRUE, 0), 0);
  const TaskHandle_t self = xTaskGetCurrentTaskHandle();
  for (int i = 0; i < 3; i++)
    CHECK_EQ(xTaskNotifyGive(self), pdPASS);
  CHECK_EQ(ulTaskNotifyTake(pdFALSE, 0), 3);
  CHECK_EQ(ulTaskNotifyTake(pdTRUE, 0), 2);
  CHECK_EQ(xTaskNotify(self, 0x0f, eSetBits), pdPASS);
  CHECK_EQ(xTaskNotifyIndexed(self, 0, 0xf0, eSetBits), pdPASS);
  uint32_t value = 0;
  CHECK_EQ(xTaskNotifyWait(0, 0x0f, &value, 0), pdTRUE);
  CHECK_EQ(value, 0xff);
  CHECK_EQ(ulTaskNotifyValueClear(self, 0x30), 0xf0);
  CHECK_EQ(xTaskNotifyWait(0, 0, &value, 5), pdFALSE);
  CHECK_EQ(value, 0xc0);
  CHECK_EQ(xTaskNotify(self, 1, eSetValueWithOverwrite), pdPASS);
  CHECK_EQ(xTaskNotify(self, 2, eSetValueWithoutOverwrite), pdFAIL);
  uint32_t previous = 0;
  CHECK_EQ(xTaskNotifyAndQuery(self, 7, eSetValueWithOverwrite, &previous), pdPASS);
  CHECK_EQ(previous, 1);
  CHECK_EQ(xTaskNotifyStateClear(self), pdTRUE);
  CHECK_EQ(xTaskNotifyStateClear(self), pdFALSE);
  CHECK_EQ(xTaskNotifyWait(0, 0xffffffff, &value, 0), pdFALSE);
  CHECK_EQ(value, 7);
  ulTaskNotifyValueClear(NULL, 0xffffffff);

  xTaskCreate(listen, "listener", 2048, NULL, 7, &listener);
  xTaskNotify(listener, 0xbeef, eSetValueWithOverwrite);
  CHECK(happened_exactly("n"));
  CHECK_EQ(heard, 0xbeef);
  CHECK_EQ(heard_result, pdTRUE);
  xTaskNotifyGive(listener);
  CHECK(happened_exactly("t"));
  port_irq_install(LINE, notify_from_isr, NULL);
  happened('1');
  port_irq_raise(LINE);
  happened('2');
  CHECK(happened_exactly("1t2"));
  port_irq_install(LINE, NULL, NULL);
  vTaskDelete(listener);
}
