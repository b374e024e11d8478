// SPDX-License-Identifier: Apache-2.0
// Thunks in executable RAM: see ram_thunks.cpp.
#ifndef ESPB_RUNTIME_NATIVE_RV32_RAM_THUNKS_H
#define ESPB_RUNTIME_NATIVE_RV32_RAM_THUNKS_H

#include <stdint.h>

#ifndef ESPB_RAM_THUNKS
#define ESPB_RAM_THUNKS 0
#endif

namespace espb {

struct Instance;

// As reserve_thunks. False: no memory.
bool reserve_ram_thunks(Instance &instance, uint32_t count);
void release_ram_thunks(const Instance &instance); // under the port's lock
// Where the owner of the thunk at this address is.
Instance *const *ram_thunk_owner(uint32_t address);

} // namespace espb
#endif
