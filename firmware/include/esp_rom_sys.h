// SPDX-License-Identifier: Apache-2.0
// Busy waiting and printing that work in any context.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void esp_rom_delay_us(uint32_t us);
int esp_rom_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
#define ets_delay_us esp_rom_delay_us
#define ets_printf esp_rom_printf

#ifdef __cplusplus
}
#endif
