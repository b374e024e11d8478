// SPDX-License-Identifier: Apache-2.0
#include "../situations.h"

namespace jit_test {

// Window registers in kept and in lost registers, in both, in the frame; with fuel.
const Situation kSituations[] = {
    {", kept registers", {0xffffffffu, 0xff, 8, true}, 0, true},
    {", lost registers", {0, 0, 0, false}, 0, true},
    {", both", {0x2d5, 0, 2, false}, espb::jit::kCheckFuel, true},
    {", frame", {0xffffffffu, 0xff, 8, true}, espb::jit::kAllInFrame, true},
};
const uint32_t kSituationCount = sizeof kSituations / sizeof *kSituations;
const uint32_t kSituationStep = 2;

} // namespace jit_test
