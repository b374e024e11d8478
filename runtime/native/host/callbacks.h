// SPDX-License-Identifier: Apache-2.0
// What calls from the guest and calls into it have in common on a host: types and pointers.
#ifndef ESPB_RUNTIME_NATIVE_HOST_CALLBACKS_H
#define ESPB_RUNTIME_NATIVE_HOST_CALLBACKS_H

#include "../../module/instance.h"
#include <ffi.h>

namespace espb {

constexpr uint32_t kMaxNativeArguments = 64;

// Of a letter of a signature.
ffi_type *type_of(char letter);

} // namespace espb
#endif
