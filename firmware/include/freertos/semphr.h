// SPDX-License-Identifier: Apache-2.0
// Semaphores and mutexes; they are queues without items.
#pragma once

#include "freertos/queue.h"

typedef QueueHandle_t SemaphoreHandle_t;

#define semBINARY_SEMAPHORE_QUEUE_LENGTH ((uint8_t)1U)
#define semSEMAPHORE_QUEUE_ITEM_LENGTH ((uint8_t)0U)
#define semGIVE_BLOCK_TIME ((TickType_t)0U)

#define xSemaphoreCreateBinary()                                                                             \
  xQueueGenericCreate(1, semSEMAPHORE_QUEUE_ITEM_LENGTH, queueQUEUE_TYPE_BINARY_SEMAPHORE)
#define xSemaphoreCreateBinaryStatic(memory)                                                                 \
  xQueueGenericCreateStatic(1, semSEMAPHORE_QUEUE_ITEM_LENGTH, NULL, memory, queueQUEUE_TYPE_BINARY_SEMAPHORE)
// The old form, which creates the semaphore given.
#define vSemaphoreCreateBinary(semaphore)                                                                    \
  do {                                                                                                       \
    (semaphore) = xSemaphoreCreateBinary();                                                                  \
    if ((semaphore) != NULL)                                                                                 \
      (void)xSemaphoreGive(semaphore);                                                                       \
  } while (0)
#define xSemaphoreCreateMutex() xQueueCreateMutex(queueQUEUE_TYPE_MUTEX)
#define xSemaphoreCreateMutexStatic(memory) xQueueCreateMutexStatic(queueQUEUE_TYPE_MUTEX, memory)
#define xSemaphoreCreateRecursiveMutex() xQueueCreateMutex(queueQUEUE_TYPE_RECURSIVE_MUTEX)
#define xSemaphoreCreateRecursiveMutexStatic(memory)                                                         \
  xQueueCreateMutexStatic(queueQUEUE_TYPE_RECURSIVE_MUTEX, memory)
#define xSemaphoreCreateCounting(maximum, initial) xQueueCreateCountingSemaphore(maximum, initial)
#define xSemaphoreCreateCountingStatic(maximum, initial, memory)                                             \
  xQueueCreateCountingSemaphoreStatic(maximum, initial, memory)
#define vSemaphoreDelete(semaphore) vQueueDelete(semaphore)

#define xSemaphoreTake(semaphore, ticks) xQueueSemaphoreTake(semaphore, ticks)
#define xSemaphoreGive(semaphore) xQueueGenericSend(semaphore, NULL, semGIVE_BLOCK_TIME, queueSEND_TO_BACK)
#define xSemaphoreTakeRecursive(mutex, ticks) xQueueTakeMutexRecursive(mutex, ticks)
#define xSemaphoreGiveRecursive(mutex) xQueueGiveMutexRecursive(mutex)
#define xSemaphoreGiveFromISR(semaphore, woken) xQueueGiveFromISR(semaphore, woken)
#define xSemaphoreTakeFromISR(semaphore, woken) xQueueReceiveFromISR(semaphore, NULL, woken)
#define xSemaphoreGetMutexHolder(mutex) xQueueGetMutexHolder(mutex)
#define xSemaphoreGetMutexHolderFromISR(mutex) xQueueGetMutexHolderFromISR(mutex)
#define uxSemaphoreGetCount(semaphore) uxQueueMessagesWaiting(semaphore)
#define uxSemaphoreGetCountFromISR(semaphore) uxQueueMessagesWaitingFromISR(semaphore)
