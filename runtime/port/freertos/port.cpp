// SPDX-License-Identifier: Apache-2.0
// The port for FreeRTOS, V9 and newer, with one core or (ESP-IDF) several. README.md says what a firmware may
// choose.
#include "espb/port.h"
#include "kernel.h"

// ---- Memory

namespace {

// The kernel's heap aligns to at least this; for more, the block's own address stands before it.
constexpr size_t kLeastAlignment = 8;

void *kernel_alloc(size_t bytes, espb_memory_kind kind) {
#ifdef ESP_PLATFORM
  if (kind == ESPB_MEMORY_EXECUTABLE) {
#ifdef CONFIG_HEAP_HAS_EXEC_HEAP
    return heap_caps_malloc((bytes + 3) & ~size_t{3}, MALLOC_CAP_EXEC | MALLOC_CAP_32BIT);
#else
    return nullptr; // memory protection is on: nothing that was written can be executed
#endif
  }
#else
  (void)kind;
#endif
  return pvPortMalloc(bytes);
}

} // namespace

void *espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind) {
  if (alignment < kLeastAlignment)
    alignment = kLeastAlignment;
  const size_t room = alignment + sizeof(void *);
  if (bytes > SIZE_MAX - room)
    return nullptr;
  void *block = kernel_alloc(bytes + room, kind);
  if (block == nullptr)
    return nullptr;
  const uintptr_t payload =
      (reinterpret_cast<uintptr_t>(block) + room) & ~static_cast<uintptr_t>(alignment - 1);
  reinterpret_cast<void **>(payload)[-1] = block;
  return reinterpret_cast<void *>(payload);
}

void espb_port_free(void *memory, espb_memory_kind) {
  if (memory != nullptr)
    vPortFree(static_cast<void **>(memory)[-1]);
}

#if defined(ESP_PLATFORM) ? defined(CONFIG_HEAP_HAS_EXEC_HEAP) : ESPB_PORT_HEAP_4
bool espb_port_shrink(void *memory, size_t bytes, espb_memory_kind kind) {
  char *const block = static_cast<char *>(static_cast<void **>(memory)[-1]);
  const size_t kept = static_cast<size_t>(static_cast<char *>(memory) - block) + bytes;
#ifdef ESP_PLATFORM // the heap does that in place
  return kind == ESPB_MEMORY_EXECUTABLE &&
         heap_caps_realloc(block, kept, MALLOC_CAP_EXEC | MALLOC_CAP_32BIT) == block;
#else // heap_4.c has a pointer and the size before a block, the upper bit of which says that it is in use
  (void)kind;
  struct alignas(portBYTE_ALIGNMENT) Header {
    void *next;
    size_t size;
  };
  constexpr size_t kInUse = SIZE_MAX / 2 + 1, kGranule = sizeof(Header);
  auto *const header = reinterpret_cast<Header *>(block) - 1;
  const size_t first = (kept + 2 * kGranule - 1) & ~(kGranule - 1);
  const size_t size = header->size & ~kInUse;
  if (header->next != nullptr || (header->size & kInUse) == 0 || size < first + 4 * kGranule)
    return false;
  auto *const rest = reinterpret_cast<Header *>(reinterpret_cast<char *>(header) + first);
  rest->next = nullptr;
  rest->size = (size - first) | kInUse;
  header->size = first | kInUse;
  vPortFree(rest + 1);
  return true;
#endif
}
#endif

// ---- Critical sections

#ifdef ESP_PLATFORM

static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;
void espb_port_lock(void) { portENTER_CRITICAL_SAFE(&lock); }
void espb_port_unlock(void) { portEXIT_CRITICAL_SAFE(&lock); }

#else

// Usable in tasks and interrupts alike. The mask may lie here since nothing else runs until it is restored.
static UBaseType_t mask_before;
void espb_port_lock(void) {
  const UBaseType_t mask = ESPB_INTERRUPTS_OFF();
  mask_before = mask;
}
void espb_port_unlock(void) {
  const UBaseType_t mask = mask_before;
  ESPB_INTERRUPTS_BACK(mask);
}

#endif

// A guest that computes for long is preempted like any task; the watchdog of the idle task is the firmware's
// business.
void espb_port_poll(void) {}
