// SPDX-License-Identifier: Apache-2.0
// The symbol tables as a firmware compiles them: every entry names something that exists, and what the
// configuration switches off keeps its place without an address. Also the example functions behind
// custom_fast.sym.
#include "symbols.h"

#include "check.h"

#include <string.h>

// An option counts as on when it is defined as 1: ENABLED_1 then brings a comma that moves the address to the
// second place.
#define ENABLED_1 ,
#define SECOND(first, second, ...) second
#define CHOOSE(enabled_address, otherwise) SECOND(enabled_address, otherwise, )
#define OPTIONAL(value, address) CHOOSE(ENABLED_##value address, NULL)
#define OPTIONAL_EXPANDED(value, address) OPTIONAL(value, address)

struct symbol {
  const char *name;
  const void *address;
};
#define ESPB_SYM(name, address) {name, (const void *)(address)},
#define ESPB_SYM_OPT(option, name, address) {name, (const void *)OPTIONAL_EXPANDED(option, address)},
static const struct symbol idf[] = {
#include "idf_fast.sym"
};
static const struct symbol custom[] = {
#include "custom_fast.sym"
};

// The same tables as tables.cpp makes them for the runtime.
extern const espb_fast_table *const firmware_tables[2];

static const void *find(const char *name) {
  for (unsigned i = 0; i < sizeof idf / sizeof idf[0]; i++) {
    if (strcmp(idf[i].name, name) == 0)
      return idf[i].address;
  }
  return NULL;
}

static int32_t square(int32_t value, void *context) {
  ++*(int *)context;
  return value * value;
}
static void on_start(void *context) { happened(*(const char *)context); }
static int on_value(void *context, int32_t value) {
  (void)context;
  happened((char)('0' + value));
  return value == 3;
}
static void on_point(void *context, custom_point_t point) {
  (void)context;
  happened(point.x == -7 && point.y == 9 ? 'p' : '?');
}

void test_symbols(void) {
  unsigned without = 0;
  for (unsigned i = 0; i < sizeof idf / sizeof idf[0]; i++) {
    if (idf[i].address != NULL)
      continue;
    without++;
    CHECK(strcmp(idf[i].name, "vTaskCoreAffinitySet") == 0 || strcmp(idf[i].name, "esp_psram_get_size") == 0);
  }
  CHECK_EQ(without, 2);
  CHECK(sizeof idf / sizeof idf[0] > 400);
  CHECK(find("vTaskDelay") == (const void *)vTaskDelay);
  CHECK(find("vTaskList") == (const void *)vTaskList);
  CHECK(find("printf") == (const void *)printf);
  for (unsigned i = 0; i < sizeof custom / sizeof custom[0]; i++)
    CHECK(custom[i].address != NULL);

  CHECK(strcmp(firmware_tables[0]->name, "idf_fast") == 0 &&
        strcmp(firmware_tables[1]->name, "custom_fast") == 0);
  CHECK_EQ(firmware_tables[0]->count, sizeof idf / sizeof idf[0]);
  // Of a few functions the C library's headers make a copy per file; the kernel's are one for all.
  bool of_libc = true;
  for (unsigned i = 0; i < firmware_tables[0]->count; i++) {
    const void *const address = firmware_tables[0]->entries[i].address;
    of_libc &= strcmp(idf[i].name, "vPortYield") != 0;
    check_report(of_libc ? address != NULL && idf[i].address != NULL : address == idf[i].address, __FILE__,
                 __LINE__, idf[i].name, (intptr_t)address, (intptr_t)idf[i].address);
  }
  CHECK(!of_libc);

  int32_t values[4] = {1, -2, 3, 0};
  int calls = 0;
  CHECK_EQ(custom_sum(values, 4), 2);
  CHECK_EQ(custom_transform(values, 4, square, &calls), 2);
  CHECK_EQ(calls, 4);
  CHECK_EQ(values[1] * 10 + values[2], 49);
  const custom_summary_t summary = custom_summarise(values, 4);
  CHECK(summary.mean == 3.5 && summary.minimum == 0 && summary.maximum == 9);
  const custom_point_t sum = custom_add_points((custom_point_t){-10, 4}, (custom_point_t){3, 5});
  CHECK(sum.x == -7 && sum.y == 9);
  CHECK_EQ(custom_mix(200, 1ull << 40, 1.5f, -2.25, -7), (200ull << 40) + 1500 - 2250 - 7);
  const custom_handler_t handler = {
      .on_start = on_start, .on_value = on_value, .on_point = on_point, .context = "s"};
  CHECK_EQ(custom_handler_register(&handler), ESP_OK);
  const int32_t sent[] = {1, 2, 3, 4};
  CHECK_EQ(custom_handlers_fire(sent, 4, sum), 5);
  CHECK(happened_exactly("s123p"));
  CHECK_EQ(custom_handler_unregister(&handler), ESP_OK);
  CHECK_EQ(custom_handler_unregister(&handler), ESP_ERR_NOT_FOUND);
  CHECK_EQ(custom_get_operation('-')(5, 9), -4);
  CHECK(custom_get_operation('/') == NULL);
}
