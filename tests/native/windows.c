// SPDX-License-Identifier: Apache-2.0
// Recursion of guest code, with native frames of every kind in between: xtensa_windows.cpp. It is compiled as
// a guest and natively; both must give the same number.
#include <stdint.h>

uint32_t through(uint32_t index, uint32_t depth, uint32_t (*back)(uint32_t, uint32_t));

#ifdef __ESPB__
#include <espb/guest.h>
#define EXPORT ESPB_EXPORT
#define descend guest_descend
#else
#define EXPORT
#define descend native_descend
#endif

enum { kLevels = 21 };

static uint32_t deep(uint32_t level, uint32_t index, uint32_t depth);

static uint32_t back(uint32_t index, uint32_t depth) { return deep(kLevels, index * 7 + 1, depth); }

static uint32_t deep(uint32_t level, uint32_t index, uint32_t depth) {
  if (level == 0)
    return depth == 0 ? index : through(index, depth - 1, back);
  uint32_t below = deep(level - 1, index + level, depth);
  return below * 3 + level + index;
}

EXPORT uint32_t descend(uint32_t index, uint32_t depth) { return deep(kLevels, index, depth); }
