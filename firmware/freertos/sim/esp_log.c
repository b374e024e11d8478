// SPDX-License-Identifier: Apache-2.0
// Logging behind esp_log.h. A line is written as a whole: tasks take turns, and interrupt handlers, which
// cannot wait, write at once.
#include "esp_log.h"

#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tag_level {
  struct tag_level *next;
  esp_log_level_t level;
  char tag[];
};
static struct tag_level *tags;
static esp_log_level_t default_level = (esp_log_level_t)CONFIG_LOG_DEFAULT_LEVEL;
static vprintf_like_t writer = vprintf;
static StaticSemaphore_t mutex_memory;
static SemaphoreHandle_t mutex;

static bool lock(void) {
  if (xPortInIsrContext() || xTaskGetSchedulerState() != taskSCHEDULER_RUNNING)
    return false;
  portENTER_CRITICAL();
  if (mutex == NULL)
    mutex = xSemaphoreCreateRecursiveMutexStatic(&mutex_memory);
  portEXIT_CRITICAL();
  return xSemaphoreTakeRecursive(mutex, portMAX_DELAY) == pdTRUE;
}

static void unlock(bool locked) {
  if (locked)
    xSemaphoreGiveRecursive(mutex);
}

// Entries are only ever added at the front, so that readers need no lock.
static struct tag_level *find(const char *tag) {
  struct tag_level *entry = tags;
  while (entry != NULL && strcmp(entry->tag, tag) != 0)
    entry = entry->next;
  return entry;
}

void esp_log_level_set(const char *tag, esp_log_level_t level) {
  if (tag == NULL)
    return;
  const bool locked = lock();
  if (strcmp(tag, "*") == 0) {
    // The level of all tags, those with a level of their own included.
    default_level = level;
    for (struct tag_level *entry = tags; entry != NULL; entry = entry->next)
      entry->level = level;
  } else {
    struct tag_level *entry = find(tag);
    if (entry != NULL) {
      entry->level = level;
    } else if ((entry = malloc(sizeof *entry + strlen(tag) + 1)) != NULL) {
      entry->level = level;
      strcpy(entry->tag, tag);
      entry->next = tags;
      tags = entry;
    }
  }
  unlock(locked);
}

esp_log_level_t esp_log_level_get(const char *tag) {
  const struct tag_level *entry = tag != NULL ? find(tag) : NULL;
  return entry != NULL ? entry->level : default_level;
}

esp_log_level_t esp_log_get_default_level(void) { return default_level; }
void esp_log_set_default_level(esp_log_level_t level) { default_level = level; }

vprintf_like_t esp_log_set_vprintf(vprintf_like_t function) {
  const vprintf_like_t before = writer;
  writer = function;
  return before;
}

uint32_t esp_log_timestamp(void) { return pdTICKS_TO_MS(xTaskGetTickCountFromISR()); }
uint32_t esp_log_early_timestamp(void) { return esp_log_timestamp(); }

char *esp_log_system_timestamp(void) {
  static char text[18];
  const uint32_t ms = esp_log_timestamp();
  const unsigned seconds = (unsigned)(ms / 1000);
  snprintf(text, sizeof text, "%02u:%02u:%02u.%03u", seconds / 3600 % 100, seconds / 60 % 60, seconds % 60,
           (unsigned)(ms % 1000));
  return text;
}

void esp_log_writev(esp_log_level_t level, const char *tag, const char *format, va_list arguments) {
  if (level == ESP_LOG_NONE || level > esp_log_level_get(tag))
    return;
  const bool locked = lock();
  writer(format, arguments);
  unlock(locked);
}

void esp_log_write(esp_log_level_t level, const char *tag, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  esp_log_writev(level, tag, format, arguments);
  va_end(arguments);
}

// One line of a dump: up to 16 bytes as hexadecimal, as characters, or as an address with both.
enum dump_kind { kDumpHex, kDumpChar, kDumpBoth };

static void dump(const char *tag, const void *buffer, uint16_t length, esp_log_level_t level,
                 enum dump_kind kind) {
  static const char kDigits[] = "0123456789abcdef";
  static const char kLetters[] = "NEWIDV";
  const uint8_t *bytes = buffer;
  if (level <= ESP_LOG_NONE || level >= ESP_LOG_MAX || level > esp_log_level_get(tag))
    return;
  for (unsigned start = 0; start < length; start += 16) {
    const unsigned count = length - start < 16 ? length - start : 16;
    char line[96];
    char *out = line;
    if (kind == kDumpBoth)
      out += sprintf(out, "%p   ", (const void *)(bytes + start));
    for (unsigned i = 0; i < (kind == kDumpBoth ? 16 : count); i++) {
      if (kind == kDumpChar) {
        *out++ = (char)bytes[start + i];
        continue;
      }
      *out++ = i < count ? kDigits[bytes[start + i] >> 4] : ' ';
      *out++ = i < count ? kDigits[bytes[start + i] & 15] : ' ';
      if (i + 1 < (kind == kDumpBoth ? 16 : count))
        *out++ = ' ';
      if (kind == kDumpBoth && i == 7)
        *out++ = ' ';
    }
    if (kind == kDumpBoth) {
      out += sprintf(out, "  |");
      for (unsigned i = 0; i < count; i++) {
        const uint8_t byte = bytes[start + i];
        *out++ = byte >= 0x20 && byte < 0x7f ? (char)byte : '.';
      }
      *out++ = '|';
    }
    *out = 0;
    esp_log_write(level, tag, "%c (%" PRIu32 ") %s: %s\n", kLetters[level], esp_log_timestamp(), tag, line);
  }
}

void esp_log_buffer_hex_internal(const char *tag, const void *buffer, uint16_t length,
                                 esp_log_level_t level) {
  dump(tag, buffer, length, level, kDumpHex);
}

void esp_log_buffer_char_internal(const char *tag, const void *buffer, uint16_t length,
                                  esp_log_level_t level) {
  dump(tag, buffer, length, level, kDumpChar);
}

void esp_log_buffer_hexdump_internal(const char *tag, const void *buffer, uint16_t length,
                                     esp_log_level_t level) {
  dump(tag, buffer, length, level, kDumpBoth);
}
