// SPDX-License-Identifier: Apache-2.0
// The walk over a function: instructions taken apart, where branches go, calls that wait for functions. A
// chip's compiler derives from Walk and writes code for one instruction after the other.
#ifndef ESPB_RUNTIME_JIT_WALK_H
#define ESPB_RUNTIME_JIT_WALK_H

#include "../../isa/isa.h"
#include "compiler.h"
#include "operations.h"

namespace espb::jit {

class WalkBase;
uint32_t look_over(const uint8_t *code, uint32_t bytes, WalkBase *walk, const CodeWord *floor);

// What no code is written for.
class WalkBase {
protected:
  WalkBase(Compiler &c, uint32_t index, const HotInfo &hot, uint32_t reach);

  void decode();
  uint32_t reg(uint32_t field) const { return value_[field] >> 2; }
  int32_t immediate(uint32_t field) const { return static_cast<int32_t>(value_[field]); }
  bool to_acc() const { return mode_ & 1; }
  Source source() const { return static_cast<Source>(mode_ >> 1 & 3); }
  Second second() const { return static_cast<Second>(mode_ >> 3 & 3); }

  // ---- Notes, at the end of the room; it grows downwards. Each is a word, an offset in the bytecode above a
  // place, in the order of offsets. At the end the targets of backward branches, which a quick look over the
  // function finds; below them those of forward branches that wait, with the last branch's place + 1.
  // Null `walk`: only estimates. Else finds the heads; 0 when there is no room for them.
  friend uint32_t look_over(const uint8_t *code, uint32_t bytes, WalkBase *walk, const CodeWord *floor);
  CodeWord *insert(const CodeWord *end, uint32_t target, const CodeWord *floor); // null: no room
  uint32_t waiting_for(uint32_t target) const;  // the last branch that does: its place + 1, or 0
  uint32_t place_behind(uint32_t target) const; // where the code of this head begins

  Compiler &c_;
  const uint32_t index_;
  const HotInfo &hot_;
  const uint32_t reach_; // how careful forward branches are taken for short: from 0, try by try
  format::FunctionInfo info_;
  const uint32_t base_offset_; // of the function in the code section
  const uint32_t bytes_;
  const uint8_t *const code_;
  uint32_t offset_ = 0; // of the instruction, from the function's begin
  uint32_t length_ = 0;
  const uint8_t *pc_ = nullptr;
  Base base_;
  BaseWord how_;
  uint8_t mode_;
  const InstructionInfo *shape_;
  uint32_t value_[kMaxFields];
  bool does_not_reach_ = false; // a branch that was taken for a short one

  CodeWord *notes_ = nullptr; // the first of them
  CodeWord *heads_ = nullptr; // the first of the heads
  CodeWord *head_ = nullptr;  // the next one
  CodeWord *notes_end_ = nullptr;
};

// A home of a register: this and the word of the frame, or a machine register.
constexpr uint32_t kInFrame = 0x80;

// Words of arguments that do not fit the registers.
bool has_stack_words(const char *signature);

// `Encoder` derives from Output and can patch() a branch or jump, link() it and tell link_at(), and has
// kUnit.
template <class Encoder> class Walk : protected WalkBase {
public:
  Walk(Compiler &c, uint32_t index, const HotInfo &hot, uint32_t reach)
      : WalkBase(c, index, hot, reach), e_(c.out), begin_(e_.at()) {}

protected:
  uint32_t here() const { return e_.at() - begin_; } // places in notes count from the function's begin

  // The function's first instruction comes next. False: no room.
  bool start() {
    if (bytes_ > 0xffff)
      return false;
    limit_ = e_.limit();
    notes_ = notes_end_ = e_.words() + limit_ * Encoder::kUnit / 4;
    const bool found = look_over(code_, bytes_, this, floor()) != 0;
    heads_ = head_ = notes_;
    take_room();
    c_.entry(index_) = 2 * begin_;
    return found;
  }
  // The next instruction; false at the end, or when it does not go on.
  bool step() {
    offset_ += length_;
    if (offset_ >= bytes_ || e_.full() || here() >= 0xfff0)
      return false;
    pc_ = code_ + offset_;
    decode();
    arrive();
    if (c_.progress)
      c_.progress->step(c_.progress->context, base_offset_ + offset_, Encoder::kUnit * e_.at());
    return true;
  }
  Outcome finish_walk() {
    e_.set_limit(limit_);
    c_.out = e_;
    return e_.full()          ? Outcome::no_room
           : offset_ < bytes_ ? Outcome::too_large
           : does_not_reach_  ? Outcome::again
                              : Outcome::done;
  }

  // Links a branch or jump that was just written at `site` with distance 0 into the chain of its target, or
  // gives it its distance when the target is behind.
  void aim(uint32_t site, uint32_t target) {
    if (e_.full())
      return;
    const uint32_t at = site - begin_;
    if (target <= offset_) {
      if (!e_.patch(site, static_cast<int32_t>(place_behind(target)) - static_cast<int32_t>(at)))
        does_not_reach_ = true;
      return;
    }
    CodeWord *const note = insert(heads_, target, floor());
    if (!note)
      return e_.set_full();
    if (*note & 0xffff) {
      if (!e_.link(site, at + 1 - (*note & 0xffff)))
        does_not_reach_ = true;
    } else {
      take_room();
    }
    *note = target << 16 | (at + 1);
  }
  // The instruction at offset_ begins here.
  void arrive() {
    if (notes_ != heads_ && *notes_ >> 16 == offset_) {
      uint32_t site = begin_ + (*notes_++ & 0xffff) - 1;
      take_room();
      for (uint32_t link = 1; link != 0; site -= link) {
        link = e_.link_at(site);
        if (!e_.patch(site, static_cast<int32_t>(e_.at() - site)))
          does_not_reach_ = true;
      }
    }
    if (head_ != notes_end_ && *head_ >> 16 == offset_)
      *head_++ |= here();
  }

  Encoder e_;
  const uint32_t begin_;

private:
  CodeWord *floor() const { return e_.words() + (e_.at() * Encoder::kUnit + 3) / 4; }
  void take_room() { e_.set_limit(static_cast<uint32_t>(notes_ - e_.words()) * (4 / Encoder::kUnit)); }
  uint32_t limit_ = 0;
};

// ---- Functions that wait for each other

// Gives the calls that wait for a function its begin. False: one does not reach.
template <class Encoder> bool meet(Compiler &c, uint32_t waiting, uint32_t begin) {
  Encoder e(c.out);
  for (uint32_t at = waiting >> 1; at;) {
    const uint32_t site = at - 1;
    const uint32_t link = e.link_at(site);
    if (!e.patch(site, static_cast<int32_t>(begin - site)))
      return false;
    at = link ? at - link : 0;
  }
  return true;
}

// Calls written from `begin` on are forgotten; what waited for the function before waits again.
template <class Encoder> void forget(Compiler &c, uint32_t index, uint32_t begin, uint32_t waiting) {
  const Encoder e(c.out);
  for (uint32_t i = 0; i < c.module.function_count(); ++i)
    while ((c.entry(i) & kEntryWanted) && c.entry(i) >> 1 > begin) {
      const uint32_t site = (c.entry(i) >> 1) - 1;
      const uint32_t link = e.link_at(site);
      c.entry(i) = (link ? site - link + 1 : 0) << 1 | kEntryWanted;
    }
  c.entry(index) = waiting;
  for (uint32_t &trap : c.traps)
    if (trap >= begin)
      trap = 0;
  c.out.rewind(begin, Encoder::kUnit);
}

// Chip::compile: `Function` derives from Walk<Encoder> and has run(), which compiles a function in one of
// `tries` ways.
template <class Function, class Encoder>
Outcome compile_function(Compiler &c, uint32_t index, const HotInfo &info, uint32_t tries) {
  const uint32_t begin = c.out.at(), waiting = c.entry(index);
  for (uint32_t reach = 0;; ++reach) {
    const Outcome outcome = Function(c, index, info, reach).run();
    if (outcome == Outcome::done && meet<Encoder>(c, waiting, begin))
      return outcome;
    forget<Encoder>(c, index, begin, waiting);
    if (outcome != Outcome::again || reach + 1 == tries)
      return outcome == Outcome::no_room ? outcome : Outcome::too_large;
  }
}

} // namespace espb::jit
#endif
