// A software timer whose callback is a function of this module. The counter lies in the timer's ID, as in any FreeRTOS program.
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <stdio.h>

typedef struct {
  const char *what;
  int left;
} job_t;

static void on_timer(TimerHandle_t timer) {
  job_t *job = pvTimerGetTimerID(timer);
  job->left--;
  printf("%4u ms  %-8s %s, %d to go\n", (unsigned)pdTICKS_TO_MS(xTaskGetTickCount()), pcTimerGetName(timer), job->what, job->left);
  if (job->left == 0)
    xTimerDelete(timer, portMAX_DELAY);
}

void app_main(void) {
  static job_t blink = {"blinks", 5}, beep = {"beeps", 3}, once = {"rings", 1};
  xTimerStart(xTimerCreate("led", pdMS_TO_TICKS(100), pdTRUE, &blink, on_timer), portMAX_DELAY);
  xTimerStart(xTimerCreate("buzzer", pdMS_TO_TICKS(150), pdTRUE, &beep, on_timer), portMAX_DELAY);
  xTimerStart(xTimerCreate("alarm", pdMS_TO_TICKS(220), pdFALSE, &once, on_timer), portMAX_DELAY);
  printf("three timers started; app_main returns\n");
}
