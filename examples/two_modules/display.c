// Shows what it is notified of. It knows nothing of who sends.
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include <stdio.h>

static int shown; // each module has its own data, and each run of a module too

static void display(void *argument) {
  (void)argument;
  uint32_t value;
  while (xTaskNotifyWait(0, 0, &value, portMAX_DELAY) == pdTRUE && value != 0) {
    shown++;
    printf("display: %lu.%lu degrees\n", (unsigned long)(value / 10), (unsigned long)(value % 10));
  }
  printf("display: %d values shown\n", shown);
  vTaskDelete(NULL);
}

void app_main(void) { xTaskCreate(display, "display", 4096, NULL, 6, NULL); }
