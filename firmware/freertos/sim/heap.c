// SPDX-License-Identifier: Apache-2.0
// malloc and its relatives on the kernel's heap_4, so that the program, the C library and the kernel share
// one heap whose free size can be asked for. malloc and pvPortMalloc blocks are of one kind, as in ESP-IDF:
// either function frees both.
#include "esp_heap_caps.h"

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "freertos_board.h"
#include "port_board.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

// heap_4 keeps { next, size } in front of each block, padded to the alignment; the top bit of the size says
// "in use". All versions from V9 to V11 agree, and tests/freertos checks it.
#define HEADER portBYTE_ALIGNMENT
#define IN_USE 0x80000000u

// A block of memalign lies inside a larger one; in front of it stands, instead of the kernel's header, where
// that one begins.
struct aligned_header {
  void *whole;
  size_t size; // without the bit that blocks of the kernel have
  uint32_t mark;
  uint32_t check;
};
#define ALIGNED_MARK 0x616c676eu
_Static_assert(sizeof(struct aligned_header) == HEADER, "takes the place of the kernel's header");

static struct aligned_header *aligned_header(const void *block) {
  struct aligned_header *header = (struct aligned_header *)(uintptr_t)block - 1;
  const bool is_aligned = !(header->size & IN_USE) && header->mark == ALIGNED_MARK &&
                          header->check == ~(uint32_t)(uintptr_t)header->whole;
  return is_aligned ? header : NULL;
}

static size_t usable_size(const void *block) {
  const struct aligned_header *aligned = aligned_header(block);
  if (aligned != NULL)
    return aligned->size;
  const size_t size = ((const size_t *)(const void *)((const char *)block - HEADER))[1];
  if (!(size & IN_USE) || (size & ~IN_USE) <= HEADER)
    port_fatal("heap", "free or realloc of memory that is not allocated");
  return (size & ~IN_USE) - HEADER;
}

void *malloc(size_t size) {
  if (size > SIZE_MAX / 2)
    return NULL;
  void *block = pvPortMalloc(size != 0 ? size : 1);
  if (block == NULL)
    errno = ENOMEM;
  return block;
}

void free(void *block) {
  if (block == NULL)
    return;
  (void)usable_size(block);
  struct aligned_header *aligned = aligned_header(block);
  if (aligned != NULL) {
    block = aligned->whole;
    aligned->mark = 0;
  }
  vPortFree(block);
}

void *memalign(size_t alignment, size_t size) {
  if (alignment & (alignment - 1))
    return NULL;
  if (alignment <= HEADER)
    return malloc(size);
  if (size > SIZE_MAX / 2 || alignment > SIZE_MAX / 4)
    return NULL;
  char *whole = malloc(size + alignment);
  if (whole == NULL)
    return NULL;
  // The whole block is aligned to the size of a header, so there is room for one below the next boundary.
  char *block = (char *)(((uintptr_t)whole + alignment) & ~(uintptr_t)(alignment - 1));
  struct aligned_header *header = (struct aligned_header *)(void *)block - 1;
  *header = (struct aligned_header){.whole = whole,
                                    .size = usable_size(whole) - (size_t)(block - whole),
                                    .mark = ALIGNED_MARK,
                                    .check = ~(uint32_t)(uintptr_t)whole};
  return block;
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (alignment < sizeof(void *) || (alignment & (alignment - 1)))
    return EINVAL;
  *block = memalign(alignment, size);
  return *block != NULL ? 0 : ENOMEM;
}

void *calloc(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes))
    return NULL;
  void *block = malloc(bytes);
  if (block != NULL)
    memset(block, 0, bytes);
  return block;
}

void *realloc(void *block, size_t size) {
  if (block == NULL)
    return malloc(size);
  if (size == 0) {
    free(block);
    return NULL;
  }
  const size_t before = usable_size(block);
  if (size <= before && before - size < 4 * HEADER)
    return block;
  void *moved = malloc(size);
  if (moved == NULL)
    return size <= before ? block : NULL;
  memcpy(moved, block, size < before ? size : before);
  free(block);
  return moved;
}

size_t malloc_usable_size(void *block) { return block != NULL ? usable_size(block) : 0; }

#define HAVE (MALLOC_CAP_32BIT | MALLOC_CAP_8BIT | MALLOC_CAP_DMA | MALLOC_CAP_INTERNAL | MALLOC_CAP_DEFAULT)

static bool have(uint32_t caps) { return (caps & ~(uint32_t)HAVE) == 0; }

void *heap_caps_malloc(size_t size, uint32_t caps) { return have(caps) ? malloc(size) : NULL; }
void *heap_caps_calloc(size_t count, size_t size, uint32_t caps) {
  return have(caps) ? calloc(count, size) : NULL;
}
void *heap_caps_realloc(void *block, size_t size, uint32_t caps) {
  return have(caps) ? realloc(block, size) : NULL;
}
void heap_caps_free(void *block) { free(block); }
size_t heap_caps_get_free_size(uint32_t caps) { return have(caps) ? xPortGetFreeHeapSize() : 0; }
size_t heap_caps_get_minimum_free_size(uint32_t caps) {
  return have(caps) ? xPortGetMinimumEverFreeHeapSize() : 0;
}
size_t heap_caps_get_total_size(uint32_t caps) { return have(caps) ? freertos_heap_bytes() : 0; }
size_t heap_caps_get_allocated_size(void *block) { return usable_size(block); }
