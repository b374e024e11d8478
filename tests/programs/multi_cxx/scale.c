// SPDX-License-Identifier: Apache-2.0
// A C function that C++ calls.
#include "shape.h"

static int label = 2;
int c_scale(int v, int by) { return v * by + label; }
