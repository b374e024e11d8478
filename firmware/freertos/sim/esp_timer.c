// SPDX-License-Identifier: Apache-2.0
// Microsecond timers behind esp_timer.h, on the port's alarm. Due callbacks run in the task "esp_timer",
// which is made with the first timer, or in the interrupt itself.
#include "esp_timer.h"

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "freertos_board.h"
#include "port_board.h"

#include <stdlib.h>

#define CLOCKS_PER_US (PORT_CLOCK_HZ / 1000000u)
#define TASK_PRIORITY 22

struct esp_timer {
  struct esp_timer *next; // armed timers by time, equal times in the order of starting
  struct esp_timer *next_made;
  uint64_t due;    // in microseconds since the start of the board
  uint64_t period; // 0: once
  esp_timer_cb_t callback;
  void *argument;
  const char *name;
  esp_timer_dispatch_t dispatch;
  bool skip_unhandled;
  bool armed;
};

static struct esp_timer *armed_timers;
static struct esp_timer *all_timers;
static TaskHandle_t service_task;

static uint64_t now_us(void) { return port_clock() / CLOCKS_PER_US; }

int64_t esp_timer_get_time(void) { return (int64_t)now_us(); }

static void set_alarm(void) {
  port_alarm_set(armed_timers == NULL ? PORT_NO_ALARM : armed_timers->due * CLOCKS_PER_US);
}

// The list is touched with interrupts off only; insertion and removal leave the alarm to their callers.
static void arm(struct esp_timer *timer) {
  struct esp_timer **link = &armed_timers;
  while (*link != NULL && (*link)->due <= timer->due)
    link = &(*link)->next;
  timer->next = *link;
  *link = timer;
  timer->armed = true;
}

static void disarm(struct esp_timer *timer) {
  struct esp_timer **link = &armed_timers;
  while (*link != NULL && *link != timer)
    link = &(*link)->next;
  if (*link != NULL)
    *link = timer->next;
  timer->armed = false;
}

// Takes the first due timer of the dispatch method off the list, or puts it back at its next time, and calls
// it. The callback may delete the timer, so that nothing of it is used afterwards.
static bool run_one(esp_timer_dispatch_t dispatch) {
  portENTER_CRITICAL();
  const uint64_t now = now_us();
  struct esp_timer *timer = armed_timers;
  while (timer != NULL && timer->due <= now && timer->dispatch != dispatch)
    timer = timer->next;
  if (timer == NULL || timer->due > now) {
    portEXIT_CRITICAL();
    return false;
  }
  const esp_timer_cb_t callback = timer->callback;
  void *const argument = timer->argument;
  disarm(timer);
  if (timer->period != 0) {
    timer->due += timer->period;
    if (timer->skip_unhandled && timer->due <= now)
      timer->due += (now - timer->due) / timer->period * timer->period + timer->period;
    arm(timer);
  }
  portEXIT_CRITICAL();
  callback(argument);
  return true;
}

static void service(void *argument) {
  (void)argument;
  for (;;) {
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    while (run_one(ESP_TIMER_TASK)) {
    }
    portENTER_CRITICAL();
    set_alarm();
    portEXIT_CRITICAL();
  }
}

static void on_alarm(void) {
  while (run_one(ESP_TIMER_ISR)) {
  }
  const uint64_t now = now_us();
  if (armed_timers != NULL && armed_timers->due <= now) {
    BaseType_t woken = pdFALSE;
    vTaskNotifyGiveFromISR(service_task, &woken);
    portYIELD_FROM_ISR(woken);
  }
  // What is due is the task's work now; the next alarm is for the first timer that is not.
  const struct esp_timer *next = armed_timers;
  while (next != NULL && next->due <= now)
    next = next->next;
  if (next != NULL)
    port_alarm_set(next->due * CLOCKS_PER_US);
}

static bool ensure_service(void) {
  if (service_task != NULL)
    return true;
  vTaskSuspendAll();
  if (service_task == NULL && xTaskCreate(service, "esp_timer", CONFIG_ESP_TIMER_TASK_STACK_SIZE, NULL,
                                          TASK_PRIORITY, &service_task) != pdPASS) {
    service_task = NULL;
  }
  (void)xTaskResumeAll();
  if (service_task == NULL)
    return false;
  port_alarm_set_handler(on_alarm);
  return true;
}

esp_err_t esp_timer_create(const esp_timer_create_args_t *args, esp_timer_handle_t *out_handle) {
  if (args == NULL || args->callback == NULL || out_handle == NULL || args->dispatch_method < 0 ||
      args->dispatch_method >= ESP_TIMER_MAX) {
    return ESP_ERR_INVALID_ARG;
  }
  if (!ensure_service())
    return ESP_ERR_NO_MEM;
  struct esp_timer *timer = calloc(1, sizeof *timer);
  if (timer == NULL)
    return ESP_ERR_NO_MEM;
  timer->callback = args->callback;
  timer->argument = args->arg;
  timer->name = args->name;
  timer->dispatch = args->dispatch_method;
  timer->skip_unhandled = args->skip_unhandled_events;
  portENTER_CRITICAL();
  timer->next_made = all_timers;
  all_timers = timer;
  portEXIT_CRITICAL();
  *out_handle = timer;
  return ESP_OK;
}

static esp_err_t start(esp_timer_handle_t timer, uint64_t delay, uint64_t period, bool restart) {
  if (timer == NULL)
    return ESP_ERR_INVALID_ARG;
  portENTER_CRITICAL();
  esp_err_t result = ESP_OK;
  if (timer->armed != restart) {
    result = ESP_ERR_INVALID_STATE;
  } else {
    if (restart) {
      disarm(timer);
      if (timer->period != 0)
        period = delay;
    }
    timer->period = period;
    timer->due = now_us() + delay;
    arm(timer);
    set_alarm();
  }
  portEXIT_CRITICAL();
  return result;
}

// A period below this would leave no time for anything but the timer.
#define SHORTEST_PERIOD_US 50u

esp_err_t esp_timer_start_once(esp_timer_handle_t timer, uint64_t timeout_us) {
  return start(timer, timeout_us, 0, false);
}

esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period_us) {
  if (period_us < SHORTEST_PERIOD_US)
    period_us = SHORTEST_PERIOD_US;
  return start(timer, period_us, period_us, false);
}

esp_err_t esp_timer_restart(esp_timer_handle_t timer, uint64_t timeout_us) {
  if (timer != NULL && timer->period != 0 && timeout_us < SHORTEST_PERIOD_US)
    timeout_us = SHORTEST_PERIOD_US;
  return start(timer, timeout_us, 0, true);
}

esp_err_t esp_timer_stop(esp_timer_handle_t timer) {
  if (timer == NULL)
    return ESP_ERR_INVALID_ARG;
  portENTER_CRITICAL();
  const bool was_armed = timer->armed;
  if (was_armed)
    disarm(timer);
  if (was_armed)
    set_alarm();
  portEXIT_CRITICAL();
  return was_armed ? ESP_OK : ESP_ERR_INVALID_STATE;
}

esp_err_t esp_timer_delete(esp_timer_handle_t timer) {
  if (timer == NULL)
    return ESP_ERR_INVALID_ARG;
  if (timer->armed)
    return ESP_ERR_INVALID_STATE;
  portENTER_CRITICAL();
  struct esp_timer **link = &all_timers;
  while (*link != timer)
    link = &(*link)->next_made;
  *link = timer->next_made;
  portEXIT_CRITICAL();
  free(timer);
  return ESP_OK;
}

bool esp_timer_is_active(esp_timer_handle_t timer) { return timer != NULL && timer->armed; }

esp_err_t esp_timer_get_period(esp_timer_handle_t timer, uint64_t *period) {
  if (timer == NULL || period == NULL)
    return ESP_ERR_INVALID_ARG;
  *period = timer->period;
  return ESP_OK;
}

esp_err_t esp_timer_get_expiry_time(esp_timer_handle_t timer, uint64_t *expiry) {
  if (timer == NULL || expiry == NULL)
    return ESP_ERR_INVALID_ARG;
  if (timer->period != 0)
    return ESP_ERR_NOT_SUPPORTED;
  *expiry = timer->due;
  return ESP_OK;
}

int64_t esp_timer_get_next_alarm(void) {
  portENTER_CRITICAL();
  const int64_t due = armed_timers == NULL ? INT64_MAX : (int64_t)armed_timers->due;
  portEXIT_CRITICAL();
  return due;
}

void esp_timer_isr_dispatch_need_yield(void) { vPortYieldFromISR(); }

// One line per armed timer: its name, period and due time, all in microseconds.
esp_err_t esp_timer_dump(FILE *stream) {
  // The list is copied while nothing can change it, and printed at leisure.
  struct line {
    const char *name;
    uint64_t period;
    uint64_t due;
  };
  vTaskSuspendAll();
  unsigned count = 0;
  for (const struct esp_timer *timer = armed_timers; timer != NULL; timer = timer->next)
    count++;
  struct line *lines = malloc((count + 1) * sizeof *lines);
  unsigned used = 0;
  portENTER_CRITICAL();
  for (const struct esp_timer *timer = armed_timers; timer != NULL && used < count && lines != NULL;
       timer = timer->next)
    lines[used++] = (struct line){timer->name != NULL ? timer->name : "", timer->period, timer->due};
  portEXIT_CRITICAL();
  (void)xTaskResumeAll();
  if (lines == NULL)
    return ESP_ERR_NO_MEM;
  fprintf(stream, "%-20s %12s %14s\n", "timer", "period", "due");
  for (unsigned i = 0; i < used; i++)
    fprintf(stream, "%-20s %12llu %14llu\n", lines[i].name, (unsigned long long)lines[i].period,
            (unsigned long long)lines[i].due);
  free(lines);
  return ESP_OK;
}

// What freertos_get_activity asks, and who looks for callbacks.
uint32_t esp_timer_active_count(void);
uint32_t esp_timer_system_tasks(void);

void esp_timer_visit(void (*visit)(void *context, const char *name, void (*callback)(void *)),
                     void *context) {
  vTaskSuspendAll();
  for (const struct esp_timer *timer = all_timers; timer != NULL; timer = timer->next_made)
    visit(context, timer->name, timer->callback);
  (void)xTaskResumeAll();
}

uint32_t esp_timer_active_count(void) {
  uint32_t count = 0;
  portENTER_CRITICAL();
  for (const struct esp_timer *timer = armed_timers; timer != NULL; timer = timer->next)
    count++;
  portEXIT_CRITICAL();
  return count;
}

uint32_t esp_timer_system_tasks(void) { return service_task != NULL; }
