// SPDX-License-Identifier: Apache-2.0
// The C++ side of the assembly engines: their entry, the services they call, and the instructions of page 1
// that they leave to C++. Each engine's own engine.cpp includes it once, with ESPB_ENGINE(name) giving the
// engine's symbols their prefix.
#ifndef ESPB_RUNTIME_INTERP_ASSEMBLY_ENGINE_H
#define ESPB_RUNTIME_INTERP_ASSEMBLY_ENGINE_H

#include "../module/instance.h"
#include "interp_macros.h"

#if !ESPB_PROFILE_NATIVE || UINTPTR_MAX != 0xffffffffu
#error "the assembly engines are for 32-bit machines in the native profile"
#endif

namespace espb {
namespace {

// What handlers.S believes.
static_assert(offsetof(Thread, code) == 4 && offsetof(Thread, functions) == 8 &&
              offsetof(Thread, data_base) == 12 && offsetof(Thread, rodata_base) == 16 &&
              offsetof(Thread, register_limit) == 20 && offsetof(Thread, sp) == 24 &&
              offsetof(Thread, stack_limit) == 28 && offsetof(Thread, budget) == 32 &&
              offsetof(Thread, pc) == 36 && offsetof(Thread, fp) == 40 && offsetof(Thread, acc) == 44 &&
              offsetof(Thread, trap) == 48 && offsetof(Thread, stack_top) == 60);
static_assert(ESPB_TRAP_UNREACHABLE == 1 && ESPB_TRAP_ABORT == 2 && ESPB_TRAP_DIVIDE_BY_ZERO == 3 &&
              ESPB_TRAP_STACK_OVERFLOW == 4 && ESPB_TRAP_BAD_CALL == 5 && sizeof(espb_trap) <= 4);
static_assert(kLinkWords == 2 && kNativePointer == 0xfffffffeu && kBadPointer == 0xffffffffu);

enum SharedOpcode : uint8_t {
#define ESPB_SHARED(name) kShared_##name = kOp_##name & 0xff,
#include "../../isa/generated/interp_page1_shared_names.inc"
#undef ESPB_SHARED
};

} // namespace

extern "C" {
uint32_t ESPB_ENGINE(interpret)(Thread *thread, GuestAddress callable_base, uint32_t callable_bytes,
                                const uint8_t *callables);
const uint8_t *ESPB_ENGINE(exec_page1)(Thread *thread, const uint8_t *pc, uint32_t *fp);
uint32_t ESPB_ENGINE(refill_budget)(Thread *thread);
uint32_t ESPB_ENGINE(call_import)(Thread *thread, uint32_t index, uint32_t *out);
uint32_t ESPB_ENGINE(resolve_pointer)(Thread *thread, GuestAddress pointer, uint32_t signature);
uint32_t ESPB_ENGINE(call_pointer)(Thread *thread, GuestAddress pointer, uint32_t signature, uint32_t *out);
}

// Executes the instruction of page 1 at pc; returns the next one, or nullptr after setting thread->trap. A
// handler that is neither in assembly nor here is an unhandled enumerator, an error.
#pragma GCC diagnostic error "-Wswitch"
const uint8_t *ESPB_ENGINE(exec_page1)(Thread *thread_pointer, const uint8_t *pc, uint32_t *fp) {
  using Memory = EngineMemory;
  Thread &thread = *thread_pointer;
  uint32_t acc = 0;
#define ESPB_CASE(name) case kShared_##name:
#define ESPB_NEXT(length)                                                                                    \
  do {                                                                                                       \
    pc += (length);                                                                                          \
    goto done;                                                                                               \
  } while (0)
#define ESPB_TRAP_WITH(kind)                                                                                 \
  do {                                                                                                       \
    thread.trap = (kind);                                                                                    \
    return nullptr;                                                                                          \
  } while (0)
  switch (static_cast<SharedOpcode>(pc[1])) {
#include "../../isa/generated/interp_page1_shared.inc"
#include "interp_special.inc"
  }
done:
  thread.acc = acc;
  return pc;
}

uint32_t ESPB_ENGINE(refill_budget)(Thread *thread) { return refill_budget(*thread); }
uint32_t ESPB_ENGINE(call_import)(Thread *thread, uint32_t index, uint32_t *out) {
  return call_import(*thread, index, out);
}
uint32_t ESPB_ENGINE(resolve_pointer)(Thread *thread, GuestAddress pointer, uint32_t signature) {
  return resolve_pointer(*thread, pointer, signature);
}
uint32_t ESPB_ENGINE(call_pointer)(Thread *thread, GuestAddress pointer, uint32_t signature, uint32_t *out) {
  return call_pointer(*thread, pointer, signature, out);
}

// The engine enters callables of the very signature asked for by itself: an entry is the function's index and
// its signature's, and callable k has the address base + kThunkBytes k. Everything else goes through
// resolve_pointer.
espb_trap interpret(Thread &thread) {
  const Instance &instance = *thread.instance;
  const format::Image &image = instance.module->image;
  return static_cast<espb_trap>(ESPB_ENGINE(interpret)(&thread, instance.callable_base,
                                                       image.section_bytes(format::kSectionCallables),
                                                       image.section(format::kSectionCallables)));
}

} // namespace espb

#endif
