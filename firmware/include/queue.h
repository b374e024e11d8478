// SPDX-License-Identifier: Apache-2.0
// For programs that are written for FreeRTOS outside of ESP-IDF.
#pragma once
#include "freertos/queue.h"
