// SPDX-License-Identifier: Apache-2.0
// Software timers; their callbacks run in the timer task.
#pragma once

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tmrTimerControl *TimerHandle_t;
typedef void (*TimerCallbackFunction_t)(TimerHandle_t timer);
typedef void (*PendedFunction_t)(void *argument1, uint32_t argument2);

#define tmrCOMMAND_EXECUTE_CALLBACK_FROM_ISR ((BaseType_t) - 2)
#define tmrCOMMAND_EXECUTE_CALLBACK ((BaseType_t) - 1)
#define tmrCOMMAND_START_DONT_TRACE ((BaseType_t)0)
#define tmrCOMMAND_START ((BaseType_t)1)
#define tmrCOMMAND_RESET ((BaseType_t)2)
#define tmrCOMMAND_STOP ((BaseType_t)3)
#define tmrCOMMAND_CHANGE_PERIOD ((BaseType_t)4)
#define tmrCOMMAND_DELETE ((BaseType_t)5)
#define tmrFIRST_FROM_ISR_COMMAND ((BaseType_t)6)
#define tmrCOMMAND_START_FROM_ISR ((BaseType_t)6)
#define tmrCOMMAND_RESET_FROM_ISR ((BaseType_t)7)
#define tmrCOMMAND_STOP_FROM_ISR ((BaseType_t)8)
#define tmrCOMMAND_CHANGE_PERIOD_FROM_ISR ((BaseType_t)9)

TimerHandle_t xTimerCreate(const char *name, TickType_t period, BaseType_t auto_reload, void *id,
                           TimerCallbackFunction_t callback);
TimerHandle_t xTimerCreateStatic(const char *name, TickType_t period, BaseType_t auto_reload, void *id,
                                 TimerCallbackFunction_t callback, StaticTimer_t *memory);
BaseType_t xTimerGenericCommand(TimerHandle_t timer, BaseType_t command, TickType_t value, BaseType_t *woken,
                                TickType_t ticks);
void *pvTimerGetTimerID(TimerHandle_t timer);
void vTimerSetTimerID(TimerHandle_t timer, void *id);
BaseType_t xTimerIsTimerActive(TimerHandle_t timer);
TaskHandle_t xTimerGetTimerDaemonTaskHandle(void);
const char *pcTimerGetName(TimerHandle_t timer);
TickType_t xTimerGetPeriod(TimerHandle_t timer);
TickType_t xTimerGetExpiryTime(TimerHandle_t timer);
void vTimerSetReloadMode(TimerHandle_t timer, BaseType_t auto_reload);
BaseType_t xTimerGetReloadMode(TimerHandle_t timer);
UBaseType_t uxTimerGetReloadMode(TimerHandle_t timer);
BaseType_t xTimerPendFunctionCall(PendedFunction_t function, void *argument1, uint32_t argument2,
                                  TickType_t ticks);
BaseType_t xTimerPendFunctionCallFromISR(PendedFunction_t function, void *argument1, uint32_t argument2,
                                         BaseType_t *woken);

#define pcTimerGetTimerName(timer) pcTimerGetName(timer)
#define xTimerStart(timer, ticks)                                                                            \
  xTimerGenericCommand(timer, tmrCOMMAND_START, xTaskGetTickCount(), NULL, ticks)
#define xTimerStop(timer, ticks) xTimerGenericCommand(timer, tmrCOMMAND_STOP, 0U, NULL, ticks)
#define xTimerReset(timer, ticks)                                                                            \
  xTimerGenericCommand(timer, tmrCOMMAND_RESET, xTaskGetTickCount(), NULL, ticks)
#define xTimerDelete(timer, ticks) xTimerGenericCommand(timer, tmrCOMMAND_DELETE, 0U, NULL, ticks)
#define xTimerChangePeriod(timer, period, ticks)                                                             \
  xTimerGenericCommand(timer, tmrCOMMAND_CHANGE_PERIOD, period, NULL, ticks)
#define xTimerStartFromISR(timer, woken)                                                                     \
  xTimerGenericCommand(timer, tmrCOMMAND_START_FROM_ISR, xTaskGetTickCountFromISR(), woken, 0U)
#define xTimerStopFromISR(timer, woken) xTimerGenericCommand(timer, tmrCOMMAND_STOP_FROM_ISR, 0, woken, 0U)
#define xTimerResetFromISR(timer, woken)                                                                     \
  xTimerGenericCommand(timer, tmrCOMMAND_RESET_FROM_ISR, xTaskGetTickCountFromISR(), woken, 0U)
#define xTimerChangePeriodFromISR(timer, period, woken)                                                      \
  xTimerGenericCommand(timer, tmrCOMMAND_CHANGE_PERIOD_FROM_ISR, period, woken, 0U)

#ifdef __cplusplus
}
#endif
