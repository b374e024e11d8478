// The classic: configure a pin by gpio_config, switch it, log it. A button stops it, by an interrupt.
#include "driver/gpio.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"

#define LED GPIO_NUM_2
#define BUTTON GPIO_NUM_9

static const char *TAG = "blink";
static QueueHandle_t events;

static void IRAM_ATTR on_button(void *argument) {
  uint32_t pin = (uint32_t)argument;
  BaseType_t woken = pdFALSE;
  xQueueSendFromISR(events, &pin, &woken);
  portYIELD_FROM_ISR(woken);
}

void app_main(void) {
  events = xQueueCreate(4, sizeof(uint32_t));
  gpio_config_t led = {
      .pin_bit_mask = 1ULL << LED,
      .mode = GPIO_MODE_OUTPUT,
      .pull_up_en = GPIO_PULLUP_DISABLE,
      .pull_down_en = GPIO_PULLDOWN_DISABLE,
      .intr_type = GPIO_INTR_DISABLE,
  };
  ESP_ERROR_CHECK(gpio_config(&led));
  gpio_config_t button = {
      .pin_bit_mask = 1ULL << BUTTON,
      .mode = GPIO_MODE_INPUT,
      .pull_up_en = GPIO_PULLUP_ENABLE,
      .intr_type = GPIO_INTR_NEGEDGE,
  };
  ESP_ERROR_CHECK(gpio_config(&button));
  ESP_ERROR_CHECK(gpio_install_isr_service(0));
  ESP_ERROR_CHECK(gpio_isr_handler_add(BUTTON, on_button, (void *)BUTTON));

  bool on = false;
  uint32_t pin;
  while (xQueueReceive(events, &pin, pdMS_TO_TICKS(250)) == pdFALSE) {
    on = !on;
    ESP_LOGI(TAG, "LED %s", on ? "on" : "off");
    gpio_set_level(LED, on);
  }
  ESP_LOGW(TAG, "button on pin %lu pressed", (unsigned long)pin);
  gpio_set_level(LED, 0);
  gpio_isr_handler_remove(BUTTON);
}
