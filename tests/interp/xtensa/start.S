// SPDX-License-Identifier: Apache-2.0
// Start-up of a program for qemu-xtensa, which gives Linux' system calls: calls main and ends with its status.
  .text
  .literal_position
  .global _start
  .balign 4
_start:
  movi a0, 0
  addi a1, a1, -64
  movi a8, -16
  and a1, a1, a8
  call8 main
  mov a6, a10
  movi a2, 118 // exit
  syscall

// long system_call(long number, long a, long b, long c, long d, long e, long f)
  .global system_call
  .type system_call, @function
  .balign 4
system_call:
  entry a1, 32
  mov a8, a5
  mov a9, a6
  l32i a10, a1, 32
  mov a6, a3
  mov a3, a4
  mov a4, a8
  mov a5, a9
  mov a8, a7
  mov a9, a10
  syscall
  retw
