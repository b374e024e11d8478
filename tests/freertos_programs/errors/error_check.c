// ESP_ERROR_CHECK of a failure.
// EXPECT: trap: abort: abort: ESP_ERROR_CHECK failed in app_main\(\) at .*error_check\.c:7
// TRAP
#include "driver/gpio.h"
#include "freertos/FreeRTOS.h"
void app_main(void) {
  ESP_ERROR_CHECK(gpio_set_direction(99, GPIO_MODE_OUTPUT));
}
