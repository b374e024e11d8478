// SPDX-License-Identifier: Apache-2.0
// The end of a run: what the record says of it, and the end of the machine.
#ifndef ESPB_FIRMWARE_OUTCOME_H
#define ESPB_FIRMWARE_OUTCOME_H

#include "espb/espb.h"
#include "record.h"

extern Record record;
extern const char *stage; // what the run has come to, as the record names it

// Write the record and end the machine. Callable from tasks and interrupts.
[[noreturn]] void finish(bool ok, int status);
[[noreturn]] void fail(const char *message);
// `instance` may be null: an error of no module in particular.
[[noreturn]] void fail(const espb_instance *instance, const espb_error &error);

#endif
