# SPDX-License-Identifier: Apache-2.0
# Calls from guest to native code on Xtensa, windowed ABI: six argument words in registers, from a10 on as the caller sees them, the others
# at the caller's stack pointer; the result in a10 and a11.

    .equ kThreadSp, 24    # Thread; bridge.cpp asserts these offsets
    .equ kThreadTrap, 48
    .equ kThreadEntryFp, 96
    .equ kOutBytes, 32
    .equ kStackWords, 64  # as in bridge.cpp
    .equ kRegisters, 4 * kStackWords

    .text
    .literal_position
# espb_trap espb_xtensa_call(Thread *thread, const void *function, uint32_t *out): out[0..5] are the argument words as they are. Returns
# thread->trap, which the native function may have set. Callbacks put their frames behind the out registers; enter_guest leaves entry_fp and sp
# as it found them.
    .globl espb_xtensa_call
    .type espb_xtensa_call, @function
    .balign 4
espb_xtensa_call:
    entry a1, 32
    addi a8, a4, kOutBytes
    s32i a8, a2, kThreadEntryFp
    l32i a10, a4, 0
    l32i a11, a4, 4
    l32i a12, a4, 8
    l32i a13, a4, 12
    l32i a14, a4, 16
    l32i a15, a4, 20
    callx8 a3
    s32i a10, a4, 0
    s32i a11, a4, 4
    l32i a2, a2, kThreadTrap
    retw
    .size espb_xtensa_call, . - espb_xtensa_call

# espb_trap espb_xtensa_call_arranged(Thread *thread, const void *function, uint32_t *out, const char *signature): the same with the words
# where the native function expects them. They are arranged where the call needs them: in this frame, stack words first. All four words that
# a result can have go to out[0..3].
    .globl espb_xtensa_call_arranged
    .type espb_xtensa_call_arranged, @function
    .balign 4
espb_xtensa_call_arranged:
    entry a1, kRegisters + 24 + 8 + 32
    addi a8, a4, kOutBytes
    s32i a8, a2, kThreadEntryFp
    mov a10, a5
    mov a11, a4
    l32i a12, a2, kThreadSp
    mov a13, a1
    call8 espb_xtensa_arrange
    addmi a8, a1, kRegisters
    l32i a10, a8, 0
    l32i a11, a8, 4
    l32i a12, a8, 8
    l32i a13, a8, 12
    l32i a14, a8, 16
    l32i a15, a8, 20
    callx8 a3
    s32i a10, a4, 0
    s32i a11, a4, 4
    s32i a12, a4, 8
    s32i a13, a4, 12
    l32i a2, a2, kThreadTrap
    retw
    .size espb_xtensa_call_arranged, . - espb_xtensa_call_arranged
