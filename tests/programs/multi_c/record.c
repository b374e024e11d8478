// SPDX-License-Identifier: Apache-2.0
// Keeps the total.
#include "shared.h"

static int counter;

void record(int v) {
    counter++;
    shared_total += v;
}
int recorded(void) { return counter; }
int threshold(void) { return 20; }
