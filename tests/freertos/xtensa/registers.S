// SPDX-License-Identifier: Apache-2.0
// bool registers_survive(uint32_t seed, uint32_t rounds): see test_switching.c. All registers of the window but the return address and the
// stack pointer, and those of the floating-point unit; a3 is scratch.
  .macro fill r
  addi a\r, a2, \r
  .endm
  .macro fill_float r
  addi a3, a2, \r + 64
  wfr f\r, a3
  .endm
  .macro test r
  addi a2, a2, \r
  bne a\r, a2, .Llost
  addi a2, a2, -\r
  .endm
  .macro test_float r
  rfr a3, f\r
  addi a3, a3, -(\r + 64)
  bne a3, a2, .Llost
  .endm
  .macro each from, op
  .irp r, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  \op \r
  .endr
  .if \from == 0
  .irp r, 0, 1, 2, 3
  \op \r
  .endr
  .endif
  .endm

  .text
  .global registers_survive
  .type registers_survive, @function
  .balign 4
registers_survive:
  entry a1, 48
  s32i a3, a1, 0
  each 4, fill
  each 0, fill_float
1:
  l32i a3, a1, 0
  beqz a3, 2f
  addi a3, a3, -1
  s32i a3, a1, 0
  each 4, test
  each 0, test_float
  j 1b
2:
  movi a2, 1
  retw
.Llost:
  movi a2, 0
  retw
