// SPDX-License-Identifier: Apache-2.0
// What is Xtensa's about the port's headers.
#ifndef ESPB_FREERTOS_PORT_CHIP_H
#define ESPB_FREERTOS_PORT_CHIP_H

#define PORT_FRAME_BYTES 176 // struct port_frame

#ifndef __ASSEMBLER__
#include <stdint.h>

#define PORT_CLOCK_HZ 40000000u // CCOUNT of QEMU's core de233_fpu
#define PORT_INTERRUPTS_ON 0u   // the interrupt mask that lets all of them in: PS.INTLEVEL

// Saved registers of an interrupted task; portASM.S knows the order. It lies 16 bytes below the task's stack
// pointer, where the windowed ABI keeps the registers a0 to a3 of the caller.
struct port_frame {
  uint32_t pc;
  uint32_t ps;
  uint32_t sar;
  uint32_t critical_nesting;
  uint32_t lbeg, lend, lcount;
  uint32_t threadptr, br;
  uint32_t fcr, fsr;
  uint32_t unused;
  uint32_t a[16];
  uint32_t f[16];
};
#define PORT_FRAME_CALLER(frame) ((frame)->a[0])
#define PORT_FRAME_STACK(frame) ((const void *)(frame)->a[1])
#define PORT_COUNT_STEP 25u // what port_watched_instructions counts by

// Return addresses on a stack whose windows are spilled: below each frame lie the caller's a0 and a1.
struct port_callers {
  uint32_t ra;
  const uint32_t *stack;
};
static inline uint32_t port_next_caller(struct port_callers *callers) {
  const uint32_t at = callers->ra & 0x3fffffff; // above it says how far the call rotated the window
  if (callers->stack) {
    callers->ra = callers->stack[-4];
    callers->stack = (const uint32_t *)callers->stack[-3];
  }
  return at - 2; // the call's last bytes
}
#ifdef __cplusplus
extern "C"
#endif
    void __xtensa_libgcc_window_spill(void);
static inline struct port_callers port_callers_here(void) {
  const struct port_callers here = {0, (const uint32_t *)__builtin_frame_address(0)};
  __xtensa_libgcc_window_spill();
  return here;
}

// Interrupts off and back as they were, in place.
static inline uint32_t port_interrupts_off(void) {
  uint32_t before;
  __asm__ volatile("rsil %0, 3" : "=r"(before)::"memory");
  return before;
}
static inline void port_interrupts_back(uint32_t before) {
  __asm__ volatile("wsr %0, ps\nrsync" ::"r"(before) : "memory");
}

// The idle task waits for an interrupt, which is then handled.
static inline void port_idle(void) { __asm__ volatile("waiti 0" ::: "memory"); }

static inline uint32_t port_cycles(void) {
  uint32_t count;
  __asm__ volatile("rsr %0, ccount" : "=r"(count));
  return count;
}
#endif

#endif
