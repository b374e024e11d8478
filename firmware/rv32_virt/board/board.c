// SPDX-License-Identifier: Apache-2.0
// Console, files, exit and instruction limit of a bare-metal program on QEMU's RV32 `virt` machine.
#include "board.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

// ---- Semihosting
// ---------------------------------------------------------------------------------------------------------

enum { kOpen = 0x01, kClose = 0x02, kWrite = 0x05, kRead = 0x06, kExitExtended = 0x20 };
enum { kModeRead = 0, kModeWrite = 4, kModeAppend = 8 };

static int semihost_open(const char *path, uint32_t mode) {
  const uint32_t arguments[3] = {(uint32_t)path, mode, (uint32_t)strlen(path)};
  return board_semihost(kOpen, arguments);
}

// Returns the number of bytes that were not written.
static uint32_t semihost_write(int file, const void *bytes, size_t count) {
  const uint32_t arguments[3] = {(uint32_t)file, (uint32_t)bytes, (uint32_t)count};
  return (uint32_t)board_semihost(kWrite, arguments);
}

int board_write_file(const char *path, const void *bytes, size_t count) {
  int file = semihost_open(path, kModeWrite);
  if (file < 0)
    return -1;
  int result = semihost_write(file, bytes, count) == 0 ? 0 : -1;
  const uint32_t arguments[1] = {(uint32_t)file};
  if (board_semihost(kClose, arguments) != 0)
    result = -1;
  return result;
}

// ---- Console: libc's streams
// ------------------------------------------------------------------------------------------------ stdout is
// collected up to a newline or a full buffer, since every semihosting call leaves the emulated processor;
// stderr likewise, so that a message stays in one piece. Whatever waits in one stream is written before the
// other gets its turn.

struct console {
  FILE stream;
  uint32_t mode;
  int file; // -1: not opened yet
  uint32_t count;
  char buffer[256];
};

// A stream's buffer is shared by whatever runs on the board: interrupts are off while it changes.
static uint32_t lock(void) {
  uint32_t before;
  __asm__ volatile(".option push\n\t.option arch, +zicsr\n\tcsrrci %0, mstatus, 8\n\t.option pop"
                   : "=r"(before)::"memory");
  return before & 8u;
}
static void unlock(uint32_t before) {
  __asm__ volatile(".option push\n\t.option arch, +zicsr\n\tcsrs mstatus, %0\n\t.option pop" ::"r"(before)
                   : "memory");
}

static int console_put(char c, FILE *stream);
static int console_get(FILE *stream);
static int console_flush(FILE *stream);

static struct console console_in = {
    .stream = FDEV_SETUP_STREAM(NULL, console_get, NULL, _FDEV_SETUP_READ), .mode = kModeRead, .file = -1};
static struct console console_out = {
    .stream = FDEV_SETUP_STREAM(console_put, NULL, console_flush, _FDEV_SETUP_WRITE),
    .mode = kModeWrite,
    .file = -1};
static struct console console_err = {
    .stream = FDEV_SETUP_STREAM(console_put, NULL, console_flush, _FDEV_SETUP_WRITE),
    .mode = kModeAppend,
    .file = -1};

FILE *const stdin = &console_in.stream;
FILE *const stdout = &console_out.stream;
FILE *const stderr = &console_err.stream;

static int muted;

static int console_open(struct console *console) {
  if (console->file < 0)
    console->file = semihost_open(":tt", console->mode);
  return console->file;
}

static int flush_locked(struct console *console) {
  uint32_t count = console->count;
  console->count = 0;
  if (count == 0 || muted)
    return 0;
  return console_open(console) >= 0 && semihost_write(console->file, console->buffer, count) == 0 ? 0 : EOF;
}

static int console_flush(FILE *stream) {
  uint32_t before = lock();
  int result = flush_locked((struct console *)stream);
  unlock(before);
  return result;
}

static int console_put(char c, FILE *stream) {
  struct console *console = (struct console *)stream;
  int result = (unsigned char)c;
  uint32_t before = lock();
  if (console->count == 0)
    flush_locked(console == &console_out ? &console_err : &console_out);
  console->buffer[console->count++] = c;
  if ((c == '\n' || console->count == sizeof console->buffer) && flush_locked(console) != 0)
    result = EOF;
  unlock(before);
  return result;
}

static int console_get(FILE *stream) {
  struct console *console = (struct console *)stream;
  board_flush(); // a prompt must be seen before its answer is read
  char c;
  if (console_open(console) < 0)
    return _FDEV_ERR;
  const uint32_t arguments[3] = {(uint32_t)console->file, (uint32_t)&c, 1};
  return board_semihost(kRead, arguments) == 0 ? (unsigned char)c : _FDEV_EOF;
}

void board_write(FILE *stream, const char *text, size_t count) {
  uint32_t before = lock(); // in one piece, whoever else writes
  while (count--)
    console_put(*text++, stream);
  unlock(before);
}

int board_trace_file(const char *path) { return semihost_open(path, kModeWrite); }

void board_trace_write(int file, const char *text, size_t count) {
  uint32_t before = lock();
  semihost_write(file, text, count);
  unlock(before);
}

void board_flush(void) {
  console_flush(&console_out.stream);
  console_flush(&console_err.stream);
}

void board_mute(void) {
  board_flush();
  muted = 1;
}

// ---- Exit, faults, limit
// -------------------------------------------------------------------------------------------------------

void board_exit(int status) {
  board_flush();
  const uint32_t arguments[2] = {0x20026u /* application exit */, (uint32_t)status & 0xffu};
  for (;;)
    board_semihost(kExitExtended, arguments);
}

// What libc itself calls when it gives up.
void _exit(int status) { board_exit(status); }

uint32_t board_fault_registers[4];

const char *board_fault_name(uint32_t cause) {
  static const char *const names[] = {
      "misaligned jump", "jump outside memory", "illegal instruction", "breakpoint",
      "misaligned load", "load outside memory", "misaligned store",    "store outside memory",
  };
  if (cause == BOARD_CAUSE_LIMIT)
    return "instruction limit reached";
  return cause < sizeof names / sizeof names[0] ? names[cause] : "machine trap";
}

__attribute__((weak)) void board_fault(uint32_t cause, uint32_t pc, uint32_t value, uint32_t ra,
                                       uint32_t sp) {
  fprintf(stderr, "machine fault: %s at pc 0x%08lx, value 0x%08lx, ra 0x%08lx, sp 0x%08lx\n",
          board_fault_name(cause), (unsigned long)pc, (unsigned long)value, (unsigned long)ra,
          (unsigned long)sp);
  board_exit(124);
}

void board_limit(uint64_t instructions) {
  volatile uint32_t *const compare = (volatile uint32_t *)0x02004000; // CLINT mtimecmp of hart 0
  volatile uint32_t *const now =
      (volatile uint32_t *)0x0200bff8; // mtime, 10 MHz: 100 instructions under -icount shift=0
  uint64_t due = ((uint64_t)now[1] << 32 | now[0]) + instructions / 100;
  compare[1] = 0xffffffffu;
  compare[0] = (uint32_t)due;
  compare[1] = (uint32_t)(due >> 32);
  __asm__ volatile(
      ".option push\n\t.option arch, +zicsr\n\tcsrs mie, %0\n\tcsrsi mstatus, 8\n\t.option pop" ::"r"(0x80u));
}

// ---- Memory
// ---------------------------------------------------------------------------------------------------------------------

extern char __heap_start[], __heap_end[], board_data_start[], board_bss_end[];
static char *heap_break = __heap_start;

void *sbrk(ptrdiff_t bytes) {
  if (bytes > __heap_end - heap_break || bytes < __heap_start - heap_break) {
    errno = ENOMEM;
    return (void *)-1;
  }
  char *old = heap_break;
  heap_break += bytes;
  return old;
}

size_t board_heap_peak(void) { return (size_t)(heap_break - __heap_start); }

size_t board_static_ram(void) { return (size_t)(board_bss_end - board_data_start); }
