// A structure of function pointers that the firmware keeps and calls: the usual shape of handlers in drivers. The functions that take it
// are the firmware's own (custom_functions.h).
#include "custom_functions.h"
#include <stdio.h>

typedef struct {
  custom_handler_t handler;
  const char *name;
  int32_t limit;
  int32_t sum;
} meter_t;

static void start(void *context) {
  meter_t *meter = context;
  meter->sum = 0;
  printf("%s: start\n", meter->name);
}

static int value(void *context, int32_t v) {
  meter_t *meter = context;
  meter->sum += v;
  return meter->sum > meter->limit; // no more, please
}

static void point(void *context, custom_point_t p) { printf("%s: at (%d, %d)\n", ((meter_t *)context)->name, p.x, p.y); }

static void stop(void *context) {
  meter_t *meter = context;
  printf("%s: stopped at %ld\n", meter->name, (long)meter->sum);
}

// Function pointers in initialised data are callable for the firmware as well.
static meter_t meters[] = {
    {{start, value, point, stop, &meters[0]}, "all", 1000, 0},
    {{.on_value = value, .on_stop = stop, .context = &meters[1]}, "to ten", 10, 0},
};

static int32_t scale(int32_t v, void *context) { return v * *(int32_t *)context; }

void app_main(void) {
  int32_t values[] = {1, 2, 3, 4, 5};
  int32_t factor = 2;
  for (int i = 0; i < 2; i++)
    ESP_ERROR_CHECK(custom_handler_register(&meters[i].handler));

  printf("%u changed\n", (unsigned)custom_transform(values, 5, scale, &factor));
  custom_point_t where = custom_add_points((custom_point_t){3, 4}, (custom_point_t){10, -20});
  printf("%d calls\n", custom_handlers_fire(values, 5, where));

  custom_summary_t summary = custom_summarise(values, 5);
  printf("from %ld to %ld, mean %g\n", (long)summary.minimum, (long)summary.maximum, summary.mean);
  custom_operation_t multiply = custom_get_operation('*'); // a function of the firmware, called through a pointer
  printf("6 * 7 = %ld\n", (long)multiply(6, 7));

  for (int i = 0; i < 2; i++)
    ESP_ERROR_CHECK(custom_handler_unregister(&meters[i].handler));
}
