// A task's own stacks are bounded like main's.
// EXPECT: trap: stack overflow in down\(\)
// TRAP
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

__attribute__((noinline)) static int down(volatile int *n) {
  volatile int here = *n + 1;
  return down(&here) + here;
}
static void task(void *argument) {
  volatile int start = 0;
  down(&start);
  (void)argument;
  vTaskDelete(NULL);
}
void app_main(void) { xTaskCreate(task, "task", 4096, NULL, 5, NULL); }
