// More tasks inside guest code than there are contexts.
// EXPECT: trap: no free context.*64
// TRAP
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
static void task(void *argument) {
  (void)argument;
  vTaskSuspend(NULL);
}
void app_main(void) {
  for (int i = 0; i < 70; i++)
    xTaskCreate(task, "task", 2048, NULL, 5, NULL);
}
