// SPDX-License-Identifier: Apache-2.0
// Native-callable addresses of guest functions. A build with native calls from the machine
// (ESPB_PROFILE_NATIVE) has a pool of thunks in its code, ESPB_THUNKS of them, kThunkBytes each; an instance
// reserves consecutive ones for its callables. A thunk that is called finds its instance and enters the guest
// on the instance's thread.
#ifndef ESPB_RUNTIME_NATIVE_THUNKS_H
#define ESPB_RUNTIME_NATIVE_THUNKS_H

#include <stdint.h>

namespace espb {

struct Instance;

// Reserves `count` thunks for the instance's callables and sets its callable_base to the first. False: so
// many are not free one behind the other. They are handed out in blocks of kThunkBlock.
constexpr uint32_t kThunkBlock = 16;
bool reserve_thunks(Instance &instance, uint32_t count);
// From now on callbacks of the instance are dead.
void release_thunks(Instance &instance);

// Asks the port who holds callbacks of the instance.
void visit_thunk_holders(const Instance &instance, void (*visit)(void *, const char *), void *context);

// How many thunks the pool has, taken ones too: for messages.
uint32_t thunk_pool_size();

} // namespace espb
#endif
