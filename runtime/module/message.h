// SPDX-License-Identifier: Apache-2.0
// Writing an error's one-line message without a C library's formatter. What does not fit is cut off.
#ifndef ESPB_RUNTIME_MODULE_MESSAGE_H
#define ESPB_RUNTIME_MODULE_MESSAGE_H

#include "espb/espb.h"

namespace espb {

// Fills `error` (which may be null) and returns `status`. In `format`, each letter behind a % takes an
// argument: s a text, q a name from a module (quoted, shortened), u a number, x one in hexadecimal with 0x,
// v a blank and a number, or nothing for kNoValue.
espb_status report(espb_error *error, espb_status status, const char *format, ...);

espb_status no_error(espb_error *error);
espb_status no_memory(espb_error *error, const char *what, uint32_t bytes);

} // namespace espb

#endif
