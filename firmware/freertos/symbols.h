// SPDX-License-Identifier: Apache-2.0
// Everything that the addresses in idf_fast.sym and custom_fast.sym name, in the order that the C library's
// headers need.
#ifndef ESPB_FREERTOS_SYMBOLS_H
#define ESPB_FREERTOS_SYMBOLS_H

#include "libc_support.h"

#include <unistd.h>

#include "driver/gpio.h"
#include "esp_chip_info.h"
#include "esp_cpu.h"
#include "esp_err.h"
#include "esp_flash.h"
#include "esp_freertos_hooks.h"
#include "esp_heap_caps.h"
#include "esp_log.h"
#include "esp_random.h"
#include "esp_rom_sys.h"
#include "esp_sleep.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/message_buffer.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/stream_buffer.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include "nvs.h"
#include "nvs_flash.h"

#include "custom_functions.h"
#include "freertos_board.h"

// As for libc's, see libc_support.h.
#ifdef __XTENSA__
#ifdef __cplusplus
extern "C" {
#endif
void espb_guest_esp_log_writev(esp_log_level_t level, const char *tag, const char *format,
                               const void *arguments);
vprintf_like_t espb_guest_esp_log_set_vprintf(vprintf_like_t function);
#ifdef __cplusplus
}
#endif
#else
#define espb_guest_esp_log_writev esp_log_writev
#define espb_guest_esp_log_set_vprintf esp_log_set_vprintf
#endif

#endif
