// SPDX-License-Identifier: Apache-2.0
// Tasks, delays, task notifications, thread local storage, and what can be asked about tasks.
#pragma once

#include "freertos/FreeRTOS.h"

#ifdef __cplusplus
extern "C" {
#endif

#define tskKERNEL_VERSION_NUMBER "V10.5.1"
#define tskKERNEL_VERSION_MAJOR 10
#define tskKERNEL_VERSION_MINOR 5
#define tskKERNEL_VERSION_BUILD 1

typedef struct tskTaskControlBlock *TaskHandle_t;
typedef BaseType_t (*TaskHookFunction_t)(void *);
typedef void (*TlsDeleteCallbackFunction_t)(int, void *);

typedef enum { eRunning = 0, eReady, eBlocked, eSuspended, eDeleted, eInvalid } eTaskState;
typedef enum {
  eNoAction = 0,
  eSetBits,
  eIncrement,
  eSetValueWithOverwrite,
  eSetValueWithoutOverwrite
} eNotifyAction;

typedef struct xTIME_OUT {
  BaseType_t xOverflowCount;
  TickType_t xTimeOnEntering;
} TimeOut_t;

typedef struct xTASK_STATUS {
  TaskHandle_t xHandle;
  const char *pcTaskName;
  UBaseType_t xTaskNumber;
  eTaskState eCurrentState;
  UBaseType_t uxCurrentPriority;
  UBaseType_t uxBasePriority;
  uint32_t ulRunTimeCounter;
  StackType_t *pxStackBase;
  uint32_t usStackHighWaterMark;
} TaskStatus_t;

#define tskIDLE_PRIORITY ((UBaseType_t)0U)
#define tskNO_AFFINITY ((BaseType_t)0x7FFFFFFF)
#define tskDEFAULT_INDEX_TO_NOTIFY 0
#define taskSCHEDULER_SUSPENDED ((BaseType_t)0)
#define taskSCHEDULER_NOT_STARTED ((BaseType_t)1)
#define taskSCHEDULER_RUNNING ((BaseType_t)2)

#define taskYIELD() portYIELD()
#define taskENTER_CRITICAL(...) portENTER_CRITICAL(__VA_ARGS__)
#define taskEXIT_CRITICAL(...) portEXIT_CRITICAL(__VA_ARGS__)
#define taskENTER_CRITICAL_ISR(...) portENTER_CRITICAL_ISR(__VA_ARGS__)
#define taskEXIT_CRITICAL_ISR(...) portEXIT_CRITICAL_ISR(__VA_ARGS__)
#define taskENTER_CRITICAL_FROM_ISR() portSET_INTERRUPT_MASK_FROM_ISR()
#define taskEXIT_CRITICAL_FROM_ISR(mask) portCLEAR_INTERRUPT_MASK_FROM_ISR(mask)
#define taskDISABLE_INTERRUPTS() portDISABLE_INTERRUPTS()
#define taskENABLE_INTERRUPTS() portENABLE_INTERRUPTS()

// Stack sizes are in bytes.
BaseType_t xTaskCreatePinnedToCore(TaskFunction_t function, const char *name, uint32_t stack_bytes,
                                   void *argument, UBaseType_t priority, TaskHandle_t *handle,
                                   BaseType_t core);
BaseType_t xTaskCreate(TaskFunction_t function, const char *name, uint32_t stack_bytes, void *argument,
                       UBaseType_t priority, TaskHandle_t *handle);
TaskHandle_t xTaskCreateStaticPinnedToCore(TaskFunction_t function, const char *name, uint32_t stack_bytes,
                                           void *argument, UBaseType_t priority, StackType_t *stack,
                                           StaticTask_t *memory, BaseType_t core);
TaskHandle_t xTaskCreateStatic(TaskFunction_t function, const char *name, uint32_t stack_bytes,
                               void *argument, UBaseType_t priority, StackType_t *stack,
                               StaticTask_t *memory);
void vTaskDelete(TaskHandle_t task);

void vTaskDelay(TickType_t ticks);
BaseType_t xTaskDelayUntil(TickType_t *previous_wake, TickType_t increment);
#define vTaskDelayUntil(previous_wake, increment) ((void)xTaskDelayUntil(previous_wake, increment))
BaseType_t xTaskAbortDelay(TaskHandle_t task);

UBaseType_t uxTaskPriorityGet(TaskHandle_t task);
UBaseType_t uxTaskPriorityGetFromISR(TaskHandle_t task);
void vTaskPrioritySet(TaskHandle_t task, UBaseType_t priority);
eTaskState eTaskGetState(TaskHandle_t task);
void vTaskGetInfo(TaskHandle_t task, TaskStatus_t *status, BaseType_t with_free_stack, eTaskState state);
void vTaskSuspend(TaskHandle_t task);
void vTaskResume(TaskHandle_t task);
BaseType_t xTaskResumeFromISR(TaskHandle_t task);

// The scheduler runs already when a program begins. For programs that start it themselves, as is usual outside of
// ESP-IDF: what follows the call is never reached, and the calling task is over.
void vTaskStartScheduler(void);
void vTaskSuspendAll(void);
BaseType_t xTaskResumeAll(void);
BaseType_t xTaskGetSchedulerState(void);
TickType_t xTaskGetTickCount(void);
TickType_t xTaskGetTickCountFromISR(void);
UBaseType_t uxTaskGetNumberOfTasks(void);
char *pcTaskGetName(TaskHandle_t task);
#define pcTaskGetTaskName(task) pcTaskGetName(task)
TaskHandle_t xTaskGetHandle(const char *name);
TaskHandle_t xTaskGetCurrentTaskHandle(void);
TaskHandle_t xTaskGetCurrentTaskHandleForCore(BaseType_t core);
TaskHandle_t xTaskGetCurrentTaskHandleForCPU(UBaseType_t core);
TaskHandle_t xTaskGetIdleTaskHandle(void);
TaskHandle_t xTaskGetIdleTaskHandleForCore(BaseType_t core);
TaskHandle_t xTaskGetIdleTaskHandleForCPU(UBaseType_t core);
BaseType_t xTaskGetCoreID(TaskHandle_t task);
BaseType_t xTaskGetAffinity(TaskHandle_t task);
UBaseType_t uxTaskGetStackHighWaterMark(TaskHandle_t task);
uint32_t uxTaskGetStackHighWaterMark2(TaskHandle_t task);
uint8_t *pxTaskGetStackStart(TaskHandle_t task);
UBaseType_t uxTaskGetSystemState(TaskStatus_t *array, UBaseType_t size, uint32_t *total_run_time);
void vTaskList(char *buffer);
void vTaskGetRunTimeStats(char *buffer);
uint32_t ulTaskGetIdleRunTimeCounter(void);
void vTaskSetTimeOutState(TimeOut_t *time_out);
BaseType_t xTaskCheckForTimeOut(TimeOut_t *time_out, TickType_t *ticks_to_wait);

void vTaskSetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index, void *value);
void *pvTaskGetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index);
void vTaskSetThreadLocalStoragePointerAndDelCallback(TaskHandle_t task, BaseType_t index, void *value,
                                                     TlsDeleteCallbackFunction_t callback);
void vTaskSetApplicationTaskTag(TaskHandle_t task, TaskHookFunction_t hook);
TaskHookFunction_t xTaskGetApplicationTaskTag(TaskHandle_t task);
BaseType_t xTaskCallApplicationTaskHook(TaskHandle_t task, void *argument);

BaseType_t xTaskGenericNotify(TaskHandle_t task, UBaseType_t index, uint32_t value, eNotifyAction action,
                              uint32_t *previous);
BaseType_t xTaskGenericNotifyFromISR(TaskHandle_t task, UBaseType_t index, uint32_t value,
                                     eNotifyAction action, uint32_t *previous, BaseType_t *woken);
BaseType_t xTaskGenericNotifyWait(UBaseType_t index, uint32_t clear_on_entry, uint32_t clear_on_exit,
                                  uint32_t *value, TickType_t ticks);
uint32_t ulTaskGenericNotifyTake(UBaseType_t index, BaseType_t clear_count, TickType_t ticks);
void vTaskGenericNotifyGiveFromISR(TaskHandle_t task, UBaseType_t index, BaseType_t *woken);
BaseType_t xTaskGenericNotifyStateClear(TaskHandle_t task, UBaseType_t index);
uint32_t ulTaskGenericNotifyValueClear(TaskHandle_t task, UBaseType_t index, uint32_t bits);

#define xTaskNotifyIndexed(task, index, value, action) xTaskGenericNotify(task, index, value, action, NULL)
#define xTaskNotify(task, value, action)                                                                     \
  xTaskGenericNotify(task, tskDEFAULT_INDEX_TO_NOTIFY, value, action, NULL)
#define xTaskNotifyAndQueryIndexed(task, index, value, action, previous)                                     \
  xTaskGenericNotify(task, index, value, action, previous)
#define xTaskNotifyAndQuery(task, value, action, previous)                                                   \
  xTaskGenericNotify(task, tskDEFAULT_INDEX_TO_NOTIFY, value, action, previous)
#define xTaskNotifyIndexedFromISR(task, index, value, action, woken)                                         \
  xTaskGenericNotifyFromISR(task, index, value, action, NULL, woken)
#define xTaskNotifyFromISR(task, value, action, woken)                                                       \
  xTaskGenericNotifyFromISR(task, tskDEFAULT_INDEX_TO_NOTIFY, value, action, NULL, woken)
#define xTaskNotifyAndQueryIndexedFromISR(task, index, value, action, previous, woken)                       \
  xTaskGenericNotifyFromISR(task, index, value, action, previous, woken)
#define xTaskNotifyAndQueryFromISR(task, value, action, previous, woken)                                     \
  xTaskGenericNotifyFromISR(task, tskDEFAULT_INDEX_TO_NOTIFY, value, action, previous, woken)
#define xTaskNotifyWaitIndexed(index, clear_on_entry, clear_on_exit, value, ticks)                           \
  xTaskGenericNotifyWait(index, clear_on_entry, clear_on_exit, value, ticks)
#define xTaskNotifyWait(clear_on_entry, clear_on_exit, value, ticks)                                         \
  xTaskGenericNotifyWait(tskDEFAULT_INDEX_TO_NOTIFY, clear_on_entry, clear_on_exit, value, ticks)
#define xTaskNotifyGiveIndexed(task, index) xTaskGenericNotify(task, index, 0, eIncrement, NULL)
#define xTaskNotifyGive(task) xTaskGenericNotify(task, tskDEFAULT_INDEX_TO_NOTIFY, 0, eIncrement, NULL)
#define vTaskNotifyGiveIndexedFromISR(task, index, woken) vTaskGenericNotifyGiveFromISR(task, index, woken)
#define vTaskNotifyGiveFromISR(task, woken)                                                                  \
  vTaskGenericNotifyGiveFromISR(task, tskDEFAULT_INDEX_TO_NOTIFY, woken)
#define ulTaskNotifyTakeIndexed(index, clear_count, ticks) ulTaskGenericNotifyTake(index, clear_count, ticks)
#define ulTaskNotifyTake(clear_count, ticks)                                                                 \
  ulTaskGenericNotifyTake(tskDEFAULT_INDEX_TO_NOTIFY, clear_count, ticks)
#define xTaskNotifyStateClearIndexed(task, index) xTaskGenericNotifyStateClear(task, index)
#define xTaskNotifyStateClear(task) xTaskGenericNotifyStateClear(task, tskDEFAULT_INDEX_TO_NOTIFY)
#define ulTaskNotifyValueClearIndexed(task, index, bits) ulTaskGenericNotifyValueClear(task, index, bits)
#define ulTaskNotifyValueClear(task, bits)                                                                   \
  ulTaskGenericNotifyValueClear(task, tskDEFAULT_INDEX_TO_NOTIFY, bits)

#ifdef __cplusplus
}
#endif
