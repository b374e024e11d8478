// main returns first; its exit status is kept while a task and a timer go on, and destructors of the run's end come last.
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <stdio.h>

static int ticks;

static void on_timer(TimerHandle_t timer) {
  printf("timer %d\n", ++ticks);
  if (ticks == 3)
    xTimerStop(timer, 0);
}

static void task(void *argument) {
  vTaskDelay(25);
  printf("task: %s\n", (const char *)argument);
  vTaskDelete(NULL);
}

__attribute__((destructor)) static void at_end(void) { printf("destructor, %d ticks\n", ticks); }

int main(void) {
  xTimerStart(xTimerCreate("t", 10, pdTRUE, NULL, on_timer), 0);
  xTaskCreate(task, "task", 3072, "still here", 2, NULL);
  puts("main returns");
  return 17;
}
// EXIT: 17
