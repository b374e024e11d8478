// SPDX-License-Identifier: Apache-2.0
// Checks that log and leave the function.
#pragma once

#include "esp_err.h"
#include "esp_log.h"

#define ESP_RETURN_ON_ERROR(expression, tag, format, ...)                                                    \
  do {                                                                                                       \
    const esp_err_t espb_err_rc_ = (expression);                                                             \
    if (espb_err_rc_ != ESP_OK) {                                                                            \
      ESP_LOGE(tag, "%s(%d): " format, __func__, __LINE__, ##__VA_ARGS__);                                   \
      return espb_err_rc_;                                                                                   \
    }                                                                                                        \
  } while (0)
#define ESP_RETURN_VOID_ON_ERROR(expression, tag, format, ...)                                               \
  do {                                                                                                       \
    if ((expression) != ESP_OK) {                                                                            \
      ESP_LOGE(tag, "%s(%d): " format, __func__, __LINE__, ##__VA_ARGS__);                                   \
      return;                                                                                                \
    }                                                                                                        \
  } while (0)
#define ESP_GOTO_ON_ERROR(expression, label, tag, format, ...)                                               \
  do {                                                                                                       \
    const esp_err_t espb_err_rc_ = (expression);                                                             \
    if (espb_err_rc_ != ESP_OK) {                                                                            \
      ESP_LOGE(tag, "%s(%d): " format, __func__, __LINE__, ##__VA_ARGS__);                                   \
      ret = espb_err_rc_;                                                                                    \
      goto label;                                                                                            \
    }                                                                                                        \
  } while (0)
#define ESP_RETURN_ON_FALSE(condition, code, tag, format, ...)                                               \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      ESP_LOGE(tag, "%s(%d): " format, __func__, __LINE__, ##__VA_ARGS__);                                   \
      return (code);                                                                                         \
    }                                                                                                        \
  } while (0)
#define ESP_RETURN_VOID_ON_FALSE(condition, tag, format, ...)                                                \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      ESP_LOGE(tag, "%s(%d): " format, __func__, __LINE__, ##__VA_ARGS__);                                   \
      return;                                                                                                \
    }                                                                                                        \
  } while (0)
#define ESP_GOTO_ON_FALSE(condition, code, label, tag, format, ...)                                          \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      ESP_LOGE(tag, "%s(%d): " format, __func__, __LINE__, ##__VA_ARGS__);                                   \
      ret = (code);                                                                                          \
      goto label;                                                                                            \
    }                                                                                                        \
  } while (0)
