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

#endif
