# SPDX-License-Identifier: Apache-2.0
# The pool of thunks: native-callable addresses of guest functions (native/thunks.h), eight bytes each. Every function of a module whose
# address is taken needs one while it is loaded, virtual functions among them: the size is the firmware's choice.

#ifndef ESPB_THUNKS
#define ESPB_THUNKS 32
#endif

# A thunk's frame: the caller's six register words, later up to four words of a result; what windows need of it when they are spilled.
    .equ kFrame, 64

    .section .text.espb_thunks, "ax", @progbits
    .globl espb_thunk_pool
    .balign 8
    .begin no-transform
espb_thunk_pool:
    .rept ESPB_THUNKS
    entry a1, kFrame
    mov.n a8, a0             # where to return to
    call0 espb_thunk_common  # a0: the address behind this thunk tells which one it is
    .endr

    .globl espb_thunk_common
    .balign 4
espb_thunk_common:
    s32i a2, a1, 0
    s32i a3, a1, 4
    s32i a4, a1, 8
    s32i a5, a1, 12
    s32i a6, a1, 16
    s32i a7, a1, 20
    addi a10, a0, -8
    mov a0, a8
    mov a11, a1
    addi a12, a1, kFrame # the stack words
    call8 espb_thunk_call
    l32i a2, a1, 0
    l32i a3, a1, 4
    l32i a4, a1, 8
    l32i a5, a1, 12
    retw
    .end no-transform
