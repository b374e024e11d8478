// SPDX-License-Identifier: Apache-2.0
// A fact about types, as either side of the comparison states it.
#ifndef ESPB_TESTS_FREERTOS_TYPES_FACTS_H
#define ESPB_TESTS_FREERTOS_TYPES_FACTS_H

struct fact {
  const char *what;
  long long value;
};
extern const struct fact kernel_facts[];
extern const unsigned kernel_fact_count;
extern const unsigned kernel_static_sizes[5];

#endif
