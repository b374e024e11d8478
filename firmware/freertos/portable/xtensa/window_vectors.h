// SPDX-License-Identifier: Apache-2.0
// clang-format off
// The vectors of window overflow and underflow, as the windowed ABI lays out stacks (Xtensa ISA reference manual, Windowed Register
// Option): a0 to a3 of a frame are kept below the stack pointer of the function it called, a4 to a11 below that of its caller.
// For assembly sources; the macros go to the beginning of a table of vectors.

  .macro WINDOW_VECTORS table
  .begin no-transform
  s32e a0, a5, -16 // overflow of a call4
  s32e a1, a5, -12
  s32e a2, a5, -8
  s32e a3, a5, -4
  rfwo
  .org \table + 0x40
  l32e a0, a5, -16 // underflow
  l32e a1, a5, -12
  l32e a2, a5, -8
  l32e a3, a5, -4
  rfwu
  .org \table + 0x80
  s32e a0, a9, -16 // call8
  l32e a0, a1, -12 // the caller's stack pointer
  s32e a1, a9, -12
  s32e a2, a9, -8
  s32e a3, a9, -4
  s32e a4, a0, -32
  s32e a5, a0, -28
  s32e a6, a0, -24
  s32e a7, a0, -20
  rfwo
  .org \table + 0xc0
\table\()_underflow8:
  l32e a0, a9, -16
  l32e a1, a9, -12
  l32e a2, a9, -8
  l32e a7, a1, -12
  l32e a3, a9, -4
  l32e a4, a7, -32
  l32e a5, a7, -28
  l32e a6, a7, -24
  l32e a7, a7, -20
  rfwu
  .org \table + 0x100
  s32e a0, a13, -16 // call12
  l32e a0, a1, -12
  s32e a1, a13, -12
  s32e a2, a13, -8
  s32e a3, a13, -4
  s32e a4, a0, -48
  s32e a5, a0, -44
  s32e a6, a0, -40
  s32e a7, a0, -36
  s32e a8, a0, -32
  s32e a9, a0, -28
  s32e a10, a0, -24
  s32e a11, a0, -20
  rfwo
  .org \table + 0x140
\table\()_underflow12:
  l32e a0, a13, -16
  l32e a1, a13, -12
  l32e a2, a13, -8
  l32e a11, a1, -12
  l32e a3, a13, -4
  l32e a4, a11, -48
  l32e a5, a11, -44
  l32e a6, a11, -40
  l32e a7, a11, -36
  l32e a8, a11, -32
  l32e a9, a11, -28
  l32e a10, a11, -24
  l32e a11, a11, -20
  rfwu
  .end no-transform
  .endm

// movsp wants to move the stack pointer while the caller's registers lie below it: they are fetched back by the underflow handler of the
// kind of call that led here, which returns to the movsp. a0 is in excsave1.
  .macro MOVSP_EXCEPTION table
  rsr a0, windowbase
  rotw -1 // what were a0 to a3 are a4 to a7; the pane of a0 to a3 holds nobody's registers
  rsr a2, ps
  extui a3, a2, 8, 4 // PS.OWB becomes the window that rfwu returns to
  xor a3, a3, a4
  slli a3, a3, 8
  xor a2, a2, a3
  wsr a2, ps
  rsync
  rsr a4, excsave1
  bbci a4, 31, 4f
  rotw -1
  bbci a8, 30, 8f
  rotw -1
  j \table\()_underflow12
8:
  j \table\()_underflow8
4:
  j \table + 0x40
  .endm

// Writes the registers of all callers to their stacks, on a core of 32 registers. PS.EXCM must be 0, interrupts off. Ends in the window it
// began in; a1 must still be the stack pointer that callees of the callers were given.
  .macro SPILL_WINDOWS
  and a12, a12, a12
  rotw 3
  and a12, a12, a12
  rotw 3
  and a4, a4, a4
  rotw 2
  .endm
