// SPDX-License-Identifier: Apache-2.0
// FreeRTOS port for rv32imc in machine mode: the trap entry, which is also the context switch, and the way in and out of the
// scheduler. A task's registers are saved as one 128-byte frame (struct port_frame) on its own stack; handlers run on the
// interrupt stack, so a task needs no room for them.
        .option arch, +zicsr

        .equ    FRAME, 128
        .equ    CAUSE_ECALL_M, 11

        .extern pxCurrentTCB
        .extern vTaskSwitchContext
        .extern port_interrupt
        .extern port_unhandled_trap
        .extern port_critical_nesting
        .extern port_in_interrupt
        .extern port_switch_wanted
        .extern port_interrupt_stack_top
        .extern port_watched_task
        .extern port_watched_left
        .extern port_watched_away

        .macro  save_registers
        sw      x1, 4(sp)
        sw      x4, 16(sp)
        sw      x5, 20(sp)
        sw      x6, 24(sp)
        sw      x7, 28(sp)
        sw      x8, 32(sp)
        sw      x9, 36(sp)
        sw      x10, 40(sp)
        sw      x11, 44(sp)
        sw      x12, 48(sp)
        sw      x13, 52(sp)
        sw      x14, 56(sp)
        sw      x15, 60(sp)
        sw      x16, 64(sp)
        sw      x17, 68(sp)
        sw      x18, 72(sp)
        sw      x19, 76(sp)
        sw      x20, 80(sp)
        sw      x21, 84(sp)
        sw      x22, 88(sp)
        sw      x23, 92(sp)
        sw      x24, 96(sp)
        sw      x25, 100(sp)
        sw      x26, 104(sp)
        sw      x27, 108(sp)
        sw      x28, 112(sp)
        sw      x29, 116(sp)
        sw      x30, 120(sp)
        sw      x31, 124(sp)
        .endm

        .macro  restore_registers
        lw      x1, 4(sp)
        lw      x4, 16(sp)
        lw      x5, 20(sp)
        lw      x6, 24(sp)
        lw      x7, 28(sp)
        lw      x8, 32(sp)
        lw      x9, 36(sp)
        lw      x10, 40(sp)
        lw      x11, 44(sp)
        lw      x12, 48(sp)
        lw      x13, 52(sp)
        lw      x14, 56(sp)
        lw      x15, 60(sp)
        lw      x16, 64(sp)
        lw      x17, 68(sp)
        lw      x18, 72(sp)
        lw      x19, 76(sp)
        lw      x20, 80(sp)
        lw      x21, 84(sp)
        lw      x22, 88(sp)
        lw      x23, 92(sp)
        lw      x24, 96(sp)
        lw      x25, 100(sp)
        lw      x26, 104(sp)
        lw      x27, 108(sp)
        lw      x28, 112(sp)
        lw      x29, 116(sp)
        lw      x30, 120(sp)
        lw      x31, 124(sp)
        .endm

// The number of executed instructions, high and low word, in t2 and t1.
        .macro  read_instructions
99:     csrr    t2, minstreth
        csrr    t1, minstret
        csrr    t3, minstreth
        bne     t2, t3, 99b
        .endm

// The account of one task's instructions (port_watched_instructions) leaves out whatever happens between these two places. Both count up to
// the csrr of the low word: what a trap executes before the first and after the second is known, as long as the linker relaxes nothing here.
        .equ    BEFORE_LEFT, 36
        .equ    AFTER_BACK, 47

        .section .text.port_trap_entry, "ax", @progbits
        .global port_trap_entry
        .balign 64
port_trap_entry:
        addi    sp, sp, -FRAME
        save_registers
        .option push
        .option norelax
        lw      t4, pxCurrentTCB
        lw      t5, port_watched_task
        .option pop
        bne     t4, t5, 6f
        read_instructions
        addi    t1, t1, -BEFORE_LEFT            // a borrow would need a count below 64
        la      t3, port_watched_left
        sw      t1, 0(t3)
        sw      t2, 4(t3)
6:      csrr    a0, mcause
        csrr    t0, mepc
        csrr    t1, mstatus
        la      t2, port_critical_nesting
        lw      t3, 0(t2)
        sw      t0, 0(sp)
        sw      t1, 8(sp)
        sw      t3, 12(sp)
        la      s1, port_in_interrupt
        lw      t4, 0(s1)
        bnez    t4, 3f                          // a trap inside a handler is always an error

        // While a handler runs the nesting depth is 1, so that leaving a critical section there does not let interrupts in.
        li      t4, 1
        sw      t4, 0(s1)
        sw      t4, 0(t2)
        lw      t5, pxCurrentTCB
        sw      sp, 0(t5)
        mv      s0, sp
        lw      sp, port_interrupt_stack_top
        bgez    a0, 1f
        call    port_interrupt
        la      t0, port_switch_wanted
        lw      t1, 0(t0)
        beqz    t1, port_restore
        sw      zero, 0(t0)
        call    vTaskSwitchContext
        j       port_restore

1:      li      t4, CAUSE_ECALL_M
        bne     a0, t4, 2f
        addi    t0, t0, 4
        sw      t0, 0(s0)
        call    vTaskSwitchContext

port_restore:
        lw      t0, pxCurrentTCB
        lw      sp, 0(t0)
        lw      t0, 0(sp)
        lw      t1, 8(sp)
        lw      t3, 12(sp)
        csrw    mepc, t0
        csrw    mstatus, t1
        la      t2, port_critical_nesting
        sw      t3, 0(t2)
        la      t2, port_in_interrupt
        sw      zero, 0(t2)
        lw      t5, port_watched_task
        lw      t0, pxCurrentTCB
        bne     t0, t5, 7f
        la      t4, port_watched_left
        lw      t5, 0(t4)
        lw      t6, 4(t4)
        la      t4, port_watched_away
        lw      a0, 0(t4)
        lw      a1, 4(t4)
        read_instructions
        addi    t1, t1, AFTER_BACK
        sltiu   t3, t1, AFTER_BACK
        add     t2, t2, t3
        sltu    t3, t1, t5                      // away += now - left
        sub     t1, t1, t5
        sub     t2, t2, t6
        sub     t2, t2, t3
        add     a0, a0, t1
        sltu    t3, a0, t1
        add     a1, a1, t2
        add     a1, a1, t3
        sw      a0, 0(t4)
        sw      a1, 4(t4)
7:      restore_registers
        addi    sp, sp, FRAME
        mret

2:      mv      a3, s0
        j       4f
3:      mv      a3, sp
4:      mv      a1, t0
        csrr    a2, mtval
        call    port_unhandled_trap
5:      j       5b

// A first task starts like a switched-in one. What called the scheduler is kept, so that ending the scheduler returns there.
        .section .text.port_start_first_task, "ax", @progbits
        .global port_start_first_task
port_start_first_task:
        la      t0, scheduler_caller
        sw      ra, 0(t0)
        sw      sp, 4(t0)
        sw      tp, 8(t0)
        sw      s0, 12(t0)
        sw      s1, 16(t0)
        sw      s2, 20(t0)
        sw      s3, 24(t0)
        sw      s4, 28(t0)
        sw      s5, 32(t0)
        sw      s6, 36(t0)
        sw      s7, 40(t0)
        sw      s8, 44(t0)
        sw      s9, 48(t0)
        sw      s10, 52(t0)
        sw      s11, 56(t0)
        j       port_restore

        .section .text.port_return_from_scheduler, "ax", @progbits
        .global port_return_from_scheduler
port_return_from_scheduler:
        la      t0, scheduler_caller
        lw      ra, 0(t0)
        lw      sp, 4(t0)
        lw      tp, 8(t0)
        lw      s0, 12(t0)
        lw      s1, 16(t0)
        lw      s2, 20(t0)
        lw      s3, 24(t0)
        lw      s4, 28(t0)
        lw      s5, 32(t0)
        lw      s6, 36(t0)
        lw      s7, 40(t0)
        lw      s8, 44(t0)
        lw      s9, 48(t0)
        lw      s10, 52(t0)
        lw      s11, 56(t0)
        ret

        .section .bss.scheduler_caller, "aw", @nobits
        .balign 4
scheduler_caller:
        .zero   60
