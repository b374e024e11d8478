// SPDX-License-Identifier: Apache-2.0
// Queues, queue sets, semaphores and mutexes.
#include "check.h"

#include "freertos/FreeRTOS.h"
#include "freertos/message_buffer.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/stream_buffer.h"
#include "freertos/task.h"

#include "port_board.h"
#include "sim_gpio.h"

#include <string.h>

#define LINE SIM_IRQ_FIRST_FREE

struct item {
  uint8_t kind;
  uint64_t value;
};

static QueueHandle_t queue;

static void produce(void *argument) {
  for (uint32_t i = 0; i < 100; i++) {
    const struct item item = {.kind = (uint8_t)i, .value = 0x100000000ull * i + i};
    xQueueSend(queue, &item, portMAX_DELAY);
  }
  happened(*(const char *)argument);
  vTaskDelete(NULL);
}

static void send_from_isr(void *argument) {
  BaseType_t woken = pdFALSE;
  const struct item item = {.kind = 99, .value = (uintptr_t)argument};
  CHECK_EQ(xQueueSendFromISR(queue, &item, &woken), pdTRUE);
  struct item got;
  if (xQueuePeekFromISR(queue, &got))
    happened('p');
  CHECK_EQ(uxQueueMessagesWaitingFromISR(queue), 1);
  CHECK(!xQueueIsQueueEmptyFromISR(queue));
  CHECK(!xQueueIsQueueFullFromISR(queue));
  portYIELD_FROM_ISR(woken);
}

void test_queues(void) {
  const size_t heap = xPortGetFreeHeapSize();
  queue = xQueueCreate(4, sizeof(struct item));
  struct item item = {0};
  // Time-outs are exact.
  TickType_t start = xTaskGetTickCount();
  CHECK_EQ(xQueueReceive(queue, &item, 25), errQUEUE_EMPTY);
  CHECK_EQ(xTaskGetTickCount() - start, 25);
  CHECK_EQ(xQueueReceive(queue, &item, 0), pdFALSE);

  // Producers of higher, equal and lower priority: nothing is lost, each one's order is kept.
  for (UBaseType_t priority = 4; priority <= 6; priority++) {
    xTaskCreate(produce, "produce", 2048, "e", priority, NULL);
    for (uint32_t i = 0; i < 100; i++) {
      CHECK_EQ(xQueuePeek(queue, &item, 10), pdTRUE);
      CHECK_EQ(item.kind, i);
      memset(&item, 0, sizeof item);
      CHECK_EQ(xQueueReceive(queue, &item, 0), pdTRUE);
      CHECK_EQ(item.value, 0x100000000ull * i + i);
    }
    vTaskDelay(2);
  }
  CHECK(happened_exactly("eee"));

  for (unsigned i = 0; i < 4; i++) {
    item.kind = (uint8_t)i;
    CHECK_EQ(i == 3 ? xQueueSendToFront(queue, &item, 0) : xQueueSendToBack(queue, &item, 0), pdTRUE);
  }
  start = xTaskGetTickCount();
  CHECK_EQ(xQueueSend(queue, &item, 10), errQUEUE_FULL);
  CHECK_EQ(xTaskGetTickCount() - start, 10);
  CHECK_EQ(uxQueueMessagesWaiting(queue), 4);
  CHECK_EQ(uxQueueSpacesAvailable(queue), 0);
  xQueueReceive(queue, &item, 0);
  CHECK_EQ(item.kind, 3);
  xQueueReset(queue);
  CHECK_EQ(uxQueueMessagesWaiting(queue), 0);

  port_irq_install(LINE, send_from_isr, (void *)4711);
  port_irq_raise(LINE);
  CHECK_EQ(xQueueReceive(queue, &item, 0), pdTRUE);
  CHECK_EQ(item.value, 4711);
  CHECK(happened_exactly("p"));
  port_irq_install(LINE, NULL, NULL);
  vQueueAddToRegistry(queue, "numbers");
  CHECK(strcmp(pcQueueGetName(queue), "numbers") == 0);
  vQueueDelete(queue);

  QueueHandle_t box = xQueueCreate(1, sizeof(uint32_t));
  for (uint32_t i = 0; i < 3; i++)
    CHECK_EQ(xQueueOverwrite(box, &i), pdPASS);
  uint32_t number = 0;
  CHECK_EQ(xQueueReceive(box, &number, 0), pdTRUE);
  CHECK_EQ(number, 2);

  QueueHandle_t other = xQueueCreate(2, sizeof(uint32_t));
  QueueSetHandle_t set = xQueueCreateSet(3);
  CHECK_EQ(xQueueAddToSet(box, set), pdPASS);
  CHECK_EQ(xQueueAddToSet(other, set), pdPASS);
  CHECK(xQueueSelectFromSet(set, 5) == NULL);
  xQueueSend(other, &number, 0);
  xQueueSend(box, &number, 0);
  CHECK(xQueueSelectFromSet(set, 5) == other);
  xQueueReceive(other, &number, 0);
  CHECK(xQueueSelectFromSet(set, 5) == box);
  xQueueReceive(box, &number, 0);
  CHECK_EQ(xQueueRemoveFromSet(box, set), pdPASS);
  vQueueDelete(set);
  vQueueDelete(other);
  vQueueDelete(box);

  static StaticQueue_t memory;
  static uint8_t storage[3 * sizeof(uint32_t)];
  QueueHandle_t fixed = xQueueCreateStatic(3, sizeof(uint32_t), storage, &memory);
  number = 0xabcd;
  CHECK_EQ(xQueueSend(fixed, &number, 0), pdTRUE);
  CHECK_EQ(xQueueReceive(fixed, &number, 0), pdTRUE);
  vQueueDelete(fixed);
  settle();
  CHECK_EQ(xPortGetFreeHeapSize(), heap);
}

static SemaphoreHandle_t mutex;
static TaskHandle_t holder;

static void hold(void *argument) {
  (void)argument;
  xSemaphoreTake(mutex, portMAX_DELAY);
  happened('h');
  vTaskDelay(3);
  CHECK_EQ(uxTaskPriorityGet(NULL), 8); // inherited from the waiting task
  happened('r');
  xSemaphoreGive(mutex);
  CHECK_EQ(uxTaskPriorityGet(NULL), 3);
  happened('e');
  vTaskDelete(NULL);
}

static void want(void *argument) {
  (void)argument;
  happened('w');
  CHECK(xSemaphoreGetMutexHolder(mutex) == holder);
  xSemaphoreTake(mutex, portMAX_DELAY);
  happened('g');
  xSemaphoreGive(mutex);
  vTaskDelete(NULL);
}

void test_semaphores(void) {
  const size_t heap = xPortGetFreeHeapSize();
  SemaphoreHandle_t binary = xSemaphoreCreateBinary();
  CHECK_EQ(xSemaphoreTake(binary, 0), pdFALSE);
  CHECK_EQ(xSemaphoreGive(binary), pdTRUE);
  CHECK_EQ(xSemaphoreGive(binary), pdFALSE);
  CHECK_EQ(xSemaphoreTake(binary, 0), pdTRUE);
  vSemaphoreDelete(binary);
  vSemaphoreCreateBinary(binary);
  CHECK_EQ(xSemaphoreTake(binary, 0), pdTRUE);
  const TickType_t start = xTaskGetTickCount();
  CHECK_EQ(xSemaphoreTake(binary, 12), pdFALSE);
  CHECK_EQ(xTaskGetTickCount() - start, 12);
  vSemaphoreDelete(binary);

  SemaphoreHandle_t counting = xSemaphoreCreateCounting(3, 1);
  CHECK_EQ(uxSemaphoreGetCount(counting), 1);
  xSemaphoreGive(counting);
  xSemaphoreGive(counting);
  CHECK_EQ(xSemaphoreGive(counting), pdFALSE);
  for (int i = 3; i > 0; i--)
    CHECK_EQ(xSemaphoreTake(counting, 0), pdTRUE);
  CHECK_EQ(xSemaphoreTake(counting, 0), pdFALSE);
  vSemaphoreDelete(counting);

  SemaphoreHandle_t recursive = xSemaphoreCreateRecursiveMutex();
  for (int i = 0; i < 3; i++)
    CHECK_EQ(xSemaphoreTakeRecursive(recursive, 0), pdTRUE);
  CHECK(xSemaphoreGetMutexHolder(recursive) == xTaskGetCurrentTaskHandle());
  for (int i = 0; i < 3; i++)
    CHECK_EQ(xSemaphoreGiveRecursive(recursive), pdTRUE);
  CHECK_EQ(xSemaphoreGiveRecursive(recursive), pdFALSE);
  vSemaphoreDelete(recursive);

  mutex = xSemaphoreCreateMutex();
  xTaskCreate(hold, "holder", 2048, NULL, 3, &holder);
  vTaskDelay(1);
  xTaskCreate(want, "wanter", 2048, NULL, 8, NULL);
  vTaskDelay(10);
  CHECK(happened_exactly("hwrge"));
  vSemaphoreDelete(mutex);
  settle();
  CHECK_EQ(xPortGetFreeHeapSize(), heap);
}

static StreamBufferHandle_t stream;
static MessageBufferHandle_t messages;

static void stream_bytes(void *argument) {
  uint8_t chunk[13];
  uint8_t next = 0;
  for (unsigned sent = 0; sent < 5000;) {
    const unsigned size = 1 + sent % sizeof chunk;
    for (unsigned i = 0; i < size; i++)
      chunk[i] = next++;
    CHECK_EQ(xStreamBufferSend(stream, chunk, size, portMAX_DELAY), size);
    sent += size;
    if (sent % 7 == 0)
      vTaskDelay(1);
  }
  happened(*(const char *)argument);
  vTaskDelete(NULL);
}

static void send_messages(void *argument) {
  char text[40];
  for (int i = 0; i < 200; i++) {
    const int length = snprintf(text, sizeof text, "%.*s%d", i % 20, "abcdefghijklmnopqrstuvwxyz", i);
    CHECK_EQ(xMessageBufferSend(messages, text, (size_t)length, portMAX_DELAY), length);
  }
  happened(*(const char *)argument);
  vTaskDelete(NULL);
}

static void stream_from_isr(void *argument) {
  BaseType_t woken = pdFALSE;
  CHECK_EQ(xStreamBufferSendFromISR(stream, argument, 3, &woken), 3);
  portYIELD_FROM_ISR(woken);
}

void test_streams(void) {
  const size_t heap = xPortGetFreeHeapSize();
  uint8_t bytes[64];
  stream = xStreamBufferCreate(32, 1);
  CHECK_EQ(xStreamBufferSpacesAvailable(stream), 32);
  TickType_t start = xTaskGetTickCount();
  CHECK_EQ(xStreamBufferReceive(stream, bytes, 10, 6), 0);
  CHECK_EQ(xTaskGetTickCount() - start, 6);
  for (UBaseType_t priority = 4; priority <= 6; priority++) {
    xTaskCreate(stream_bytes, "stream", 2048, "s", priority, NULL);
    uint8_t next = 0;
    bool good = true;
    for (unsigned received = 0; received < 5000;) {
      const size_t count = xStreamBufferReceive(stream, bytes, 1 + received % 20, 50);
      good &= count != 0;
      for (size_t i = 0; i < count; i++)
        good &= bytes[i] == next++;
      received += count;
      if (count == 0)
        break;
    }
    CHECK(good);
    vTaskDelay(2);
    xStreamBufferReset(stream);
  }
  CHECK(happened_exactly("sss"));

  // Fewer bytes than the trigger level do not wake the reader; the time-out gives them all the same.
  CHECK_EQ(xStreamBufferSetTriggerLevel(stream, 5), pdTRUE);
  port_irq_install(LINE, stream_from_isr, "xyz");
  port_irq_raise(LINE);
  CHECK_EQ(xStreamBufferBytesAvailable(stream), 3);
  CHECK_EQ(xStreamBufferReceive(stream, bytes, 2, 0), 2);
  CHECK_EQ(bytes[1], 'y');
  port_irq_install(LINE, NULL, NULL);
  memset(bytes, 0, sizeof bytes);
  CHECK_EQ(xStreamBufferSend(stream, bytes, 64, 3), 31);
  CHECK(xStreamBufferIsFull(stream));
  CHECK_EQ(xStreamBufferReset(stream), pdPASS);
  CHECK(xStreamBufferIsEmpty(stream));
  vStreamBufferDelete(stream);

  messages = xMessageBufferCreate(64);
  char text[40];
  for (UBaseType_t priority = 4; priority <= 6; priority += 2) {
    xTaskCreate(send_messages, "messages", 2048, "m", priority, NULL);
    for (int i = 0; i < 200; i++) {
      char expected[40];
      const int length =
          snprintf(expected, sizeof expected, "%.*s%d", i % 20, "abcdefghijklmnopqrstuvwxyz", i);
      const size_t count = xMessageBufferReceive(messages, text, sizeof text, 50);
      CHECK(count == (size_t)length && memcmp(text, expected, count) == 0);
    }
    vTaskDelay(2);
  }
  CHECK(happened_exactly("mm"));
  CHECK_EQ(xMessageBufferSend(messages, bytes, 61, 5), 0);
  CHECK_EQ(xMessageBufferSend(messages, bytes, 60, 5), 60);
  CHECK_EQ(xMessageBufferNextLengthBytes(messages), 60);
  CHECK_EQ(xMessageBufferReceive(messages, text, sizeof text, 5), 0);
  CHECK_EQ(xMessageBufferReceive(messages, bytes, sizeof bytes, 5), 60);
  vMessageBufferDelete(messages);
  settle();
  CHECK_EQ(xPortGetFreeHeapSize(), heap);
}
