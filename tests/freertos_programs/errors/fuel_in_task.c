// FUEL: 50000
// EXPECT: (?i)fuel.* in task\(\)
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
static volatile unsigned spins;
static void task(void *argument) {
  (void)argument;
  for (;;)
    spins++;
}
void app_main(void) { xTaskCreate(task, "task", 2048, NULL, 5, NULL); }
