// All levels of ESP_LOG, levels per tag, buffers, errors' names, and printf of every class of argument.
#include "esp_check.h"
#include "esp_log.h"
#include "esp_system.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include <inttypes.h>
#include <stdio.h>

static const char *TAG = "app";

static esp_err_t may_fail(int what) {
  ESP_RETURN_ON_FALSE(what != 1, ESP_ERR_INVALID_ARG, TAG, "one is not allowed (%d)", what);
  ESP_RETURN_ON_ERROR(what == 2 ? ESP_ERR_NO_MEM : ESP_OK, TAG, "no memory");
  return ESP_OK;
}

void app_main(void) {
  ESP_LOGE(TAG, "error %d", -1);
  ESP_LOGW(TAG, "warning %u", 2u);
  ESP_LOGI(TAG, "info %s", "three");
  ESP_LOGD(TAG, "debug is off");
  esp_log_level_set(TAG, ESP_LOG_WARN);
  ESP_LOGI(TAG, "off now");
  ESP_LOGW(TAG, "still on");
  esp_log_level_set("*", ESP_LOG_INFO);
  vTaskDelay(pdMS_TO_TICKS(1234));
  ESP_LOGI(TAG, "%d %" PRId64 " %f %c %5.2f|%-6s|%06x %p %%", -7, (int64_t)-5000000000, 2.5, 'z', 3.14159, "ab", 0xbeef, (void *)0x10);
  uint8_t bytes[20];
  for (int i = 0; i < 20; i++)
    bytes[i] = (uint8_t)(i * 13);
  ESP_LOG_BUFFER_HEX(TAG, bytes, sizeof bytes);
  ESP_LOG_BUFFER_CHAR(TAG, "some text", 9);
  for (int i = 0; i < 3; i++)
    ESP_LOGI("check", "%s", esp_err_to_name(may_fail(i)));
  printf("%s %s\n", esp_err_to_name(ESP_ERR_TIMEOUT), esp_err_to_name(0x7777));
}
