// SPDX-License-Identifier: Apache-2.0
// The types and macros the kernel asks of a port, the same for every chip; port_chip.h is the chip's. Types
// and stack units are those of ESP-IDF (BaseType_t is int, stacks are counted in bytes), so that a program
// written for ESP-IDF means the same here. The headers in firmware/include/freertos/ must agree with this
// file; tests/freertos checks it.
#ifndef ESPB_FREERTOS_PORTMACRO_H
#define ESPB_FREERTOS_PORTMACRO_H

#include "port_chip.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define portCHAR char
#define portFLOAT float
#define portDOUBLE double
#define portLONG int32_t
#define portSHORT int16_t
#define portSTACK_TYPE uint8_t
#define portBASE_TYPE int
#define portPOINTER_SIZE_TYPE uint32_t

typedef portSTACK_TYPE StackType_t;
typedef int BaseType_t;
typedef unsigned int UBaseType_t;
typedef uint32_t TickType_t;

#define portMAX_DELAY ((TickType_t)0xffffffffUL)
#define portTICK_TYPE_IS_ATOMIC 1
#define portSTACK_GROWTH (-1)
#define portTICK_PERIOD_MS ((TickType_t)1000 / configTICK_RATE_HZ)
#define portBYTE_ALIGNMENT 16
#define portCRITICAL_NESTING_IN_TCB 0
#define portNOP() __asm__ volatile("nop")
#define portMEMORY_BARRIER() __asm__ volatile("" ::: "memory")
#define portINLINE inline
#define portFORCE_INLINE inline __attribute__((always_inline))
#define portDONT_DISCARD __attribute__((used))

#define portTASK_FUNCTION_PROTO(function, parameters) void function(void *parameters)
#define portTASK_FUNCTION(function, parameters) void function(void *parameters)

// A yield takes effect at once, also inside a critical section: the nesting depth travels with the task.
void vPortYield(void);
void vPortYieldFromISR(void);
void vPortEnterCritical(void);
void vPortExitCritical(void);
UBaseType_t uxPortSetInterruptMask(void);
void vPortClearInterruptMask(UBaseType_t mask);
BaseType_t xPortInIsrContext(void);
uint32_t ulPortRunTime(void);
void vPortCleanUpTcb(void *tcb);

#define portYIELD() vPortYield()
#define portYIELD_WITHIN_API() vPortYield()
#define portEND_SWITCHING_ISR(switch_required)                                                               \
  do {                                                                                                       \
    if (switch_required)                                                                                     \
      vPortYieldFromISR();                                                                                   \
  } while (0)
#define portYIELD_FROM_ISR(switch_required) portEND_SWITCHING_ISR(switch_required)

#define portENTER_CRITICAL() vPortEnterCritical()
#define portEXIT_CRITICAL() vPortExitCritical()
#define portDISABLE_INTERRUPTS() ((void)uxPortSetInterruptMask())
#define portENABLE_INTERRUPTS() vPortClearInterruptMask(PORT_INTERRUPTS_ON)
#define portSET_INTERRUPT_MASK_FROM_ISR() uxPortSetInterruptMask()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(mask) vPortClearInterruptMask(mask)

// The shim runs the deletion callbacks of thread local storage here.
#define portCLEAN_UP_TCB(tcb) vPortCleanUpTcb((void *)(tcb))

void vPortSleep(TickType_t ticks);
#define portSUPPRESS_TICKS_AND_SLEEP(ticks) vPortSleep(ticks)

#define portCONFIGURE_TIMER_FOR_RUN_TIME_STATS()
#define portGET_RUN_TIME_COUNTER_VALUE() ulPortRunTime()

#ifdef __cplusplus
}
#endif

#endif
