// SPDX-License-Identifier: Apache-2.0
// The kernel's side of the comparison of types and constants.
#include "FreeRTOS.h"
#include "event_groups.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"
#include "timers.h"

#include "types_facts.h"

#define FACT(expression) {#expression, (long long)(expression)},
const struct fact kernel_facts[] = {
#include "types_facts.inc"
};
const unsigned kernel_fact_count = sizeof kernel_facts / sizeof kernel_facts[0];
const unsigned kernel_static_sizes[5] = {sizeof(StaticTask_t), sizeof(StaticQueue_t),
                                         sizeof(StaticEventGroup_t), sizeof(StaticTimer_t),
                                         sizeof(StaticSemaphore_t)};
