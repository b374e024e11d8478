// SPDX-License-Identifier: Apache-2.0
// Sleep modes and the description of the chip behind esp_sleep.h, esp_chip_info.h and esp_flash.h.
#include "esp_sleep.h"

#include "esp_chip_info.h"
#include "esp_flash.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "freertos_board.h"
#include "port_board.h"

static uint64_t wake_after_us;
static bool wakes_by_timer;
static esp_sleep_wakeup_cause_t wakeup_cause = ESP_SLEEP_WAKEUP_UNDEFINED;

esp_err_t esp_sleep_enable_timer_wakeup(uint64_t time_in_us) {
  if (time_in_us > UINT64_MAX / (PORT_CLOCK_HZ / 1000000u))
    return ESP_ERR_INVALID_ARG;
  wake_after_us = time_in_us;
  wakes_by_timer = true;
  return ESP_OK;
}

esp_err_t esp_sleep_disable_wakeup_source(esp_sleep_source_t source) {
  if (source != ESP_SLEEP_WAKEUP_TIMER && source != ESP_SLEEP_WAKEUP_ALL)
    return ESP_ERR_INVALID_STATE;
  if (source == ESP_SLEEP_WAKEUP_TIMER && !wakes_by_timer)
    return ESP_ERR_INVALID_STATE;
  wakes_by_timer = false;
  return ESP_OK;
}

esp_sleep_wakeup_cause_t esp_sleep_get_wakeup_cause(void) { return wakeup_cause; }

esp_err_t esp_light_sleep_start(void) {
  // Nothing but the timer could wake the board.
  if (!wakes_by_timer)
    return ESP_ERR_INVALID_STATE;
  const uint64_t end = port_clock() + wake_after_us * (PORT_CLOCK_HZ / 1000000u);
  // No task runs meanwhile; time goes on, so that what became due is done after waking.
  vTaskSuspendAll();
  while (port_clock() < end) {
  }
  (void)xTaskResumeAll();
  wakeup_cause = ESP_SLEEP_WAKEUP_TIMER;
  return ESP_OK;
}

void esp_deep_sleep_start(void) {
  (void)esp_light_sleep_start();
  board_restart();
}

void esp_deep_sleep(uint64_t time_in_us) {
  (void)esp_sleep_enable_timer_wakeup(time_in_us);
  esp_deep_sleep_start();
}

void esp_chip_info(esp_chip_info_t *info) {
  *info = (esp_chip_info_t){.model = CHIP_POSIX_LINUX, .features = 0, .revision = 0, .cores = 1};
}

// 32 MB of the board's memory are where modules lie, as they would in flash.
#define MODULE_WINDOW_BYTES (32u << 20)

esp_err_t esp_flash_get_size(esp_flash_t *chip, uint32_t *size) {
  if (chip != NULL || size == NULL)
    return ESP_ERR_INVALID_ARG;
  *size = MODULE_WINDOW_BYTES;
  return ESP_OK;
}
