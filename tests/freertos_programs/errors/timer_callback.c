// A trap in a callback ends the run with its place, although no guest code waits for the callback.
// EXPECT: trap: division by zero in on_timer\(\) at .*timer_callback\.c:13
// TRAP
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/timers.h"

static volatile int zero;

static void on_timer(TimerHandle_t timer) {
  int *counter = pvTimerGetTimerID(timer);
  if (++*counter == 3)
    *counter /= zero;
}

void app_main(void) {
  static int counter;
  xTimerStart(xTimerCreate("t", 10, pdTRUE, &counter, on_timer), 0);
  for (;;)
    vTaskDelay(100);
}
