/* SPDX-License-Identifier: Apache-2.0 */
/* board.h - what a bare-metal program on QEMU's RV32 `virt` machine can use: console and files through
 * semihosting, exit, instruction counter, instruction limit. The console is also libc's stdin, stdout and
 * stderr. */
#ifndef ESPB_FIRMWARE_BOARD_H
#define ESPB_FIRMWARE_BOARD_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The program. Its result is the exit status. */
int board_main(void);

/* Flushes the console and ends the emulator with the low eight bits of `status`. */
__attribute__((noreturn)) void board_exit(int status);

/* Called on a machine trap; the default prints it and exits with 124. A program may define its own. */
__attribute__((noreturn)) void board_fault(uint32_t cause, uint32_t pc, uint32_t value, uint32_t ra,
                                           uint32_t sp);
/* s0 to s3 at the trap; and where the linker put the interpreter's assembly. */
extern uint32_t board_fault_registers[4];
extern const char board_engine_start[], board_engine_end[];
/* In words; "instruction limit reached" for the interrupt that board_limit asked for. */
const char *board_fault_name(uint32_t cause);
#define BOARD_CAUSE_LIMIT 0x80000007u

/* Raises BOARD_CAUSE_LIMIT after about this many instructions (in steps of 100; exact under -icount shift=0).
 */
void board_limit(uint64_t instructions);

/* Writes a whole file on the host. Returns 0, or -1. */
int board_write_file(const char *path, const void *bytes, size_t count);
void board_flush(void);
/* A piece of text on stdout or stderr that nothing comes in between of. Callable from interrupts. */
void board_write(FILE *stream, const char *text, size_t count);
/* A file on the host to which text is added as it comes; opening returns -1 when it cannot be written. */
int board_trace_file(const char *path);
void board_trace_write(int file, const char *text, size_t count);
/* Throws away what is written to stdout and stderr from now on. */
void board_mute(void);

size_t board_heap_peak(void); /* most bytes of heap that were ever handed out to malloc */
size_t board_static_ram(void);

/* Instructions executed since reset. The low word is enough for differences below 2^32. */
static inline uint32_t board_instructions_low(void) {
  uint32_t value;
  __asm__ volatile(".option push\n\t.option arch, +zicsr\n\tcsrr %0, minstret\n\t.option pop"
                   : "=r"(value)::"memory");
  return value;
}
static inline uint64_t board_instructions(void) {
  uint32_t high, low, again;
  do {
    __asm__ volatile(".option push\n\t.option arch, +zicsr\n\tcsrr %0, minstreth\n\tcsrr %1, "
                     "minstret\n\tcsrr %2, minstreth\n\t"
                     ".option pop"
                     : "=r"(high), "=r"(low), "=r"(again)::"memory");
  } while (high != again);
  return (uint64_t)high << 32 | low;
}

int board_semihost(int operation, const void *arguments);

#ifdef __cplusplus
}
#endif
#endif
