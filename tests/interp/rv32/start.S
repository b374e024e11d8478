// SPDX-License-Identifier: Apache-2.0
// Start-up for the bare virt machine: a stack, zeroed bss, main.
  .section .text.start, "ax", @progbits
  .global _start
_start:
  la sp, __stack_top
  la t0, __bss_start
  la t1, __bss_end
1:
  bgeu t0, t1, 2f
  sw zero, 0(t0)
  addi t0, t0, 4
  j 1b
2:
  la t0, 3f
  csrw mtvec, t0
#if ESPB_JIT_F
  li t0, 0x2000 // the FPU is on
  csrs mstatus, t0
#endif
  call main
  j finish
  .balign 4
3: // an exception: no case expects one
  li a0, 3
  // a0 exit status
finish:
  li t0, 0x100000
  slli a0, a0, 16
  li t1, 0x3333
  or a0, a0, t1
  sw a0, 0(t0)
4:
  j 4b
