// SPDX-License-Identifier: Apache-2.0
// What is RV32's about the port's headers.
#ifndef ESPB_FREERTOS_PORT_CHIP_H
#define ESPB_FREERTOS_PORT_CHIP_H

#include <stdint.h>

#define PORT_CLOCK_HZ 10000000u // of the CLINT
#define PORT_INTERRUPTS_ON 8u   // the interrupt mask that lets all of them in: mstatus.MIE

// Saved registers of an interrupted task, as the port lays them out: word i is x<i> except as named.
struct port_frame {
  uint32_t pc;               // instead of x0
  uint32_t ra;               // x1
  uint32_t mstatus;          // instead of x2: the stack pointer is the end of this frame
  uint32_t critical_nesting; // instead of x3: gp is the same for all
  uint32_t x4_to_x31[28];
};

#define PORT_FRAME_CALLER(frame) ((frame)->ra)
#define PORT_FRAME_STACK(frame) ((const void *)((frame) + 1))
#define PORT_COUNT_STEP 1u // what port_watched_instructions counts by

// Where return addresses may be: nothing on the stack says which words are. `ra` is the first one.
struct port_callers {
  uint32_t ra;
  const uint32_t *stack;
};
static inline uint32_t port_next_caller(struct port_callers *callers) {
  const uint32_t at = callers->ra;
  callers->ra = *callers->stack++;
  return at - 2; // the call's last bytes
}
static inline struct port_callers port_callers_here(void) {
  const struct port_callers here = {0, (const uint32_t *)__builtin_frame_address(0)};
  return here;
}

// Interrupts off and back as they were, in place.
static inline uint32_t port_interrupts_off(void) {
  uint32_t before;
  __asm__ volatile(".option push\n.option arch, +zicsr\ncsrrci %0, mstatus, 8\n.option pop"
                   : "=r"(before)::"memory");
  return before;
}
static inline void port_interrupts_back(uint32_t before) {
  __asm__ volatile(".option push\n.option arch, +zicsr\ncsrs mstatus, %0\n.option pop" ::"r"(before & 8)
                   : "memory");
}

// The idle task waits for an interrupt, which is then handled.
static inline void port_idle(void) { __asm__ volatile("wfi"); }

static inline uint32_t port_cycles(void) {
  uint32_t count;
  __asm__ volatile(".option push\n.option arch, +zicsr\ncsrr %0, mcycle\n.option pop" : "=r"(count));
  return count;
}

#endif
