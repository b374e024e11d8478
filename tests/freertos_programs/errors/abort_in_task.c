// EXPECT: trap: abort: assertion "value == 3" failed in check at .*abort_in_task\.c:9 in check\(\)
// TRAP
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include <assert.h>

static volatile int value = 2;
__attribute__((noinline)) static void check(void) {
  assert(value == 3);
}
static void task(void *argument) {
  (void)argument;
  check();
  vTaskDelete(NULL);
}
void app_main(void) {
  xTaskCreate(task, "task", 4096, NULL, 5, NULL);
  vTaskDelay(10);
}
