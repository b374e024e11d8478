// Queues: order, full and empty, front, peek, overwrite, sets, structures, reset.
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"
#include <stdio.h>
#include <string.h>

typedef struct {
  char text[10];
  double value;
  uint8_t small;
} item_t;

static void slow_reader(void *argument) {
  QueueHandle_t queue = argument;
  item_t item;
  for (int i = 0; i < 6; i++) {
    vTaskDelay(10);
    if (xQueueReceive(queue, &item, 0) == pdPASS)
      printf("t=%u read %s %.3f %u\n", (unsigned)xTaskGetTickCount(), item.text, item.value, item.small);
  }
  vTaskDelete(NULL);
}

void app_main(void) {
  QueueHandle_t queue = xQueueCreate(2, sizeof(item_t));
  xTaskCreate(slow_reader, "reader", 3072, queue, 4, NULL);
  for (int i = 0; i < 5; i++) {
    item_t item = {.value = i * 1.125, .small = (uint8_t)(250 + i)};
    snprintf(item.text, sizeof item.text, "item%d", i);
    if (xQueueSend(queue, &item, 0) != pdPASS) {
      printf("t=%u full: %u waiting, %u free\n", (unsigned)xTaskGetTickCount(), (unsigned)uxQueueMessagesWaiting(queue),
             (unsigned)uxQueueSpacesAvailable(queue));
      BaseType_t sent = xQueueSend(queue, &item, pdMS_TO_TICKS(50));
      printf("t=%u sent late: %d\n", (unsigned)xTaskGetTickCount(), sent);
    }
  }
  vTaskDelay(50);

  int n = 1, m = 2, got = 0;
  QueueHandle_t ints = xQueueCreate(3, sizeof(int));
  xQueueSendToBack(ints, &n, 0);
  xQueueSendToFront(ints, &m, 0);
  xQueuePeek(ints, &got, 0);
  printf("peek %d\n", got);
  xQueueReceive(ints, &got, 0);
  xQueueReceive(ints, &got, 0);
  printf("then %d, empty: %d\n", got, xQueueReceive(ints, &got, 5));

  QueueHandle_t mailbox = xQueueCreate(1, sizeof(int));
  for (int i = 10; i < 13; i++)
    xQueueOverwrite(mailbox, &i);
  xQueueReceive(mailbox, &got, 0);
  printf("mailbox %d\n", got);

  QueueSetHandle_t set = xQueueCreateSet(4);
  xQueueAddToSet(ints, set);
  xQueueAddToSet(mailbox, set);
  xQueueSend(mailbox, &m, 0);
  xQueueSend(ints, &n, 0);
  for (int i = 0; i < 2; i++) {
    QueueSetMemberHandle_t member = xQueueSelectFromSet(set, 10);
    xQueueReceive(member, &got, 0);
    printf("from %s: %d\n", member == ints ? "ints" : "mailbox", got);
  }
  for (int i = 0; i < 3; i++)
    xQueueSend(ints, &i, 0);
  xQueueReset(ints);
  printf("after reset %u\n", (unsigned)uxQueueMessagesWaiting(ints));
}
