// esp_timer: periodic and one-shot, microseconds, stop, delete, restart from a callback.
#include "esp_timer.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include <stdio.h>

static SemaphoreHandle_t done;
static esp_timer_handle_t periodic, single;
static int64_t start;

static long since(void) { return (long)((esp_timer_get_time() - start + 50) / 100 * 100); } // to a tenth of a millisecond

static void on_periodic(void *argument) {
  int *count = argument;
  printf("periodic %d after %ld us\n", ++*count, since());
  if (*count == 4) {
    ESP_ERROR_CHECK(esp_timer_stop(periodic));
    xSemaphoreGive(done);
  }
}

static void on_single(void *argument) {
  static int shots;
  printf("%s %d after %ld us\n", (const char *)argument, ++shots, since());
  if (shots < 3)
    ESP_ERROR_CHECK(esp_timer_start_once(single, 3300));
  else
    xSemaphoreGive(done);
}

void app_main(void) {
  static int count;
  done = xSemaphoreCreateCounting(2, 0);
  const esp_timer_create_args_t periodic_args = {.callback = on_periodic, .arg = &count, .name = "periodic"};
  const esp_timer_create_args_t single_args = {.callback = on_single, .arg = "single", .name = "single"};
  ESP_ERROR_CHECK(esp_timer_create(&periodic_args, &periodic));
  ESP_ERROR_CHECK(esp_timer_create(&single_args, &single));
  start = esp_timer_get_time();
  ESP_ERROR_CHECK(esp_timer_start_periodic(periodic, 2500));
  ESP_ERROR_CHECK(esp_timer_start_once(single, 1700));
  printf("active: %d, started again: %s\n", esp_timer_is_active(periodic), esp_err_to_name(esp_timer_start_once(single, 1)));
  xSemaphoreTake(done, portMAX_DELAY);
  xSemaphoreTake(done, portMAX_DELAY);
  ESP_ERROR_CHECK(esp_timer_delete(periodic));
  printf("stopped twice: %s\n", esp_err_to_name(esp_timer_stop(single)));
  ESP_ERROR_CHECK(esp_timer_delete(single));
}
