// SPDX-License-Identifier: Apache-2.0
// FreeRTOS as programs see it: the interface of ESP-IDF's kernel, written for this project, for native code
// and for modules. It holds no part of the kernel. What is a macro here names a function of the same kernel
// interface that ESP-IDF's headers name, so that a module built with either finds its symbols in both
// firmwares.
#pragma once

#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// As in ESP-IDF, whose FreeRTOS.h brings these along: programs rely on it.
#include "esp_attr.h"
#include "esp_bit_defs.h"
#include "esp_err.h"
#include "esp_heap_caps.h"
#include "esp_rom_sys.h"
#include "esp_system.h"
#include "freertos/FreeRTOSConfig.h"
#include "freertos/portable.h"
#include "freertos/projdefs.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

// Memory for objects that a program allocates itself. They are opaque, and roomy enough for the kernel of any
// board.
typedef struct xSTATIC_TCB {
  uint32_t espb_opaque[96];
} __attribute__((aligned(16))) StaticTask_t;
typedef struct xSTATIC_QUEUE {
  uint32_t espb_opaque[24];
} StaticQueue_t;
typedef StaticQueue_t StaticSemaphore_t;
typedef struct xSTATIC_EVENT_GROUP {
  uint32_t espb_opaque[12];
} StaticEventGroup_t;
typedef struct xSTATIC_TIMER {
  uint32_t espb_opaque[16];
} StaticTimer_t;
typedef struct xSTATIC_STREAM_BUFFER {
  uint32_t espb_opaque[16];
} StaticStreamBuffer_t;
typedef StaticStreamBuffer_t StaticMessageBuffer_t;

#ifdef __cplusplus
}
#endif
