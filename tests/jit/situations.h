// SPDX-License-Identifier: Apache-2.0
// What is of a chip in main.cpp: the situations of the registers that cases are compiled in.
#ifndef ESPB_TESTS_JIT_SITUATIONS_H
#define ESPB_TESTS_JIT_SITUATIONS_H

#include "runtime/jit/compiler.h"

namespace jit_test {

struct Situation {
  const char *name; // as it stands behind an instruction's
  espb::jit::HotInfo hot;
  uint32_t flags;
  bool leaf; // a function without calls and routines says so
};

extern const Situation kSituations[];
extern const uint32_t kSituationCount;
// A case is run in every so-manieth situation: neighbours differ in one operand's value only.
extern const uint32_t kSituationStep;

} // namespace jit_test
#endif
