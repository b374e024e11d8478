// Binary, counting, mutex with priority inheritance, recursive mutex.
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include <stdio.h>

static SemaphoreHandle_t mutex, gate;

static void low(void *argument) {
  (void)argument;
  xSemaphoreTake(mutex, portMAX_DELAY);
  printf("low has the mutex, priority %u\n", (unsigned)uxTaskPriorityGet(NULL));
  vTaskDelay(10); // the high one comes meanwhile
  printf("low inherited priority %u\n", (unsigned)uxTaskPriorityGet(NULL));
  xSemaphoreGive(mutex);
  printf("low is back at %u\n", (unsigned)uxTaskPriorityGet(NULL));
  vTaskDelete(NULL);
}

static void high(void *argument) {
  (void)argument;
  vTaskDelay(5);
  printf("high waits, holder is %s\n", pcTaskGetName(xSemaphoreGetMutexHolder(mutex)));
  xSemaphoreTake(mutex, portMAX_DELAY);
  printf("high has it at %u\n", (unsigned)xTaskGetTickCount());
  xSemaphoreGive(mutex);
  vTaskDelete(NULL);
}

static void giver(void *argument) {
  for (int i = 0; i < 3; i++) {
    vTaskDelay(7);
    xSemaphoreGive((SemaphoreHandle_t)argument);
  }
  vTaskDelete(NULL);
}

int main(void) {
  mutex = xSemaphoreCreateMutex();
  xTaskCreate(low, "low", 3072, NULL, 2, NULL);
  xTaskCreate(high, "high", 3072, NULL, 8, NULL);
  vTaskDelay(30);

  gate = xSemaphoreCreateBinary();
  printf("binary starts empty: %d\n", xSemaphoreTake(gate, 0));
  xTaskCreate(giver, "giver", 2048, gate, 3, NULL);
  TickType_t start = xTaskGetTickCount();
  for (int i = 0; i < 3; i++) {
    xSemaphoreTake(gate, portMAX_DELAY);
    printf("given after %u\n", (unsigned)(xTaskGetTickCount() - start));
  }

  SemaphoreHandle_t counting = xSemaphoreCreateCounting(3, 1);
  for (int i = 0; i < 4; i++)
    printf("give %d: %d\n", i, xSemaphoreGive(counting));
  printf("count %u\n", (unsigned)uxSemaphoreGetCount(counting));

  SemaphoreHandle_t recursive = xSemaphoreCreateRecursiveMutex();
  int taken = 0;
  while (taken < 3 && xSemaphoreTakeRecursive(recursive, 0))
    taken++;
  for (int i = 0; i < 4; i++)
    printf("give back %d: %d\n", i, xSemaphoreGiveRecursive(recursive));
  return taken;
}
// EXIT: 3
