// SPDX-License-Identifier: Apache-2.0
// The native baseline: runs a program's entry on the RV32 board and prints the instructions that the call
// executed, by minstret. HARNESS_ENTRY names the entry: kernel_run of a kernel, whose code gcc optimises as
// any other (it takes main for cold), or main.
#include "board.h" // of the chip
#include <stdio.h>

#ifndef HARNESS_ENTRY
#define HARNESS_ENTRY kernel_run
#endif
int HARNESS_ENTRY(void);

#ifdef KERNEL_REPORT
void kernel_report(uint32_t got) { fprintf(stderr, "checksum 0x%08lx\n", (unsigned long)got); }
#endif

// What C++ programs need without a C++ library: a call of a pure virtual function, and the deleting
// destructors of polymorphic classes that are never deleted.
void __cxa_pure_virtual(void) { board_exit(123); }
void _ZdlPvj(void *memory, unsigned size);
__attribute__((weak)) void _ZdlPvj(void *memory, unsigned size) {
  (void)memory;
  (void)size;
  board_exit(123);
}

int board_main(void) {
  typedef void initialiser(void);
  extern initialiser *const board_init_array[], *const board_init_array_end[];
  for (initialiser *const *i = board_init_array; i != board_init_array_end; i++)
    (*i)();
  uint64_t start = board_instructions();
  int result = HARNESS_ENTRY();
  uint64_t count = board_instructions() - start;
  printf("{\"instructions\":%llu,\"result\":%d}\n", (unsigned long long)count, result);
  return result;
}
