// SPDX-License-Identifier: Apache-2.0
// Checks of the FreeRTOS test firmware, the list of its parts, and helpers that several parts use.
#ifndef ESPB_TESTS_FREERTOS_CHECK_H
#define ESPB_TESTS_FREERTOS_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

extern int check_failures;
extern unsigned check_count;

static inline void check_report(bool good, const char *file, int line, const char *what, long long left,
                                long long right) {
  check_count++;
  if (good)
    return;
  check_failures++;
  printf("FAIL %s:%d: %s (%lld, %lld)\n", file, line, what, left, right);
}
#define CHECK(condition) check_report((condition), __FILE__, __LINE__, #condition, 0, 0)
#define CHECK_EQ(left, right)                                                                                \
  do {                                                                                                       \
    const long long check_left_ = (long long)(left), check_right_ = (long long)(right);                      \
    check_report(check_left_ == check_right_, __FILE__, __LINE__, #left " == " #right, check_left_,          \
                 check_right_);                                                                              \
  } while (0)

// A record of what happened in which order, one letter each; cleared by reading it.
void happened(char letter);
bool happened_exactly(const char *letters);

// Lines of the simulated hardware's trace since the last call.
const char *take_trace(void);

// Waits until the timer task and the idle task have done what was left to them.
void settle(void);

void test_types(void);
void test_tasks(void);
void test_switching(void);
void test_interrupts(void);
void test_queues(void);
void test_semaphores(void);
void test_streams(void);
void test_timers(void);
void test_event_groups(void);
void test_notifications(void);
void test_esp_timer(void);
void test_esp_log(void);
void test_gpio(void);
void test_heap(void);
void test_symbols(void);
void test_stress(void);
#endif
