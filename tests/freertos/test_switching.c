// SPDX-License-Identifier: Apache-2.0
// The context switch: every register survives preemption, time is sliced, the scheduler can be held, stacks
// stay aligned.
#include "check.h"

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "port_board.h"

// Fills all registers but sp, gp and tp with values made of `seed`, spins, and says whether all are still
// there.
bool registers_survive(uint32_t seed, uint32_t rounds);
__asm__(".text\n"
        ".macro each op:vararg\n"
        ".irp r, 5,6,7,8,9,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
        "  \\op \\r\n"
        ".endr\n"
        ".endm\n"
        ".macro fill r\n"
        "  addi x\\r, x1, \\r\n"
        ".endm\n"
        ".macro test r\n"
        "  addi x1, x1, \\r\n"
        "  bne x\\r, x1, 3f\n"
        "  addi x1, x1, -\\r\n"
        ".endm\n"
        "registers_survive:\n"
        "  addi sp, sp, -64\n"
        "  sw ra, 0(sp)\n"
        "  sw s0, 4(sp)\n"
        "  sw s1, 8(sp)\n"
        "  sw s2, 12(sp)\n"
        "  sw s3, 16(sp)\n"
        "  sw s4, 20(sp)\n"
        "  sw s5, 24(sp)\n"
        "  sw s6, 28(sp)\n"
        "  sw s7, 32(sp)\n"
        "  sw s8, 36(sp)\n"
        "  sw s9, 40(sp)\n"
        "  sw s10, 44(sp)\n"
        "  sw s11, 48(sp)\n"
        "  sw a0, 52(sp)\n"
        "  sw a1, 56(sp)\n"
        "  mv x1, a0\n"
        "  each fill\n"
        "1:lw a0, 56(sp)\n"
        "  beqz a0, 2f\n"
        "  addi a0, a0, -1\n"
        "  sw a0, 56(sp)\n"
        "  lw x1, 52(sp)\n"
        "  each test\n"
        "  j 1b\n"
        "2:li a0, 1\n"
        "  j 4f\n"
        "3:li a0, 0\n"
        "4:lw ra, 0(sp)\n"
        "  lw s0, 4(sp)\n"
        "  lw s1, 8(sp)\n"
        "  lw s2, 12(sp)\n"
        "  lw s3, 16(sp)\n"
        "  lw s4, 20(sp)\n"
        "  lw s5, 24(sp)\n"
        "  lw s6, 28(sp)\n"
        "  lw s7, 32(sp)\n"
        "  lw s8, 36(sp)\n"
        "  lw s9, 40(sp)\n"
        "  lw s10, 44(sp)\n"
        "  lw s11, 48(sp)\n"
        "  addi sp, sp, 64\n"
        "  ret\n");

static volatile int ended;
static volatile int good;

static void churn(void *argument) {
  uintptr_t sp;
  __asm__ volatile("mv %0, sp" : "=r"(sp));
  const bool aligned = sp % 16 == 0;
  const bool kept = registers_survive((uint32_t)(uintptr_t)argument, 60000);
  portENTER_CRITICAL();
  ended++;
  good += kept && aligned;
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

// The account of one task's instructions is exact to the last one, whatever interrupts it.
static __attribute__((noipa)) uint32_t count_loop(uint32_t rounds) {
  const uint64_t before = port_watched_instructions();
  __asm__ volatile("1:\n\taddi %0, %0, -1\n\tbnez %0, 1b" : "+r"(rounds));
  return (uint32_t)(port_watched_instructions() - before);
}

static void test_count(void) {
  port_watch_task();
  portENTER_CRITICAL();
  const uint32_t undisturbed = count_loop(1000);
  portEXIT_CRITICAL();
  CHECK(undisturbed > 2000 && undisturbed < 2050);
  const uint32_t beyond_loop = undisturbed - 2000;
  for (uint32_t i = 0; i < 50; i++) {
    const uint32_t rounds = 700000 + 12347 * i;
    CHECK_EQ(count_loop(rounds), 2 * rounds + beyond_loop);
  }
  // With tasks of the same and of higher priority in between.
  turns[0] = turns[1] = 0;
  TaskHandle_t tasks[2];
  for (UBaseType_t i = 0; i < 2; i++)
    xTaskCreate(i ? take_turns : wake_often, "other", 2048, (void *)&turns[i], uxTaskPriorityGet(NULL) + !i, &tasks[i]);
  CHECK_EQ(count_loop(20000000), 40000000 + beyond_loop);
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
