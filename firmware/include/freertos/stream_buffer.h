// SPDX-License-Identifier: Apache-2.0
// Stream buffers: bytes from one writer to one reader.
#pragma once

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct StreamBufferDef_t *StreamBufferHandle_t;
typedef void (*StreamBufferCallbackFunction_t)(StreamBufferHandle_t buffer, BaseType_t from_isr,
                                               BaseType_t *woken);

StreamBufferHandle_t xStreamBufferGenericCreate(size_t size, size_t trigger_level,
                                                BaseType_t is_message_buffer,
                                                StreamBufferCallbackFunction_t on_send,
                                                StreamBufferCallbackFunction_t on_receive);
StreamBufferHandle_t xStreamBufferGenericCreateStatic(size_t size, size_t trigger_level,
                                                      BaseType_t is_message_buffer, uint8_t *storage,
                                                      StaticStreamBuffer_t *memory,
                                                      StreamBufferCallbackFunction_t on_send,
                                                      StreamBufferCallbackFunction_t on_receive);
void vStreamBufferDelete(StreamBufferHandle_t buffer);
size_t xStreamBufferSend(StreamBufferHandle_t buffer, const void *data, size_t length, TickType_t ticks);
size_t xStreamBufferSendFromISR(StreamBufferHandle_t buffer, const void *data, size_t length,
                                BaseType_t *woken);
size_t xStreamBufferReceive(StreamBufferHandle_t buffer, void *data, size_t length, TickType_t ticks);
size_t xStreamBufferReceiveFromISR(StreamBufferHandle_t buffer, void *data, size_t length, BaseType_t *woken);
BaseType_t xStreamBufferIsFull(StreamBufferHandle_t buffer);
BaseType_t xStreamBufferIsEmpty(StreamBufferHandle_t buffer);
BaseType_t xStreamBufferReset(StreamBufferHandle_t buffer);
size_t xStreamBufferSpacesAvailable(StreamBufferHandle_t buffer);
size_t xStreamBufferBytesAvailable(StreamBufferHandle_t buffer);
BaseType_t xStreamBufferSetTriggerLevel(StreamBufferHandle_t buffer, size_t trigger_level);
size_t xStreamBufferNextMessageLengthBytes(StreamBufferHandle_t buffer);

#define xStreamBufferCreate(size, trigger_level)                                                             \
  xStreamBufferGenericCreate(size, trigger_level, pdFALSE, NULL, NULL)
#define xStreamBufferCreateStatic(size, trigger_level, storage, memory)                                      \
  xStreamBufferGenericCreateStatic(size, trigger_level, pdFALSE, storage, memory, NULL, NULL)

#ifdef __cplusplus
}
#endif
