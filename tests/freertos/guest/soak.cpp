// SPDX-License-Identifier: Apache-2.0
// What an instance may use, all of it: static objects, the heap, tasks, timers, callbacks; loaded and unloaded over and over.
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <cstdlib>

struct Block {
  explicit Block(size_t size) : bytes(new char[size]) {}
  ~Block() { delete[] bytes; }
  char *bytes;
};
static Block static_block(500);
static int fired;

static void task(void *argument) {
  Block block(100);
  int value = 7;
  xQueueSend(static_cast<QueueHandle_t>(argument), &value, portMAX_DELAY);
  block.bytes[0] = 1;
  vTaskDelete(nullptr);
}

extern "C" int app_main() {
  QueueHandle_t queue = xQueueCreate(1, sizeof(int));
  TimerHandle_t timer = xTimerCreate("t", 1, pdTRUE, nullptr, [](TimerHandle_t) { fired++; });
  xTimerStart(timer, 0);
  xTaskCreate([](void *a) { task(a); }, "task", 2048, queue, 2, nullptr);
  int value = 0;
  xQueueReceive(queue, &value, portMAX_DELAY);
  int numbers[] = {3, 1, 2};
  qsort(numbers, 3, sizeof numbers[0], [](const void *a, const void *b) { return *static_cast<const int *>(a) - *static_cast<const int *>(b); });
  while (fired < 2)
    vTaskDelay(1);
  xTimerDelete(timer, portMAX_DELAY);
  vQueueDelete(queue);
  return numbers[0] == 1 && value == 7 ? 0 : 1;
}
