// SPDX-License-Identifier: Apache-2.0
// Pin types; they live in driver/gpio.h on this board.
#pragma once

#include "driver/gpio.h"
