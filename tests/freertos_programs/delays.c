// vTaskDelay, xTaskDelayUntil with work in between, priorities, yield, round robin, ticks and milliseconds.
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include <stdio.h>

static void periodic(void *argument) {
  const TickType_t period = (TickType_t)(uintptr_t)argument;
  TickType_t wake = xTaskGetTickCount();
  for (int i = 0; i < 3; i++) {
    vTaskDelay(i * 2); // work of changing length
    BaseType_t delayed = xTaskDelayUntil(&wake, period);
    printf("period %u at %u%s\n", (unsigned)period, (unsigned)xTaskGetTickCount(), delayed ? "" : " (late)");
  }
  vTaskDelete(NULL);
}

static char order[20];
static int filled;

static void letter(void *argument) {
  for (int i = 0; i < 3; i++) {
    order[filled++] = (char)(uintptr_t)argument;
    taskYIELD();
  }
  vTaskDelete(NULL);
}

void app_main(void) {
  printf("tick %u ms, %u ticks are %u ms\n", (unsigned)portTICK_PERIOD_MS, (unsigned)pdMS_TO_TICKS(250), (unsigned)pdTICKS_TO_MS(250));
  xTaskCreate(periodic, "ten", 3072, (void *)10, 4, NULL);
  xTaskCreate(periodic, "three", 3072, (void *)3, 4, NULL);
  vTaskDelay(50);
  for (char c = 'a'; c <= 'c'; c++)
    xTaskCreate(letter, "letter", 2048, (void *)(uintptr_t)c, 1, NULL);
  vTaskDelay(5);
  printf("%s\n", order);
  vTaskPrioritySet(NULL, 7);
  xTaskCreate(letter, "letter", 2048, (void *)(uintptr_t)'d', 6, NULL);
  printf("%s, priority %u\n", order, (unsigned)uxTaskPriorityGet(NULL));
  vTaskDelay(2);
  printf("%s\n", order);
}
