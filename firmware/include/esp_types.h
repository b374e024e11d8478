// SPDX-License-Identifier: Apache-2.0
// The standard types in one header.
#pragma once

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
