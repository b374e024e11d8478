// SPDX-License-Identifier: Apache-2.0
// What newer kernels and ESP-IDF have and FreeRTOS V9 lacks or spells differently. With a newer kernel this
// file is empty.
#include "FreeRTOS.h"
#include "event_groups.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"
#include "timers.h"

#include <string.h>

#if ESPB_KERNEL_MAJOR == 9

#undef xTaskCreate
#undef xTaskGenericNotify
#undef xTaskGenericNotifyFromISR
#undef uxTaskGetSystemState
#undef vTaskGetInfo
#undef xTaskAbortDelay
#undef xQueueReceive
#undef xQueuePeek

// The kernel was compiled with these other names (FreeRTOSConfig.h); the plain ones are defined here in their
// newer form.
BaseType_t freertos_v9_xTaskCreate(TaskFunction_t, const char *, uint16_t, void *, UBaseType_t,
                                   TaskHandle_t *);
BaseType_t freertos_v9_xTaskAbortDelay(TaskHandle_t);
BaseType_t freertos_v9_xTaskGenericNotify(TaskHandle_t, uint32_t, eNotifyAction, uint32_t *);
BaseType_t freertos_v9_xTaskGenericNotifyFromISR(TaskHandle_t, uint32_t, eNotifyAction, uint32_t *,
                                                 BaseType_t *);
UBaseType_t freertos_v9_uxTaskGetSystemState(TaskStatus_t *, UBaseType_t, uint32_t *);
void freertos_v9_vTaskGetInfo(TaskHandle_t, TaskStatus_t *, BaseType_t, eTaskState);

#define WITH_ONE_NOTIFICATION(index) configASSERT((index) == 0)

// V9 takes the stack size as 16 bits. A larger stack is given to the static form and the task then marked as
// one that owns its memory, so that deleting it frees both blocks as for any other.
BaseType_t xTaskCreate(TaskFunction_t function, const char *name, uint32_t stack_bytes, void *argument,
                       UBaseType_t priority, TaskHandle_t *handle) {
  if (stack_bytes <= UINT16_MAX)
    return freertos_v9_xTaskCreate(function, name, (uint16_t)stack_bytes, argument, priority, handle);
  StackType_t *stack = pvPortMalloc(stack_bytes);
  StaticTask_t *memory = pvPortMalloc(sizeof *memory);
  if (stack == NULL || memory == NULL) {
    vPortFree(stack);
    vPortFree(memory);
    return errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY;
  }
  vTaskSuspendAll();
  const TaskHandle_t task = xTaskCreateStatic(function, name, stack_bytes, argument, priority, stack, memory);
  memory->uxDummy20 = 0;
  if (handle != NULL)
    *handle = task;
  (void)xTaskResumeAll();
  return pdPASS;
}

BaseType_t xTaskDelayUntil(TickType_t *previous_wake, TickType_t increment) {
  const TickType_t now = xTaskGetTickCount();
  const TickType_t wake = *previous_wake + increment;
  // The counter may have wrapped between the last wake and now, and the wake time may have wrapped as well.
  const BaseType_t delays =
      now < *previous_wake ? (wake < *previous_wake && wake > now) : (wake < *previous_wake || wake > now);
  vTaskDelayUntil(previous_wake, increment);
  return delays ? pdTRUE : pdFALSE;
}

// V9's own form always says that the task was not waiting.
BaseType_t xTaskAbortDelay(TaskHandle_t task) {
  vTaskSuspendAll();
  const BaseType_t waits = eTaskGetState(task) == eBlocked;
  if (waits)
    (void)freertos_v9_xTaskAbortDelay(task);
  (void)xTaskResumeAll();
  return waits ? pdPASS : pdFAIL;
}

BaseType_t xTaskGenericNotify(TaskHandle_t task, UBaseType_t index, uint32_t value, eNotifyAction action,
                              uint32_t *previous) {
  WITH_ONE_NOTIFICATION(index);
  return freertos_v9_xTaskGenericNotify(task, value, action, previous);
}

BaseType_t xTaskGenericNotifyFromISR(TaskHandle_t task, UBaseType_t index, uint32_t value,
                                     eNotifyAction action, uint32_t *previous, BaseType_t *woken) {
  WITH_ONE_NOTIFICATION(index);
  return freertos_v9_xTaskGenericNotifyFromISR(task, value, action, previous, woken);
}

BaseType_t xTaskGenericNotifyWait(UBaseType_t index, uint32_t clear_on_entry, uint32_t clear_on_exit,
                                  uint32_t *value, TickType_t ticks) {
  WITH_ONE_NOTIFICATION(index);
  return xTaskNotifyWait(clear_on_entry, clear_on_exit, value, ticks);
}

uint32_t ulTaskGenericNotifyTake(UBaseType_t index, BaseType_t clear_count, TickType_t ticks) {
  WITH_ONE_NOTIFICATION(index);
  return ulTaskNotifyTake(clear_count, ticks);
}

void vTaskGenericNotifyGiveFromISR(TaskHandle_t task, UBaseType_t index, BaseType_t *woken) {
  WITH_ONE_NOTIFICATION(index);
  vTaskNotifyGiveFromISR(task, woken);
}

BaseType_t xTaskGenericNotifyStateClear(TaskHandle_t task, UBaseType_t index) {
  WITH_ONE_NOTIFICATION(index);
  return xTaskNotifyStateClear(task);
}

uint32_t ulTaskGenericNotifyValueClear(TaskHandle_t task, UBaseType_t index, uint32_t bits) {
  WITH_ONE_NOTIFICATION(index);
  if (task == NULL)
    task = xTaskGetCurrentTaskHandle();
  // V9 has no way to change the value without a notification; its static twin names the field.
  StaticTask_t *const fields = (StaticTask_t *)task;
  taskENTER_CRITICAL();
  const uint32_t before = fields->ulDummy18;
  fields->ulDummy18 = before & ~bits;
  taskEXIT_CRITICAL();
  return before;
}

BaseType_t xQueueReceive(QueueHandle_t queue, void *buffer, TickType_t ticks) {
  return xQueueGenericReceive(queue, buffer, ticks, pdFALSE);
}

BaseType_t xQueuePeek(QueueHandle_t queue, void *buffer, TickType_t ticks) {
  return xQueueGenericReceive(queue, buffer, ticks, pdTRUE);
}

BaseType_t xQueueSemaphoreTake(QueueHandle_t queue, TickType_t ticks) {
  return xQueueGenericReceive(queue, NULL, ticks, pdFALSE);
}

TaskHandle_t xQueueGetMutexHolderFromISR(QueueHandle_t mutex) {
  return (TaskHandle_t)xQueueGetMutexHolder(mutex);
}

// V9 stores the free stack as 16 bits where newer kernels have 32; the structure has room for them.
static void widen(TaskStatus_t *status) {
  const uint32_t value = status->usStackHighWaterMark;
  _Static_assert(sizeof(TaskStatus_t) == offsetof(TaskStatus_t, usStackHighWaterMark) + sizeof value,
                 "room for 32 bits");
  memcpy((char *)status + offsetof(TaskStatus_t, usStackHighWaterMark), &value, sizeof value);
}

UBaseType_t uxTaskGetSystemState(TaskStatus_t *array, UBaseType_t size, uint32_t *total_run_time) {
  const UBaseType_t count = freertos_v9_uxTaskGetSystemState(array, size, total_run_time);
  for (UBaseType_t i = 0; i < count; i++)
    widen(&array[i]);
  return count;
}

void vTaskGetInfo(TaskHandle_t task, TaskStatus_t *status, BaseType_t with_free_stack, eTaskState state) {
  freertos_v9_vTaskGetInfo(task, status, with_free_stack, state);
  widen(status);
}

void vTimerSetReloadMode(TimerHandle_t timer, BaseType_t auto_reload) {
  taskENTER_CRITICAL();
  ((StaticTimer_t *)timer)->uxDummy4 = auto_reload != pdFALSE;
  taskEXIT_CRITICAL();
}

BaseType_t xTimerGetReloadMode(TimerHandle_t timer) { return ((StaticTimer_t *)timer)->uxDummy4 != 0; }
UBaseType_t uxTimerGetReloadMode(TimerHandle_t timer) { return ((StaticTimer_t *)timer)->uxDummy4 != 0; }

uint32_t ulTaskGetIdleRunTimeCounter(void) {
  TaskStatus_t status;
  freertos_v9_vTaskGetInfo(xTaskGetIdleTaskHandle(), &status, pdFALSE, eReady);
  return status.ulRunTimeCounter;
}

#else
typedef int freertos_kernel_is_newer_than_v9;
#endif
