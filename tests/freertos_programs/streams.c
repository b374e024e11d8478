// Stream and message buffers between two tasks, trigger level, and critical sections with and without a spinlock.
#include "freertos/FreeRTOS.h"
#include "freertos/message_buffer.h"
#include "freertos/stream_buffer.h"
#include "freertos/task.h"
#include <stdio.h>
#include <string.h>

static StreamBufferHandle_t stream;
static MessageBufferHandle_t messages;
static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;
static volatile int shared;

static void writer(void *argument) {
  (void)argument;
  const char *text = "the quick brown fox";
  for (size_t i = 0; i < strlen(text); i += 5) {
    size_t left = strlen(text) - i;
    xStreamBufferSend(stream, text + i, left < 5 ? left : 5, portMAX_DELAY);
    vTaskDelay(4);
  }
  const char *words[] = {"jumps", "over", "it"};
  for (int i = 0; i < 3; i++)
    xMessageBufferSend(messages, words[i], strlen(words[i]), portMAX_DELAY);
  for (int i = 0; i < 20000; i++) {
    taskENTER_CRITICAL(&lock);
    shared++;
    taskEXIT_CRITICAL(&lock);
  }
  vTaskDelete(NULL);
}

void app_main(void) {
  stream = xStreamBufferCreate(16, 10);
  messages = xMessageBufferCreate(32);
  xTaskCreate(writer, "writer", 3072, NULL, 1, NULL);
  char buffer[32];
  size_t total = 0;
  while (total < 19) {
    size_t got = xStreamBufferReceive(stream, buffer, sizeof buffer - 1, 20);
    buffer[got] = 0;
    total += got;
    printf("stream: \"%s\"\n", buffer);
  }
  for (int i = 0; i < 3; i++) {
    size_t got = xMessageBufferReceive(messages, buffer, sizeof buffer, portMAX_DELAY);
    printf("message: %.*s\n", (int)got, buffer);
  }
  for (int i = 0; i < 20000; i++) {
    portENTER_CRITICAL(&lock);
    shared++;
    portEXIT_CRITICAL(&lock);
  }
  vTaskDelay(200);
  printf("%d\n", shared);
}
