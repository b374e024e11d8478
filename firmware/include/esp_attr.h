// SPDX-License-Identifier: Apache-2.0
// Placement attributes. A module's code and data lie where the runtime puts them, so these say nothing on
// this board.
#pragma once

#include "sdkconfig.h"

#define IRAM_ATTR
#define DRAM_ATTR
#define DMA_ATTR __attribute__((aligned(4)))
#define WORD_ALIGNED_ATTR __attribute__((aligned(4)))
#define FORCE_INLINE_ATTR static inline __attribute__((always_inline))
#define NOINLINE_ATTR __attribute__((noinline))
#define DRAM_STR(text) (text)
#define IRAM_DATA_ATTR
#define IRAM_BSS_ATTR
#define EXT_RAM_BSS_ATTR
#define EXT_RAM_NOINIT_ATTR
#define COREDUMP_DRAM_ATTR
#define RTC_IRAM_ATTR
#define RTC_DATA_ATTR
#define RTC_RODATA_ATTR
#define RTC_NOINIT_ATTR
#define RTC_FAST_ATTR
#define RTC_SLOW_ATTR
#define __NOINIT_ATTR
