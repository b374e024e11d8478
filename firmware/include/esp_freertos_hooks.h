// SPDX-License-Identifier: Apache-2.0
// Functions that the idle task and the tick interrupt call.
#pragma once

#include <stdbool.h>

#include "esp_err.h"
#include "freertos/FreeRTOS.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef bool (*esp_freertos_idle_cb_t)(void);
typedef void (*esp_freertos_tick_cb_t)(void);

esp_err_t esp_register_freertos_idle_hook(esp_freertos_idle_cb_t hook);
esp_err_t esp_register_freertos_tick_hook(esp_freertos_tick_cb_t hook);
esp_err_t esp_register_freertos_idle_hook_for_cpu(esp_freertos_idle_cb_t hook, UBaseType_t cpu);
esp_err_t esp_register_freertos_tick_hook_for_cpu(esp_freertos_tick_cb_t hook, UBaseType_t cpu);
void esp_deregister_freertos_idle_hook(esp_freertos_idle_cb_t hook);
void esp_deregister_freertos_tick_hook(esp_freertos_tick_cb_t hook);

#ifdef __cplusplus
}
#endif
