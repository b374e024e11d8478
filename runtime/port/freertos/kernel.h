// SPDX-License-Identifier: Apache-2.0
// What the FreeRTOS port takes from the firmware's kernel: headers as ESP-IDF spells them, or plain ones, and
// the choices that README.md explains.
#ifndef ESPB_RUNTIME_PORT_FREERTOS_KERNEL_H
#define ESPB_RUNTIME_PORT_FREERTOS_KERNEL_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#if __has_include("freertos/FreeRTOS.h")
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#else
extern "C" { // V9's headers leave it to C++
#include "FreeRTOS.h"
#include "task.h"
}
#endif

#ifdef ESP_PLATFORM
#include "esp_heap_caps.h"
#include "sdkconfig.h"
#endif

// Where the runtime's pointer of a task lies, and how the port learns that the task is gone:
#define ESPB_TASK_SLOT_RUNTIME 1  // in the slot of firmware/freertos (freertos_set_runtime_slot)
#define ESPB_TASK_SLOT_CALLBACK 2 // in thread local storage with ESP-IDF's deletion callbacks
#define ESPB_TASK_SLOT_HOOK 3     // in thread local storage; a kernel hook calls espb_freertos_task_deleted
#ifndef ESPB_TASK_SLOT
#ifdef ESP_PLATFORM
#define ESPB_TASK_SLOT ESPB_TASK_SLOT_CALLBACK
#else
#define ESPB_TASK_SLOT ESPB_TASK_SLOT_HOOK
#endif
#endif

// The index in thread local storage, for the latter two.
#ifndef ESPB_TLS_INDEX
#define ESPB_TLS_INDEX (configNUM_THREAD_LOCAL_STORAGE_POINTERS - 1)
#endif

#if ESPB_TASK_SLOT == ESPB_TASK_SLOT_RUNTIME
#include "runtime_slot.h"
#elif ESPB_TASK_SLOT == ESPB_TASK_SLOT_HOOK
// To be called with the handle of a task that is being deleted, in the kernel's critical section:
//     #define traceTASK_DELETE(task) espb_freertos_task_deleted(task)
extern "C" void espb_freertos_task_deleted(void *task);
#endif

#ifndef ESPB_IN_INTERRUPT
#if ESPB_TASK_SLOT == ESPB_TASK_SLOT_RUNTIME
#define ESPB_IN_INTERRUPT() (port_in_interrupt != 0)
#define ESPB_INTERRUPTS_OFF() freertos_interrupts_off()
#define ESPB_INTERRUPTS_BACK(mask) freertos_interrupts_back(mask)
#elif defined(ESP_PLATFORM)
#define ESPB_IN_INTERRUPT() (xPortInIsrContext() != 0)
#else
#define ESPB_IN_INTERRUPT() (xPortIsInsideInterrupt() != pdFALSE)
#endif
#endif
#ifndef ESPB_INTERRUPTS_OFF
#define ESPB_INTERRUPTS_OFF() portSET_INTERRUPT_MASK_FROM_ISR()
#define ESPB_INTERRUPTS_BACK(mask) portCLEAR_INTERRUPT_MASK_FROM_ISR(mask)
#endif

#endif
