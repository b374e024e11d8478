// SPDX-License-Identifier: Apache-2.0
// Errors, restart, random numbers, waiting, and heap sizes behind the esp_*.h headers.
#include "esp_system.h"
#include "esp_cpu.h"
#include "esp_err.h"
#include "esp_idf_version.h"
#include "esp_random.h"
#include "esp_rom_sys.h"
#include "nvs.h"

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "freertos_board.h"
#include "port_board.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NAMED(code) {code, #code}
static const struct {
  esp_err_t code;
  const char *name;
} kErrors[] = {
    NAMED(ESP_OK),
    NAMED(ESP_FAIL),
    NAMED(ESP_ERR_NO_MEM),
    NAMED(ESP_ERR_INVALID_ARG),
    NAMED(ESP_ERR_INVALID_STATE),
    NAMED(ESP_ERR_INVALID_SIZE),
    NAMED(ESP_ERR_NOT_FOUND),
    NAMED(ESP_ERR_NOT_SUPPORTED),
    NAMED(ESP_ERR_TIMEOUT),
    NAMED(ESP_ERR_INVALID_RESPONSE),
    NAMED(ESP_ERR_INVALID_CRC),
    NAMED(ESP_ERR_INVALID_VERSION),
    NAMED(ESP_ERR_INVALID_MAC),
    NAMED(ESP_ERR_NOT_FINISHED),
    NAMED(ESP_ERR_NOT_ALLOWED),
    NAMED(ESP_ERR_WIFI_BASE),
    NAMED(ESP_ERR_MESH_BASE),
    NAMED(ESP_ERR_FLASH_BASE),
    NAMED(ESP_ERR_HW_CRYPTO_BASE),
    NAMED(ESP_ERR_MEMPROT_BASE),
    NAMED(ESP_ERR_NVS_NOT_INITIALIZED),
    NAMED(ESP_ERR_NVS_NOT_FOUND),
    NAMED(ESP_ERR_NVS_TYPE_MISMATCH),
    NAMED(ESP_ERR_NVS_READ_ONLY),
    NAMED(ESP_ERR_NVS_NOT_ENOUGH_SPACE),
    NAMED(ESP_ERR_NVS_INVALID_NAME),
    NAMED(ESP_ERR_NVS_INVALID_HANDLE),
    NAMED(ESP_ERR_NVS_KEY_TOO_LONG),
    NAMED(ESP_ERR_NVS_INVALID_LENGTH),
    NAMED(ESP_ERR_NVS_NO_FREE_PAGES),
    NAMED(ESP_ERR_NVS_NEW_VERSION_FOUND),
};

static const char *error_name(esp_err_t code) {
  for (unsigned i = 0; i < sizeof kErrors / sizeof kErrors[0]; i++) {
    if (kErrors[i].code == code)
      return kErrors[i].name;
  }
  return NULL;
}

const char *esp_err_to_name(esp_err_t code) {
  const char *name = error_name(code);
  return name != NULL ? name : "UNKNOWN ERROR";
}

const char *esp_err_to_name_r(esp_err_t code, char *buffer, size_t size) {
  const char *name = error_name(code);
  if (name != NULL) {
    snprintf(buffer, size, "%s", name);
  } else {
    snprintf(buffer, size, "UNKNOWN ERROR 0x%x(%d)", (unsigned)code, code);
  }
  return buffer;
}

void _esp_error_check_failed_without_abort(esp_err_t code, const char *file, int line, const char *function,
                                           const char *expression) {
  printf("ESP_ERROR_CHECK_WITHOUT_ABORT failed: esp_err_t 0x%x (%s) at %s:%d in %s: %s\n", (unsigned)code,
         esp_err_to_name(code), file, line, function, expression);
}

void _esp_error_check_failed(esp_err_t code, const char *file, int line, const char *function,
                             const char *expression) {
  printf("ESP_ERROR_CHECK failed: esp_err_t 0x%x (%s) at %s:%d in %s: %s\n", (unsigned)code,
         esp_err_to_name(code), file, line, function, expression);
  esp_system_abort("ESP_ERROR_CHECK failed");
}

void esp_system_abort(const char *details) {
  port_fatal("abort", details);
  for (;;) {
  }
}

#define MAX_SHUTDOWN_HANDLERS 5
static shutdown_handler_t shutdown_handlers[MAX_SHUTDOWN_HANDLERS];

esp_err_t esp_register_shutdown_handler(shutdown_handler_t handler) {
  for (unsigned i = 0; i < MAX_SHUTDOWN_HANDLERS; i++) {
    if (shutdown_handlers[i] == handler)
      return ESP_ERR_INVALID_STATE;
  }
  for (unsigned i = 0; i < MAX_SHUTDOWN_HANDLERS; i++) {
    if (shutdown_handlers[i] == NULL) {
      shutdown_handlers[i] = handler;
      return ESP_OK;
    }
  }
  return ESP_ERR_NO_MEM;
}

esp_err_t esp_unregister_shutdown_handler(shutdown_handler_t handler) {
  for (unsigned i = 0; i < MAX_SHUTDOWN_HANDLERS; i++) {
    if (shutdown_handlers[i] == handler && handler != NULL) {
      shutdown_handlers[i] = NULL;
      return ESP_OK;
    }
  }
  return ESP_ERR_INVALID_STATE;
}

void esp_restart(void) {
  for (unsigned i = MAX_SHUTDOWN_HANDLERS; i-- > 0;) {
    if (shutdown_handlers[i] != NULL)
      shutdown_handlers[i]();
  }
  board_restart();
}

esp_reset_reason_t esp_reset_reason(void) { return ESP_RST_POWERON; }
uint32_t esp_get_free_heap_size(void) { return xPortGetFreeHeapSize(); }
uint32_t esp_get_free_internal_heap_size(void) { return xPortGetFreeHeapSize(); }
uint32_t esp_get_minimum_free_heap_size(void) { return xPortGetMinimumEverFreeHeapSize(); }

const char *esp_get_idf_version(void) { return "v5.5-espb-virt"; }

int esp_cpu_get_core_id(void) { return 0; }

esp_cpu_cycle_count_t esp_cpu_get_cycle_count(void) { return port_cycles(); }

// xorshift32; the simulated board has no noise, and a repeatable run is worth more.
uint32_t esp_random(void) {
  static uint32_t state = 0x2545F491u;
  portENTER_CRITICAL();
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  const uint32_t value = state;
  portEXIT_CRITICAL();
  return value;
}

void esp_fill_random(void *buffer, size_t length) {
  uint8_t *out = buffer;
  for (uint32_t value = 0; length > 0; length--, value >>= 8) {
    if (((uintptr_t)out & 3) == 0 || out == (uint8_t *)buffer)
      value = esp_random();
    *out++ = (uint8_t)value;
  }
}

void esp_rom_delay_us(uint32_t us) {
  const uint64_t end = port_clock() + (uint64_t)us * (PORT_CLOCK_HZ / 1000000u);
  while (port_clock() < end) {
  }
}

int esp_rom_printf(const char *format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  board_console_write(text, strlen(text));
  return length;
}

// As newlib's on ESP-IDF: short waits are busy ones, longer ones are delays of whole ticks, rounded up.
int usleep(useconds_t us) {
  const uint32_t us_per_tick = 1000000u / configTICK_RATE_HZ;
  if (us < us_per_tick) {
    esp_rom_delay_us((uint32_t)us);
  } else {
    vTaskDelay((TickType_t)((us + us_per_tick - 1) / us_per_tick));
  }
  return 0;
}

unsigned sleep(unsigned seconds) {
  vTaskDelay(pdMS_TO_TICKS((uint64_t)seconds * 1000));
  return 0;
}
