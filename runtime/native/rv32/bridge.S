# SPDX-License-Identifier: Apache-2.0
# Calls between guest and native code on RV32, ILP32 soft-float. The guest's out registers o0..o7 are a0..a7 word for word and its
# stack arguments are laid out as the psABI wants them, so a call moves words and nothing else.

    .equ kThreadSp, 24    # Thread::sp and Thread::trap; bridge.cpp asserts these offsets
    .equ kThreadTrap, 48
    .equ kThreadEntryFp, 96
    .equ kOutBytes, 32

    .text
# espb_trap espb_rv32_call(Thread *thread, const void *function, uint32_t *out): arguments in out[0..7] only. Returns thread->trap, which the
# native function may have set. Callbacks put their frames behind the out registers; enter_guest leaves entry_fp and sp as it found them.
    .globl espb_rv32_call
    .type espb_rv32_call, @function
    .balign 4
espb_rv32_call:
    addi sp, sp, -16
    sw ra, 12(sp)
    sw s0, 8(sp)
    sw s1, 4(sp)
    mv s0, a2
    mv s1, a0
    mv t0, a1
    addi t1, a2, kOutBytes
    sw t1, kThreadEntryFp(a0)
    lw a0, 0(s0)
    lw a1, 4(s0)
    lw a2, 8(s0)
    lw a3, 12(s0)
    lw a4, 16(s0)
    lw a5, 20(s0)
    lw a6, 24(s0)
    lw a7, 28(s0)
    jalr t0
    sw a0, 0(s0)
    sw a1, 4(s0)
    lw a0, kThreadTrap(s1)
    lw ra, 12(sp)
    lw s0, 8(sp)
    lw s1, 4(sp)
    addi sp, sp, 16
    ret
    .size espb_rv32_call, . - espb_rv32_call

# espb_trap espb_rv32_call_stack(Thread *thread, const void *function, uint32_t *out, uint32_t words): the same with `words` more words of
# arguments, which lie at the guest's sp and are copied to the machine's.
    .globl espb_rv32_call_stack
    .type espb_rv32_call_stack, @function
    .balign 4
espb_rv32_call_stack:
    addi sp, sp, -16
    sw ra, 12(sp)
    sw s0, 8(sp)
    sw s1, 4(sp)
    sw s2, 0(sp)
    mv s0, a2
    mv s1, a0
    mv s2, sp
    mv t0, a1
    addi t1, a2, kOutBytes
    sw t1, kThreadEntryFp(a0)
    lw t1, kThreadSp(s1)
    addi t2, a3, 3            # keep sp 16-aligned
    andi t2, t2, -4
    slli t2, t2, 2
    sub sp, sp, t2
    slli t2, a3, 2
    add t2, t2, t1            # end of the guest's words
    mv t3, sp
1:  bgeu t1, t2, 2f
    lw t4, 0(t1)
    sw t4, 0(t3)
    addi t1, t1, 4
    addi t3, t3, 4
    j 1b
2:  lw a0, 0(s0)
    lw a1, 4(s0)
    lw a2, 8(s0)
    lw a3, 12(s0)
    lw a4, 16(s0)
    lw a5, 20(s0)
    lw a6, 24(s0)
    lw a7, 28(s0)
    jalr t0
    mv sp, s2
    sw a0, 0(s0)
    sw a1, 4(s0)
    lw a0, kThreadTrap(s1)
    lw ra, 12(sp)
    lw s0, 8(sp)
    lw s1, 4(sp)
    lw s2, 0(sp)
    addi sp, sp, 16
    ret
    .size espb_rv32_call_stack, . - espb_rv32_call_stack
