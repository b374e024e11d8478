# SPDX-License-Identifier: Apache-2.0
# Notes when the engine is entered (rv32_crossings.cpp links with --wrap=espb_rv32_interpret).
    .text
    .globl __wrap_espb_rv32_interpret
__wrap_espb_rv32_interpret:
    .option arch, +zicsr
    csrr t0, minstret
    la t1, interpret_entered
    sw t0, 0(t1)
    tail __real_espb_rv32_interpret
    .section .sbss
    .globl interpret_entered
    .balign 4
interpret_entered:
    .space 4
