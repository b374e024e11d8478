// Everything in static memory: task, queue, semaphore, event group, timer; nothing of the heap is used.
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <stdio.h>

#define STACK 4096
static StackType_t stack[STACK];
static StaticTask_t task_memory;
static uint8_t storage[4 * sizeof(uint16_t)];
static StaticQueue_t queue_memory;
static StaticSemaphore_t semaphore_memory;
static StaticEventGroup_t group_memory;
static StaticTimer_t timer_memory;

static QueueHandle_t queue;
static SemaphoreHandle_t semaphore;
static EventGroupHandle_t group;

static void task(void *argument) {
  uint16_t value;
  while (xQueueReceive(queue, &value, 20) == pdTRUE)
    printf("%s got %u\n", (const char *)argument, value);
  xSemaphoreGive(semaphore);
  vTaskDelete(NULL);
}
static void on_timer(TimerHandle_t timer) {
  (void)timer;
  xEventGroupSetBits(group, 0x20);
}

void app_main(void) {
  TaskHandle_t handle;
  queue = xQueueCreateStatic(4, sizeof(uint16_t), storage, &queue_memory);
  semaphore = xSemaphoreCreateBinaryStatic(&semaphore_memory);
  group = xEventGroupCreateStatic(&group_memory);
  handle = xTaskCreateStatic(task, "static", STACK, "task", 3, stack, &task_memory);
  for (uint16_t i = 0; i < 6; i++) {
    uint16_t value = (uint16_t)(i * 11000);
    xQueueSend(queue, &value, portMAX_DELAY);
  }
  xTimerStart(xTimerCreateStatic("t", 10, pdFALSE, NULL, on_timer, &timer_memory), 0);
  printf("bits %x\n", (unsigned)xEventGroupWaitBits(group, 0x20, pdTRUE, pdTRUE, 100));
  printf("ended: %d, the queue is %s, the handle %s\n", (int)xSemaphoreTake(semaphore, 100),
         (void *)queue == (void *)&queue_memory ? "its memory" : "elsewhere", (void *)handle == (void *)&task_memory ? "too" : "not");
}
