// SPDX-License-Identifier: Apache-2.0
// Test firmware of the FreeRTOS port, its shim and the simulated hardware: native code only, written against
// the headers that scripts use. Prints one line per part; the exit status says whether all is well.
#include "check.h"

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "freertos_board.h"
#include "port_board.h"

#include "board.h"

#include <string.h>

int check_failures;
unsigned check_count;

// The kernel's own; no business of programs, which therefore do not find them in the headers.
void vTaskStartScheduler(void);
void vTaskEndScheduler(void);

static char letters[256];
static size_t letter_count;

void happened(char letter) {
  const UBaseType_t mask = portSET_INTERRUPT_MASK_FROM_ISR();
  if (letter_count < sizeof letters - 1)
    letters[letter_count++] = letter;
  portCLEAR_INTERRUPT_MASK_FROM_ISR(mask);
}

bool happened_exactly(const char *expected) {
  letters[letter_count] = 0;
  const bool good = strcmp(letters, expected) == 0;
  if (!good)
    printf("happened \"%s\", expected \"%s\"\n", letters, expected);
  letter_count = 0;
  return good;
}

static char trace[4096];
static char taken[sizeof trace];
static size_t trace_length;

void board_trace(const char *line) {
  const size_t length = strlen(line);
  if (trace_length + length + 2 > sizeof trace)
    return;
  memcpy(trace + trace_length, line, length);
  trace_length += length;
  trace[trace_length++] = '\n';
}

const char *take_trace(void) {
  portENTER_CRITICAL();
  memcpy(taken, trace, trace_length);
  taken[trace_length] = 0;
  trace_length = 0;
  portEXIT_CRITICAL();
  return taken;
}

void board_console_write(const char *text, size_t length) { fwrite(text, 1, length, stdout); }

void port_fatal(const char *what, const char *detail) {
  printf("FAIL: fatal: %s: %s\n", what, detail);
  board_exit(1);
}

void settle(void) { vTaskDelay(3); }

static void run(const char *name, void (*part)(void)) {
  const int failures_before = check_failures;
  const unsigned count_before = check_count;
  const TickType_t start = xTaskGetTickCount();
  part();
  settle();
  printf("%s %s: %u checks, %u ticks\n", check_failures == failures_before ? "ok" : "FAILED", name,
         check_count - count_before, (unsigned)(xTaskGetTickCount() - start));
}

static void main_task(void *argument) {
  CHECK_EQ((uintptr_t)argument, 0x1234);
  run("types", test_types);
  run("tasks", test_tasks);
  run("switching", test_switching);
  run("interrupts", test_interrupts);
  run("queues", test_queues);
  run("semaphores", test_semaphores);
  run("streams", test_streams);
  run("timers", test_timers);
  run("event groups", test_event_groups);
  run("notifications", test_notifications);
  run("esp_timer", test_esp_timer);
  run("esp_log", test_esp_log);
  run("gpio", test_gpio);
  run("heap", test_heap);
  run("symbols", test_symbols);
  run("stress", test_stress);
  vTaskEndScheduler();
  CHECK(!"code ran after the scheduler had ended");
  board_exit(1);
}

int board_main(void) {
  CHECK_EQ(xTaskGetSchedulerState(), taskSCHEDULER_NOT_STARTED);
  CHECK_EQ(xTaskCreate(main_task, "main", 8192, (void *)0x1234, 5, NULL), pdPASS);
  vTaskStartScheduler();
  // Only the end of the scheduler leads here.
  printf("%u checks, %d failures\n", check_count, check_failures);
  return check_failures != 0;
}
