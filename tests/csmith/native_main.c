// SPDX-License-Identifier: Apache-2.0
// Runs a generated program natively on the RV32 board, for at most INSTRUCTION_LIMIT instructions: the exit
// status 99 says that it took more, which random programs now and then do.
#include "firmware/rv32_virt/board/board.h"

int main(void);

void board_fault(uint32_t cause, uint32_t pc, uint32_t value, uint32_t ra, uint32_t sp) {
  (void)pc, (void)value, (void)ra, (void)sp;
  board_exit(cause == BOARD_CAUSE_LIMIT ? 99 : 98);
}

int board_main(void) {
  board_limit(INSTRUCTION_LIMIT);
  return main();
}
