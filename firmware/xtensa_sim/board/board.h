/* SPDX-License-Identifier: Apache-2.0 */
/* QEMU's Xtensa `sim` machine with the core de233_fpu: what a bare-metal program can use.
 * board_fault_registers are a2, a3, a6 and a7. */
#ifndef ESPB_FIRMWARE_BOARD_H
#define ESPB_FIRMWARE_BOARD_H

#include "../../common/board_common.h"

#define BOARD_CAUSE_LIMIT 0x100u /* beyond EXCCAUSE's values */

/* CCOUNT runs at 40 MHz: 25 instructions under -icount shift=0. Differences below 2^32 instructions. */
#define BOARD_INSTRUCTIONS_PER_COUNT 25u
static inline uint32_t board_instructions_low(void) {
  uint32_t value;
  __asm__ volatile("rsr %0, ccount" : "=r"(value)::"memory");
  return value * BOARD_INSTRUCTIONS_PER_COUNT;
}
#ifdef __cplusplus
extern "C"
#endif
    uint64_t board_instructions(void); /* to be called once in 100 seconds of board time at least */

/* Interrupts off, and back as they were. */
static inline uint32_t board_interrupts_off(void) {
  uint32_t before;
  __asm__ volatile("rsil %0, 15" : "=r"(before)::"memory");
  return before;
}
static inline void board_interrupts_back(uint32_t before) {
  __asm__ volatile("wsr %0, ps\n\trsync" ::"r"(before) : "memory");
}

/* Where the guest's pc is in a port_frame while the interpreter's assembly runs. */
#define BOARD_ENGINE_PC(frame) ((frame)->a[2])
#endif
