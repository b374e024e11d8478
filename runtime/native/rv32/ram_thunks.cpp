// SPDX-License-Identifier: Apache-2.0
// Thunks in executable RAM, for instances that the pool has no room for: an option (ESPB_RAM_THUNKS=1) of
// ports that have such memory. What was made stays for later instances and is never freed: dead thunks must
// not lead anywhere.
#include "ram_thunks.h"

#if ESPB_RAM_THUNKS
#include "../../module/instance.h"
#include "espb/port.h"

extern "C" const char espb_thunk_common[];

namespace espb {

namespace {

// In executable memory, which may want words: the thunks, each `jal t0, tail`, then the tail, a jump to
// thunk_common.
struct Block {
  Block *next;
  Instance *owner; // null: free. Under the port's lock
  uint32_t count;
  uint32_t code[];
};
constexpr uint32_t kTailWords = 2;

Block *blocks; // under the port's lock

uint32_t address_of_code(const Block &block) { return (uint32_t)&block.code; }

constexpr uint32_t jal_t0(uint32_t distance) { // forward, below 1 MB
  return 0x6f | 5u << 7 | (distance & 0xff000) | (distance & 0x800) << 9 | (distance & 0x7fe) << 20;
}

} // namespace

bool reserve_ram_thunks(Instance &instance, uint32_t count) {
  espb_port_lock();
  Block *block = blocks;
  while (block != nullptr && (block->owner != nullptr || block->count < count))
    block = block->next;
  if (block != nullptr)
    block->owner = &instance;
  espb_port_unlock();
  if (block == nullptr) {
    count = (count + kThunkBlock - 1) / kThunkBlock * kThunkBlock;
    const uint32_t bytes = sizeof(Block) + 4 * (count + kTailWords);
    block = static_cast<Block *>(espb_port_alloc(bytes, alignof(Block), ESPB_MEMORY_EXECUTABLE));
    if (block == nullptr)
      return false;
    block->owner = &instance;
    block->count = count;
    for (uint32_t i = 0; i < count; ++i)
      block->code[i] = jal_t0(4 * (count - i));
    const uint32_t target = (uint32_t)espb_thunk_common, high = target + 0x800;
    block->code[count] = 0x337 | (high & 0xfffff000); // lui t1; jalr zero, t1
    block->code[count + 1] = 0x30067 | target << 20;
    espb_port_code_written(block, bytes);
    espb_port_lock();
    block->next = blocks;
    blocks = block;
    espb_port_unlock();
  }
  instance.callable_base = address_of_code(*block);
  return true;
}

void release_ram_thunks(const Instance &instance) {
  for (Block *block = blocks; block != nullptr; block = block->next)
    if (block->owner == &instance)
      block->owner = nullptr;
}

Instance *const *ram_thunk_owner(uint32_t address) {
  static Instance *const nobody = nullptr;
  espb_port_lock();
  const Block *block = blocks;
  while (block != nullptr && address - address_of_code(*block) >= 4 * block->count)
    block = block->next;
  espb_port_unlock();
  return block != nullptr ? &block->owner : &nobody;
}

} // namespace espb

[[gnu::weak]] void espb_port_code_written(void *, size_t) {
  asm volatile(".word 0x0000100f" ::: "memory");
} // fence.i
#endif
