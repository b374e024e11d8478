// A trap in an interrupt handler.
// RUN: --gpio 20:3=1
// EXPECT: trap: division by zero in on_pin\(\)
// TRAP
#include "driver/gpio.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

static volatile int zero;
static void IRAM_ATTR on_pin(void *argument) { *(volatile int *)argument = 7 / zero; }

void app_main(void) {
  static int result;
  gpio_config_t pin = {.pin_bit_mask = 1ULL << 3, .mode = GPIO_MODE_INPUT, .pull_down_en = 1, .intr_type = GPIO_INTR_POSEDGE};
  gpio_config(&pin);
  gpio_install_isr_service(0);
  gpio_isr_handler_add(3, on_pin, &result);
}
