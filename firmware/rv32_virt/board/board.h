/* SPDX-License-Identifier: Apache-2.0 */
/* QEMU's RV32 `virt` machine: what a bare-metal program can use. board_fault_registers are s0 to s3. */
#ifndef ESPB_FIRMWARE_BOARD_H
#define ESPB_FIRMWARE_BOARD_H

#include "../../common/board_common.h"

#define BOARD_CAUSE_LIMIT 0x80000007u

/* Instructions executed since reset. The low word is enough for differences below 2^32. */
static inline uint32_t board_instructions_low(void) {
  uint32_t value;
  __asm__ volatile(".option push\n\t.option arch, +zicsr\n\tcsrr %0, minstret\n\t.option pop"
                   : "=r"(value)::"memory");
  return value;
}
static inline uint64_t board_instructions(void) {
  uint32_t high, low, again;
  do {
    __asm__ volatile(".option push\n\t.option arch, +zicsr\n\tcsrr %0, minstreth\n\tcsrr %1, "
                     "minstret\n\tcsrr %2, minstreth\n\t"
                     ".option pop"
                     : "=r"(high), "=r"(low), "=r"(again)::"memory");
  } while (high != again);
  return (uint64_t)high << 32 | low;
}

/* Interrupts off, and back as they were. */
static inline uint32_t board_interrupts_off(void) {
  uint32_t before;
  __asm__ volatile(".option push\n\t.option arch, +zicsr\n\tcsrrci %0, mstatus, 8\n\t.option pop"
                   : "=r"(before)::"memory");
  return before & 8u;
}
static inline void board_interrupts_back(uint32_t before) {
  __asm__ volatile(".option push\n\t.option arch, +zicsr\n\tcsrs mstatus, %0\n\t.option pop" ::"r"(before)
                   : "memory");
}

/* Where the guest's pc is in a port_frame while the interpreter's assembly runs. */
#define BOARD_ENGINE_PC(frame) ((frame)->x4_to_x31[18 - 4])
#endif
