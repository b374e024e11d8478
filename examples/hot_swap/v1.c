// Version 1 of a thermostat's logic: counts samples and adds them up. What it knows is kept where the next version looks for it.
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "nvs_flash.h"
#include "state.h"

void app_main(void) {
  ESP_ERROR_CHECK(nvs_flash_init());
  state_t state = {.version = 1, .samples = 0, .sum = 0};
  for (int i = 0; i < 5; i++) {
    state.samples++;
    state.sum += 200 + 3 * i; // tenths of a degree
    ESP_LOGI("v1", "sample %ld, sum %ld", (long)state.samples, (long)state.sum);
    vTaskDelay(pdMS_TO_TICKS(100));
  }
  save(&state);
  ESP_LOGI("v1", "state saved, good bye");
}
