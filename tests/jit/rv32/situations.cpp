// SPDX-License-Identifier: Apache-2.0
#include "../situations.h"

namespace jit_test {

// Window registers in kept and in lost registers, in both, in the frame; out registers that routines must
// keep; with fuel.
const Situation kSituations[] = {
    {", kept registers", {0xffffffffu, 0xff, 8, true}, 0, false},
    {", lost registers", {0, 0xff, 8, true}, 0, false},
    {", both", {0x2d5, 0xff, 8, true}, espb::jit::kCheckFuel, false},
    {", frame", {0xffffffffu, 0xff, 8, true}, espb::jit::kAllInFrame, false},
    {", acc in a5", {0x155, 0xff, 5, true}, 0, false},
    {", frame, acc in a5", {0xffffffffu, 0xff, 5, true}, espb::jit::kAllInFrame, false},
};
const uint32_t kSituationCount = sizeof kSituations / sizeof *kSituations;
const uint32_t kSituationStep = 1;

} // namespace jit_test
