// SPDX-License-Identifier: Apache-2.0
// A table of functions that other files walk.
#include "shared.h"

static int counter(int v) { return v + 1; }
static int square(int v) { return v * v; }
const struct command commands[] = {{"next", counter}, {"square", square}, {0, 0}};
const char *describe(int v) { return v > threshold() ? "many" : "few"; }
