// SPDX-License-Identifier: Apache-2.0
// Start-up code of QEMU's Xtensa `sim` machine with the core de233_fpu: vectors, windows, stack, .bss; exceptions and the instruction limit.
// The whole image lies in RAM where the loader put it, so .data needs no copying. Program and files are in the 512 MB from 0x20000000;
// nothing can be read or written elsewhere, so that a null pointer is an error.
#include "window_vectors.h"

#define BOARD_CAUSE_LIMIT 0x100 // as in board.h
#define CAUSE_MOVSP 5
#define RAM 0x20000000
#define NOTHING 14 // attribute of a page that cannot be used
#define WAY 6      // of the MMU: eight regions of 512 MB, one to one after reset
#define PS_RUNNING 0x40020 // WOE, UM; interrupts of all levels come through
#define PS_MASKED 0x4002f

  .section .reset, "ax", @progbits // where the core begins, whatever the program's entry is
  j 1f
  .balign 4
  .literal_position
1:
  movi a2, _start
  jx a2

  .section .text.board_vectors, "ax", @progbits
  .balign 1024
board_vectors:
  WINDOW_VECTORS board_vectors
  .begin no-transform
  .org board_vectors + 0x180
  j board_level_unexpected
  .org board_vectors + 0x1c0 // level 3: the instruction limit
  wsr a0, excsave3
  j board_limit_entry
  .org board_vectors + 0x200
  j board_level_unexpected
  .org board_vectors + 0x240
  j board_level_unexpected
  .org board_vectors + 0x280
  j board_level_unexpected
  .org board_vectors + 0x2c0
  j board_level_unexpected
  .org board_vectors + 0x300 // kernel exceptions
  wsr a0, excsave1
  j board_exception
  .org board_vectors + 0x340 // user exceptions: PS.UM is always set
  wsr a0, excsave1
  j board_exception
  .org board_vectors + 0x3c0 // an exception within an exception
  wsr a0, excsave1
  j board_exception_entry
  .end no-transform
  .org board_vectors + 0x400

  .literal_position
  .balign 4
board_movsp:
  MOVSP_EXCEPTION board_vectors

board_exception:
  rsr a0, exccause
  beqi a0, CAUSE_MOVSP, board_movsp
  j port_exception_entry

// An operating system has its own: it begins with the exception's a0 in excsave1, everything else as it was, PS.EXCM set.
  .weak port_exception_entry
  .global board_exception_entry
port_exception_entry:
board_exception_entry:
  movi a0, board_fault_registers
  s32i a2, a0, 0
  s32i a3, a0, 4
  s32i a6, a0, 8
  s32i a7, a0, 12
  rsr a2, exccause
  rsr a3, epc1
  rsr a0, excsave1
  j board_fatal

board_level_unexpected:
  movi a2, 63
  movi a3, 0
  j board_fatal

// a0 in excsave3. Far limits are reached in rounds of 2^31 counts.
board_limit_entry:
  movi a0, board_fault_registers
  s32i a2, a0, 0
  s32i a3, a0, 4
  s32i a6, a0, 8
  s32i a7, a0, 12
  movi a0, board_limit_rounds
  l32i a2, a0, 0
  beqz a2, 2f
  addi a2, a2, -1
  s32i a2, a0, 0
  rsr a3, ccompare1
  bnez a2, 1f
  movi a0, board_limit_rest
  l32i a2, a0, 0
  add a3, a3, a2
  j 3f
1:
  movi a0, 0x80000000
  add a3, a3, a0
3:
  wsr a3, ccompare1
  movi a0, board_fault_registers
  l32i a2, a0, 0
  l32i a3, a0, 4
  rsr a0, excsave3
  rfi 3
2:
  movi a2, BOARD_CAUSE_LIMIT
  rsr a3, epc3
  rsr a0, excsave3

// a2 the cause, a3 the pc, a0 and a1 those of the fault: board_fault(cause, pc, value, ra, sp) on a stack of its own, never to return. Frames
// of callers that are still in registers go to their stacks by and by; this one's own caller is lost.
board_fatal:
  mov a6, a0
  mov a7, a1
  movi a4, PS_MASKED
  wsr a4, ps
  rsync
  movi a1, board_fault_stack_top - 64
  addi a4, a1, -16
  movi a5, board_fault_stack_top
  s32i a5, a4, 4
  mov a10, a2
  mov a11, a3
  rsr a12, excvaddr
  mov a13, a6
  mov a14, a7
  call8 board_fault

  .text
  .literal_position
  .global _start
  .balign 4
_start:
  movi a3, NOTHING
  movi a5, RAM
  movi a2, WAY
  movi a6, RAM | WAY
  movi a4, 8
1:
  beq a2, a6, 2f
  wdtlb a3, a2
2:
  add a2, a2, a5
  addi a4, a4, -1
  bnez a4, 1b
  dsync
  movi a2, board_vectors
  wsr a2, vecbase
  movi a2, 0
  wsr a2, windowbase
  wsr a2, intenable
  wsr a2, lcount
  rsync
  movi a2, 1
  wsr a2, windowstart
  rsync
  movi a2, PS_RUNNING
  wsr a2, ps
  rsync
  movi a2, 0x15 // s32c1i works on memory of every kind
  wsr a2, atomctl
  movi a2, 0xff // the floating-point unit
  wsr a2, cpenable
  rsync
  movi a1, board_stack_top - 64
  addi a2, a1, -16 // the caller that this function does not have: where a4 to a7 are kept
  addi a3, a1, 64
  s32i a3, a2, 4
  movi a0, 0
  movi a2, board_bss_start
  movi a3, board_bss_end
  movi a4, 0
1:
  bgeu a2, a3, 2f
  s32i a4, a2, 0
  addi a2, a2, 4
  j 1b
2:
  call8 board_main
  call8 board_exit

// int board_simcall(int operation, int a, const void *b, int c)
  .global board_simcall
  .type board_simcall, @function
  .balign 4
board_simcall:
  entry a1, 32
  simcall 0
  retw

  .section .bss.fault_stack, "aw", @nobits
  .balign 16
  .space 8192
board_fault_stack_top:
