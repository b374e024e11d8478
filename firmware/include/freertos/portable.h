// SPDX-License-Identifier: Apache-2.0
// The kernel's heap, and portmacro.h.
#pragma once

#include <stddef.h>

#include "freertos/portmacro.h"

#ifdef __cplusplus
extern "C" {
#endif

void *pvPortMalloc(size_t size);
void vPortFree(void *block);
size_t xPortGetFreeHeapSize(void);
size_t xPortGetMinimumEverFreeHeapSize(void);

#ifdef __cplusplus
}
#endif
