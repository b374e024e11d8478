// SPDX-License-Identifier: Apache-2.0
// Storage behind nvs.h: a list of entries in RAM. Other tasks stand still while one works on it.
#include "nvs.h"
#include "nvs_flash.h"

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum type { kI8, kU8, kI16, kU16, kI32, kU32, kI64, kU64, kStr, kBlob };

struct entry {
  struct entry *next;
  char space[NVS_NS_NAME_MAX_SIZE];
  char key[NVS_KEY_NAME_MAX_SIZE];
  enum type type;
  size_t length;
  uint8_t bytes[];
};
static struct entry *entries;
static bool ready;

#define MAX_OPEN 16
static struct {
  bool open;
  bool writable;
  char space[NVS_NS_NAME_MAX_SIZE];
} opened[MAX_OPEN];

static bool good_name(const char *name) {
  return name != NULL && name[0] != 0 && strlen(name) < NVS_KEY_NAME_MAX_SIZE;
}

esp_err_t nvs_flash_init(void) {
  ready = true;
  return ESP_OK;
}

esp_err_t nvs_flash_deinit(void) {
  if (!ready)
    return ESP_ERR_NVS_NOT_INITIALIZED;
  ready = false;
  memset(opened, 0, sizeof opened);
  return ESP_OK;
}

// Frees the entries that are in the namespace and have the key; NULL stands for all. Returns how many.
static unsigned erase(const char *space, const char *key) {
  unsigned count = 0;
  for (struct entry **link = &entries; *link != NULL;) {
    struct entry *entry = *link;
    if ((space == NULL || strcmp(entry->space, space) == 0) &&
        (key == NULL || strcmp(entry->key, key) == 0)) {
      *link = entry->next;
      free(entry);
      count++;
    } else {
      link = &entry->next;
    }
  }
  return count;
}

esp_err_t nvs_flash_erase(void) {
  vTaskSuspendAll();
  erase(NULL, NULL);
  memset(opened, 0, sizeof opened);
  ready = false;
  (void)xTaskResumeAll();
  return ESP_OK;
}

esp_err_t nvs_open(const char *name, nvs_open_mode_t mode, nvs_handle_t *handle) {
  if (!ready)
    return ESP_ERR_NVS_NOT_INITIALIZED;
  if (!good_name(name))
    return ESP_ERR_NVS_INVALID_NAME;
  if (handle == NULL)
    return ESP_ERR_INVALID_ARG;
  esp_err_t result = ESP_ERR_NO_MEM;
  vTaskSuspendAll();
  bool exists = mode == NVS_READWRITE;
  for (const struct entry *entry = entries; entry != NULL && !exists; entry = entry->next)
    exists = strcmp(entry->space, name) == 0;
  if (!exists)
    result = ESP_ERR_NVS_NOT_FOUND;
  for (unsigned i = 0; i < MAX_OPEN && exists; i++) {
    if (opened[i].open)
      continue;
    opened[i].open = true;
    opened[i].writable = mode == NVS_READWRITE;
    strcpy(opened[i].space, name);
    *handle = i + 1;
    result = ESP_OK;
    break;
  }
  (void)xTaskResumeAll();
  return result;
}

static esp_err_t check(nvs_handle_t handle, const char *key, bool write) {
  if (!ready)
    return ESP_ERR_NVS_NOT_INITIALIZED;
  if (handle == 0 || handle > MAX_OPEN || !opened[handle - 1].open)
    return ESP_ERR_NVS_INVALID_HANDLE;
  if (write && !opened[handle - 1].writable)
    return ESP_ERR_NVS_READ_ONLY;
  if (key == NULL || key[0] == 0)
    return ESP_ERR_NVS_INVALID_NAME;
  return good_name(key) ? ESP_OK : ESP_ERR_NVS_KEY_TOO_LONG;
}

void nvs_close(nvs_handle_t handle) {
  if (handle != 0 && handle <= MAX_OPEN)
    opened[handle - 1].open = false;
}

esp_err_t nvs_commit(nvs_handle_t handle) { return check(handle, "key", false); }

esp_err_t nvs_erase_key(nvs_handle_t handle, const char *key) {
  const esp_err_t wrong = check(handle, key, true);
  if (wrong != ESP_OK)
    return wrong;
  vTaskSuspendAll();
  const unsigned count = erase(opened[handle - 1].space, key);
  (void)xTaskResumeAll();
  return count != 0 ? ESP_OK : ESP_ERR_NVS_NOT_FOUND;
}

esp_err_t nvs_erase_all(nvs_handle_t handle) {
  const esp_err_t wrong = check(handle, "key", true);
  if (wrong != ESP_OK)
    return wrong;
  vTaskSuspendAll();
  erase(opened[handle - 1].space, NULL);
  (void)xTaskResumeAll();
  return ESP_OK;
}

static esp_err_t set(nvs_handle_t handle, const char *key, enum type type, const void *value, size_t length) {
  const esp_err_t wrong = check(handle, key, true);
  if (wrong != ESP_OK)
    return wrong;
  if (value == NULL)
    return ESP_ERR_INVALID_ARG;
  struct entry *entry = malloc(sizeof *entry + length);
  if (entry == NULL)
    return ESP_ERR_NVS_NOT_ENOUGH_SPACE;
  strcpy(entry->space, opened[handle - 1].space);
  strcpy(entry->key, key);
  entry->type = type;
  entry->length = length;
  memcpy(entry->bytes, value, length);
  vTaskSuspendAll();
  erase(entry->space, entry->key);
  entry->next = entries;
  entries = entry;
  (void)xTaskResumeAll();
  return ESP_OK;
}

// `length`: how much room there is, then how long the value is.
static esp_err_t get(nvs_handle_t handle, const char *key, enum type type, void *value, size_t *length) {
  esp_err_t result = check(handle, key, false);
  if (result != ESP_OK)
    return result;
  if (length == NULL)
    return ESP_ERR_INVALID_ARG;
  result = ESP_ERR_NVS_NOT_FOUND;
  vTaskSuspendAll();
  for (const struct entry *entry = entries; entry != NULL; entry = entry->next) {
    if (strcmp(entry->space, opened[handle - 1].space) != 0 || strcmp(entry->key, key) != 0)
      continue;
    result = ESP_OK;
    if (entry->type != type)
      result = ESP_ERR_NVS_TYPE_MISMATCH;
    else if (value != NULL && *length < entry->length)
      result = ESP_ERR_NVS_INVALID_LENGTH;
    else if (value != NULL)
      memcpy(value, entry->bytes, entry->length);
    if (entry->type == type)
      *length = entry->length;
    break;
  }
  (void)xTaskResumeAll();
  return result;
}

#define NUMBER(name, c_type, type)                                                                           \
  esp_err_t nvs_set_##name(nvs_handle_t handle, const char *key, c_type value) {                             \
    return set(handle, key, type, &value, sizeof value);                                                     \
  }                                                                                                          \
  esp_err_t nvs_get_##name(nvs_handle_t handle, const char *key, c_type *value) {                            \
    size_t length = sizeof *value;                                                                           \
    return value != NULL ? get(handle, key, type, value, &length) : ESP_ERR_INVALID_ARG;                     \
  }
NUMBER(i8, int8_t, kI8)
NUMBER(u8, uint8_t, kU8)
NUMBER(i16, int16_t, kI16)
NUMBER(u16, uint16_t, kU16)
NUMBER(i32, int32_t, kI32)
NUMBER(u32, uint32_t, kU32)
NUMBER(i64, int64_t, kI64)
NUMBER(u64, uint64_t, kU64)

esp_err_t nvs_set_str(nvs_handle_t handle, const char *key, const char *value) {
  return set(handle, key, kStr, value, value != NULL ? strlen(value) + 1 : 0);
}
esp_err_t nvs_get_str(nvs_handle_t handle, const char *key, char *value, size_t *length) {
  return get(handle, key, kStr, value, length);
}
esp_err_t nvs_set_blob(nvs_handle_t handle, const char *key, const void *value, size_t length) {
  return set(handle, key, kBlob, value, length);
}
esp_err_t nvs_get_blob(nvs_handle_t handle, const char *key, void *value, size_t *length) {
  return get(handle, key, kBlob, value, length);
}
