// SPDX-License-Identifier: Apache-2.0
// Message buffers: stream buffers that keep the bounds of what was sent.
#pragma once

#include "freertos/stream_buffer.h"

typedef StreamBufferHandle_t MessageBufferHandle_t;

#define xMessageBufferCreate(size) xStreamBufferGenericCreate(size, 0, pdTRUE, NULL, NULL)
#define xMessageBufferCreateStatic(size, storage, memory)                                                    \
  xStreamBufferGenericCreateStatic(size, 0, pdTRUE, storage, memory, NULL, NULL)
#define xMessageBufferSend(buffer, data, length, ticks) xStreamBufferSend(buffer, data, length, ticks)
#define xMessageBufferSendFromISR(buffer, data, length, woken)                                               \
  xStreamBufferSendFromISR(buffer, data, length, woken)
#define xMessageBufferReceive(buffer, data, length, ticks) xStreamBufferReceive(buffer, data, length, ticks)
#define xMessageBufferReceiveFromISR(buffer, data, length, woken)                                            \
  xStreamBufferReceiveFromISR(buffer, data, length, woken)
#define vMessageBufferDelete(buffer) vStreamBufferDelete(buffer)
#define xMessageBufferIsFull(buffer) xStreamBufferIsFull(buffer)
#define xMessageBufferIsEmpty(buffer) xStreamBufferIsEmpty(buffer)
#define xMessageBufferReset(buffer) xStreamBufferReset(buffer)
#define xMessageBufferSpaceAvailable(buffer) xStreamBufferSpacesAvailable(buffer)
#define xMessageBufferSpacesAvailable(buffer) xStreamBufferSpacesAvailable(buffer)
#define xMessageBufferNextLengthBytes(buffer) xStreamBufferNextMessageLengthBytes(buffer)
