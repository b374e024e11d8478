// SPDX-License-Identifier: Apache-2.0
// Configuration of the kernel (V9, V10 or V11) for the boards of this project. Where ESP-IDF has a default
// that a program can notice (priorities, timer task, tick source, names), the same value is used; the tick is
// 1 kHz.
#ifndef ESPB_FREERTOS_CONFIG_H
#define ESPB_FREERTOS_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define configCPU_CLOCK_HZ 10000000UL
#define configTICK_RATE_HZ 1000
#define configUSE_16_BIT_TICKS 0
#define configMAX_PRIORITIES 25
#define configMAX_TASK_NAME_LEN 16
#define configMINIMAL_STACK_SIZE 1536
#define configSTACK_DEPTH_TYPE uint32_t
#define configMESSAGE_BUFFER_LENGTH_TYPE size_t

#define configUSE_PREEMPTION 1
#define configUSE_TIME_SLICING 1
#define configIDLE_SHOULD_YIELD 1
// Ticks in which nothing would happen are skipped; and it gives freertos_is_stuck its answer.
#define configUSE_TICKLESS_IDLE 1
#define configUSE_PORT_OPTIMISED_TASK_SELECTION 0
#define configUSE_IDLE_HOOK 1
#define configUSE_TICK_HOOK 1
#define configUSE_MALLOC_FAILED_HOOK 0
#define configUSE_DAEMON_TASK_STARTUP_HOOK 0
#define configUSE_CO_ROUTINES 0
#define configUSE_NEWLIB_REENTRANT 0
#define configENABLE_BACKWARD_COMPATIBILITY 1
#define configUSE_ALTERNATIVE_API 0

#define configSUPPORT_DYNAMIC_ALLOCATION 1
#define configSUPPORT_STATIC_ALLOCATION 1
#ifndef ESPB_HEAP_BYTES
#define ESPB_HEAP_BYTES (1024 * 1024)
#endif
#define configTOTAL_HEAP_SIZE ((size_t)ESPB_HEAP_BYTES)
// In memory that nobody clears at start-up: shim/idf_kernel.c.
#define configAPPLICATION_ALLOCATED_HEAP 1

#define configUSE_MUTEXES 1
#define configUSE_RECURSIVE_MUTEXES 1
#define configUSE_COUNTING_SEMAPHORES 1
#define configUSE_QUEUE_SETS 1
#define configQUEUE_REGISTRY_SIZE 8
#define configUSE_TASK_NOTIFICATIONS 1
#define configTASK_NOTIFICATION_ARRAY_ENTRIES 1
#define configUSE_APPLICATION_TASK_TAG 1
#define configUSE_STREAM_BUFFERS 1
#define configUSE_SB_COMPLETED_CALLBACK 1

// Two slots for programs as in the headers they see, their two deletion callbacks, and one slot with callback
// for the runtime.
#define configNUM_THREAD_LOCAL_STORAGE_POINTERS 6

#define configUSE_TIMERS 1
#define configTIMER_TASK_PRIORITY 1
#define configTIMER_QUEUE_LENGTH 10
#define configTIMER_TASK_STACK_DEPTH 4096

#define configUSE_TRACE_FACILITY 1
#define configUSE_STATS_FORMATTING_FUNCTIONS 1
#define configGENERATE_RUN_TIME_STATS 1
#define configCHECK_FOR_STACK_OVERFLOW 2
#define configRECORD_STACK_HIGH_ADDRESS 0

#define INCLUDE_vTaskPrioritySet 1
#define INCLUDE_uxTaskPriorityGet 1
#define INCLUDE_vTaskDelete 1
#define INCLUDE_vTaskSuspend 1
#define INCLUDE_vTaskDelayUntil 1
#define INCLUDE_xTaskDelayUntil 1
#define INCLUDE_vTaskDelay 1
#define INCLUDE_xTaskGetIdleTaskHandle 1
#define INCLUDE_xTaskAbortDelay 1
#define INCLUDE_xQueueGetMutexHolder 1
#define INCLUDE_xSemaphoreGetMutexHolder 1
#define INCLUDE_xTaskGetHandle 1
#define INCLUDE_uxTaskGetStackHighWaterMark 1
#define INCLUDE_eTaskGetState 1
#define INCLUDE_xTaskResumeFromISR 1
#define INCLUDE_xTimerPendFunctionCall 1
#define INCLUDE_xTaskGetSchedulerState 1
#define INCLUDE_xTaskGetCurrentTaskHandle 1

void port_assert_failed(const char *file, int line);
#define configASSERT(condition)                                                                              \
  do {                                                                                                       \
    if (!(condition))                                                                                        \
      port_assert_failed(__FILE__, __LINE__);                                                                \
  } while (0)

// What the end of a run is decided by: which timers exist and which commands to the timer task are still on
// their way.
void freertos_note_task_deleted(void);
void freertos_note_timer_created(void *timer);
void freertos_note_timer_command_sent(int32_t command, int32_t accepted);
void freertos_note_timer_command_received(void *timer, int32_t command);
#define traceTASK_DELETE(task) freertos_note_task_deleted()
#define traceTIMER_CREATE(timer) freertos_note_timer_created((void *)(timer))
#define traceTIMER_COMMAND_SEND(timer, command, value, result)                                               \
  freertos_note_timer_command_sent((int32_t)(command), (int32_t)(result))
#define traceTIMER_COMMAND_RECEIVED(timer, command, value)                                                   \
  freertos_note_timer_command_received((void *)(timer), (int32_t)(command))

// ESP-IDF's kernel has these functions with one argument more (the index of the notification). The name
// belongs to that form, which the shim defines, so the kernel's own V9 form gets another one.
#ifndef ESPB_KERNEL_MAJOR
#define ESPB_KERNEL_MAJOR 9
#endif
#if ESPB_KERNEL_MAJOR == 9
#define xTaskGenericNotify freertos_v9_xTaskGenericNotify
#define xTaskGenericNotifyFromISR freertos_v9_xTaskGenericNotifyFromISR
#define xTaskCreate freertos_v9_xTaskCreate
#define uxTaskGetSystemState freertos_v9_uxTaskGetSystemState
#define vTaskGetInfo freertos_v9_vTaskGetInfo
#define xTaskAbortDelay freertos_v9_xTaskAbortDelay
#endif

#ifdef __cplusplus
}
#endif

#endif
