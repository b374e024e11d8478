// Two producers, a queue, a consumer that ends when all has arrived.
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include <stdio.h>

typedef struct {
  char producer;
  int number;
  int square;
} message_t;

typedef struct {
  char name;
  int count;
  TickType_t pause;
} producer_t;

static QueueHandle_t queue;
static SemaphoreHandle_t finished;

static void produce(void *argument) {
  const producer_t *me = argument;
  for (int i = 1; i <= me->count; i++) {
    message_t message = {me->name, i, i * i};
    xQueueSend(queue, &message, portMAX_DELAY);
    vTaskDelay(me->pause);
  }
  xSemaphoreGive(finished);
  vTaskDelete(NULL);
}

static void consume(void *argument) {
  int *sum = argument;
  message_t message;
  while (xQueueReceive(queue, &message, pdMS_TO_TICKS(200)) == pdTRUE) {
    printf("%c sent %d: %d\n", message.producer, message.number, message.square);
    *sum += message.square;
  }
  printf("nothing for 200 ms: done\n");
  xSemaphoreGive(finished);
  vTaskDelete(NULL);
}

int main(int argc, char **argv) {
  static const producer_t producers[] = {{'a', 4, pdMS_TO_TICKS(30)}, {'b', 3, pdMS_TO_TICKS(45)}};
  int sum = 0;
  queue = xQueueCreate(4, sizeof(message_t));
  finished = xSemaphoreCreateCounting(3, 0);
  for (int i = 0; i < 2; i++)
    xTaskCreate(produce, "producer", 2048, (void *)&producers[i], 5, NULL);
  xTaskCreate(consume, "consumer", 4096, &sum, 6, NULL);
  for (int i = 0; i < 3; i++)
    xSemaphoreTake(finished, portMAX_DELAY);
  vQueueDelete(queue);
  vSemaphoreDelete(finished);
  printf("%s: the squares add up to %d\n", argc > 1 ? argv[1] : "result", sum);
  return sum;
}
