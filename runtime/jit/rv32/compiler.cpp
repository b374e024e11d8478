// SPDX-License-Identifier: Apache-2.0
// The RV32 compiler: the walk over a function, its frame and its control flow. Operations on values are in
// values.inc.
//
// Machine registers: s11 Thread, s10 the top of the register stack (where the next frame goes), s9 the data
// stack pointer, s8 the data block + 2048. o(k) is a(k). Window registers have homes in s0..s7, in those of
// a0..a7 that no out register needs and in t4..t6; the others are words of the frame. t0..t3 are scratch.
// a5 is acc where no other register holds it, or t0 when a5 is an out register or an argument: a5 takes part
// in short forms.
#include "../walk.h"
#include "encoder.h"

// Extensions of the chip that compiled code uses. Atomics of the interpreter hold the port's lock: where
// several cores run guests, compiled code must do so as well. The registers of the F extension must be kept
// by the system when it switches tasks.
#ifndef ESPB_JIT_A
#if defined(__riscv_atomic) && (!defined(ESP_PLATFORM) || CONFIG_FREERTOS_UNICORE)
#define ESPB_JIT_A 1
#else
#define ESPB_JIT_A 0
#endif
#endif
#ifndef ESPB_JIT_F
#define ESPB_JIT_F 0
#endif

namespace espb::jit::rv32 {

namespace {

using namespace format;

constexpr uint32_t kThread = kS11, kTop = kS10, kStack = kS9, kData = kS8;
constexpr int32_t kDataBias = 2048;

// Numbers of the stubs of rv32_frame.S, eight bytes each.
enum Stub : uint32_t { kStubTrap, kStubInterpreted, kStubPointer, kStubImport, kStubBudget, kStubRoutines };
constexpr int32_t kStubBytes = 8;

// Which branches forward a walk takes for good: short ones over so many bytes of bytecode, where a register
// is compared with zero; none that is short; none that is not a branch over a jump.
enum Reach : uint32_t { kNear, kMiddle, kFar, kReaches };
constexpr int32_t kNearBytes = 60, kNearWithRoutines = 20, kNearJumpBytes = 500;

// For same.inc.
constexpr Load kLoadWord = kLw;
constexpr uint32_t kSpare = kT3, kStubRegister = kT0;
constexpr uint32_t kMostImports = 256;
bool fits(const char *signature) { return !has_stack_words(signature); }
void jump_interpreted(Encoder &e) {
  e.load(kLw, kT3, kThread, kThreadStubs);
  e.jump_register(kZero, kT3, kStubBytes * static_cast<int32_t>(kStubInterpreted));
}

class Function : public Walk<Encoder> {
public:
  using Walk::Walk;
  Outcome run();

private:
  // For a branch over a few instructions: skip() writes it, land() gives it its distance.
  uint32_t skip(Condition c, uint32_t ra, uint32_t rb) {
    const uint32_t site = e_.at();
    e_.branch(c, ra, rb, 0);
    return site;
  }
  void land(uint32_t site) {
    if (!e_.full())
      e_.patch(site, static_cast<int32_t>(e_.at() - site));
  }

  // ---- Registers
  uint32_t home(uint32_t r) const { return homes_[r]; }
  bool in_frame(uint32_t r) const { return homes_[r] & kInFrame; }
  int32_t word_of(uint32_t home) const { return 4 * static_cast<int32_t>(home & 0x7f) - frame_bytes_; }
  // The machine register that holds r, `scratch` after loading it when r lives in the frame.
  uint32_t use(uint32_t r, uint32_t scratch) {
    if (!in_frame(r))
      return home(r);
    e_.load(kLw, scratch, kTop, word_of(home(r)));
    return scratch;
  }
  // The machine register to put r's new value in, and then what makes it so.
  uint32_t target(uint32_t r, uint32_t scratch) const { return in_frame(r) ? scratch : home(r); }
  void put(uint32_t r, uint32_t from) {
    if (in_frame(r))
      e_.store(2, from, kTop, word_of(home(r)));
    else
      e_.move(home(r), from);
  }
  void put_pair(uint32_t r, uint32_t low, uint32_t high);

  void assign_homes();
  void prologue();
  void epilogue();

  // ---- Instructions
  void instruction();
  void by_kind();
  Alu alu() const { return static_cast<Alu>(how_.alu()); }

  void binary();
  void binary_value(uint32_t d, uint32_t a, uint32_t b, bool has_immediate, int32_t imm);
  void wide_binary();
  void wide_shift(uint32_t rd, uint32_t ra, uint32_t amount);
  void wide_shift_immediate(uint32_t rd, uint32_t ra, uint32_t n);
  void unary();
  void memory(bool load);
  void special();
  void choose(uint32_t rd, uint32_t c, uint32_t ra, uint32_t rb);
  void extract(bool sign);
  void load_address(uint32_t base, uint32_t offset, uint32_t d);
  void finish(uint32_t rd, uint32_t d) { // a value of one word is in d
    if (!to_acc())
      put(rd, d);
    acc_ = d;
  }

  void branch();
  void branch_to(Condition c, uint32_t a, uint32_t b, int32_t displacement);
  void jump_to(int32_t displacement);
  void charge(uint32_t bytes, uint32_t pc);
  void table(uint32_t entry_bytes);
  void call_stub(uint32_t stub);
  void call(uint32_t function);
  void call_code(uint32_t &entry);
  void call_import(uint32_t import);
  bool calls_directly(uint32_t import, uint32_t signature) const;
  void trap(espb_trap kind);
  void trap_unless(Condition c, uint32_t a, uint32_t b, espb_trap kind);
  void trap_if_zero(uint32_t r, espb_trap kind) { trap_unless(kNe, r, kZero, kind); }
  void jump_stub(uint32_t link, uint32_t stub);
  void routine(const uint8_t *arguments, uint32_t count, bool wide);
  void keep_outs(bool restore);
  void pass_outs(bool restore);
  void pass_numbers();
  void value_routine();
  uint32_t value_arguments(uint8_t *arguments);
#if ESPB_JIT_F
  bool single();
#endif
  void shuffle(const uint8_t *from, uint32_t count);

  bool calls_;        // ra has to be saved
  uint32_t acc_;      // the machine register that holds acc
  uint32_t acc_home_; // and the one it gets when no other does
  int32_t frame_bytes_;
  uint32_t saved_;        // of s0..s7, the first so many
  uint32_t epilogue_;     // where it stands, in half words, 0 not yet
  uint32_t routines_ = 0; // calls of routines until now
  uint32_t keep_ = 0;     // where the code stands that keeps out registers, 0 not yet
  uint32_t restore_ = 0;  // and that loads them again
  uint8_t homes_[kFrameReserveWords];
};

// ---- The frame
// ---------------------------------------------------------------------------------------------

// In the order of heat: a register that lives across calls gets one that callees keep, others one that they
// do not while there are. Arguments that need not move stay where they come.
void Function::assign_homes() {
  static constexpr uint8_t kKept[] = {8, 9, 18, 19, 20, 21, 22, 23};
  static constexpr uint8_t kLost[] = {15, 14, 13, 12, 11, 10, 17, 16, 29, 30, 31};
  const uint32_t w = info_.window_words, arguments = info_.argument_words;
  uint32_t taken = (1u << (kA0 + hot_.out_count)) - (1u << kA0); // machine registers
  if (hot_.out_count > 8)
    taken = 0xffu << kA0;
  acc_home_ = hot_.out_count <= 5 && arguments <= 5 ? kA0 + 5 : kT0;
  taken |= 1u << acc_home_;
  if (c_.flags & kWholeState)
    taken |= 0xffu << kA0;
  else
    for (uint32_t k = 0; k < arguments; ++k)
      if (!(hot_.crossing >> k & 1))
        taken |= 1u << (kA0 + k); // its own, or an out register's
  uint32_t kept = 0, words = calls_;
  for (uint32_t k = 0; k < w; ++k) {
    uint32_t found = 0;
    if (!(hot_.crossing >> k & 1)) {
      if (k < arguments && k >= hot_.out_count && !(c_.flags & kWholeState)) {
        found = kA0 + k;
      } else {
        for (uint32_t i = 0; !found && i < sizeof kLost; ++i)
          if (!(taken >> kLost[i] & 1))
            found = kLost[i];
        taken |= 1u << found;
      }
    }
    if (!found && kept < sizeof kKept)
      found = kKept[kept++];
    if (c_.flags & kAllInFrame)
      found = kept = 0;
    homes_[k] = static_cast<uint8_t>(found);
  }
  saved_ = kept;
  words += kept;
  for (uint32_t k = 0; k < w; ++k)
    if (homes_[k] == 0)
      homes_[k] = static_cast<uint8_t>(kInFrame | words++);
  for (uint32_t k = 0; k < kOutWords; ++k)
    homes_[w + kLinkWords + k] = static_cast<uint8_t>(kA0 + k);
  if ((c_.flags & kWholeState) && acc_home_ != kT0)
    homes_[w + kLinkWords + 5] = static_cast<uint8_t>(kInFrame | words++);
  homes_[w] = homes_[w + 1] = kT0; // never named
  frame_bytes_ = 4 * static_cast<int32_t>(words);
}

constexpr uint32_t kept_register(uint32_t i) { return i < 2 ? kS0 + i : kS2 + i - 2; }

void Function::prologue() {
  const uint32_t w = info_.window_words;
  const bool whole = c_.flags & kWholeState;
  // Of the test's frame, which lies below: the registers there.
  const int32_t below = whole ? 4 * static_cast<int32_t>(w + kLinkWords + kOutWords) : 0;
  if (c_.flags & (kCheckFuel | kCheckStop))
    charge(kCallCharge, base_offset_);
  if (frame_bytes_ + below)
    e_.alu_immediate(kAdd, kTop, kTop, frame_bytes_ + below);
  if (calls_ && !(info_.flags & kFunctionLeaf)) {
    e_.load(kLw, kT0, kThread, kThreadRegisterLimit);
    trap_unless(kGeu, kT0, kTop, ESPB_TRAP_STACK_OVERFLOW);
  }
  if (calls_)
    e_.store(2, kRa, kTop, -frame_bytes_);
  for (uint32_t i = 0; i < saved_; ++i)
    e_.store(2, kept_register(i), kTop, 4 * static_cast<int32_t>(calls_ + i) - frame_bytes_);
  if (whole) {
    for (uint32_t k = 0; k < w + kLinkWords + kOutWords; ++k) {
      const uint32_t d = target(k, kT0);
      e_.load(kLw, d, kTop, 4 * static_cast<int32_t>(k) - below - frame_bytes_);
      put(k, d);
    }
    return;
  }
  // Those that leave their register first: others may move in.
  for (uint32_t k = 0; k < info_.argument_words; ++k)
    if (home(k) < kA0 || home(k) > kA0 + 7)
      put(k, kA0 + k);
  for (uint32_t k = 0; k < info_.argument_words; ++k)
    if (home(k) >= kA0 && home(k) <= kA0 + 7)
      put(k, kA0 + k);
}

void Function::epilogue() {
  if (epilogue_ && frame_bytes_ > 8) {
    e_.jump(kZero, static_cast<int32_t>(epilogue_) - static_cast<int32_t>(e_.at()));
    return;
  }
  epilogue_ = e_.at();
  const bool whole = c_.flags & kWholeState;
  const uint32_t w = info_.window_words, results = info_.flags & kFunctionResultMask;
  int32_t below = 0;
  if (whole) {
    below = 4 * static_cast<int32_t>(w + kLinkWords + kOutWords);
    if (acc_ < 32)
      e_.store(2, acc_, kThread, kThreadTestAcc);
    for (uint32_t k = 0; k < w + kLinkWords + kOutWords; ++k)
      if (k != w && k != w + 1)
        e_.store(2, use(k, kT0), kTop, 4 * static_cast<int32_t>(k) - below - frame_bytes_);
    e_.load(kLw, kA0, kTop, -below - frame_bytes_);
    e_.load(kLw, kA0 + 1, kTop, 4 - below - frame_bytes_);
  } else {
    shuffle(homes_, results);
  }
  if (calls_)
    e_.load(kLw, kRa, kTop, -frame_bytes_);
  for (uint32_t i = 0; i < saved_; ++i)
    e_.load(kLw, kept_register(i), kTop, 4 * static_cast<int32_t>(calls_ + i) - frame_bytes_);
  if (frame_bytes_ + below)
    e_.alu_immediate(kAdd, kTop, kTop, -frame_bytes_ - below);
  e_.jump_register(kZero, kRa, 0);
}

// ---- Calls out of compiled code
// ------------------------------------------------------------------------------

void Function::jump_stub(uint32_t link, uint32_t stub) {
  e_.load(kLw, kT3, kThread, kThreadStubs);
  e_.jump_register(link, kT3, kStubBytes * static_cast<int32_t>(stub));
}
void Function::call_stub(uint32_t stub) { jump_stub(kRa, stub); }

void Function::trap_unless(Condition c, uint32_t a, uint32_t b, espb_trap kind) {
  const uint32_t good = skip(c, a, b);
  trap(kind);
  land(good);
}

// A second trap of a kind goes by way of the first, whichever function that is in.
void Function::trap(espb_trap kind) {
  e_.load_immediate(kT2, base_offset_ + offset_);
  uint32_t &known = c_.traps[kind];
  if (known) {
    e_.jump(kZero, static_cast<int32_t>(known) - static_cast<int32_t>(e_.at()));
    return;
  }
  known = e_.at();
  e_.load_immediate(kA0, kind);
  jump_stub(kZero, kStubTrap);
}

// Charges the budget, or looks at the stop flag; t2 and t3 are lost. `pc` is where the guest is when the run
// ends here.
void Function::charge(uint32_t bytes, uint32_t pc) {
  uint32_t good;
  if (c_.flags & kCheckFuel) {
    e_.load(kLw, kT3, kThread, kThreadBudget);
    if (bytes <= 2048) {
      e_.alu_immediate(kAdd, kT3, kT3, -static_cast<int32_t>(bytes));
    } else {
      e_.load_immediate(kT2, bytes);
      e_.alu(kSub, kT3, kT3, kT2);
    }
    e_.store(2, kT3, kThread, kThreadBudget);
    good = skip(kGe, kT3, kZero);
  } else {
    e_.load(kLw, kT3, kThread, kThreadStop);
    good = skip(kEq, kT3, kZero);
  }
  e_.load_immediate(kT2, pc);
  jump_stub(kT3, kStubBudget);
  land(good);
}

void Function::call(uint32_t function) {
  uint32_t &entry = c_.entry(function);
  if (entry == 0 || c_.elsewhere(function)) {
    e_.load_immediate(kT0, function);
    call_stub(kStubInterpreted);
    return;
  }
  call_code(entry);
}

void Function::call_import(uint32_t import) {
  if (!calls_directly(import, table_u16(c_.module.import_entry(import) + 4))) {
    e_.load_immediate(kT0, import);
    e_.load_immediate(kT2, base_offset_ + offset_);
    call_stub(kStubImport);
    return;
  }
  // The arguments are where the ABI wants them. Guest code that the function calls back begins at the top.
  e_.load(kLw, kT3, kThread, kThreadInstance);
  e_.store(2, kTop, kThread, kThreadEntryFp);
  e_.load(kLw, kT3, kT3, kInstanceImports);
  e_.store(2, kStack, kThread, kThreadSp);
  e_.load(kLw, kT3, kT3, static_cast<int32_t>(8 * import));
  e_.jump_register(kRa, kT3, 0);
  e_.load(kLw, kT3, kThread, kThreadTrap);
  const uint32_t good = skip(kEq, kT3, kZero);
  e_.move(kA0, kT3);
  e_.load_immediate(kT2, base_offset_ + offset_);
  jump_stub(kZero, kStubTrap);
  land(good);
}

// Stores or loads the out registers that live across routines. They are many in functions that keep values
// in them: from the second routine on the code for it is called. It returns by ra, which the frame has.
void Function::pass_outs(bool restore) {
  for (uint32_t k = 0; k < kOutWords; ++k)
    if (hot_.out_crossing >> k & 1) {
      if (restore)
        e_.load(kLw, kA0 + k, kTop, static_cast<int32_t>(4 * k));
      else
        e_.store(2, kA0 + k, kTop, static_cast<int32_t>(4 * k));
    }
}

void Function::keep_outs(bool restore) {
  const uint32_t but_one = hot_.out_crossing & (hot_.out_crossing - 1);
  const bool few = (but_one & (but_one - 1)) == 0; // at most two
  if (few || (routines_ == 1 && !(c_.flags & kWholeState)))
    return pass_outs(restore);
  if (!keep_) {
    const uint32_t past = e_.at();
    e_.jump_long(kZero, 0);
    keep_ = e_.at();
    pass_outs(false);
    e_.jump_register(kZero, kRa, 0);
    restore_ = e_.at();
    pass_outs(true);
    e_.jump_register(kZero, kRa, 0);
    land(past);
  }
  e_.jump(kRa, static_cast<int32_t>(restore ? restore_ : keep_) - static_cast<int32_t>(e_.at()));
}

// Calls the operation's routine with the homes of its arguments; the result is in a0 (and a1), or in t0 (and
// t1) when out registers had to be kept. acc_ says in which.
void Function::routine(const uint8_t *arguments, uint32_t count, bool wide) {
  ++routines_;
  keep_outs(false);
  shuffle(arguments, count);
  pass_numbers();
  call_stub(kStubRoutines + how_.routine());
  acc_ = kA0;
  if (!hot_.out_crossing)
    return;
  e_.move(kT0, kA0);
  if (wide)
    e_.move(kT1, kA0 + 1);
  keep_outs(true);
  acc_ = kT0;
}

#if ESPB_JIT_F
// An operation of single precision; its values live in integer registers. False: it is none.
bool Function::single() {
  Single op;
  switch (base_) {
  case kFADD:
    op = kFadd;
    break;
  case kFSUB:
    op = kFsub;
    break;
  case kFMUL:
    op = kFmul;
    break;
  case kFDIV:
    op = kFdiv;
    break;
  case kFEQ:
  case kFUN:
    op = kFeq;
    break;
  case kFLT:
    op = kFlt;
    break;
  case kFLE:
    op = kFle;
    break;
  case kSTOF:
  case kUTOF:
    op = kFcvtSW;
    break;
  default:
    return false;
  }
  const uint32_t a = use(reg(1), kT1);
  const uint32_t d = target(reg(0), kT0);
  if (op == kFcvtSW) {
    e_.single(op, 0, a, base_ == kUTOF);
  } else {
    const uint32_t b = use(reg(2), kT2);
    e_.single(kFmvWX, 0, a, 0);
    e_.single(kFmvWX, 1, b, 0);
    if (base_ == kFUN) { // one of them does not equal itself
      e_.single(kFeq, kT1, 0, 0);
      e_.single(kFeq, kT2, 1, 1);
      e_.alu(kAnd, d, kT1, kT2);
      e_.alu_immediate(kXor, d, d, 1);
      finish(reg(0), d);
      return true;
    }
    const bool compares = (op & 0x7f) == kFle;
    e_.single(op, compares ? d : 0, 0, 1);
    if (compares) {
      finish(reg(0), d);
      return true;
    }
  }
  e_.single(kFmvXW, d, 0, 0);
  finish(reg(0), d);
  return true;
}
#endif

// A value operation that a routine does: its operands by their widths.
void Function::value_routine() {
#if ESPB_JIT_F
  if (single())
    return;
#endif
  uint8_t arguments[4];
  const uint32_t count = value_arguments(arguments);
  routine(arguments, count, how_.wide_d());
  const uint32_t rd = reg(0);
  if (how_.wide_d()) {
    put_pair(rd, acc_, acc_ + 1);
    return;
  }
  const uint32_t d = target(rd, acc_);
  switch (base_) {
  case kFEQ:
  case kFEQ_D:
    e_.alu_immediate(kSltu, d, acc_, 1);
    break;
  case kFLT:
  case kFLT_D:
    e_.alu_immediate(kSlt, d, acc_, 0);
    break;
  case kFLE:
  case kFLE_D:
    e_.alu_immediate(kSlt, d, acc_, 1);
    break;
  case kFUN:
  case kFUN_D:
    e_.alu(kSltu, d, kZero, acc_);
    break;
  default:
    e_.move(d, acc_);
    break;
  }
  finish(rd, d);
}

// ---- Control flow
// --------------------------------------------------------------------------------------------

void Function::jump_to(int32_t displacement) {
  const uint32_t destination = offset_ + static_cast<uint32_t>(displacement);
  if (displacement < 0 && (c_.flags & (kCheckFuel | kCheckStop)))
    charge(static_cast<uint32_t>(-displacement), base_offset_ + destination);
  const uint32_t site = e_.at();
  if (displacement < 0) {
    e_.jump(kZero, static_cast<int32_t>(place_behind(destination)) - static_cast<int32_t>(here()));
  } else {
    const uint32_t known = waiting_for(destination);
    if (reach_ == kNear && !hot_.routines && displacement <= kNearJumpBytes &&
        (known == 0 || Encoder::short_jump_reaches(static_cast<int32_t>(here() - (known - 1)))))
      e_.jump_short(kZero, 0);
    else
      e_.jump_long(kZero, 0);
    aim(site, destination);
  }
}

void Function::branch_to(Condition c, uint32_t a, uint32_t b, int32_t displacement) {
  const uint32_t destination = offset_ + static_cast<uint32_t>(displacement);
  const uint32_t site = e_.at();
  if (displacement < 0 && !(c_.flags & (kCheckFuel | kCheckStop))) {
    const int32_t distance = static_cast<int32_t>(place_behind(destination)) - static_cast<int32_t>(here());
    if (Encoder::branch_reaches(distance)) {
      e_.branch(c, a, b, distance);
      return;
    }
  } else if (displacement >= 0 && reach_ != kFar) {
    const uint32_t known = waiting_for(destination);
    if (reach_ == kNear && displacement <= (hot_.routines ? kNearWithRoutines : kNearBytes) &&
        (known == 0 || Encoder::short_reaches(static_cast<int32_t>(here() - (known - 1)))))
      e_.branch(c, a, b, 0);
    else
      e_.branch_long(c, a, b, 0);
    aim(site, destination);
    return;
  }
  const uint32_t past = skip(inverse(c), a, b);
  jump_to(displacement);
  land(past);
}

void Function::branch() {
  uint32_t field = 0;
  const uint32_t a = source() == kFromAcc ? acc_ : use(reg(field++), kT1);
  uint32_t b = kZero;
  int32_t imm = 0;
  if (second() == kSecondRegister)
    b = use(reg(field++), kT2);
  else if (second() == kSecondImmediate)
    imm = immediate(field++);
  const int32_t displacement = immediate(field);
  if (!how_.simple()) { // btz, btnz
    e_.alu_immediate(kAnd, kT2, a, imm);
    branch_to(base_ == kBTZ ? kEq : kNe, kT2, kZero, displacement);
    return;
  }
  Condition c = static_cast<Condition>(how_.funct3());
  if (imm == 1 && (c == kLtu || c == kGeu)) {
    c = c == kLtu ? kEq : kNe;
  } else if (imm != 0) {
    e_.load_immediate(kT2, static_cast<uint32_t>(imm));
    b = kT2;
  }
  branch_to(c, a, b, displacement);
}

// SWITCH: a bound check, then a jump into a table of jumps.
void Function::table(uint32_t entry_bytes) {
  const uint32_t n = value_[1];
  const uint8_t *entry = pc_ + length_;
  const auto displacement = [&] { return entry_bytes == 2 ? read_s16(entry) : read_s32(entry); };
  if (c_.flags & (kCheckFuel | kCheckStop))
    charge(kCallCharge, base_offset_ + offset_); // whichever way it goes
  const uint32_t a = use(reg(0), kT1);
  e_.load_immediate(kT2, n);
  const uint32_t inside = skip(kLtu, a, kT2);
  const auto go = [&](int32_t d) {
    const uint32_t site = e_.at();
    e_.jump_long(kZero, 0);
    aim(site, offset_ + static_cast<uint32_t>(d));
  };
  go(displacement());
  land(inside);
  e_.alu_immediate(kSll, kT2, a, 2);
  e_.add_pc(kT1);
  e_.alu(kAdd, kT1, kT1, kT2);
  e_.jump_register(kZero, kT1, 10); // behind this: auipc has 4 bytes, c.add 2, jalr 4
  for (uint32_t i = 0; i < n; ++i) {
    entry += entry_bytes;
    go(displacement());
  }
  length_ += (n + 1) * entry_bytes;
}

#include "../same.inc"
#include "values.inc"

// ---- The walk
// ------------------------------------------------------------------------------------------------

void Function::instruction() {
  if (how_.has_routine() && how_.kind() <= BaseWord::kUn)
    return value_routine();
  by_kind();
}

Outcome Function::run() {
  epilogue_ = 0;
  acc_ = 32; // nowhere
  calls_ = !(info_.flags & kFunctionLeaf) || hot_.routines;
  if (!start())
    return bytes_ > 0xffff ? Outcome::too_large : Outcome::no_room;
  assign_homes();
  prologue();
  while (step())
    instruction();
  return finish_walk();
}

Outcome compile(Compiler &c, uint32_t index, const HotInfo &info) {
  return compile_function<Function, Encoder>(c, index, info, kReaches);
}

} // namespace
} // namespace espb::jit::rv32

const espb::jit::Chip espb::jit::kRv32 = {rv32::compile, rv32::give_up, rv32::Encoder::kUnit,
                                          ESPB_JIT_A | ESPB_JIT_F << 1};
