// SPDX-License-Identifier: Apache-2.0
// FreeRTOS port for Xtensa with register windows: the exception entry, which is also the context switch, and the way in and out of the
// scheduler. The scheduler brings its own vectors. All interrupts that the port uses are of level 1 and come as exceptions; those of level 3,
// which nothing here holds back for long, are the board's. A task's registers are saved below its stack pointer (struct port_frame), those
// of its callers where the windowed ABI wants them; handlers run on the interrupt stack.
#include "port_chip.h"
#include "window_vectors.h"

#define CAUSE_MOVSP 5
#define PS_EXCM 0x10
#define PS_RUNNING 0x40023 // WOE, UM, INTLEVEL 3: windows work, level-1 interrupts wait

#define FRAME_PC 0
#define FRAME_PS 4
#define FRAME_SAR 8
#define FRAME_LBEG 16
#define FRAME_LEND 20
#define FRAME_LCOUNT 24
#define FRAME_THREADPTR 28
#define FRAME_BR 32
#define FRAME_FCR 36
#define FRAME_FSR 40
#define FRAME_A0 48
#define FRAME_F0 112
#define BELOW_SP (PORT_FRAME_BYTES + 16)

  .section .text.port_vectors, "ax", @progbits
  .balign 1024
  .global port_vectors
port_vectors:
  WINDOW_VECTORS port_vectors
  .begin no-transform
  .org port_vectors + 0x180 // interrupts of levels 2 to 7: only level 3 can come
  j port_unexpected
  .org port_vectors + 0x1c0 // with a0 in excsave3
  wsr a0, excsave3
  j port_level3_entry
  .org port_vectors + 0x200
  j port_unexpected
  .org port_vectors + 0x240
  j port_unexpected
  .org port_vectors + 0x280
  j port_unexpected
  .org port_vectors + 0x2c0
  j port_unexpected
  .org port_vectors + 0x300 // kernel exceptions
  wsr a0, excsave1
  j port_exception_entry
  .org port_vectors + 0x340 // user exceptions: PS.UM is always set
  wsr a0, excsave1
  j port_exception_entry
  .org port_vectors + 0x3c0 // an exception within an exception
  wsr a0, excsave1
  j port_exception_entry
  .end no-transform
  .org port_vectors + 0x400

  .macro FLOATS op, base
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  \op f\n, \base, FRAME_F0 + 4 * \n
  .endr
  .endm

  .literal_position
  .balign 4
port_movsp:
  MOVSP_EXCEPTION port_vectors

  .weak port_level3_entry
port_level3_entry:
  rsr a0, excsave3
port_unexpected:
  wsr a0, excsave1
  .global port_exception_entry
  .balign 4
port_exception_entry: // a0 is in excsave1
  rsr a0, exccause
  beqi a0, CAUSE_MOVSP, port_movsp
  addmi a0, a1, -256
  addi a0, a0, 256 - BELOW_SP
  s32i a1, a0, FRAME_A0 + 4
  s32i a2, a0, FRAME_A0 + 8
  s32i a3, a0, FRAME_A0 + 12
  // These may be a caller's that is not on its stack yet: they are only read until the windows are spilled.
  .irp n, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  s32i a\n, a0, FRAME_A0 + 4 * \n
  .endr
  rsr a2, excsave1
  s32i a2, a0, FRAME_A0
  rsr a2, epc1
  s32i a2, a0, FRAME_PC
  rsr a2, ps
  movi a3, ~PS_EXCM
  and a2, a2, a3
  s32i a2, a0, FRAME_PS
  rsr a2, sar
  s32i a2, a0, FRAME_SAR
  rsr a2, lbeg
  s32i a2, a0, FRAME_LBEG
  rsr a2, lend
  s32i a2, a0, FRAME_LEND
  rsr a2, lcount
  s32i a2, a0, FRAME_LCOUNT
  movi a2, 0
  wsr a2, lcount
  rur a2, threadptr
  s32i a2, a0, FRAME_THREADPTR
  rsr a2, br
  s32i a2, a0, FRAME_BR
  rur a2, fcr
  s32i a2, a0, FRAME_FCR
  rur a2, fsr
  s32i a2, a0, FRAME_FSR
  FLOATS ssi, a0
  rsr a3, exccause
  movi a2, PS_RUNNING
  wsr a2, ps
  rsync
  SPILL_WINDOWS

  // On to the interrupt stack; an exception in a handler, always an error, stays where it is.
  movi a4, port_in_interrupt
  l32i a4, a4, 0
  mov a5, a0
  bnez a4, 1f
  movi a5, port_interrupt_stack_top
  l32i a5, a5, 0
1:
  addi a1, a5, -64
  addi a6, a1, -16 // the caller that this function does not have: where a4 to a7 are kept
  s32i a5, a6, 4
  mov a10, a0
  mov a11, a3
  call8 port_exception
  mov a2, a10

port_restore: // a2 the frame; nothing of other windows is in registers
  l32i a0, a2, FRAME_PS
  movi a3, PS_EXCM
  or a0, a0, a3
  wsr a0, ps
  rsync
  l32i a0, a2, FRAME_PC
  wsr a0, epc1
  l32i a0, a2, FRAME_SAR
  wsr a0, sar
  l32i a0, a2, FRAME_LBEG
  wsr a0, lbeg
  l32i a0, a2, FRAME_LEND
  wsr a0, lend
  l32i a0, a2, FRAME_LCOUNT
  wsr a0, lcount
  l32i a0, a2, FRAME_THREADPTR
  wur a0, threadptr
  l32i a0, a2, FRAME_BR
  wsr a0, br
  l32i a0, a2, FRAME_FCR
  wur a0, fcr
  l32i a0, a2, FRAME_FSR
  wur a0, fsr
  FLOATS lsi, a2
  .irp n, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  l32i a\n, a2, FRAME_A0 + 4 * \n
  .endr
  l32i a2, a2, FRAME_A0 + 8
  rfe

// void port_start_first_task(struct port_frame *): what called the scheduler is kept, so that ending the scheduler returns there.
  .global port_start_first_task
  .type port_start_first_task, @function
  .balign 4
port_start_first_task:
  entry a1, 32
  rsil a3, 3
  SPILL_WINDOWS
  movi a3, scheduler_caller
  s32i a0, a3, 0
  s32i a1, a3, 4
  j port_restore

// Returns where port_start_first_task was called.
  .global port_return_from_scheduler
  .type port_return_from_scheduler, @function
  .balign 4
port_return_from_scheduler:
  entry a1, 32
  SPILL_WINDOWS
  movi a3, scheduler_caller
  l32i a0, a3, 0
  l32i a1, a3, 4
  retw

  .section .bss.scheduler_caller, "aw", @nobits
  .balign 4
scheduler_caller:
  .zero 8
