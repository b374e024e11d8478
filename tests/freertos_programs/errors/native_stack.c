// A native stack that is too small for what the task calls: the kernel notices, with the task's name.
// EXPECT: the board gave up: stack overflow in task: tiny
// TRAP
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b) {
  char text[20];
  snprintf(text, sizeof text, "%f", 1.5);
  return *(const int *)a - *(const int *)b;
}
static void task(void *argument) {
  int values[4] = {4, 3, 2, 1};
  (void)argument;
  qsort(values, 4, sizeof values[0], compare);
  vTaskDelay(1);
  vTaskDelete(NULL);
}
void app_main(void) { xTaskCreate(task, "tiny", 700, NULL, 5, NULL); }
