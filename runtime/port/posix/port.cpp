// SPDX-License-Identifier: Apache-2.0
// The port for hosts with POSIX threads.
#include "port.h"
#include <atomic>
#include <mutex>
#include <stdio.h>
#include <stdlib.h>

namespace {

std::mutex runtime_lock;

// Guards what follows. Separate from the runtime's lock, under which nothing is allocated but which a caller
// might hold.
std::mutex count_lock;
uint32_t fail_at;
size_t limit_bytes = SIZE_MAX;
size_t allocations, allocated_bytes, peak_bytes;

// In front of every block, in a gap that keeps the block aligned.
struct Header {
  void *start;
  size_t bytes;
};

} // namespace

void *espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind) {
  if (kind != ESPB_MEMORY_DATA)
    return nullptr; // no engine of the host makes machine code
  std::lock_guard<std::mutex> guard(count_lock);
  if (fail_at != 0 && --fail_at == 0)
    return nullptr;
  if (bytes > limit_bytes || allocated_bytes > limit_bytes - bytes)
    return nullptr;
  size_t gap = alignment > sizeof(Header) ? alignment : sizeof(Header);
  void *start = nullptr;
  // Exactly the size wanted behind the header, so that AddressSanitizer sees an access beyond the end.
  if (bytes > SIZE_MAX - gap || posix_memalign(&start, gap, gap + bytes) != 0)
    return nullptr;
  uint8_t *block = static_cast<uint8_t *>(start) + gap;
  reinterpret_cast<Header *>(block)[-1] = {start, bytes};
  ++allocations;
  allocated_bytes += bytes;
  if (allocated_bytes > peak_bytes)
    peak_bytes = allocated_bytes;
  return block;
}

void espb_port_free(void *memory, espb_memory_kind) {
  if (memory == nullptr)
    return;
  Header header = static_cast<Header *>(memory)[-1];
  {
    std::lock_guard<std::mutex> guard(count_lock);
    --allocations;
    allocated_bytes -= header.bytes;
  }
  free(header.start);
}

void espb_port_lock(void) { runtime_lock.lock(); }
void espb_port_unlock(void) { runtime_lock.unlock(); }

// A host schedules by itself and has no watchdog.
void espb_port_poll(void) {}

namespace {

// Thread-local: its destructor is what the port knows of a thread's end.
struct TaskSlot {
  void *value = nullptr;
  ~TaskSlot() {
    if (value == nullptr)
      return;
    std::lock_guard<std::mutex> guard(runtime_lock);
    espb_task_ended(value);
  }
};
thread_local TaskSlot task_slot;
thread_local bool interrupted;

std::atomic<espb_posix_reporter> reporter;
std::atomic<espb_posix_holders> holders;

} // namespace

void *espb_port_task_slot(void) { return task_slot.value; }
bool espb_port_set_task_slot(void *value) {
  task_slot.value = value;
  return true;
}
bool espb_port_in_interrupt(void) { return interrupted; }

void espb_port_report(espb_instance *instance, const espb_error *error) {
  if (espb_posix_reporter report = reporter)
    report(instance, error);
  else
    fprintf(stderr, "espb: %s\n", error->message);
}

void espb_port_visit_holders(uintptr_t first, uintptr_t last, espb_port_holder_visitor visit, void *context) {
  if (espb_posix_holders visitor = holders)
    visitor(first, last, visit, context);
}

void espb_posix_on_report(espb_posix_reporter value) { reporter = value; }
void espb_posix_on_visit_holders(espb_posix_holders value) { holders = value; }
void espb_posix_set_in_interrupt(bool value) { interrupted = value; }

void espb_posix_fail_allocation(uint32_t n) {
  std::lock_guard<std::mutex> guard(count_lock);
  fail_at = n;
}
void espb_posix_limit_memory(size_t bytes) {
  std::lock_guard<std::mutex> guard(count_lock);
  limit_bytes = bytes;
}
size_t espb_posix_allocations(void) {
  std::lock_guard<std::mutex> guard(count_lock);
  return allocations;
}
size_t espb_posix_allocated_bytes(void) {
  std::lock_guard<std::mutex> guard(count_lock);
  return allocated_bytes;
}
size_t espb_posix_peak_bytes(void) {
  std::lock_guard<std::mutex> guard(count_lock);
  return peak_bytes;
}
void espb_posix_reset_peak(void) {
  std::lock_guard<std::mutex> guard(count_lock);
  peak_bytes = allocated_bytes;
}
