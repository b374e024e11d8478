// EXPECT: the board gave up: a FreeRTOS task function returned instead of calling vTaskDelete: careless
// TRAP
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
static void task(void *argument) { (void)argument; }
void app_main(void) { xTaskCreate(task, "careless", 2048, NULL, 5, NULL); }
