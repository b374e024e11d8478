// SPDX-License-Identifier: Apache-2.0
// What a port need not give for the JIT.
#include "espb/port.h"

#if ESPB_JIT

[[gnu::weak]] bool espb_port_shrink(void *, size_t, espb_memory_kind) { return false; }

#ifdef __riscv
[[gnu::weak]] void espb_port_code_written(void *, size_t) {
  asm volatile(".word 0x0000100f" ::: "memory"); // fence.i, which the assembler does not always know
}
#elif defined(__XTENSA__) // cores with caches of what is behind the instruction bus bring their own
[[gnu::weak]] void espb_port_code_written(void *, size_t) { asm volatile("memw\n\tisync" ::: "memory"); }
#endif

#endif
