// SPDX-License-Identifier: Apache-2.0
// Example of a firmware's own functions, as a product would offer them to its scripts; custom_fast.sym lists
// them. They show the kinds that matter at the border: numbers, buffers, structures by value, callbacks as
// arguments, and a structure of function pointers that the firmware keeps.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  int16_t x;
  int16_t y;
} custom_point_t;

typedef struct {
  double mean;
  int32_t minimum;
  int32_t maximum;
} custom_summary_t;

// A table of callbacks. Members may be NULL. The firmware keeps the pointer, not a copy.
typedef struct custom_handler {
  void (*on_start)(void *context);
  int (*on_value)(void *context, int32_t value);
  void (*on_point)(void *context, custom_point_t point);
  void (*on_stop)(void *context);
  void *context;
} custom_handler_t;

int32_t custom_sum(const int32_t *values, size_t count);
custom_point_t custom_add_points(custom_point_t a, custom_point_t b);
custom_summary_t custom_summarise(const int32_t *values, size_t count);
uint64_t custom_mix(uint8_t a, uint64_t b, float c, double d, int16_t e);

// Replaces every value by what `function` makes of it; returns how many changed.
size_t custom_transform(int32_t *values, size_t count, int32_t (*function)(int32_t value, void *context),
                        void *context);

// Up to eight handlers. Removing one that is not registered is ESP_ERR_NOT_FOUND.
esp_err_t custom_handler_register(const custom_handler_t *handler);
esp_err_t custom_handler_unregister(const custom_handler_t *handler);
// Calls all handlers in the order of registration: start, each value (until one returns non-zero), a point,
// stop. Returns the number of calls made.
int custom_handlers_fire(const int32_t *values, size_t count, custom_point_t point);

// A function of the firmware, for a script to call through a pointer.
typedef int32_t (*custom_operation_t)(int32_t a, int32_t b);
custom_operation_t custom_get_operation(char symbol); // '+', '-', '*'; NULL for others

#ifdef __cplusplus
}
#endif
