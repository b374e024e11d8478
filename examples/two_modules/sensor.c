// Measures and tells the task "display", whoever that belongs to.
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <stdio.h>

static int shown = 100; // not the display's variable of that name

static void measure(TimerHandle_t timer) {
  TaskHandle_t display = pvTimerGetTimerID(timer);
  static uint32_t degrees = 195;
  degrees += 3;
  shown++;
  xTaskNotify(display, degrees > 210 ? 0 : degrees, eSetValueWithOverwrite);
  if (degrees > 210) {
    printf("sensor: that is all, %d\n", shown);
    xTimerDelete(timer, portMAX_DELAY);
  }
}

void app_main(void) {
  TaskHandle_t display;
  while ((display = xTaskGetHandle("display")) == NULL)
    vTaskDelay(1);
  xTimerStart(xTimerCreate("measure", pdMS_TO_TICKS(50), pdTRUE, display, measure), portMAX_DELAY);
}
