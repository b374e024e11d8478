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
#define PORT_COUNT_STEP 25u // what port_watched_instructions counts by

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
