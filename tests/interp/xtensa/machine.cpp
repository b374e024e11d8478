// SPDX-License-Identifier: Apache-2.0
// A program under qemu-xtensa: Linux' system calls; the file with the cases is standard input.
#include "../machine.h"
#include "runtime/module/exec.h"
#include <string.h>

extern "C" long system_call(long number, long a, long b, long c, long d, long e, long f);

static_assert(ESPB_INTERP_SPACING == espb::kThunkBytes, "cases for another chip");

namespace interp_test {
namespace {

enum Call { kRead = 12, kWrite = 13, kMmap2 = 80 };

bool fill(void *buffer, size_t bytes) {
  char *at = static_cast<char *>(buffer);
  while (bytes != 0) {
    const long got = system_call(kRead, 0, reinterpret_cast<long>(at), static_cast<long>(bytes), 0, 0, 0);
    if (got <= 0)
      return false;
    at += got;
    bytes -= static_cast<size_t>(got);
  }
  return true;
}

// Anonymous memory, at address `at` unless that is 0.
void *map(uint32_t at, uint32_t bytes, bool executable) {
  const long got = system_call(kMmap2, static_cast<long>(at), static_cast<long>(bytes), executable ? 7 : 3,
                               at ? 0x812 : 0x802, -1, 0);
  return got == -1 || (at && static_cast<uint32_t>(got) != at) ? nullptr : reinterpret_cast<void *>(got);
}

} // namespace

void print(const char *text) {
  system_call(kWrite, 1, reinterpret_cast<long>(text), static_cast<long>(strlen(text)), 0, 0, 0);
}

const CaseFile *load_cases() {
  CaseFile head;
  if (!map(kMemoryBase, kMemoryBytes, false) || !fill(&head, sizeof head) || head.stride != sizeof(Case) ||
      head.count == 0) {
    print("no cases, or made by another version, or no memory at their address\n");
    return nullptr;
  }
  const uint32_t bytes = head.count * sizeof(Case);
  CaseFile *const file = static_cast<CaseFile *>(map(0, sizeof head + bytes, false));
  if (!file || !fill(file + 1, bytes)) {
    print("the file with the cases ends early\n");
    return nullptr;
  }
  *file = head;
  return file;
}

uint32_t *code_memory(uint32_t bytes) { return static_cast<uint32_t *>(map(0, bytes, true)); }

void code_written() { asm volatile("isync" ::: "memory"); }

} // namespace interp_test
