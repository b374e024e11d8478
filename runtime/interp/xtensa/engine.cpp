// SPDX-License-Identifier: Apache-2.0
// The C++ side of the Xtensa assembly engine, handlers.S.
#if !defined(__XTENSA__) || !defined(__XTENSA_WINDOWED_ABI__)
#error "this engine is for Xtensa with the windowed ABI"
#endif

#define ESPB_ENGINE(name) espb_xtensa_##name
#include "../assembly_engine.h"

static_assert(espb::kThunkBytes == 8, "handlers.S finds callables by it");
