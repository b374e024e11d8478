// SPDX-License-Identifier: Apache-2.0
// Programs include this by habit; the kernel's lists are its own affair.
#pragma once

#include "freertos/FreeRTOS.h"
