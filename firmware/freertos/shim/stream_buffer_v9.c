// SPDX-License-Identifier: Apache-2.0
// Stream and message buffers for FreeRTOS V9, which has none; with a newer kernel, its own are used and this
// file is empty. One task or interrupt writes and one reads. As in the newer kernels a waiting task is woken
// by a task notification.
#include "FreeRTOS.h"
#include "task.h"

#include <stdbool.h>
#include <string.h>

#if ESPB_KERNEL_MAJOR == 9

#undef xTaskGenericNotify
#undef xTaskGenericNotifyFromISR
BaseType_t freertos_v9_xTaskGenericNotify(TaskHandle_t, uint32_t, eNotifyAction, uint32_t *);
BaseType_t freertos_v9_xTaskGenericNotifyFromISR(TaskHandle_t, uint32_t, eNotifyAction, uint32_t *,
                                                 BaseType_t *);

struct StreamBufferDef_t;
typedef struct StreamBufferDef_t *StreamBufferHandle_t;
typedef void (*Callback)(StreamBufferHandle_t buffer, BaseType_t from_isr, BaseType_t *woken);

struct StreamBufferDef_t {
  volatile size_t tail; // next byte to read
  volatile size_t head; // next byte to write; one byte of the storage stays free
  size_t length;
  size_t trigger;
  TaskHandle_t reader; // while it waits
  TaskHandle_t writer;
  uint8_t *storage;
  Callback on_send;
  Callback on_receive;
  uint8_t is_message;
  uint8_t is_static;
};

// What the program's headers reserve for a static one.
_Static_assert(sizeof(struct StreamBufferDef_t) <= 64,
               "StaticStreamBuffer_t in freertos/FreeRTOS.h is large enough");

#define LENGTH_BYTES 4u // in front of each message

static StreamBufferHandle_t set_up(StreamBufferHandle_t buffer, size_t length, size_t trigger,
                                   BaseType_t is_message, uint8_t *storage, Callback on_send,
                                   Callback on_receive, bool is_static) {
  memset(buffer, 0, sizeof *buffer);
  buffer->length = length;
  buffer->trigger = trigger != 0 ? trigger : 1;
  buffer->storage = storage;
  buffer->on_send = on_send;
  buffer->on_receive = on_receive;
  buffer->is_message = is_message != pdFALSE;
  buffer->is_static = is_static;
  return buffer;
}

StreamBufferHandle_t xStreamBufferGenericCreate(size_t size, size_t trigger, BaseType_t is_message,
                                                Callback on_send, Callback on_receive) {
  configASSERT(size > (is_message ? LENGTH_BYTES : 0) && trigger <= size);
  if (size > SIZE_MAX - sizeof(struct StreamBufferDef_t) - 1)
    return NULL;
  StreamBufferHandle_t buffer = pvPortMalloc(sizeof *buffer + size + 1);
  if (buffer == NULL)
    return NULL;
  return set_up(buffer, size + 1, trigger, is_message, (uint8_t *)(buffer + 1), on_send, on_receive, false);
}

StreamBufferHandle_t xStreamBufferGenericCreateStatic(size_t size, size_t trigger, BaseType_t is_message,
                                                      uint8_t *storage, void *memory, Callback on_send,
                                                      Callback on_receive) {
  configASSERT(storage != NULL && memory != NULL && size > (is_message ? LENGTH_BYTES : 0) &&
               trigger <= size);
  return set_up(memory, size, trigger, is_message, storage, on_send, on_receive, true);
}

void vStreamBufferDelete(StreamBufferHandle_t buffer) {
  if (!buffer->is_static)
    vPortFree(buffer);
}

size_t xStreamBufferBytesAvailable(StreamBufferHandle_t buffer) {
  const size_t count = buffer->length + buffer->head - buffer->tail;
  return count >= buffer->length ? count - buffer->length : count;
}

size_t xStreamBufferSpacesAvailable(StreamBufferHandle_t buffer) {
  return buffer->length - 1 - xStreamBufferBytesAvailable(buffer);
}

BaseType_t xStreamBufferIsEmpty(StreamBufferHandle_t buffer) {
  return xStreamBufferBytesAvailable(buffer) == 0;
}

BaseType_t xStreamBufferIsFull(StreamBufferHandle_t buffer) {
  return xStreamBufferSpacesAvailable(buffer) <= (buffer->is_message ? LENGTH_BYTES : 0);
}

BaseType_t xStreamBufferSetTriggerLevel(StreamBufferHandle_t buffer, size_t trigger) {
  if (trigger >= buffer->length)
    return pdFALSE;
  buffer->trigger = trigger != 0 ? trigger : 1;
  return pdTRUE;
}

BaseType_t xStreamBufferReset(StreamBufferHandle_t buffer) {
  BaseType_t result = pdFAIL;
  taskENTER_CRITICAL();
  if (buffer->reader == NULL && buffer->writer == NULL) {
    buffer->head = buffer->tail = 0;
    result = pdPASS;
  }
  taskEXIT_CRITICAL();
  return result;
}

// Copies into the storage at `head` and returns where the next byte goes.
static size_t put(StreamBufferHandle_t buffer, size_t head, const void *data, size_t count) {
  const size_t first = count < buffer->length - head ? count : buffer->length - head;
  memcpy(buffer->storage + head, data, first);
  memcpy(buffer->storage, (const uint8_t *)data + first, count - first);
  head += count;
  return head >= buffer->length ? head - buffer->length : head;
}

static size_t get(StreamBufferHandle_t buffer, size_t tail, void *data, size_t count) {
  const size_t first = count < buffer->length - tail ? count : buffer->length - tail;
  memcpy(data, buffer->storage + tail, first);
  memcpy((uint8_t *)data + first, buffer->storage, count - first);
  tail += count;
  return tail >= buffer->length ? tail - buffer->length : tail;
}

static size_t write_now(StreamBufferHandle_t buffer, const void *data, size_t length) {
  const size_t space = xStreamBufferSpacesAvailable(buffer);
  size_t head = buffer->head;
  if (buffer->is_message) {
    const uint32_t size = (uint32_t)length;
    if (space < LENGTH_BYTES || space - LENGTH_BYTES < length)
      return 0;
    head = put(buffer, head, &size, LENGTH_BYTES);
  } else if (length > space) {
    length = space;
  }
  head = put(buffer, head, data, length);
  portMEMORY_BARRIER();
  buffer->head = head;
  return length;
}

static size_t read_now(StreamBufferHandle_t buffer, void *data, size_t length) {
  const size_t available = xStreamBufferBytesAvailable(buffer);
  size_t tail = buffer->tail;
  if (available == 0)
    return 0;
  if (buffer->is_message) {
    uint32_t size;
    tail = get(buffer, tail, &size, LENGTH_BYTES);
    if (size > length)
      return 0; // stays for a reader with more room
    length = size;
  } else if (length > available) {
    length = available;
  }
  tail = get(buffer, tail, data, length);
  portMEMORY_BARRIER();
  buffer->tail = tail;
  return length;
}

size_t xStreamBufferNextMessageLengthBytes(StreamBufferHandle_t buffer) {
  uint32_t size = 0;
  if (buffer->is_message && xStreamBufferBytesAvailable(buffer) > LENGTH_BYTES)
    (void)get(buffer, buffer->tail, &size, LENGTH_BYTES);
  return size;
}

// Wakes the task that waits at the other end.
static void wake(StreamBufferHandle_t buffer, TaskHandle_t *waiter, Callback callback, BaseType_t from_isr,
                 BaseType_t *woken) {
  if (callback != NULL) {
    callback(buffer, from_isr, woken);
    return;
  }
  const UBaseType_t mask = portSET_INTERRUPT_MASK_FROM_ISR();
  const TaskHandle_t task = *waiter;
  *waiter = NULL;
  portCLEAR_INTERRUPT_MASK_FROM_ISR(mask);
  if (task == NULL)
    return;
  if (from_isr) {
    (void)freertos_v9_xTaskGenericNotifyFromISR(task, 0, eNoAction, NULL, woken);
  } else {
    (void)freertos_v9_xTaskGenericNotify(task, 0, eNoAction, NULL);
  }
}

static bool can_write(StreamBufferHandle_t buffer, size_t needed) {
  return xStreamBufferSpacesAvailable(buffer) >= needed;
}
static bool can_read(StreamBufferHandle_t buffer, size_t unused) {
  return (void)unused, !xStreamBufferIsEmpty(buffer);
}

// Waits until there is what `ready` asks for, the other end says so (for a reader: its trigger level), or the
// time is over.
static void wait_until(StreamBufferHandle_t buffer, TaskHandle_t *waiter,
                       bool (*ready)(StreamBufferHandle_t, size_t), size_t needed, TickType_t ticks) {
  TimeOut_t time_out;
  vTaskSetTimeOutState(&time_out);
  while (ticks != 0) {
    taskENTER_CRITICAL();
    const bool done = ready(buffer, needed);
    if (!done) {
      (void)xTaskNotifyStateClear(NULL);
      configASSERT(*waiter == NULL);
      *waiter = xTaskGetCurrentTaskHandle();
    }
    taskEXIT_CRITICAL();
    if (done)
      return;
    (void)xTaskNotifyWait(0, 0, NULL, ticks);
    taskENTER_CRITICAL();
    *waiter = NULL;
    taskEXIT_CRITICAL();
    if (xTaskCheckForTimeOut(&time_out, &ticks) != pdFALSE)
      return;
  }
}

size_t xStreamBufferSend(StreamBufferHandle_t buffer, const void *data, size_t length, TickType_t ticks) {
  size_t needed = length;
  if (buffer->is_message) {
    if (length > buffer->length - 1 || length + LENGTH_BYTES > buffer->length - 1)
      return 0; // would never fit
    needed += LENGTH_BYTES;
  } else if (needed > buffer->length - 1) {
    needed = buffer->length - 1;
  }
  wait_until(buffer, &buffer->writer, can_write, needed, ticks);
  const size_t sent = write_now(buffer, data, length);
  if (sent != 0 && xStreamBufferBytesAvailable(buffer) >= buffer->trigger) {
    wake(buffer, &buffer->reader, buffer->on_send, pdFALSE, NULL);
  }
  return sent;
}

size_t xStreamBufferSendFromISR(StreamBufferHandle_t buffer, const void *data, size_t length,
                                BaseType_t *woken) {
  const size_t sent = write_now(buffer, data, length);
  if (sent != 0 && xStreamBufferBytesAvailable(buffer) >= buffer->trigger) {
    wake(buffer, &buffer->reader, buffer->on_send, pdTRUE, woken);
  }
  return sent;
}

size_t xStreamBufferReceive(StreamBufferHandle_t buffer, void *data, size_t length, TickType_t ticks) {
  wait_until(buffer, &buffer->reader, can_read, 0, ticks);
  const size_t received = read_now(buffer, data, length);
  if (received != 0)
    wake(buffer, &buffer->writer, buffer->on_receive, pdFALSE, NULL);
  return received;
}

size_t xStreamBufferReceiveFromISR(StreamBufferHandle_t buffer, void *data, size_t length,
                                   BaseType_t *woken) {
  const size_t received = read_now(buffer, data, length);
  if (received != 0)
    wake(buffer, &buffer->writer, buffer->on_receive, pdTRUE, woken);
  return received;
}

#else
typedef int freertos_kernel_has_stream_buffers;
#endif
