// SPDX-License-Identifier: Apache-2.0
// The flash chip. The simulated board has none that a program could write; its size is that of the module's
// window.
#pragma once

#include <stdint.h>

#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct esp_flash_t esp_flash_t;

esp_err_t esp_flash_get_size(esp_flash_t *chip, uint32_t *size);

#ifdef __cplusplus
}
#endif
