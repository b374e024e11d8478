// SPDX-License-Identifier: Apache-2.0
// Example of a firmware's own functions; see custom_functions.h.
#include "custom_functions.h"
#include "custom_holders.h"

#define MAX_HANDLERS 8
static const custom_handler_t *handlers[MAX_HANDLERS];
static unsigned handler_count;

int32_t custom_sum(const int32_t *values, size_t count) {
  uint32_t sum = 0;
  for (size_t i = 0; i < count; i++)
    sum += (uint32_t)values[i];
  return (int32_t)sum;
}

custom_point_t custom_add_points(custom_point_t a, custom_point_t b) {
  return (custom_point_t){.x = (int16_t)(a.x + b.x), .y = (int16_t)(a.y + b.y)};
}

custom_summary_t custom_summarise(const int32_t *values, size_t count) {
  custom_summary_t summary = {.mean = 0};
  if (count == 0)
    return summary;
  summary.minimum = summary.maximum = values[0];
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    sum += values[i];
    if (values[i] < summary.minimum)
      summary.minimum = values[i];
    if (values[i] > summary.maximum)
      summary.maximum = values[i];
  }
  summary.mean = sum / (double)count;
  return summary;
}

uint64_t custom_mix(uint8_t a, uint64_t b, float c, double d, int16_t e) {
  return b * a + (uint64_t)(int64_t)(c * 1000.0f) + (uint64_t)(int64_t)(d * 1000.0) + (uint64_t)(int64_t)e;
}

size_t custom_transform(int32_t *values, size_t count, int32_t (*function)(int32_t value, void *context),
                        void *context) {
  size_t changed = 0;
  for (size_t i = 0; i < count; i++) {
    const int32_t before = values[i];
    values[i] = function(before, context);
    changed += values[i] != before;
  }
  return changed;
}

esp_err_t custom_handler_register(const custom_handler_t *handler) {
  if (handler == NULL)
    return ESP_ERR_INVALID_ARG;
  if (handler_count == MAX_HANDLERS)
    return ESP_ERR_NO_MEM;
  handlers[handler_count++] = handler;
  return ESP_OK;
}

esp_err_t custom_handler_unregister(const custom_handler_t *handler) {
  for (unsigned i = 0; i < handler_count; i++) {
    if (handlers[i] != handler)
      continue;
    for (handler_count--; i < handler_count; i++)
      handlers[i] = handlers[i + 1];
    return ESP_OK;
  }
  return ESP_ERR_NOT_FOUND;
}

int custom_handlers_fire(const int32_t *values, size_t count, custom_point_t point) {
  int calls = 0;
  for (unsigned i = 0; i < handler_count; i++) {
    const custom_handler_t *handler = handlers[i];
    if (handler->on_start != NULL)
      calls++, handler->on_start(handler->context);
    for (size_t k = 0; k < count && handler->on_value != NULL; k++) {
      calls++;
      if (handler->on_value(handler->context, values[k]) != 0)
        break;
    }
    if (handler->on_point != NULL)
      calls++, handler->on_point(handler->context, point);
    if (handler->on_stop != NULL)
      calls++, handler->on_stop(handler->context);
  }
  return calls;
}

static int32_t add(int32_t a, int32_t b) { return (int32_t)((uint32_t)a + (uint32_t)b); }
static int32_t subtract(int32_t a, int32_t b) { return (int32_t)((uint32_t)a - (uint32_t)b); }
static int32_t multiply(int32_t a, int32_t b) { return (int32_t)((uint32_t)a * (uint32_t)b); }

custom_operation_t custom_get_operation(char symbol) {
  switch (symbol) {
  case '+':
    return add;
  case '-':
    return subtract;
  case '*':
    return multiply;
  default:
    return NULL;
  }
}

void custom_handlers_visit(void (*visit)(void *context, const custom_handler_t *handler), void *context) {
  for (unsigned i = 0; i < handler_count; i++)
    visit(context, handlers[i]);
}
