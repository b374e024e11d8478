// SPDX-License-Identifier: Apache-2.0
// The guest side of rv32_crossings.cpp.
#include <espb/guest.h>

typedef int (*unary)(int);
typedef int (*twelve)(int, int, int, int, int, int, int, int, int, int, int, int);
int mark4(int a, int b, int c, int d);
int mark8(int a, int b, int c, int d, int e, int f, int g, int h);
void give(unary f, twelve g);
int run_callback(void);

static int one(int x) { return x + 1; }
static int many(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l) {
  return a + b + c + d + e + f + g + h + i + j + k + l;
}

// The second call differs in four more constants only.
ESPB_EXPORT void calls4(void) {
  mark4(1, 2, 3, 4);
  mark4(1, 2, 3, 4);
}
ESPB_EXPORT void calls8(void) {
  mark4(1, 2, 3, 4);
  mark8(1, 2, 3, 4, 5, 6, 7, 8);
}
ESPB_EXPORT void set_up(void) { give(one, many); }
// A callback from native code that the guest called.
ESPB_EXPORT int inside(void) { return run_callback(); }
