// SPDX-License-Identifier: Apache-2.0
// The bitcode of runtime_guest/, compiled when the translator is built and carried inside it.
#ifndef ESPB_TRANSLATOR_DRIVER_GUESTRUNTIME_H
#define ESPB_TRANSLATOR_DRIVER_GUESTRUNTIME_H

#include <cstddef>
#include <vector>

namespace espb {

struct GuestRuntimeMember {
  const char *Name;
  const unsigned char *Data;
  size_t Size;
};

// Each member is one source file of runtime_guest/.
const std::vector<GuestRuntimeMember> &guestRuntime();

} // namespace espb

#endif
