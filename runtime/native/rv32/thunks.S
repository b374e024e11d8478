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

# void espb_thunk_enter(uint32_t thunk_address, uint32_t *words): the caller's a0..a7, and its stack arguments right behind them. The results
# come back in the first two words.
thunk_common:
    addi sp, sp, -48
    sw ra, 12(sp)
    sw a0, 16(sp)
    sw a1, 20(sp)
    sw a2, 24(sp)
    sw a3, 28(sp)
    sw a4, 32(sp)
    sw a5, 36(sp)
    sw a6, 40(sp)
    sw a7, 44(sp)
    addi a0, t0, -4
    addi a1, sp, 16
    call espb_thunk_enter
    lw ra, 12(sp)
    lw a0, 16(sp)
    lw a1, 20(sp)
    addi sp, sp, 48
    ret
