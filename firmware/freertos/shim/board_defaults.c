// SPDX-License-Identifier: Apache-2.0
// Defaults of everything a firmware may define for itself: console on the UART of the virt board, trace on
// the console, and the end of the machine after an error that nothing can recover from.
#include "freertos_board.h"
#include "port_board.h"

#include <stdio.h>
#include <string.h>

#define UART (*(volatile uint8_t *)0x10000000u)
#define UART_STATUS (*(volatile uint8_t *)0x10000005u)
#define UART_CAN_SEND 0x20u
#define TEST_DEVICE (*(volatile uint32_t *)0x00100000u)
#define TEST_FAIL 0x3333u

__attribute__((weak)) void board_console_write(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    while (!(UART_STATUS & UART_CAN_SEND)) {
    }
    UART = (uint8_t)text[i];
  }
}

__attribute__((weak)) void board_trace(const char *line) {
  board_console_write(line, strlen(line));
  board_console_write("\n", 1);
}

__attribute__((weak)) void port_fatal(const char *what, const char *detail) {
  char line[160];
  snprintf(line, sizeof line, "fatal: %s%s%s\n", what, detail != NULL && detail[0] != 0 ? ": " : "",
           detail != NULL ? detail : "");
  board_console_write(line, strlen(line));
#ifdef __XTENSA__
  register int operation __asm__("a2") = 1, status __asm__("a3") = 1; // QEMU's exit
  __asm__ volatile("simcall 0" ::"r"(operation), "r"(status));
#else
  TEST_DEVICE = 1u << 16 | TEST_FAIL;
#endif
  for (;;) {
  }
}

__attribute__((weak)) void port_unhandled_trap(uint32_t cause, uint32_t pc, uint32_t value,
                                               const struct port_frame *frame) {
  char detail[96];
  snprintf(detail, sizeof detail, "cause %lu at pc 0x%08lx, value 0x%08lx, ra 0x%08lx", (unsigned long)cause,
           (unsigned long)pc, (unsigned long)value, (unsigned long)PORT_FRAME_CALLER(frame));
  port_fatal("unhandled exception", detail);
}

__attribute__((weak)) void port_assert_failed(const char *file, int line) {
  char detail[96];
  const char *name = strrchr(file, '/');
  snprintf(detail, sizeof detail, "%s:%d", name != NULL ? name + 1 : file, line);
  port_fatal("a FreeRTOS function was called in a way it does not allow", detail);
}

__attribute__((weak)) void board_restart(void) {
  port_fatal("esp_restart was called, and this board does not restart", "");
  for (;;) {
  }
}
