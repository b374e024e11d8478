// SPDX-License-Identifier: Apache-2.0
// The portable engine: computed goto over both opcode pages. Handlers with an expression in the instruction
// set's definition are generated (isa/generated/interp_*.inc); those that touch control, stacks or calls are
// in interp_control.inc, the other hand-written ones in interp_special.inc. A missing handler is a missing
// label and does not compile.
//
// Build options: ESPB_PROFILE_NATIVE (guest addresses are machine addresses; 32-bit hosts only),
// ESPB_COUNT_DISPATCHES (1: Thread::dispatches; 2: also per opcode and pair, see dispatch_profile.h).
#include "interp_macros.h"
#if ESPB_COUNT_DISPATCHES
#include "execution_profile.h"
#endif
#if ESPB_COUNT_DISPATCHES > 1
#include "dispatch_profile.h"
#endif

namespace espb {
#if ESPB_COUNT_DISPATCHES
ExecutionProfile execution_profile;
#endif
namespace {

#if ESPB_COUNT_DISPATCHES
inline void count_executed(Thread &thread, const uint8_t *pc) {
  ++thread.dispatches;
  if (ExecutionProfile::Count *count = execution_profile.at(pc))
    ++count->executed;
}
inline void count_backward(const uint8_t *pc) {
  if (ExecutionProfile::Count *count = execution_profile.at(pc))
    ++count->backward;
}
#define ESPB_COUNT_BACKWARD() count_backward(pc)
#else
#define ESPB_COUNT_BACKWARD() ((void)0)
#endif
#if ESPB_COUNT_DISPATCHES > 1
#define ESPB_COUNT() (count_executed(thread, pc), profile_dispatch(pc))
#elif ESPB_COUNT_DISPATCHES
#define ESPB_COUNT() count_executed(thread, pc)
#else
#define ESPB_COUNT() ((void)0)
#endif

#define ESPB_DISPATCH()                                                                                      \
  do {                                                                                                       \
    ESPB_COUNT();                                                                                            \
    goto *page0[*pc];                                                                                        \
  } while (0)
#define ESPB_NEXT(length)                                                                                    \
  do {                                                                                                       \
    pc += (length);                                                                                          \
    ESPB_DISPATCH();                                                                                         \
  } while (0)
#define ESPB_TRAP_WITH(kind)                                                                                 \
  do {                                                                                                       \
    thread.trap = (kind);                                                                                    \
    goto leave;                                                                                              \
  } while (0)
// A taken branch: backward ones charge their distance.
#define ESPB_BRANCH(displacement)                                                                            \
  do {                                                                                                       \
    const int32_t distance = (displacement);                                                                 \
    pc += distance;                                                                                          \
    if (distance < 0) {                                                                                      \
      ESPB_COUNT_BACKWARD();                                                                                 \
      if ((budget += distance) < 0)                                                                          \
        goto refill;                                                                                         \
    }                                                                                                        \
    ESPB_DISPATCH();                                                                                         \
  } while (0)

// What a call into the rest of the runtime may look at, and what it may have changed.
#define ESPB_SAVE()                                                                                          \
  do {                                                                                                       \
    thread.pc = pc;                                                                                          \
    thread.fp = fp;                                                                                          \
    thread.sp = sp;                                                                                          \
    thread.budget = budget;                                                                                  \
  } while (0)
#define ESPB_RELOAD() (budget = thread.budget)

template <class Memory> espb_trap run(Thread &thread) {
#define ESPB_LABEL(name) &&L_##name,
#define ESPB_NO_LABEL() &&bad_opcode,
#define ESPB_LABEL_PAGE1() &&prefix,
  static const void *const page0[256] = {
#define ESPB_LABELS_PAGE0
#include "../../isa/generated/interp_labels.inc"
#undef ESPB_LABELS_PAGE0
  };
  static const void *const page1[256] = {
#define ESPB_LABELS_PAGE1
#include "../../isa/generated/interp_labels.inc"
#undef ESPB_LABELS_PAGE1
  };

  const uint8_t *pc = thread.pc;
  uint32_t *fp = thread.fp;
  uint32_t acc = 0;
  uint32_t sp = thread.sp;
  int32_t budget = thread.budget;
  thread.trap = ESPB_TRAP_NONE;
  ESPB_DISPATCH();

prefix:
  goto *page1[pc[1]];

#define ESPB_CASE(name) L_##name:
#include "../../isa/generated/interp_page0.inc"
#include "../../isa/generated/interp_page1_asm.inc"
#include "../../isa/generated/interp_page1_shared.inc"
#include "interp_control.inc"
#include "interp_special.inc"
#include "interp_special_rv32asm.inc"
#undef ESPB_CASE

refill: {
  ESPB_SAVE();
  thread.trap = refill_budget(thread);
  if (thread.trap != ESPB_TRAP_NONE)
    return thread.trap;
  ESPB_RELOAD();
  ESPB_DISPATCH();
}
out_of_bounds:
  __attribute__((unused));
  thread.trap = ESPB_TRAP_OUT_OF_BOUNDS;
  goto leave;
bad_opcode: // the verifier has refused such code: only damage after loading leads here
  thread.trap = ESPB_TRAP_UNREACHABLE;
leave:
  thread.acc = acc;
  ESPB_SAVE();
  return thread.trap;
}

} // namespace

espb_trap interpret(Thread &thread) { return run<EngineMemory>(thread); }

} // namespace espb
