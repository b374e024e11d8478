// SPDX-License-Identifier: Apache-2.0
// QEMU's RV32 `virt` machine: console, files, exit, memory (board_common.inc); semihosting, faults and the
// instruction limit.
#include "board.h"
#include <string.h>

int board_semihost(int operation, const void *arguments); // start.S

enum { kOpen = 0x01, kClose = 0x02, kWrite = 0x05, kRead = 0x06, kExitExtended = 0x20 };
enum { kModeRead = 0, kModeWrite = 4, kModeAppend = 8 };

int board_host_open(const char *path, char mode) {
  const uint32_t arguments[3] = {(uint32_t)path,
                                 mode == 'r'   ? kModeRead
                                 : mode == 'w' ? kModeWrite
                                               : kModeAppend,
                                 (uint32_t)strlen(path)};
  return board_semihost(kOpen, arguments);
}

uint32_t board_host_write(int file, const void *bytes, size_t count) {
  const uint32_t arguments[3] = {(uint32_t)file, (uint32_t)bytes, (uint32_t)count};
  return (uint32_t)board_semihost(kWrite, arguments);
}

uint32_t board_host_read(int file, void *bytes, size_t count) {
  const uint32_t arguments[3] = {(uint32_t)file, (uint32_t)bytes, (uint32_t)count};
  return (uint32_t)board_semihost(kRead, arguments);
}

int board_host_close(int file) {
  const uint32_t arguments[1] = {(uint32_t)file};
  return board_semihost(kClose, arguments);
}

void board_host_exit(int status) {
  const uint32_t arguments[2] = {0x20026u /* application exit */, (uint32_t)status};
  for (;;)
    board_semihost(kExitExtended, arguments);
}

bool board_is_access_fault(uint32_t cause) { return cause >= 4 && cause <= 7; }

const char *board_fault_name(uint32_t cause) {
  static const char *const names[] = {
      "misaligned jump", "jump outside memory", "illegal instruction", "breakpoint",
      "misaligned load", "load outside memory", "misaligned store",    "store outside memory",
  };
  if (cause == BOARD_CAUSE_LIMIT)
    return "instruction limit reached";
  return cause < sizeof names / sizeof names[0] ? names[cause] : "machine trap";
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

#include "../../common/board_common.inc"
