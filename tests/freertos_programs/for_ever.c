// A program that never ends by itself: --for ends it.
// RUN: --for 0.055
#include "driver/gpio.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include <stdio.h>

void app_main(void) {
  gpio_reset_pin(GPIO_NUM_8);
  gpio_set_direction(GPIO_NUM_8, GPIO_MODE_OUTPUT);
  for (int i = 0;; i++) {
    gpio_set_level(GPIO_NUM_8, i & 1);
    printf("%d\n", i);
    vTaskDelay(pdMS_TO_TICKS(10));
  }
}
