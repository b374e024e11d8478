// SPDX-License-Identifier: Apache-2.0
// The port for a system without an operating system: one flow of control, memory that is all executable and
// comes from sbrk. It has an allocator of its own since libc's may clear every block (picolibc's does), which
// would cost more than loading a module.
#include "espb/port.h"

extern "C" void *sbrk(ptrdiff_t bytes); // (void *)-1: no more

namespace {

// Free memory is a list of chunks in the order of their addresses, none touching the next. A block in use has
// the number of its bytes, header included, in the word before its payload. Everything is a multiple of 8.
struct Chunk {
  size_t bytes;
  Chunk *next;
};
constexpr size_t kHeader = 8;
constexpr size_t kGranule = 8;
constexpr size_t kMaxBytes = 1u << 30;

Chunk *free_chunks;

uintptr_t address(const void *p) { return reinterpret_cast<uintptr_t>(p); }
Chunk *chunk_at(uintptr_t at) { return reinterpret_cast<Chunk *>(at); }
size_t round_up(size_t value, size_t unit) { return (value + unit - 1) & ~(unit - 1); }

// Puts [at, at + bytes) into the list and joins it with its neighbours.
void release(uintptr_t at, size_t bytes) {
  Chunk *before = nullptr, *after = free_chunks;
  while (after && address(after) < at) {
    before = after;
    after = after->next;
  }
  Chunk *chunk = chunk_at(at);
  if (after && at + bytes == address(after)) {
    bytes += after->bytes;
    after = after->next;
  }
  if (before && address(before) + before->bytes == at) {
    before->bytes += bytes;
    before->next = after;
    return;
  }
  *chunk = {bytes, after};
  (before ? before->next : free_chunks) = chunk;
}

// Takes a block out of the first chunk that has room.
void *take(size_t bytes, size_t alignment) {
  for (Chunk **link = &free_chunks; *link; link = &(*link)->next) {
    Chunk *chunk = *link;
    uintptr_t start = address(chunk), end = start + chunk->bytes;
    uintptr_t payload =
        round_up(start + kHeader, alignment); // what lies before it is 0 or has room for a chunk
    while (payload - kHeader != start && payload - kHeader - start < sizeof(Chunk))
      payload += alignment;
    if (payload > end || bytes > end - payload)
      continue;
    size_t lead = payload - kHeader - start, rest = end - payload - bytes;
    Chunk *next = chunk->next;
    if (rest >= sizeof(Chunk)) {
      Chunk *tail = chunk_at(payload + bytes);
      *tail = {rest, next};
      next = tail;
    } else {
      bytes += rest;
    }
    if (lead) {
      chunk->bytes = lead;
      chunk->next = next;
    } else {
      *link = next;
    }
    *reinterpret_cast<size_t *>(payload - kHeader) = bytes + kHeader;
    return reinterpret_cast<void *>(payload);
  }
  return nullptr;
}

} // namespace

void *espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind) {
  if (bytes > kMaxBytes || alignment > kMaxBytes)
    return nullptr;
  bytes = round_up(bytes ? bytes : 1, kGranule);
  alignment = alignment < kGranule ? kGranule : alignment;
  void *memory = take(bytes, alignment);
  if (memory)
    return memory;
  // Worst case of what alignment skips; what is left over stays in the list.
  size_t wanted = bytes + kHeader + sizeof(Chunk) + alignment + kGranule;
  void *more = sbrk(static_cast<ptrdiff_t>(wanted));
  if (more == reinterpret_cast<void *>(-1))
    return nullptr;
  uintptr_t start = round_up(address(more), kGranule);
  release(start, (address(more) + wanted - start) & ~(kGranule - 1));
  return take(bytes, alignment);
}

void espb_port_free(void *memory, espb_memory_kind) {
  if (!memory)
    return;
  uintptr_t start = address(memory) - kHeader;
  release(start, *reinterpret_cast<size_t *>(start));
}

bool espb_port_shrink(void *memory, size_t bytes, espb_memory_kind) {
  const uintptr_t start = address(memory) - kHeader;
  size_t &size = *reinterpret_cast<size_t *>(start);
  const size_t kept = round_up(bytes, kGranule) + kHeader;
  if (kept + sizeof(Chunk) > size)
    return false;
  release(start + kept, size - kept);
  size = kept;
  return true;
}

// Nothing else runs but interrupt handlers.
#if defined(__riscv)
static uint32_t interrupts_enabled;
void espb_port_lock(void) {
  uint32_t status;
  asm volatile(".option push\n\t.option arch, +zicsr\n\tcsrrci %0, mstatus, 8\n\t.option pop"
               : "=r"(status)::"memory");
  interrupts_enabled = status & 8;
}
void espb_port_unlock(void) {
  asm volatile(
      ".option push\n\t.option arch, +zicsr\n\tcsrs mstatus, %0\n\t.option pop" ::"r"(interrupts_enabled)
      : "memory");
}
#else
void espb_port_lock(void) {}
void espb_port_unlock(void) {}
#endif
void espb_port_poll(void) {}

// One task. A program that has several ways of running code, knows who holds callbacks or wants to show
// reports has functions of its own.
static void *task_slot;
[[gnu::weak]] void *espb_port_task_slot(void) { return task_slot; }
[[gnu::weak]] bool espb_port_set_task_slot(void *value) {
  task_slot = value;
  return true;
}
[[gnu::weak]] bool espb_port_in_interrupt(void) { return false; }
[[gnu::weak]] void espb_port_report(espb_instance *, const espb_error *) {}
[[gnu::weak]] void espb_port_visit_holders(uintptr_t, uintptr_t, espb_port_holder_visitor, void *) {}
