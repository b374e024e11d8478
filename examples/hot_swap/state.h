// What one version hands to the next, kept in non-volatile storage.
#pragma once
#include "nvs.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  int32_t version;
  int32_t samples;
  int32_t sum;
} state_t;

static inline void save(const state_t *state) {
  nvs_handle_t nvs;
  ESP_ERROR_CHECK(nvs_open("thermostat", NVS_READWRITE, &nvs));
  ESP_ERROR_CHECK(nvs_set_blob(nvs, "state", state, sizeof *state));
  ESP_ERROR_CHECK(nvs_commit(nvs));
  nvs_close(nvs);
}

static inline bool load(state_t *state) {
  nvs_handle_t nvs;
  if (nvs_open("thermostat", NVS_READONLY, &nvs) != ESP_OK)
    return false;
  size_t length = sizeof *state;
  esp_err_t found = nvs_get_blob(nvs, "state", state, &length);
  nvs_close(nvs);
  return found == ESP_OK && length == sizeof *state;
}
