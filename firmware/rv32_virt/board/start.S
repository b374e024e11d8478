# SPDX-License-Identifier: Apache-2.0
# Start-up code of QEMU's RV32 `virt` machine: stack, global pointer, thread pointer, .bss; and the handler of machine traps.
# The whole image lies in RAM where the loader put it, so .data needs no copying.

    .section .text.start, "ax", @progbits
    .globl _start
_start:
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    la sp, board_stack_top
    la tp, board_tls
    .option push
    .option arch, +zicsr
    la t0, board_trap
    csrw mtvec, t0
    .option pop
    la a0, board_bss_start
    la a1, board_bss_end
    bgeu a0, a1, 2f
1:  sw zero, 0(a0)
    addi a0, a0, 4
    bltu a0, a1, 1b
2:  la a0, board_tls          # initial values of thread-local variables
    la a1, board_tls_image
    la a2, board_tls_image_end
    bgeu a1, a2, 4f
3:  lw t0, 0(a1)
    sw t0, 0(a0)
    addi a0, a0, 4
    addi a1, a1, 4
    bltu a1, a2, 3b
4:  call board_main
    tail board_exit

# Any machine trap ends the run: its cause, address and value go to board_fault on a stack of its own.
    .text
    .balign 4
board_trap:
    .option push
    .option arch, +zicsr
    csrw mscratch, ra
    csrr a0, mcause
    csrr a1, mepc
    csrr a2, mtval
    csrr a3, mscratch
    .option pop
    mv a4, sp
    la t0, board_fault_registers # s0 to s3: where an engine written in assembly keeps its state
    sw s0, 0(t0)
    sw s1, 4(t0)
    sw s2, 8(t0)
    sw s3, 12(t0)
    la sp, board_fault_stack_top
    call board_fault

# int board_semihost(int operation, const void *arguments). The three instructions are the architecture's marker and must stay
# uncompressed and in one page.
    .globl board_semihost
    .balign 16
board_semihost:
    .option push
    .option norvc
    slli zero, zero, 0x1f
    ebreak
    srai zero, zero, 7
    .option pop
    ret

    .section .bss.fault_stack, "aw", @nobits
    .balign 16
    .space 4096
board_fault_stack_top:
