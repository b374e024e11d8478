// SPDX-License-Identifier: Apache-2.0
// An ordinary ESP-IDF program that uses most of the headers; the test compiles it as C and C++, for native
// code and for modules.
#include "driver/gpio.h"
#include "esp_check.h"
#include "esp_err.h"
#include "esp_log.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "freertos/timers.h"

#include <inttypes.h>
#include <stdio.h>

static const char *TAG = "script";
static portMUX_TYPE mux = portMUX_INITIALIZER_UNLOCKED;
static QueueHandle_t events;
static EventGroupHandle_t group;
static uint32_t ticks;

static void IRAM_ATTR on_pin(void *arg) {
  uint32_t pin = (uint32_t)(uintptr_t)arg;
  BaseType_t woken = pdFALSE;
  portENTER_CRITICAL_ISR(&mux);
  ticks++;
  portEXIT_CRITICAL_ISR(&mux);
  xQueueSendFromISR(events, &pin, &woken);
  xEventGroupSetBitsFromISR(group, BIT0, &woken);
  if (woken)
    portYIELD_FROM_ISR();
  portYIELD_FROM_ISR(woken);
}

static void on_timer(TimerHandle_t timer) {
  ESP_LOGI(TAG, "timer %s id %p", pcTimerGetName(timer), pvTimerGetTimerID(timer));
  taskENTER_CRITICAL(&mux);
  ticks += 2;
  taskEXIT_CRITICAL(&mux);
}

static esp_err_t configure(void) {
  gpio_config_t config = {};
  config.pin_bit_mask = (1ULL << GPIO_NUM_2) | (1ULL << GPIO_NUM_4);
  config.mode = GPIO_MODE_INPUT_OUTPUT;
  config.intr_type = GPIO_INTR_ANYEDGE;
  ESP_RETURN_ON_ERROR(gpio_config(&config), TAG, "pins %d", 2);
  ESP_ERROR_CHECK(gpio_install_isr_service(ESP_INTR_FLAG_LEVEL1));
  return gpio_isr_handler_add(GPIO_NUM_2, on_pin, (void *)2);
}

static void worker(void *arg) {
  uint32_t pin;
  TickType_t wake = xTaskGetTickCount();
  while (xQueueReceive(events, &pin, pdMS_TO_TICKS(100)) == pdTRUE) {
    ESP_LOGW(TAG, "pin %" PRIu32 " level %d", pin, gpio_get_level((gpio_num_t)pin));
    vTaskDelayUntil(&wake, 1000 / portTICK_PERIOD_MS);
  }
  xTaskNotifyGive((TaskHandle_t)arg);
  vTaskDelete(NULL);
}

#ifdef __cplusplus
extern "C"
#endif
    void app_main(void);

void app_main(void) {
  events = xQueueCreate(10, sizeof(uint32_t));
  group = xEventGroupCreate();
  SemaphoreHandle_t mutex = xSemaphoreCreateMutex();
  if (events == NULL || group == NULL || mutex == NULL)
    esp_restart();
  ESP_ERROR_CHECK(configure());
  TimerHandle_t timer = xTimerCreate("blink", pdMS_TO_TICKS(500), pdTRUE, (void *)7, on_timer);
  xTimerStart(timer, 0);
  xTaskCreatePinnedToCore(worker, "worker", 4096, xTaskGetCurrentTaskHandle(), tskIDLE_PRIORITY + 5, NULL,
                          tskNO_AFFINITY);
  if (xSemaphoreTake(mutex, portMAX_DELAY) == pdTRUE)
    xSemaphoreGive(mutex);
  ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
  printf("%" PRIu32 " free of heap, %lld us\n", esp_get_free_heap_size(), (long long)esp_timer_get_time());
}
