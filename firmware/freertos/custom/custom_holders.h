// SPDX-License-Identifier: Apache-2.0
// What the firmware asks before a module is unloaded; no business of programs.
#ifndef ESPB_CUSTOM_HOLDERS_H
#define ESPB_CUSTOM_HOLDERS_H

#include "custom_functions.h"

#ifdef __cplusplus
extern "C" {
#endif

void custom_handlers_visit(void (*visit)(void *context, const custom_handler_t *handler), void *context);

#ifdef __cplusplus
}
#endif
#endif
