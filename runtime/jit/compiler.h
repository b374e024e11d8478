// SPDX-License-Identifier: Apache-2.0
// The compiler: verified bytecode to position-independent machine code, one forward walk per function. What
// is the same for every chip; runs on the chip and, for `espb dump --jit`, on hosts. docs/jit.md describes
// the code it makes.
#ifndef ESPB_RUNTIME_JIT_COMPILER_H
#define ESPB_RUNTIME_JIT_COMPILER_H

#include "../module/exec.h"
#include "../module/module.h"
#include "output.h"

namespace espb::jit {

enum Flags : uint32_t {
  kCheckFuel = 1, // calls and backward branches charge the budget
  kCheckStop = 2, // they look at the stop flag
  // Tests: registers come from the frame below and go back to it at EXIT; none has a machine register.
  kWholeState = 4,
  kAllInFrame = 8,
};

// Where functions begin, Compiler::entry: 0 the function stays interpreted; odd: it is going to be compiled,
// the upper bits are the last call that waits for it (place + 1, 0 none); else twice the place its code
// begins at.
constexpr uint32_t kEntryWanted = 1;
// In the first word of a function's entry in the table: it was compiled before, to other memory.
constexpr uint32_t kElsewhere = 1u << 31;

// What a record of the hot functions section says (docs/format.md).
struct HotInfo {
  uint32_t crossing;     // bit k: r(k) lives across a call or a routine
  uint32_t out_crossing; // bit k: o(k) lives across a routine
  uint32_t out_count;    // out registers that are named
  bool routines;
};
// Everything is possible.
constexpr HotInfo kNothingKnown = {0xffffffffu, 0xff, 8, true};

struct Progress { // for listings: the code from byte `code` on belongs to the bytecode from `offset` on
  void (*step)(void *context, uint32_t offset, uint32_t code);
  void *context;
};

enum class Outcome : uint8_t {
  done,
  no_room,
  too_large,
  again // a branch does not reach that was taken for a short one
};

constexpr uint32_t kTraps = ESPB_TRAP_BAD_CALL;

// Offsets in Thread and of what it points to, on chips.
enum Offset : int32_t {
  kThreadInstance = 0,
  kThreadDataBase = 12,
  kThreadRodataBase = 16,
  kThreadRegisterLimit = 20,
  kThreadSp = 24,
  kThreadStackLimit = 28,
  kThreadBudget = 32,
  kThreadTrap = 48,
  kThreadStackTop = 60,
  kThreadStop = 72,
  kThreadTestAcc = 92,
  kThreadEntryFp = 96,
  kThreadStubs = 100,
  kInstanceImports = 4,
};

struct Compiler {
  const Module &module;
  Output out;        // all code, one function behind the other
  uint32_t *entries; // as the function table: two words per function, of which the second one is for this
  uint32_t flags;
  const Progress *progress;
  uint32_t traps[kTraps] = {}; // where the end of a trap stands, by kind, 0 not yet

  uint32_t &entry(uint32_t function) const { return entries[2 * function + 1]; }
  bool elsewhere(uint32_t function) const { return entries[2 * function] & kElsewhere; }
};

// What compiled code lies behind, in executable memory: all of it is words.
struct Block {
  Block *next;
  CodeWord bytes; // with this and the code
  // What it was compiled with: options, and Compiler::traps at the end.
  CodeWord flags, function;
  CodeWord traps[kTraps];
};

// What each chip has, in a directory of its own:
//   compile()   compiles function `index`, whose entry is kEntryWanted or has calls waiting. Uses the end of
//               the room for notes. Not done: nothing has changed.
//   give_up()   the function stays interpreted after all: calls that wait for it go to a way into the
//               interpreter, of at most kWayIn bytes.
//   unit        bytes that places count in
//   features    extensions of the chip that its code uses, as bits
struct Chip {
  Outcome (*compile)(Compiler &c, uint32_t index, const HotInfo &info);
  Outcome (*give_up)(Compiler &c, uint32_t index);
  uint32_t unit;
  uint32_t features = 0;
};
constexpr uint32_t kWayIn = 16;
extern const Chip kRv32, kXtensa;
#ifdef __XTENSA__ // the one this runs on
inline constexpr const Chip &kThisChip = kXtensa;
#else
inline constexpr const Chip &kThisChip = kRv32;
#endif

// The record of function `index`; `cursor` remembers where the search for the next one may begin.
HotInfo hot_info(const Module &module, uint32_t index, uint32_t *cursor);

// So many percent of what a function's instructions become on average, in bytes.
uint32_t estimate(const Module &module, uint32_t index, uint32_t percent);

// More than any function of so many code bytes takes, with notes: what to make room for, in bytes.
constexpr uint32_t room_for(uint32_t code_bytes) { return 20 * code_bytes + 512; }

} // namespace espb::jit
#endif
