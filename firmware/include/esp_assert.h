// SPDX-License-Identifier: Apache-2.0
// Checks at compile time.
#pragma once

#include <assert.h>

#ifdef __cplusplus
#define ESP_STATIC_ASSERT static_assert
#else
#define ESP_STATIC_ASSERT _Static_assert
#endif
#define TRY_STATIC_ASSERT(condition, message) ESP_STATIC_ASSERT(condition, #message)
