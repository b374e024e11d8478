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

# uint64_t espb_thunk_enter(uint32_t thunk_address, const uint32_t *registers, const uint32_t *stack): the caller's a0..a7 and its stack arguments
thunk_common:
    addi sp, sp, -48
    sw ra, 44(sp)
    sw a0, 0(sp)
    sw a1, 4(sp)
    sw a2, 8(sp)
    sw a3, 12(sp)
    sw a4, 16(sp)
    sw a5, 20(sp)
    sw a6, 24(sp)
    sw a7, 28(sp)
    addi a0, t0, -4
    mv a1, sp
    addi a2, sp, 48
    call espb_thunk_enter
    lw ra, 44(sp)
    addi sp, sp, 48
    ret
