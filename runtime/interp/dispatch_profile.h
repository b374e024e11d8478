// SPDX-License-Identifier: Apache-2.0
// What an engine built with ESPB_COUNT_DISPATCHES=2 counts: every instruction, and every pair of instructions
// that lie one behind the other and were executed so. The program that links such an engine defines
// dispatch_profile (bench/profile).
#ifndef ESPB_RUNTIME_DISPATCH_PROFILE_H
#define ESPB_RUNTIME_DISPATCH_PROFILE_H

#include "../../isa/isa.h"

namespace espb {

struct DispatchProfile {
  static constexpr uint32_t kOpcodes = 512; // page 1 from 256 on
  uint64_t single[kOpcodes];
  uint64_t pair[kOpcodes][kOpcodes];
  const uint8_t *next; // the first byte behind the last instruction
  uint32_t last;
};
extern DispatchProfile dispatch_profile;

inline void profile_dispatch(const uint8_t *pc) {
  DispatchProfile &profile = dispatch_profile;
  const uint32_t page = *pc == 0xff, opcode = pc[page], index = 256 * page + opcode;
  ++profile.single[index];
  if (pc == profile.next)
    ++profile.pair[profile.last][index];
  const InstructionInfo *info = instruction_info(page, opcode);
  profile.last = index;
  profile.next = info != nullptr ? pc + info->length : nullptr;
}

} // namespace espb
#endif
