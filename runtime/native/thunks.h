// SPDX-License-Identifier: Apache-2.0
// Native-callable addresses of guest functions. A build with native calls from the machine
// (ESPB_PROFILE_NATIVE) has a pool of thunks in its code, ESPB_THUNKS of them, four bytes each; an instance
// reserves consecutive ones, so that callable k has the address of thunk first + k. A thunk that is called
// finds its instance and enters the guest on the calling task's thread.
#ifndef ESPB_RUNTIME_NATIVE_THUNKS_H
#define ESPB_RUNTIME_NATIVE_THUNKS_H

#include <stdint.h>

namespace espb {

struct Instance;

// Which thunks belong to an instance: a member of Instance, linked into the list of all while it holds any.
struct ThunkRange {
  ThunkRange *next;
  Instance *instance;
  uint16_t first;
  uint16_t count;
};

// Reserves `count` consecutive thunks. False: the pool has no such gap. A count of 0 reserves nothing and
// succeeds.
bool reserve_thunks(ThunkRange &range, Instance *instance, uint32_t count);
void release_thunks(ThunkRange &range);

// How many thunks the pool has, taken ones too: for messages.
uint32_t thunk_pool_size();

// The address of thunk `index` of the range, and back: the instance and the index of the callable that
// `address` belongs to, or nullptr.
uint32_t thunk_address(const ThunkRange &range, uint32_t index);
Instance *find_thunk(uint32_t address, uint32_t *index);

} // namespace espb
#endif
