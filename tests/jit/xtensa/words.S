// SPDX-License-Identifier: Apache-2.0
// Makes the lowest 512 MB of the board what the instruction memory of an ESP32 is: code runs from it, loads and stores of it are an exception.
// The exception does what the instruction would have done, in the same memory at another address (ALIAS), and counts: all accesses, and those
// that are not of a word. Everything else that goes wrong is the board's.
#define REGION_END 0x20000000
#define ALIAS 0x60000000
#define CAUSE_LOAD 28 // a load that is prohibited; 29 a store

  .section .bss.words, "aw", @nobits
  .balign 4
registers:
  .space 64
  .global words_accesses, words_narrow, words_narrow_pc
words_accesses:
  .space 4
words_narrow:
  .space 4
words_narrow_pc: // of the last one
  .space 4

  .text
// void words_map(void): the region at its other address.
  .global words_map
  .type words_map, @function
  .literal_position
  .balign 4
words_map:
  entry a1, 32
  movi a2, ALIAS | 6 // way 6 of the MMU
  movi a3, 3         // the region from 0 on, to be read, written and executed
  wdtlb a3, a2
  dsync
  retw

  .global port_exception_entry
  .literal_position
  .balign 4
port_exception_entry: // a0 in excsave1
  movi a0, registers
  .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  s32i a\n, a0, 4 * \n
  .endr
  rsr a2, excsave1
  s32i a2, a0, 0
  rsr a2, exccause
  addi a2, a2, -CAUSE_LOAD
  bgeui a2, 2, .Lnot_ours
  rsr a9, excvaddr
  movi a6, REGION_END
  movi a7, ALIAS
  bgeu a9, a6, .Lnot_ours
  add a9, a9, a7

  rsr a4, epc1
  mov a3, a4
  bgeu a3, a6, 1f
  add a3, a3, a7
1:
  l8ui a5, a3, 0
  l8ui a8, a3, 1
  extui a2, a5, 0, 4  // the kind of instruction
  extui a5, a5, 4, 4
  addx4 a5, a5, a0    // its register
  srli a8, a8, 4      // what the load or store is
  addi a10, a4, 3     // what follows
  bltui a2, 8, 1f
  addi a10, a10, -1
1:
  movi a11, words_accesses
  l32i a12, a11, 0
  addi a12, a12, 1
  s32i a12, a11, 0
  beqi a2, 1, .Lload // l32r
  beqi a2, 8, .Lload
  addi a11, a2, -9
  beqz a11, .Lstore
  bnei a2, 2, .Lnot_ours
  beqi a8, 2, .Lload
  beqi a8, 6, .Lstore

  movi a11, words_narrow
  l32i a12, a11, 0
  addi a12, a12, 1
  s32i a12, a11, 0
  s32i a4, a11, 4
  beqz a8, 1f
  beqi a8, 1, 2f
  beqi a8, 4, 3f
  beqi a8, 5, 4f
  addi a8, a8, -9
  bnez a8, .Lnot_ours
  l16si a12, a9, 0
  j .Lloaded
1:
  l8ui a12, a9, 0
  j .Lloaded
2:
  l16ui a12, a9, 0
  j .Lloaded
3:
  l32i a12, a5, 0
  s8i a12, a9, 0
  j .Ldone
4:
  l32i a12, a5, 0
  s16i a12, a9, 0
  j .Ldone
.Lload:
  l32i a12, a9, 0
.Lloaded:
  s32i a12, a5, 0
  j .Ldone
.Lstore:
  l32i a12, a5, 0
  s32i a12, a9, 0
.Ldone: // it may have been the last one of a loop
  rsr a2, lend
  bne a2, a10, 1f
  rsr a2, lcount
  beqz a2, 1f
  addi a2, a2, -1
  wsr a2, lcount
  rsr a10, lbeg
1:
  wsr a10, epc1
  .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  l32i a\n, a0, 4 * \n
  .endr
  l32i a0, a0, 0
  rfe
.Lnot_ours:
  .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  l32i a\n, a0, 4 * \n
  .endr
  j board_exception_entry
