// SPDX-License-Identifier: Apache-2.0
// Tasks: creation, priorities, exact delays, states, suspension, deletion, thread local storage, information.
#include "check.h"

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "freertos_board.h"
#include "port_board.h"

#include <stdlib.h>
#include <string.h>

#define TICK_CLOCKS (PORT_CLOCK_HZ / configTICK_RATE_HZ)

static void say_and_end(void *argument) {
  happened(*(const char *)argument);
  vTaskDelete(NULL);
}

static void test_priorities(void) {
  // A task of higher priority runs before xTaskCreate returns, one of equal or lower priority does not.
  happened('1');
  CHECK_EQ(xTaskCreate(say_and_end, "high", 2048, "h", 6, NULL), pdPASS);
  happened('2');
  CHECK_EQ(xTaskCreatePinnedToCore(say_and_end, "same", 2048, "s", 5, NULL, 0), pdPASS);
  CHECK_EQ(xTaskCreatePinnedToCore(say_and_end, "low", 2048, "l", 4, NULL, tskNO_AFFINITY), pdPASS);
  happened('3');
  taskYIELD();
  happened('4');
  vTaskDelay(1);
  CHECK(happened_exactly("1h23s4l"));
}

static void test_delays(void) {
  // From the start of a tick, ten ticks are ten ticks to the clock.
  vTaskDelay(1);
  const TickType_t tick = xTaskGetTickCount();
  const uint64_t clock = port_clock();
  vTaskDelay(pdMS_TO_TICKS(10));
  CHECK_EQ(xTaskGetTickCount() - tick, 10);
  CHECK_EQ((port_clock() - clock + TICK_CLOCKS / 2) / TICK_CLOCKS, 10);

  TickType_t wake = xTaskGetTickCount();
  const TickType_t first = wake;
  for (int i = 1; i <= 100; i++) {
    CHECK_EQ(xTaskDelayUntil(&wake, 7), pdTRUE);
    CHECK_EQ(xTaskGetTickCount(), first + 7 * i);
  }
  vTaskDelay(20);
  // Three periods have passed already: the first calls do not wait.
  CHECK_EQ(xTaskDelayUntil(&wake, 7), pdFALSE);
  CHECK_EQ(xTaskDelayUntil(&wake, 7), pdFALSE);
  CHECK_EQ(xTaskDelayUntil(&wake, 7), pdTRUE);
  vTaskDelayUntil(&wake, 7);
  CHECK_EQ(xTaskGetTickCount(), first + 728);
}

static volatile uint32_t spins;
static void spin(void *argument) {
  (void)argument;
  for (;;)
    spins++;
}

static void test_states(void) {
  TaskHandle_t task = NULL;
  CHECK_EQ(xTaskCreate(spin, "spinner", 2048, NULL, 3, &task), pdPASS);
  CHECK_EQ(strcmp(pcTaskGetName(task), "spinner"), 0);
  CHECK(xTaskGetHandle("spinner") == task);
  CHECK_EQ(eTaskGetState(task), eReady);
  CHECK_EQ(eTaskGetState(xTaskGetCurrentTaskHandle()), eRunning);
  vTaskDelay(2);
  CHECK(spins > 1000);
  vTaskSuspend(task);
  CHECK_EQ(eTaskGetState(task), eSuspended);
  const uint32_t before = spins;
  vTaskDelay(2);
  CHECK_EQ(spins, before);
  vTaskResume(task);
  vTaskDelay(2);
  CHECK(spins > before);
  CHECK_EQ(uxTaskPriorityGet(task), 3);
  vTaskPrioritySet(task, 2);
  CHECK_EQ(uxTaskPriorityGet(task), 2);

  TaskStatus_t status;
  memset(&status, 0xff, sizeof status);
  vTaskGetInfo(task, &status, pdTRUE, eInvalid);
  CHECK(status.xHandle == task && strcmp(status.pcTaskName, "spinner") == 0);
  CHECK(status.usStackHighWaterMark > 512 && status.usStackHighWaterMark < 2048);
  CHECK_EQ(status.usStackHighWaterMark, uxTaskGetStackHighWaterMark(task));
  CHECK(status.pxStackBase == pxTaskGetStackStart(task));
  CHECK(status.ulRunTimeCounter > 1000); // microseconds

  TaskStatus_t all[8];
  uint32_t total = 0;
  const UBaseType_t count = uxTaskGetSystemState(all, 8, &total);
  CHECK_EQ(count, uxTaskGetNumberOfTasks());
  bool found = false;
  for (UBaseType_t i = 0; i < count; i++)
    found |= all[i].xHandle == task && all[i].usStackHighWaterMark < 2048;
  CHECK(found && total > 0);
  char text[512];
  vTaskList(text);
  CHECK(strstr(text, "spinner") != NULL);

  vTaskDelete(task);
  CHECK_EQ(xTaskGetCoreID(NULL), 0);
  CHECK_EQ(xPortGetCoreID(), 0);
  CHECK_EQ(xPortGetTickRateHz(), 1000);
  CHECK(xTaskGetCurrentTaskHandleForCore(0) == xTaskGetCurrentTaskHandle());
}

static void sleep_long(void *argument) {
  const TickType_t start = xTaskGetTickCount();
  vTaskDelay(1000);
  *(volatile TickType_t *)argument = xTaskGetTickCount() - start;
  vTaskDelete(NULL);
}

static void test_abort(void) {
  static volatile TickType_t slept;
  TaskHandle_t task;
  xTaskCreate(sleep_long, "sleeper", 2048, (void *)&slept, 6, &task);
  vTaskDelay(5);
  CHECK_EQ(eTaskGetState(task), eBlocked);
  CHECK_EQ(xTaskAbortDelay(task), pdPASS);
  CHECK_EQ(slept, 5);
}

static void fill_stack(void *argument) {
  volatile uint8_t big[100000];
  for (size_t i = 0; i < sizeof big; i += 1000)
    big[i] = 1;
  *(bool *)argument = big[99000] == 1 && uxTaskGetStackHighWaterMark(NULL) < 30000;
  vTaskDelete(NULL);
}

static void test_memory(void) {
  settle();
  const size_t before = xPortGetFreeHeapSize();
  for (int i = 0; i < 50; i++) {
    static bool deep_done;
    deep_done = false;
    CHECK_EQ(xTaskCreate(say_and_end, "short", 3001, "x", 6, NULL), pdPASS);
    CHECK_EQ(xTaskCreate(fill_stack, "deep", 120 * 1024, &deep_done, 6, NULL), pdPASS);
    TaskHandle_t other;
    CHECK_EQ(xTaskCreate(spin, "other", 2048, NULL, 4, &other), pdPASS);
    vTaskDelete(other);
    vTaskDelay(2);
    CHECK(deep_done);
  }
  CHECK(happened_exactly("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
  CHECK_EQ(xPortGetFreeHeapSize(), before);
  // More than there is.
  CHECK_EQ(xTaskCreate(spin, "huge", 16 * 1024 * 1024, NULL, 6, NULL), errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY);
  CHECK_EQ(xPortGetFreeHeapSize(), before);

  static StaticTask_t memory;
  static StackType_t stack[2048] __attribute__((aligned(16)));
  happened('1');
  CHECK(xTaskCreateStaticPinnedToCore(say_and_end, "static", sizeof stack, "t", 6, stack, &memory, 0) ==
        (TaskHandle_t)&memory);
  vTaskDelay(2);
  CHECK(happened_exactly("1t"));
}

static void note_value(int index, void *value) {
  happened((char)('0' + index));
  happened(*(const char *)value);
}
static void note_runtime(void *value) { happened(*(const char *)value); }

static void with_storage(void *argument) {
  vTaskSetThreadLocalStoragePointerAndDelCallback(NULL, 0, "a", note_value);
  vTaskSetThreadLocalStoragePointerAndDelCallback(NULL, 1, "b", note_value);
  vTaskSetThreadLocalStoragePointer(NULL, 1, "c");
  freertos_set_runtime_slot(NULL, "r", note_runtime);
  CHECK(strcmp(pvTaskGetThreadLocalStoragePointer(NULL, 0), "a") == 0);
  CHECK(strcmp(freertos_get_runtime_slot(NULL), "r") == 0);
  if (argument != NULL)
    vTaskDelay(portMAX_DELAY);
  vTaskDelete(NULL);
}

static void test_storage(void) {
  CHECK(pvTaskGetThreadLocalStoragePointer(NULL, 0) == NULL);
  xTaskCreate(with_storage, "storage", 2048, NULL, 6, NULL);
  settle();
  CHECK(happened_exactly("0a1cr"));
  TaskHandle_t task;
  xTaskCreate(with_storage, "storage", 2048, "wait", 6, &task);
  CHECK(happened_exactly(""));
  vTaskDelete(task);
  settle();
  CHECK(happened_exactly("0a1cr"));
}

static void test_activity(void) {
  struct freertos_activity activity;
  settle();
  freertos_get_activity(&activity);
  CHECK_EQ(activity.tasks, 1);
  TaskHandle_t task;
  xTaskCreate(spin, "more", 2048, NULL, 1, &task);
  freertos_get_activity(&activity);
  CHECK_EQ(activity.tasks, 2);
  vTaskDelete(task);
  settle();
  freertos_get_activity(&activity);
  CHECK_EQ(activity.tasks, 1);
  CHECK_EQ(activity.active_timers, 0);
  CHECK_EQ(activity.timer_commands, 0);
  CHECK_EQ(activity.pending_interrupts, 0);
}

void test_tasks(void) {
  test_priorities();
  test_delays();
  test_states();
  test_abort();
  test_memory();
  test_storage();
  test_activity();
}
