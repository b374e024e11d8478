// Task notifications in all their forms, and suspending and resuming.
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <stdio.h>

static TaskHandle_t main_task;

static void worker(void *argument) {
  (void)argument;
  uint32_t value;
  for (;;) {
    xTaskNotifyWait(0, ULONG_MAX, &value, portMAX_DELAY);
    printf("worker: 0x%lx\n", (unsigned long)value);
    if (value & 0x80000000u)
      break;
    xTaskNotifyGive(main_task);
  }
  xTaskNotifyGive(main_task);
  vTaskDelete(NULL);
}

static void spinner(void *argument) {
  volatile int *count = argument;
  for (;;) {
    ++*count;
    vTaskDelay(1);
  }
}

static void late(void *first, uint32_t second) {
  printf("pended call: %s %lu\n", (const char *)first, (unsigned long)second);
  xTaskNotifyGive(main_task);
}

void app_main(void) {
  TaskHandle_t task;
  main_task = xTaskGetCurrentTaskHandle();
  xTaskCreate(worker, "worker", 3072, NULL, 3, &task);
  xTaskNotify(task, 5, eSetBits);
  ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
  xTaskNotify(task, 0x10, eSetValueWithOverwrite);
  ulTaskNotifyTake(pdTRUE, portMAX_DELAY);

  vTaskPrioritySet(NULL, 5); // several in a row while it cannot look
  xTaskNotify(task, 0x01, eSetBits);
  xTaskNotify(task, 0x40, eSetBits);
  xTaskNotify(task, 0, eIncrement);
  printf("not overwritten: %d\n", xTaskNotify(task, 7, eSetValueWithoutOverwrite));
  vTaskPrioritySet(NULL, 1);
  ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
  xTaskNotify(task, 0x80000000u, eSetBits);
  ulTaskNotifyTake(pdTRUE, portMAX_DELAY);

  static volatile int spins;
  xTaskCreate(spinner, "spinner", 2048, (void *)&spins, 2, &task);
  vTaskDelay(20);
  vTaskSuspend(task);
  int before = spins;
  vTaskDelay(20);
  printf("suspended: %s, state %d\n", spins == before && before >= 19 ? "stands still" : "runs", eTaskGetState(task));
  vTaskResume(task);
  vTaskDelay(20);
  printf("resumed: %s\n", spins > before + 15 ? "runs" : "stands still");
  vTaskDelete(task);

  xTimerPendFunctionCall(late, "hello", 42, portMAX_DELAY);
  for (int i = 0; i < 3; i++)
    xTaskNotifyGive(main_task);
  printf("count %lu", (unsigned long)ulTaskNotifyTake(pdFALSE, 10));
  vTaskDelay(1);
  printf(", all %lu\n", (unsigned long)ulTaskNotifyTake(pdTRUE, 10));
}
