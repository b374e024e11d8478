// Interrupts of pins: a handler per pin, a queue and a task that debounces, any edge, an ISR that counts by itself.
// RUN: --gpio 10:4=1,12:4=0,13:4=1,40:4=0,60:5=1,61:5=0,62:5=1,90:4=1
#include "driver/gpio.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"
#include <inttypes.h>

static const char *TAG = "pins";
static QueueHandle_t events;
static volatile uint32_t counted;

static void IRAM_ATTR on_pin(void *argument) {
  uint32_t pin = (uint32_t)argument;
  xQueueSendFromISR(events, &pin, NULL);
}
static void IRAM_ATTR on_count(void *argument) { *(volatile uint32_t *)argument += 1; }

static void watch(void *argument) {
  (void)argument;
  uint32_t pin;
  TickType_t last = 0;
  for (int i = 0; i < 5; i++) {
    xQueueReceive(events, &pin, portMAX_DELAY);
    TickType_t now = xTaskGetTickCount();
    if (last != 0 && now - last < 5)
      ESP_LOGD(TAG, "bounce");
    else
      ESP_LOGI(TAG, "pin %" PRIu32 " is %d", pin, gpio_get_level(pin));
    last = now;
  }
  ESP_LOGI(TAG, "pin 5 rose %" PRIu32 " times", counted);
  gpio_isr_handler_remove(4);
  gpio_isr_handler_remove(5);
  gpio_uninstall_isr_service();
  vTaskDelete(NULL);
}

void app_main(void) {
  events = xQueueCreate(8, sizeof(uint32_t));
  gpio_config_t any = {.pin_bit_mask = 1ULL << 4, .mode = GPIO_MODE_INPUT, .pull_down_en = 1, .intr_type = GPIO_INTR_ANYEDGE};
  gpio_config_t rising = {.pin_bit_mask = BIT64(5), .mode = GPIO_MODE_INPUT, .pull_down_en = GPIO_PULLDOWN_ENABLE, .intr_type = GPIO_INTR_POSEDGE};
  gpio_config(&any);
  gpio_config(&rising);
  gpio_install_isr_service(ESP_INTR_FLAG_IRAM);
  gpio_isr_handler_add(4, on_pin, (void *)4);
  gpio_isr_handler_add(5, on_count, (void *)&counted);
  xTaskCreate(watch, "watch", 4096, NULL, 10, NULL);
}
