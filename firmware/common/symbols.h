// SPDX-License-Identifier: Apache-2.0
// The symbols that this firmware offers to modules.
#ifndef ESPB_FIRMWARE_SYMBOLS_H
#define ESPB_FIRMWARE_SYMBOLS_H

#include "espb/espb.h"

extern const espb_symbols firmware_symbols;

#endif
