// Tasks of one priority print long lines: each stays whole, none is lost, whatever the tick interrupts.
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include <stdio.h>
#include <string.h>

#define TASKS 4
#define LINES 40
static SemaphoreHandle_t done;

static void printer(void *argument) {
  const int me = (int)(uintptr_t)argument;
  for (int i = 0; i < LINES; i++) {
    volatile unsigned sum = 0;
    for (unsigned k = 0; k < 500u * (unsigned)(me + 1); k++)
      sum += k;
    if (i % 10 == 9) // all the same line, since who comes first depends on the optimiser
      printf("%-30s|%08d|%s|%f\n", "a line of one piece", i / LINES, "................................................................................", 0.125);
  }
  xSemaphoreGive(done);
  vTaskDelete(NULL);
}

void app_main(void) {
  done = xSemaphoreCreateCounting(TASKS, 0);
  for (int i = 0; i < TASKS; i++)
    xTaskCreate(printer, "printer", 4096, (void *)(uintptr_t)i, 1, NULL);
  for (int i = 0; i < TASKS; i++)
    xSemaphoreTake(done, portMAX_DELAY);
  puts("all printed");
}
