// SPDX-License-Identifier: Apache-2.0
// Basic types, critical sections and yielding. Stacks are counted in bytes, as in ESP-IDF.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "freertos/FreeRTOSConfig.h"

#ifdef __cplusplus
extern "C" {
#endif

#define portSTACK_TYPE uint8_t
#define portBASE_TYPE int
typedef portSTACK_TYPE StackType_t;
typedef portBASE_TYPE BaseType_t;
typedef unsigned portBASE_TYPE UBaseType_t;
typedef uint32_t TickType_t;

#define portMAX_DELAY ((TickType_t)0xffffffffUL)
#define portSTACK_GROWTH (-1)
#define portBYTE_ALIGNMENT 16
#define portTICK_PERIOD_MS ((TickType_t)1000 / configTICK_RATE_HZ)
#define portTICK_RATE_MS portTICK_PERIOD_MS
#define portNOP() __asm__ volatile("nop")
#define portINLINE inline
#define portFORCE_INLINE inline __attribute__((always_inline))
#define portTASK_FUNCTION_PROTO(function, parameters) void function(void *parameters)
#define portTASK_FUNCTION(function, parameters) void function(void *parameters)

// A spinlock of a chip with several cores. With one core a critical section only keeps interrupts out.
typedef struct {
  uint32_t owner;
  uint32_t count;
} spinlock_t;
typedef spinlock_t portMUX_TYPE;
#define SPINLOCK_FREE 0xB33FFFFFU
#define portMUX_FREE_VAL SPINLOCK_FREE
#define portMUX_NO_TIMEOUT (-1)
#define portMUX_TRY_LOCK 0
#define portMUX_INITIALIZER_UNLOCKED {SPINLOCK_FREE, 0}
#define SPINLOCK_INITIALIZER portMUX_INITIALIZER_UNLOCKED
#define portMUX_INITIALIZE(mux) spinlock_initialize(mux)
static inline void __attribute__((always_inline)) spinlock_initialize(spinlock_t *lock) {
  lock->owner = SPINLOCK_FREE;
  lock->count = 0;
}
#define vPortCPUInitializeMutex(mux) spinlock_initialize(mux)

void vPortYield(void);
void vPortYieldFromISR(void);
void vPortEnterCritical(void);
void vPortExitCritical(void);
UBaseType_t uxPortSetInterruptMask(void);
void vPortClearInterruptMask(UBaseType_t mask);
BaseType_t xPortInIsrContext(void);
BaseType_t xPortGetCoreID(void);
uint32_t xPortGetTickRateHz(void);

#define portYIELD() vPortYield()
#define portYIELD_WITHIN_API() vPortYield()

// ESP-IDF admits portYIELD_FROM_ISR() as well as portYIELD_FROM_ISR(switch_required).
static inline void __attribute__((always_inline)) espb_yield_from_isr(BaseType_t switch_required) {
  if (switch_required)
    vPortYieldFromISR();
}
#define ESPB_FIRST_OR_TRUE_(ignored, first, ...) (first)
#define portYIELD_FROM_ISR(...) espb_yield_from_isr(ESPB_FIRST_OR_TRUE_(0, ##__VA_ARGS__, pdTRUE, 0))
#define portEND_SWITCHING_ISR(switch_required) espb_yield_from_isr(switch_required)

// With or without the spinlock: ESP-IDF wants it, other FreeRTOS programs do not know it.
#define ESPB_USE_LOCK_(...) ((void)((void)0, ##__VA_ARGS__))
#define portENTER_CRITICAL(...) (ESPB_USE_LOCK_(__VA_ARGS__), vPortEnterCritical())
#define portEXIT_CRITICAL(...) (ESPB_USE_LOCK_(__VA_ARGS__), vPortExitCritical())
#define portENTER_CRITICAL_ISR(...) (ESPB_USE_LOCK_(__VA_ARGS__), vPortEnterCritical())
#define portEXIT_CRITICAL_ISR(...) (ESPB_USE_LOCK_(__VA_ARGS__), vPortExitCritical())
#define portENTER_CRITICAL_SAFE(...) (ESPB_USE_LOCK_(__VA_ARGS__), vPortEnterCritical())
#define portEXIT_CRITICAL_SAFE(...) (ESPB_USE_LOCK_(__VA_ARGS__), vPortExitCritical())
#define portTRY_ENTER_CRITICAL(mux, timeout)                                                                 \
  (ESPB_USE_LOCK_(mux), (void)(timeout), vPortEnterCritical(), pdPASS)
#define portDISABLE_INTERRUPTS() ((void)uxPortSetInterruptMask())
#define portENABLE_INTERRUPTS() vPortClearInterruptMask(8)
#define portSET_INTERRUPT_MASK_FROM_ISR() uxPortSetInterruptMask()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(mask) vPortClearInterruptMask(mask)

static inline bool __attribute__((always_inline)) xPortCanYield(void) { return !xPortInIsrContext(); }

#ifdef __cplusplus
}
#endif
