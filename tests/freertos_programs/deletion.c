// Tasks that delete themselves, others, and are deleted while they run guest code, wait, or hold nothing. The heap is as before.
#include "esp_heap_caps.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"
#include <stdio.h>
#include <stdlib.h>

static volatile unsigned spins;
static QueueHandle_t queue;

static void spin(void *argument) {
  (void)argument;
  for (;;)
    spins++;
}
static int deep(int n) { return n == 0 ? (vTaskDelay(1000), 0) : deep(n - 1) + 1; }
static void sleep_deep(void *argument) {
  (void)argument;
  deep(20);
}
static void wait_queue(void *argument) {
  int value;
  (void)argument;
  xQueueReceive(queue, &value, portMAX_DELAY);
}
static int compare(const void *a, const void *b) {
  vTaskDelay(3);
  return *(const int *)a - *(const int *)b;
}
static void in_qsort(void *argument) {
  (void)argument;
  int values[] = {5, 3, 1, 4, 2};
  qsort(values, 5, sizeof values[0], compare); // deleted inside guest code inside native code inside guest code
  printf("not reached\n");
}
static void suicide(void *argument) {
  (void)argument;
  vTaskDelete(NULL);
}

static void round_of(void) {
  TaskFunction_t functions[] = {spin, sleep_deep, wait_queue, in_qsort};
  TaskHandle_t tasks[4];
  for (int i = 0; i < 4; i++)
    xTaskCreate(functions[i], "victim", 3072, NULL, 1, &tasks[i]);
  xTaskCreate(suicide, "suicide", 2048, NULL, 4, NULL);
  vTaskDelay(5);
  for (int i = 0; i < 4; i++)
    vTaskDelete(tasks[i]);
  vTaskDelay(2); // the idle task cleans up
}

void app_main(void) {
  const UBaseType_t tasks_before = uxTaskGetNumberOfTasks();
  queue = xQueueCreate(1, sizeof(int));
  round_of();
  size_t before = heap_caps_get_free_size(MALLOC_CAP_DEFAULT);
  for (int i = 0; i < 100; i++)
    round_of();
  long lost = (long)before - (long)heap_caps_get_free_size(MALLOC_CAP_DEFAULT);
  printf("%u tasks left, %ld bytes lost, spun: %s\n", (unsigned)(uxTaskGetNumberOfTasks() - tasks_before), lost, spins > 1000 ? "yes" : "no");
}
