# SPDX-License-Identifier: Apache-2.0
# The pool of thunks: native-callable addresses of guest functions (native/thunks.h), one uncompressed instruction each.
# Every function of a module whose address is taken needs one while it is loaded, virtual functions among them: the size is the firmware's choice.

#ifndef ESPB_THUNKS
#define ESPB_THUNKS 32
#endif

    .section .text.espb_thunks, "ax", @progbits
    .globl espb_thunk_pool
    .globl espb_thunk_pool_end
    .balign 4
    .option push
    .option norvc
espb_thunk_pool:
    .rept ESPB_THUNKS
    jal t0, thunk_common      # t0: the address behind this thunk tells which one it is
    .endr
espb_thunk_pool_end:
    .option pop

    .equ kThreadFunctions, 8 # Thread and Instance; thunks.cpp asserts the offsets
    .equ kThreadCode, 4
    .equ kThreadRegisterLimit, 20
    .equ kThreadSp, 24
    .equ kThreadBudget, 32
    .equ kThreadPc, 36
    .equ kThreadFp, 40
    .equ kThreadTrap, 48
    .equ kThreadEntryFp, 96
#if ESPB_JIT
    .equ kThreadDepth, 104
#else
    .equ kThreadDepth, 100
#endif
    .equ kThreadCallableBase, kThreadDepth + 4
    .equ kThreadCallableBytes, kThreadDepth + 8
    .equ kThreadCallables, kThreadDepth + 12
    .equ kThreadBelow, kThreadDepth + 32
    .equ kInstanceIdle, 12
    .equ kMaxDepth, 32
    .equ kCallCharge, 16

# The frame: what entries inside this one change of the thread; the thread when it was taken for this call, else 0; registers; and the
# caller's a0..a7, with its stack arguments right behind them.
    .equ kPc, 0
    .equ kEntryFp, 4
    .equ kSp, 8
    .equ kTaken, 12
    .equ kS0, 16
    .equ kRa, 20
    .equ kThunk, 24
    .equ kWords, 32
    .equ kFrame, 64

# Two ways are quick: the task is inside the instance, or inside none and a context is idle. Everything else is for espb_thunk_slow.
    .globl espb_thunk_common
espb_thunk_common:
thunk_common:
    addi sp, sp, -kFrame
    sw ra, kRa(sp)
    sw s0, kS0(sp)
    addi t0, t0, -4
    sw t0, kThunk(sp)
    sw a0, kWords(sp)
    sw a1, kWords+4(sp)
    sw a2, kWords+8(sp)
    sw a3, kWords+12(sp)
    sw a4, kWords+16(sp)
    sw a5, kWords+20(sp)
    sw a6, kWords+24(sp)
    sw a7, kWords+28(sp)
    call espb_port_in_interrupt
    bnez a0, .Lslow
    call espb_port_task_slot
    lw t0, kThunk(sp)
    mv s0, a0
    bnez a0, .Linside

    la t1, espb_thunk_pool
    sub t0, t0, t1
#if ESPB_RAM_THUNKS
    li t1, 4 * ESPB_THUNKS
    bgeu t0, t1, .Lslow
#endif
    srli t0, t0, 6
    slli t0, t0, 2
    la t1, espb_thunk_owners
    add s0, t0, t1
    call espb_port_lock
    lw a1, 0(s0)
    beqz a1, .Lunlock_slow
    lw s0, kInstanceIdle(a1)
    beqz s0, .Lunlock_slow
    lw a2, kThreadBelow(s0)
    sw a2, kInstanceIdle(a1)
    sw zero, kThreadBelow(s0)
    mv a0, s0
    call espb_port_set_task_slot
    beqz a0, .Lno_slot
    call espb_port_unlock
    lw t0, kThunk(sp)
    lw a1, kThreadCallableBase(s0)
    sw s0, kTaken(sp)
    lw a2, kThreadCallableBytes(s0)
    sub t0, t0, a1
    bltu t0, a2, .Lenter
    j .Lprepare # which finds that there is no such callable

.Linside:
    lw a1, kThreadCallableBase(s0)
    lw a2, kThreadCallableBytes(s0)
    sub t0, t0, a1
    bgeu t0, a2, .Lslow
    lw a4, kThreadTrap(s0)
    bnez a4, .Lslow
    sw zero, kTaken(sp)

# s0 the thread, a1 its callable base, a2 the bytes of its callables, t0 the offset of one
.Lenter:
    lw a3, kThreadCallables(s0)
    lw t3, kThreadEntryFp(s0)
    add t0, t0, a3
    lw t0, 0(t0)
    lw t2, kThreadFunctions(s0)
    sw t3, kEntryFp(sp)
    slli t0, t0, 16
    srli t0, t0, 13
    add t2, t2, t0
    lw t0, 0(t2)
    lw a5, 4(t2)
#if ESPB_JIT
    bltz t0, .Lprepare # machine code
#endif
    lw t4, kThreadRegisterLimit(s0)
    addi t3, t3, 8
    lw a6, kThreadDepth(s0)
    bltu t4, t3, .Lprepare
    lw t5, kThreadBudget(s0)
    addi t4, a6, -kMaxDepth
    bgez t4, .Lprepare
    addi t5, t5, -kCallCharge
    andi a5, a5, 0xff # argument words
    bltz t5, .Lprepare
    li t4, 3
    bgeu a5, t4, .Lcopy
    sw t5, kThreadBudget(s0)
    addi a6, a6, 1
    sw a6, kThreadDepth(s0)
    lw t1, kWords(sp)
    lw t4, kWords+4(sp)
    sw t1, 0(t3)
    sw t4, 4(t3)
.Lcopied:
    la t1, _ZN4espb9kExitStubE
    sw t1, -8(t3)
    sw zero, -4(t3)
    lw t4, kThreadCode(s0)
    slli t0, t0, 8
    srli t0, t0, 8
    lw t1, kThreadPc(s0)
    add t0, t0, t4
    sw t0, kThreadPc(s0)
    lw t2, kThreadSp(s0)
    sw t3, kThreadFp(s0)
    sw t1, kPc(sp)
    sw t2, kSp(sp)
.Lrun:
    mv a0, s0
#if ESPB_COUNT_DISPATCHES
    call _ZN4espb9interpretERNS_6ThreadE # the portable engine
#else
    call espb_rv32_interpret
#endif
    lw t3, kEntryFp(sp)
    lw t4, kThreadDepth(s0)
    bnez a0, .Ltrapped
    lw a0, 8(t3)
    lw a1, 12(t3)
.Lrestore:
    lw t1, kPc(sp)
    lw t2, kSp(sp)
    addi t4, t4, -1
    sw t1, kThreadPc(s0)
    sw t2, kThreadSp(s0)
    sw t3, kThreadEntryFp(s0)
    sw t4, kThreadDepth(s0)
.Lend:
    lw t0, kTaken(sp)
    bnez t0, .Lgive_back
.Lreturn:
    lw ra, kRa(sp)
    lw s0, kS0(sp)
    addi sp, sp, kFrame
    ret

.Lcopy: # a5 words
    li t4, 8 # so many or more: maybe some on the stack
    bgeu a5, t4, .Lprepare
    sw t5, kThreadBudget(s0)
    addi a6, a6, 1
    sw a6, kThreadDepth(s0)
    slli a5, a5, 2
    add a5, a5, t3
    mv t4, t3
    addi t5, sp, kWords
1:  lw t1, 0(t5)
    addi t5, t5, 4
    sw t1, 0(t4)
    addi t4, t4, 4
    bltu t4, a5, 1b
    j .Lcopied

.Lgive_back:
    sw a0, kWords(sp)
    sw a1, kWords+4(sp)
    mv a0, s0
    call espb_thunk_leave
.Lresult:
    lw a0, kWords(sp)
    lw a1, kWords+4(sp)
    j .Lreturn

.Ltrapped:
    mv a0, s0
    call espb_thunk_trapped # notes the place
    lw t3, kEntryFp(sp)
    lw t4, kThreadDepth(s0)
    li a0, 0
    li a1, 0
    j .Lrestore

# Stacks that are full, fuel, arguments on the stack, compiled functions
.Lprepare:
    lw t1, kThreadPc(s0)
    lw t2, kThreadSp(s0)
    lw t3, kThreadEntryFp(s0)
    sw t1, kPc(sp)
    sw t2, kSp(sp)
    sw t3, kEntryFp(sp)
    mv a0, s0
    lw a1, kThunk(sp)
    addi a2, sp, kWords
    call espb_thunk_prepare
    lw a1, kThreadCallableBase(s0)
    lw a2, kThreadCallableBytes(s0)
    lw a3, kThreadCallables(s0)
    beqz a0, .Lrun
    lw t2, kSp(sp)
    sw t2, kThreadSp(s0)
    li a0, 0
    li a1, 0
    j .Lend

.Lno_slot:
    mv a0, s0
    call espb_thunk_no_slot # unlocks
    sw zero, kTaken(sp)
    li a0, 0
    li a1, 0
    j .Lreturn

.Lunlock_slow:
    call espb_port_unlock
.Lslow:
    lw a0, kThunk(sp)
    addi a1, sp, kWords
    call espb_thunk_slow
    j .Lresult
