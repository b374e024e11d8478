/* SPDX-License-Identifier: Apache-2.0 */
/* board_common.h - what a bare-metal program on an emulated board can use: console and files through
 * semihosting, exit, instruction counter, instruction limit. The console is also libc's stdin, stdout and
 * stderr. Each board's board.h includes this with what is its own. */
#ifndef ESPB_FIRMWARE_BOARD_COMMON_H
#define ESPB_FIRMWARE_BOARD_COMMON_H

#include <stdbool.h>
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
/* Registers at the trap, as the board says; and where the linker put the interpreter's assembly. */
extern uint32_t board_fault_registers[4];
extern const char board_engine_start[], board_engine_end[];
/* In words; "instruction limit reached" for the interrupt that board_limit asked for. */
const char *board_fault_name(uint32_t cause);
/* Raises BOARD_CAUSE_LIMIT after about this many instructions (in steps of the chip's clock, at most 100;
 * exact under -icount shift=0). */
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

/* A load or store that went wrong. */
bool board_is_access_fault(uint32_t cause);

/* The board's, for board_common.inc. A host's file is opened for reading, for writing anew or for adding to
 * ('r', 'w', 'a'); the path ":tt" is the console. All return -1 or count of bytes that were not done when
 * they fail. */
int board_host_open(const char *path, char mode);
uint32_t board_host_write(int file, const void *bytes, size_t count); /* how many were not written */
uint32_t board_host_read(int file, void *bytes, size_t count);        /* how many were not read */
int board_host_close(int file);
__attribute__((noreturn)) void board_host_exit(int status);

#ifdef __cplusplus
}
#endif
#endif
