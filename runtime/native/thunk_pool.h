// SPDX-License-Identifier: Apache-2.0
// Who holds which thunks of the pool. Each chip's thunks.cpp includes it once; its thunks.S has the pool
// itself, espb_thunk_pool, of ESPB_THUNKS thunks kThunkBytes apart.
#ifndef ESPB_RUNTIME_NATIVE_THUNK_POOL_H
#define ESPB_RUNTIME_NATIVE_THUNK_POOL_H

#include "espb/port.h"
#include "module/instance.h"
#include "native/thunks.h"

#ifndef ESPB_THUNKS
#define ESPB_THUNKS 32 // thunks.S has the same
#endif
#if ESPB_RAM_THUNKS
#include "native/rv32/ram_thunks.h"
#endif

extern "C" {
extern const char espb_thunk_pool[];
extern espb::Instance *espb_thunk_owners[ESPB_THUNKS / espb::kThunkBlock];
}

namespace espb {

namespace {

constexpr uint32_t kBlockBytes = kThunkBytes * kThunkBlock;
constexpr uint32_t kBlocks = ESPB_THUNKS / kThunkBlock;
static_assert(ESPB_THUNKS % kThunkBlock == 0 && kBlocks > 0, "ESPB_THUNKS must be a multiple of 16");

uint32_t next_block; // where to look first: what was given back last is used again last

uint32_t pool_address() { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(espb_thunk_pool)); }

} // namespace

uint32_t thunk_pool_size() { return ESPB_THUNKS; }

bool reserve_thunks(Instance &instance, uint32_t count) {
  const uint32_t wanted = (count + kThunkBlock - 1) / kThunkBlock;
  uint32_t found = 0;
  espb_port_lock();
  for (uint32_t pass = 0; pass < 2 && found < wanted; ++pass) {
    found = 0;
    for (uint32_t i = pass == 0 ? next_block : 0; i < kBlocks && found < wanted; ++i) {
      found = espb_thunk_owners[i] ? 0 : found + 1;
      next_block = i + 1;
    }
  }
  if (found == wanted) {
    const uint32_t first = next_block - wanted;
    instance.callable_base = pool_address() + first * kBlockBytes;
    for (uint32_t i = first; i < next_block; ++i)
      espb_thunk_owners[i] = &instance;
  }
  espb_port_unlock();
#if ESPB_RAM_THUNKS
  if (found != wanted)
    return reserve_ram_thunks(instance, count);
#endif
  return found == wanted;
}

void release_thunks(Instance &instance) {
  espb_port_lock();
  for (Instance *&owner : espb_thunk_owners)
    if (owner == &instance)
      owner = nullptr;
#if ESPB_RAM_THUNKS
  release_ram_thunks(instance);
#endif
  espb_port_unlock();
}

void visit_thunk_holders(const Instance &instance, void (*visit)(void *, const char *), void *context) {
  const uint32_t count = instance.module->callable_count();
  if (count != 0)
    espb_port_visit_holders(instance.callable_base, instance.callable_base + count * kThunkBytes, visit,
                            context);
}

namespace {

Instance *const *find_owner(uint32_t address) {
#if ESPB_RAM_THUNKS
  if (address - pool_address() >= kBlocks * kBlockBytes)
    return ram_thunk_owner(address);
#endif
  return &espb_thunk_owners[(address - pool_address()) / kBlockBytes];
}

} // namespace
} // namespace espb

espb::Instance *espb_thunk_owners[espb::kBlocks]; // null: free. Written under the port's lock

#endif
