// Software timers: one-shot, auto-reload, change of period, reset, restart from the callback, IDs of all kinds, static memory.
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <stdio.h>

static SemaphoreHandle_t done;

static void count_id(TimerHandle_t timer) {
  uintptr_t count = (uintptr_t)pvTimerGetTimerID(timer) + 1;
  vTimerSetTimerID(timer, (void *)count);
  printf("%u: %s %u, period %u\n", (unsigned)xTaskGetTickCount(), pcTimerGetName(timer), (unsigned)count, (unsigned)xTimerGetPeriod(timer));
  if (count == 2)
    xTimerChangePeriod(timer, 25, 0);
  if (count == 4) {
    xTimerStop(timer, 0);
    xSemaphoreGive(done);
  }
}

static void once(TimerHandle_t timer) {
  int *shots = pvTimerGetTimerID(timer);
  printf("%u: shot %d\n", (unsigned)xTaskGetTickCount(), ++*shots);
  if (*shots < 3)
    xTimerStart(timer, 0); // a one-shot timer that starts itself again
  else
    xSemaphoreGive(done);
}

static void watchdog(TimerHandle_t timer) {
  (void)timer;
  printf("%u: the dog bit\n", (unsigned)xTaskGetTickCount());
  xSemaphoreGive(done);
}

void app_main(void) {
  done = xSemaphoreCreateCounting(3, 0);
  static int shots;
  static StaticTimer_t memory;
  TimerHandle_t reload = xTimerCreate("reload", 10, pdTRUE, (void *)0, count_id);
  TimerHandle_t shot = xTimerCreate("shot", 15, pdFALSE, &shots, once);
  TimerHandle_t dog = xTimerCreateStatic("dog", 20, pdFALSE, NULL, watchdog, &memory);
  printf("active before start: %d\n", (int)xTimerIsTimerActive(reload));
  xTimerStart(reload, 0);
  xTimerStart(shot, 0);
  xTimerStart(dog, 0);
  for (int i = 0; i < 5; i++) {
    vTaskDelay(12);
    xTimerReset(dog, 0);
  }
  for (int i = 0; i < 3; i++)
    xSemaphoreTake(done, portMAX_DELAY);
  vTaskDelay(1);
  printf("active at the end: %d %d %d\n", (int)xTimerIsTimerActive(reload), (int)xTimerIsTimerActive(shot), (int)xTimerIsTimerActive(dog));
  xTimerDelete(reload, 0);
}
