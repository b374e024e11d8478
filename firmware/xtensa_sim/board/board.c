// SPDX-License-Identifier: Apache-2.0
// QEMU's Xtensa `sim` machine: console, files, exit, memory (board_common.inc); semihosting (simcall), faults
// and the instruction limit.
#include "board.h"
#include <string.h>

int board_simcall(int operation, int a, const void *b, int c); // start.S

enum { kExit = 1, kRead = 3, kWrite = 4, kOpen = 5, kClose = 6 };
enum { kWriteOnly = 01, kCreate = 0100, kTruncate = 01000, kAppend = 02000 }; // the host's

int board_host_open(const char *path, char mode) {
  if (strcmp(path, ":tt") == 0)
    return mode == 'r' ? 0 : mode == 'w' ? 1 : 2;
  return board_simcall(kOpen, (int)path,
                       (void *)(mode == 'r' ? 0 : kWriteOnly | kCreate | (mode == 'w' ? kTruncate : kAppend)),
                       0666);
}

uint32_t board_host_write(int file, const void *bytes, size_t count) {
  const char *at = bytes;
  while (count != 0) {
    const int done = board_simcall(kWrite, file, at, (int)count);
    if (done <= 0)
      break;
    at += done;
    count -= (size_t)done;
  }
  return count;
}

uint32_t board_host_read(int file, void *bytes, size_t count) {
  char *at = bytes;
  while (count != 0) {
    const int done = board_simcall(kRead, file, at, (int)count);
    if (done <= 0)
      break;
    at += done;
    count -= (size_t)done;
  }
  return count;
}

int board_host_close(int file) { return board_simcall(kClose, file, NULL, 0); }

void board_host_exit(int status) {
  for (;;)
    board_simcall(kExit, status, NULL, 0);
}

bool board_is_access_fault(uint32_t cause) {
  return cause == 3 || cause == 9 || cause == 13 || cause == 15 || (cause >= 24 && cause <= 29);
}

// EXCCAUSE, as in the Xtensa ISA reference manual.
const char *board_fault_name(uint32_t cause) {
  switch (cause) {
  case 0:
    return "illegal instruction";
  case 2:
  case 12:
  case 14:
  case 20:
    return "jump outside memory";
  case 6:
    return "division by zero";
  case 9:
    return "misaligned load or store";
  case 3:
  case 13:
  case 15:
  case 24:
  case 26:
    return "load or store outside memory";
  case 28:
    return "load outside memory";
  case 29:
    return "store outside memory";
  case BOARD_CAUSE_LIMIT:
    return "instruction limit reached";
  default:
    return "machine trap";
  }
}

uint64_t board_instructions(void) {
  static uint32_t rounds, last;
  const uint32_t before = board_interrupts_off();
  uint32_t count;
  __asm__ volatile("rsr %0, ccount" : "=r"(count)::"memory");
  if (count < last)
    rounds++;
  last = count;
  const uint64_t now = (uint64_t)rounds << 32 | count;
  board_interrupts_back(before);
  return now * BOARD_INSTRUCTIONS_PER_COUNT;
}

// CCOMPARE1, level 3, so that the interrupts of an operating system on level 1 are not disturbed. start.S
// counts the rounds of a limit that is beyond its reach.
uint32_t board_limit_rounds, board_limit_rest;
void board_limit(uint64_t instructions) {
  const uint64_t counts = instructions / BOARD_INSTRUCTIONS_PER_COUNT;
  board_limit_rounds = (uint32_t)(counts >> 31);
  board_limit_rest = ((uint32_t)counts & 0x7fffffffu) + 8;
  uint32_t count, enabled;
  __asm__ volatile("rsr %0, ccount" : "=r"(count)::"memory");
  __asm__ volatile(
      "wsr %0, ccompare1\n\trsync" ::"r"(count + (board_limit_rounds ? 0x80000000u : board_limit_rest))
      : "memory");
  __asm__ volatile("rsr %0, intenable" : "=r"(enabled)::"memory");
  __asm__ volatile("wsr %0, intenable\n\trsync" ::"r"(enabled | 0x400u) : "memory");
}

#include "../../common/board_common.inc"
