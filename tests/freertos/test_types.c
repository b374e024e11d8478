// SPDX-License-Identifier: Apache-2.0
// The headers for programs and the kernel's own mean the same types, constants and structures.
#include "check.h"
#include "types_facts.h"

#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "freertos/timers.h"

#include <string.h>

#define FACT(expression) {#expression, (long long)(expression)},
static const struct fact program_facts[] = {
#include "types_facts.inc"
};

void test_types(void) {
  CHECK_EQ(sizeof program_facts / sizeof program_facts[0], kernel_fact_count);
  for (unsigned i = 0; i < kernel_fact_count; i++) {
    check_report(program_facts[i].value == kernel_facts[i].value, __FILE__, __LINE__, program_facts[i].what,
                 program_facts[i].value, kernel_facts[i].value);
  }
  CHECK(sizeof(StaticTask_t) >= kernel_static_sizes[0]);
  CHECK(sizeof(StaticQueue_t) >= kernel_static_sizes[1]);
  CHECK(sizeof(StaticEventGroup_t) >= kernel_static_sizes[2]);
  CHECK(sizeof(StaticTimer_t) >= kernel_static_sizes[3]);
  CHECK(sizeof(StaticSemaphore_t) >= kernel_static_sizes[4]);
  // 71 minutes are more milliseconds than 32 bits hold times 1000.
  CHECK_EQ(pdMS_TO_TICKS(4294967295UL), 4294967295UL);
  CHECK_EQ(pdTICKS_TO_MS(4294967295UL), 4294967295UL);
}
