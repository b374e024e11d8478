// SPDX-License-Identifier: Apache-2.0
// Eight tasks cross between guest and firmware as fast as they can, while a software timer, an esp_timer and a pin's interrupt call in as
// well. Every call is counted on both sides; the heap must stay as it was after the first part. Run as two instances at once.
// Arguments: crossings per instance.
#include "custom_functions.h"
#include "driver/gpio.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <stdio.h>
#include <stdlib.h>

#define TASKS 8
#define VALUES 8

typedef struct {
  uint32_t index, rounds;
  uint32_t calls_in; // made by native code, counted in the guest
  uint32_t expected;
  uint32_t bad;
  custom_handler_t handler;
} worker_t;

static worker_t workers[TASKS];
static SemaphoreHandle_t done;
static QueueHandle_t edges;
static volatile uint32_t edges_seen, edges_made, timer_calls, esp_timer_calls;
static TickType_t timer_started;
static volatile bool halfway;
static gpio_num_t pin;

static int32_t increment(int32_t value, void *context) {
  worker_t *me = context;
  me->calls_in++;
  return value + 1;
}
static int compare(const void *a, const void *b) { return *(const int32_t *)a - *(const int32_t *)b; }

static void work(void *argument) {
  worker_t *me = argument;
  int32_t values[VALUES];
  for (uint32_t round = 0; round < me->rounds; round++) {
    if (round == me->rounds / 2)
      halfway = true;
    for (int i = 0; i < VALUES; i++)
      values[i] = (int32_t)((round + 5u * (uint32_t)i) % 13);
    int32_t before = custom_sum(values, VALUES);
    // Native code that calls the guest, which is in another task's hands at the next moment.
    if (custom_transform(values, VALUES, increment, me) != VALUES || custom_sum(values, VALUES) != before + VALUES)
      me->bad++;
    me->expected += VALUES;
    if (round % 16 == me->index) {
      qsort(values, VALUES, sizeof values[0], compare);
      for (int i = 1; i < VALUES; i++)
        me->bad += values[i - 1] > values[i];
      if (me->index == 0) { // each change of the level is one interrupt
        gpio_set_level(pin, edges_made & 1);
        edges_made++;
      }
    }
    if (round % 64 == 0)
      vTaskDelay(1);
  }
  xSemaphoreGive(done);
  vTaskDelete(NULL);
}

static void IRAM_ATTR on_edge(void *argument) {
  edges_seen++;
  uint32_t item = edges_seen;
  xQueueSendFromISR((QueueHandle_t)argument, &item, NULL);
}

static void on_timer(TimerHandle_t timer) {
  if (timer_calls == 0)
    vTaskDelay(3); // once while the other timer calls: then there is a context for everybody
  ++*(volatile uint32_t *)pvTimerGetTimerID(timer);
}
static void on_esp_timer(void *argument) { ++*(volatile uint32_t *)argument; }

static void drain(void *argument) {
  uint32_t item, last = 0, wrong = 0;
  (void)argument;
  while (xQueueReceive(edges, &item, portMAX_DELAY) == pdTRUE && item != UINT32_MAX) {
    wrong += item != last + 1;
    last = item;
  }
  printf("%s", wrong ? "edges out of order\n" : "");
  xSemaphoreGive(done);
  vTaskDelete(NULL);
}

int main(int argc, char **argv) {
  // Two instances share the board, not a pin: the second to come takes the next one.
  uint32_t crossings = (uint32_t)atoi(argv[1]);
  const char *marker = "crossings";
  pin = xTaskGetHandle(marker) == NULL ? GPIO_NUM_4 : GPIO_NUM_5;
  done = xSemaphoreCreateCounting(TASKS + 1, 0);
  edges = xQueueCreate(32, sizeof(uint32_t));
  gpio_config_t config = {.pin_bit_mask = 1ULL << pin, .mode = GPIO_MODE_INPUT_OUTPUT, .intr_type = GPIO_INTR_ANYEDGE};
  gpio_set_level(pin, 1);
  ESP_ERROR_CHECK(gpio_config(&config));
  gpio_install_isr_service(0); // the second instance finds it there
  ESP_ERROR_CHECK(gpio_isr_handler_add(pin, on_edge, edges));
  xTaskCreate(drain, marker, 3072, NULL, 4, NULL);

  TimerHandle_t timer = xTimerCreate("two", 2, pdTRUE, (void *)&timer_calls, on_timer);
  esp_timer_handle_t fast;
  esp_timer_create_args_t args = {.callback = on_esp_timer, .arg = (void *)&esp_timer_calls, .name = "fast"};
  ESP_ERROR_CHECK(esp_timer_create(&args, &fast));
  timer_started = xTaskGetTickCount();
  int64_t esp_timer_started = esp_timer_get_time();
  xTimerStart(timer, portMAX_DELAY);
  ESP_ERROR_CHECK(esp_timer_start_periodic(fast, 700));

  for (uint32_t i = 0; i < TASKS; i++) {
    workers[i].index = i;
    workers[i].rounds = crossings / (TASKS * (VALUES + 3));
    xTaskCreate(work, "worker", 3072, &workers[i], 2 + i % 2, NULL);
  }
  while (!halfway || timer_calls == 0)
    vTaskDelay(10);
  size_t low = xPortGetMinimumEverFreeHeapSize();
  for (int i = 0; i < TASKS; i++)
    xSemaphoreTake(done, portMAX_DELAY);
  size_t lower = xPortGetMinimumEverFreeHeapSize();

  vTaskDelay(50); // the timer task, of low priority, makes up for what it was late with
  xTimerDelete(timer, portMAX_DELAY);
  vTaskDelay(2);
  uint32_t timer_expected = (xTaskGetTickCount() - timer_started) / 2;
  esp_timer_stop(fast);
  uint32_t esp_expected = (uint32_t)((esp_timer_get_time() - esp_timer_started) / 700);
  esp_timer_delete(fast);
  uint32_t last = UINT32_MAX;
  xQueueSend(edges, &last, portMAX_DELAY);
  xSemaphoreTake(done, portMAX_DELAY);
  gpio_isr_handler_remove(pin);

  uint32_t made = 0, bad = 0, lost = 0;
  for (int i = 0; i < TASKS; i++) {
    made += workers[i].calls_in + 3 * workers[i].rounds; // sum, transform, sum
    bad += workers[i].bad;
    lost += workers[i].expected - workers[i].calls_in;
  }
  uint32_t timer_difference = timer_expected - timer_calls, esp_difference = esp_expected - esp_timer_calls;
  printf("%s: %lu bad, %lu calls lost, %ld edges lost, heap grew by %ld\n", made >= crossings * 9 / 10 ? "enough" : "too few", (unsigned long)bad,
         (unsigned long)lost, (long)(edges_made - edges_seen), (long)(low - lower));
  printf("timers: %s\n", timer_difference <= 2 && esp_difference <= 1 && timer_calls > 50 ? "none lost" : "lost some");
  if (timer_difference > 2 || esp_difference > 1 || edges_made < 100)
    printf("timer %lu of %lu, esp_timer %lu of %lu, %lu edges\n", (unsigned long)timer_calls, (unsigned long)timer_expected,
           (unsigned long)esp_timer_calls, (unsigned long)esp_expected, (unsigned long)edges_made);
  return bad || lost || edges_made != edges_seen || low != lower;
}
