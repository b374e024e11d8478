// SPDX-License-Identifier: Apache-2.0
// What an engine built with ESPB_COUNT_DISPATCHES counts of one module, when asked to: for `espb run
// --profile`.
#ifndef ESPB_RUNTIME_EXECUTION_PROFILE_H
#define ESPB_RUNTIME_EXECUTION_PROFILE_H

#include <stdint.h>

namespace espb {

struct ExecutionProfile {
  struct Count {
    uint64_t executed; // the instruction that begins at this byte
    uint64_t backward; // branches backward to it that were taken
  };
  const uint8_t *code;
  uint32_t bytes; // 0: nobody asked
  Count *counts;  // one per byte of code

  Count *at(const uint8_t *pc) const {
    const uintptr_t offset = reinterpret_cast<uintptr_t>(pc) - reinterpret_cast<uintptr_t>(code);
    return offset < bytes ? counts + offset : nullptr;
  }
};
extern ExecutionProfile execution_profile;

} // namespace espb
#endif
