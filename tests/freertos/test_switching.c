// SPDX-License-Identifier: Apache-2.0
// The context switch: every register survives preemption, time is sliced, the scheduler can be held, stacks
// stay aligned.
#include "check.h"

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "port_board.h"

// Fills all registers that a program may with values made of `seed`, spins, and says whether all are still
// there. Each chip has its own.
bool registers_survive(uint32_t seed, uint32_t rounds);
static volatile int ended;
static volatile int good;

static void churn(void *argument) {
  const uintptr_t sp = (uintptr_t)__builtin_frame_address(0);
  const bool aligned = sp % 16 == 0;
  const bool kept = registers_survive((uint32_t)(uintptr_t)argument, 60000);
  portENTER_CRITICAL();
  ended++;
  good += kept && aligned;
  portEXIT_CRITICAL();
  vTaskDelete(NULL);
}

// Values that live across calls, deep enough for the register windows of a chip that has them to go to the stack and come back, while other
// tasks run.
static __attribute__((noipa)) uint32_t descend(uint32_t depth, uint32_t seed) {
  const uint32_t a = seed * 3 + depth, b = seed ^ depth, c = a + b;
  if (depth % 16 == 0)
    taskYIELD();
  const uint32_t below = depth == 0 ? seed : descend(depth - 1, seed + 1);
  return below + a * 5 + b * 7 + c * 11;
}
static uint32_t descended(uint32_t depth, uint32_t seed) { // the same without calls
  uint32_t sum = seed + depth;
  for (; depth != UINT32_MAX; depth--, seed++) {
    const uint32_t a = seed * 3 + depth, b = seed ^ depth;
    sum += a * 5 + b * 7 + (a + b) * 11;
  }
  return sum;
}
static void dive(void *argument) {
  const uint32_t seed = (uint32_t)(uintptr_t)argument;
  bool same = true;
  for (uint32_t i = 0; i < 400; i++)
    same = descend(60, seed + i) == descended(60, seed + i) && same;
  portENTER_CRITICAL();
  ended++;
  good += same;
  portEXIT_CRITICAL();
  vTaskDelete(NULL);
}

static volatile uint32_t turns[2];
static void take_turns(void *argument) {
  volatile uint32_t *const mine = argument;
  for (;;)
    ++*mine;
}

static void wake_often(void *argument) {
  volatile uint32_t *const count = argument;
  for (;; ++*count)
    vTaskDelay(3);
}

// The account of one task's instructions, whatever interrupts it: exact to the last one, or as exact as the chip's clock.
static bool about(uint32_t count, uint32_t expected) {
  const uint32_t difference = count > expected ? count - expected : expected - count;
  return difference <= (PORT_COUNT_STEP == 1 ? 0 : 4 * PORT_COUNT_STEP + expected / 10000);
}
static __attribute__((noipa)) uint32_t count_loop(uint32_t rounds) {
  const uint64_t before = port_watched_instructions();
  do { // two instructions
    __asm__ volatile("addi %0, %0, -1" : "+r"(rounds));
  } while (rounds != 0);
  return (uint32_t)(port_watched_instructions() - before);
}

static void test_count(void) {
  port_watch_task();
  portENTER_CRITICAL();
  const uint32_t undisturbed = count_loop(1000);
  portEXIT_CRITICAL();
  CHECK(undisturbed > 2000 - PORT_COUNT_STEP && undisturbed < 2050 + 10 * PORT_COUNT_STEP);
  const uint32_t beyond_loop = undisturbed - 2000;
  for (uint32_t i = 0; i < 50; i++) {
    const uint32_t rounds = 700000 + 12347 * i;
    CHECK(about(count_loop(rounds), 2 * rounds + beyond_loop));
  }
  // With tasks of the same and of higher priority in between.
  turns[0] = turns[1] = 0;
  TaskHandle_t tasks[2];
  for (UBaseType_t i = 0; i < 2; i++)
    xTaskCreate(i ? take_turns : wake_often, "other", 2048, (void *)&turns[i], uxTaskPriorityGet(NULL) + !i, &tasks[i]);
  CHECK(about(count_loop(20000000), 40000000 + beyond_loop));
  CHECK(turns[0] > 10 && turns[1] > 10);
  for (int i = 0; i < 2; i++)
    vTaskDelete(tasks[i]);
}

void test_switching(void) {
  CHECK(registers_survive(77, 10));
  // Three tasks of one priority share the time of many ticks.
  const TickType_t start = xTaskGetTickCount();
  for (uintptr_t i = 0; i < 3; i++)
    xTaskCreate(churn, "churn", 2048, (void *)(0x01010101u * (i + 1)), 4, NULL);
  while (ended < 3)
    vTaskDelay(1);
  CHECK_EQ(good, 3);
  ended = good = 0;
  for (uintptr_t i = 0; i < 3; i++)
    xTaskCreate(dive, "dive", 8192, (void *)(1000 * i), 4, NULL);
  while (ended < 3)
    vTaskDelay(1);
  CHECK_EQ(good, 3);
  CHECK(xTaskGetTickCount() - start > 10);

  TaskHandle_t tasks[2];
  for (int i = 0; i < 2; i++)
    xTaskCreate(take_turns, "turns", 2048, (void *)&turns[i], 4, &tasks[i]);
  vTaskDelay(100);
  for (int i = 0; i < 2; i++)
    vTaskDelete(tasks[i]);
  const uint32_t sum = turns[0] + turns[1];
  CHECK(turns[0] > sum / 2 - sum / 20 && turns[0] < sum / 2 + sum / 20);

  // A held scheduler counts on but does not switch.
  TaskHandle_t task;
  vTaskSuspendAll();
  const uint32_t before = turns[0];
  xTaskCreate(take_turns, "turns", 2048, (void *)&turns[0], 6, &task);
  CHECK_EQ(turns[0], before);
  vTaskDelete(task);
  xTaskResumeAll();
  CHECK_EQ(turns[0], before);
  test_count();
}
