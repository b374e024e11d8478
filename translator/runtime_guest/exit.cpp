// SPDX-License-Identifier: Apache-2.0
// Destructors of static objects and atexit handlers: kept in the module, run by its finaliser. A firmware
// that outlives the module never holds a pointer to them.
#include <stddef.h>

extern "C" {
void *malloc(size_t);
void free(void *);

// The address by which the C++ ABI tells one program part from another; a module has one part.
__attribute__((visibility("hidden"))) void *__dso_handle = nullptr;
}

namespace {
struct Block {
  enum { kEntries = 8 };
  struct Entry {
    void (*run)(void *);
    void *argument;
  };
  Block *older;
  int used;
  Entry entries[kEntries];
};
Block *newest;

void run_plain(void *function) { reinterpret_cast<void (*)()>(function)(); }
} // namespace

extern "C" int __cxa_atexit(void (*run)(void *), void *argument, void *) {
  if (!newest || newest->used == Block::kEntries) {
    Block *block = static_cast<Block *>(malloc(sizeof(Block)));
    if (!block)
      return -1;
    block->older = newest;
    block->used = 0;
    newest = block;
  }
  newest->entries[newest->used++] = {run, argument};
  return 0;
}

extern "C" int atexit(void (*function)()) {
  return __cxa_atexit(run_plain, reinterpret_cast<void *>(function), nullptr);
}

// The last in the list of destructors, so the first that runs.
__attribute__((destructor)) static void run_handlers() {
  while (newest) {
    Block *block = newest;
    // A handler may register further ones: they come next.
    while (newest == block && block->used > 0) {
      Block::Entry entry = block->entries[--block->used];
      entry.run(entry.argument);
    }
    if (newest == block) {
      newest = block->older;
      free(block);
    }
  }
}
