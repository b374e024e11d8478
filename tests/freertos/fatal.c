// SPDX-License-Identifier: Apache-2.0
// Programs that go wrong, one per value of MISTAKE; each must end the run with a message that names the
// mistake.
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"

#include "esp_err.h"
#include "freertos_board.h"

#include "board.h"

#include <stdio.h>
#include <stdlib.h>

void vTaskStartScheduler(void);

void board_console_write(const char *text, size_t length) { fwrite(text, 1, length, stdout); }

#if MISTAKE == 1
static volatile int depth;

__attribute__((noinline)) static int recurse(int n) {
  volatile char frame[64];
  frame[n % 64] = (char)n;
  depth = n;
  vTaskDelay(1); // a switch of tasks is when the kernel looks
  return n < 1000 ? recurse(n + 1) + frame[n % 64] : n;
}
#endif

static void go_wrong(void *argument) {
  (void)argument;
#if MISTAKE == 1
  recurse(1);
#elif MISTAKE == 2
  return;
#elif MISTAKE == 3
#ifdef __riscv
  __asm__ volatile(".half 0\n.half 0");
#else
  __asm__ volatile("ill");
#endif
#elif MISTAKE == 4
  xQueueReceive(NULL, NULL, 0);
#elif MISTAKE == 5
  char *volatile block = malloc(10); // the compiler must not pair it off with free
  free(block);
  free(block);
#elif MISTAKE == 6
  ESP_ERROR_CHECK(ESP_ERR_TIMEOUT);
#else
#error "no such mistake"
#endif
  printf("survived\n");
  board_exit(0);
}

int board_main(void) {
  xTaskCreate(go_wrong, "careless", 2048, NULL, 5, NULL);
  vTaskStartScheduler();
  return 0;
}
