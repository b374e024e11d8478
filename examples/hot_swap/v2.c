// Version 2 takes over where version 1 stopped, and shows the mean, which version 1 could not. It runs a timer.
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/timers.h"
#include "nvs_flash.h"
#include "state.h"

static state_t state;

static void sample(TimerHandle_t timer) {
  state.samples++;
  state.sum += 230;
  ESP_LOGI("v2", "sample %ld, mean %.2f degrees", (long)state.samples, state.sum / 10.0 / state.samples);
  if (state.samples == 8)
    xTimerDelete(timer, portMAX_DELAY);
}

int main(void) {
  ESP_ERROR_CHECK(nvs_flash_init());
  if (!load(&state)) {
    ESP_LOGW("v2", "no state found, starting afresh");
  } else {
    ESP_LOGI("v2", "took over %ld samples from version %ld at %lu ms", (long)state.samples, (long)state.version,
             (unsigned long)esp_log_timestamp());
  }
  state.version = 2;
  xTimerStart(xTimerCreate("sample", pdMS_TO_TICKS(100), pdTRUE, NULL, sample), portMAX_DELAY);
  return 0;
}
