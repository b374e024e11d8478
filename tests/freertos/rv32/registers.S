// SPDX-License-Identifier: Apache-2.0
// bool registers_survive(uint32_t seed, uint32_t rounds): see test_switching.c. All registers but sp, gp and tp.
        .section .text.registers_survive, "ax", @progbits
        .global registers_survive
        .macro each op:vararg
        .irp r, 5,6,7,8,9,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
        \op \r
        .endr
        .endm
        .macro fill r
        addi x\r, x1, \r
        .endm
        .macro test r
        addi x1, x1, \r
        bne x\r, x1, 3f
        addi x1, x1, -\r
        .endm
registers_survive:
        addi sp, sp, -64
        sw ra, 0(sp)
        sw s0, 4(sp)
        sw s1, 8(sp)
        sw s2, 12(sp)
        sw s3, 16(sp)
        sw s4, 20(sp)
        sw s5, 24(sp)
        sw s6, 28(sp)
        sw s7, 32(sp)
        sw s8, 36(sp)
        sw s9, 40(sp)
        sw s10, 44(sp)
        sw s11, 48(sp)
        sw a0, 52(sp)
        sw a1, 56(sp)
        mv x1, a0
        each fill
1:
        lw a0, 56(sp)
        beqz a0, 2f
        addi a0, a0, -1
        sw a0, 56(sp)
        lw x1, 52(sp)
        each test
        j 1b
2:
        li a0, 1
        j 4f
3:
        li a0, 0
4:
        lw ra, 0(sp)
        lw s0, 4(sp)
        lw s1, 8(sp)
        lw s2, 12(sp)
        lw s3, 16(sp)
        lw s4, 20(sp)
        lw s5, 24(sp)
        lw s6, 28(sp)
        lw s7, 32(sp)
        lw s8, 36(sp)
        lw s9, 40(sp)
        lw s10, 44(sp)
        lw s11, 48(sp)
        addi sp, sp, 64
        ret
