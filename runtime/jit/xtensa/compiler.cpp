// SPDX-License-Identifier: Apache-2.0
// The compiler for Xtensa: registers, frames and code for each operation. Compiled code runs in the window of
// the interpreter and does not rotate it for its own calls.
#include "../compiler.h"
#include "../../native/xtensa/arrange.h"
#include "../operations.h"
#include "../walk.h"
#include "encoder.h"

#if __has_include(<xtensa/config/core-isa.h>) && !defined(ESPB_XTENSA_MUL32_HIGH)
#include <xtensa/config/core-isa.h>
#define ESPB_XTENSA_MUL32_HIGH XCHAL_HAVE_MUL32_HIGH
#define ESPB_XTENSA_FPU XCHAL_HAVE_FP
#define ESPB_XTENSA_LOOPS XCHAL_HAVE_LOOPS
#endif
// 1: the core has muluh and mulsh (ESP32, S2, S3).
#ifndef ESPB_XTENSA_MUL32_HIGH
#define ESPB_XTENSA_MUL32_HIGH 0
#endif
// 1: the core has the single-precision unit (ESP32, S3).
#ifndef ESPB_XTENSA_FPU
#define ESPB_XTENSA_FPU 1
#endif
// 1: the core has zero-overhead loops (ESP32, S3).
#ifndef ESPB_XTENSA_LOOPS
#define ESPB_XTENSA_LOOPS 1
#endif

namespace espb::jit::xtensa {
namespace {

using namespace format;

// a1 stays the machine's stack pointer. Results and out registers o0..o4 are a10..a14, o5..o7 lie at the top.
constexpr uint32_t kLink = 0, kMachine = 1, kThread = 2, kTop = 3, kKept0 = 4, kT0 = 8, kT1 = 9, kA0 = 10,
                   kT2 = 15;
constexpr uint32_t kKeptRegisters = 4, kOutRegisters = 5;
constexpr uint32_t kNowhere = 32;
// Where calls are this many instructions apart on average, registers that they lose are stored around them.
constexpr uint32_t kRarely = 16;
constexpr uint32_t kFewUses = 3; // of a word of Thread, for which a leaf function holds it in a0
constexpr int32_t kScratch = 32; // of the interpreter's frame on the machine stack, for compiled code

// Numbers of the stubs of xtensa_frame.S, a table of addresses.
enum Stub : uint32_t {
  kStubTrap,
  kStubInterpreted,
  kStubPointer,
  kStubImport,
  kStubBudget,
  kStubMultiply,
  kStubRoutines
};

// Which branches forward a walk takes for good: short ones over so many bytes of bytecode; of comparisons
// with zero only; none that is not a branch over a jump.
enum Reach : uint32_t { kNear, kMiddle, kFar, kReaches };
constexpr int32_t kNearBytes = 64, kNearWithRoutines = 16, kNearZeroBytes = 600;
constexpr uint32_t kMostLooped = 200; // bytes of bytecode: the machine's loops have 256 bytes
constexpr uint32_t kMostLoops = 16;   // of a function

// What a branch asks.
struct Test {
  enum Kind : uint8_t { kRegisters, kZero, kImmediate, kBit };
  Kind kind;
  Condition c;
  uint32_t a, b; // a register; another one, the number of an immediate, a bit's
};
Test with_zero(Condition c, uint32_t a) { return {Test::kZero, c, a, 0}; }
Test registers(Condition c, uint32_t a, uint32_t b) { return {Test::kRegisters, c, a, b}; }
Test inverse(Test t) {
  t.c = xtensa::inverse(t.c);
  return t;
}

constexpr bool is_displacement(FieldKind kind) {
  return kind == FieldKind::d8 || kind == FieldKind::d16 || kind == FieldKind::d32;
}

#include "scan.inc"

// For same.inc.
constexpr Load kLoadWord = kL32i;
constexpr uint32_t kSpare = kT2, kStubRegister = kT1;
constexpr uint32_t kMostImports = 128;
// Whether the words of a call are in a10 on as the native ABI wants them, and the result as the guest's does:
// of a small signed one (b, h) native code leaves anything above the sign.
bool fits(const char *signature) {
  if (*signature == 'b' || *signature == 'h')
    return false;
  ArgumentWalk walk(signature);
  while (walk.next())
    if (!walk.straight() || walk.guest() + walk.words() > kOutRegisters + 1)
      return false;
  return !walk.variadic();
}
void jump_interpreted(Encoder &e) {
  e.load(kL32i, kT0, kThread, kThreadStubs);
  e.load(kL32i, kT0, kT0, 4 * kStubInterpreted);
  e.jump_register(kT0);
  e.align();
}

class Function : public Walk<Encoder> {
public:
  Function(Compiler &c, uint32_t index, const HotInfo &facts, uint32_t reach)
      : Walk(c, index, facts, reach), facts_(static_cast<const Facts &>(facts)) {}
  Outcome run();

private:
  void test(const Test &t, int32_t distance) {
    switch (t.kind) {
    case Test::kRegisters:
      return e_.branch(t.c, t.a, t.b, distance);
    case Test::kZero:
      return e_.branch_zero(t.c, t.a, distance);
    case Test::kImmediate:
      return e_.branch_immediate(t.c, t.a, t.b, distance);
    default:
      return e_.branch_bit(t.c == kNe, t.a, t.b, distance);
    }
  }
  // For a branch over a few instructions: skip() writes it, land() gives it its distance.
  uint32_t skip(const Test &t) {
    const uint32_t site = e_.at();
    if (t.kind == Test::kZero && t.c <= kNe)
      e_.branch_narrow(t.c, t.a, Encoder::kWaits);
    else
      test(t, Encoder::kWaits);
    return site;
  }
  // Scratch registers then hold what they held on the other way, if that is the same.
  void land(uint32_t site, bool same = false) {
    if (!same)
      forget_scratch();
    landed_ = e_.at();
    if (!e_.full() && !e_.patch(site, static_cast<int32_t>(e_.at() - site)))
      e_.set_full(); // cannot be: what is skipped is short
  }

  // ---- Registers
  uint32_t home(uint32_t r) const { return homes_[r]; }
  bool in_frame(uint32_t r) const { return homes_[r] & kInFrame; }
  // Loads reach upwards only: the frame begins at kTop, which moves for calls.
  static int32_t word_of(uint32_t home) { return 4 * static_cast<int32_t>(home & 0x7f); }
  // The machine register that holds r, `scratch` after loading it when r lives in the frame.
  uint32_t use(uint32_t r, uint32_t scratch) {
    if (late_)
      settle(home(r), scratch);
    if (!in_frame(r) || holds(scratch, home(r)))
      return in_frame(r) ? scratch : home(r);
    e_.load(kL32i, scratch, kTop, word_of(home(r)));
    hold(scratch, home(r));
    return scratch;
  }
  // The same where t0 will do as well.
  uint32_t use_held(uint32_t r, uint32_t scratch) {
    return in_frame(r) && holds(kT0, home(r)) ? static_cast<uint32_t>(kT0) : use(r, scratch);
  }
  // What scratch registers hold of the frame. Asked of any register: values are loaded into homes, too.
  static bool is_scratch(uint32_t r) { return r == kT0 || r == kT1 || r == kT2; }
  bool holds(uint32_t r, uint32_t home) const {
    return is_scratch(r) && held_homes_[r & 3] == home && !e_.written(r);
  }
  void hold(uint32_t r, uint32_t home) {
    if (is_scratch(r)) {
      held_homes_[r & 3] = static_cast<uint8_t>(home);
      e_.unwritten(r);
    }
  }
  void forget_scratch() { held_homes_[0] = held_homes_[1] = held_homes_[3] = 0; }
  static_assert((kT0 & 3) == 0 && (kT1 & 3) == 1 && (kT2 & 3) == 3);
  // The machine register to put r's new value in, and then what makes it so.
  uint32_t target(uint32_t r, uint32_t scratch) const { return in_frame(r) ? scratch : home(r); }
  void put(uint32_t r, uint32_t from) {
    outdate(r);
    if (!in_frame(r))
      return e_.move(home(r), from);
    e_.store(kS32i, from, kTop, word_of(home(r)));
    hold(from, home(r));
  }
  void outdate(uint32_t r) { // what is known of its value
    zeros_[r >> 5] &= ~(1u << (r & 31));
    if (mirrors_)
      drop_mirrors(home(r));
    for (uint32_t i = 0; i < 4 && in_frame(r); ++i)
      if (held_homes_[i] == home(r))
        held_homes_[i] = 0;
  }
  void put_pair(uint32_t r, uint32_t low, uint32_t high);

  void assign_homes();
  void prologue();
  void epilogue();
  void save(bool restore) { // the link and the kept registers
    const auto pass = [&](uint32_t r, uint32_t word) {
      if (restore)
        e_.load(kL32i, r, kTop, 4 * static_cast<int32_t>(word));
      else
        e_.store(kS32i, r, kTop, 4 * static_cast<int32_t>(word));
    };
    if (saves_link_)
      pass(kLink, first_word_);
    for (uint32_t i = 0; i < saved_; ++i)
      pass(kKept0 + i, first_word_ + saves_link_ + i);
  }
  void thread_word(uint32_t rd, int32_t offset) { e_.load(kL32i, rd, kThread, offset); }
  // The register that holds an address from Thread: a0 if it can, else `scratch`. In a leaf function a0 holds
  // one from the begin on; in others it is free from one call or place that branches go to to the next.
  uint32_t thread_address(int32_t offset, uint32_t scratch) {
    if (held_ == offset)
      return kLink;
    if (calls_) {
      held_ = offset;
      scratch = kLink;
    }
    thread_word(scratch, offset);
    return scratch;
  }
  void set_stack(uint32_t a) {
    e_.store(kS32i, a, kThread, kThreadSp);
    if (held_ == kThreadSp)
      e_.move(kLink, a);
  }
  void forget_link() { // it was lost, or control comes from elsewhere
    if (calls_)
      held_ = 0;
  }

  // ---- Instructions
  void instruction();
  void by_kind();
  void binary();
  void binary_value(uint32_t d, uint32_t a, uint32_t b, bool has_immediate, int32_t imm);
  void set_if(uint32_t d, const Test &t);
  void set_if_zero(uint32_t d, uint32_t a);
  void multiply_high(uint32_t d, uint32_t a, uint32_t b, bool sign);
  void wide_binary();
  void wide_compare(uint32_t rd, uint32_t ra, uint32_t rb);
  void wide_multiply(uint32_t rd, uint32_t ra, uint32_t rb);
  void wide_shift(uint32_t rd, uint32_t ra, uint32_t amount);
  void wide_shift_immediate(uint32_t rd, uint32_t ra, uint32_t n);
  void unary();
  void memory(bool load);
  void load_value(uint32_t kind, uint32_t d, uint32_t base, int32_t offset);
  void special();
  void choose(uint32_t rd, uint32_t c, uint32_t ra, uint32_t rb);
  void extract(bool sign);
  void finish(uint32_t rd, uint32_t d) { // a value of one word is in d
    if (!to_acc())
      put(rd, d);
    acc_ = d;
  }

  void begin_loop();
  bool end_loop();
  void branch();
  void branch_to(const Test &t, int32_t displacement);
  void jump_to(int32_t displacement);
  void charge(uint32_t bytes, uint32_t pc);
  void table(uint32_t entry_bytes);
  void stub_address(uint32_t stub) {
    thread_word(kT0, kThreadStubs);
    e_.load(kL32i, kT0, kT0, 4 * static_cast<int32_t>(stub));
  }
  void call_stub(uint32_t stub) {
    e_.add_immediate(kTop, kTop, frame_bytes_, kTop);
    stub_address(stub);
    e_.call_register(kT0);
    e_.add_immediate(kTop, kTop, -frame_bytes_, kTop);
  }
  void before_call(uint32_t words);
  void after_call();
  uint32_t argument_words(uint32_t signature) const;
  void call(uint32_t function);
  void call_code(uint32_t &entry);
  void call_import(uint32_t import);
  bool calls_directly(uint32_t import, uint32_t signature) const;
  void trap(espb_trap kind);
  void trap_unless(const Test &t, espb_trap kind) {
    const uint32_t good = skip(t);
    trap(kind);
    land(good, true);
  }
  void trap_if_zero(uint32_t r, espb_trap kind) { trap_unless(with_zero(kNe, r), kind); }
  void routine(const uint8_t *arguments, uint32_t count, bool wide);
  void keep(uint32_t registers, int32_t at, bool restore);
  void pass_numbers();
  void value_routine();
  uint32_t value_arguments(uint8_t *arguments);
  void shuffle(const uint8_t *from, uint32_t count);

  // ---- What registers hold, as long as control does not come from elsewhere
  void forget_values() {
    forget_scratch();
    mirrors_ = zeros_[0] = zeros_[1] = 0;
  }
  bool is_zero(uint32_t r) const { return zeros_[r >> 5] >> (r & 31) & 1; }
  void put_zero_extended(uint32_t r, uint32_t low) { // high is t1
    e_.load_immediate(kT1, 0);
    put_pair(r, low, kT1);
    zeros_[(r + 1) >> 5] |= 1u << ((r + 1) & 31);
  }

  // ---- The single-precision unit. Its registers mirror homes, as long as nothing else is written there and
  // control does not come from elsewhere. Those that late_ names are ahead of their homes, which get the
  // value when something else asks for it or control may come or go; often another value comes before.
  void float_operation();
  void put_unit(uint32_t r, uint32_t f) {
    outdate(r);
    mirrored_[f] = homes_[r];
    mirrors_ |= 1u << f;
    late_ |= 1u << f;
    acc_ = kUnit0 + f;
  }
  void settle_one(uint32_t f, uint32_t scratch) {
    const uint32_t home = mirrored_[f], d = home & kInFrame ? scratch : home;
    late_ &= ~(1u << f);
    e_.from_unit(d, f);
    if (home & kInFrame) {
      e_.store(kS32i, d, kTop, word_of(home));
      hold(d, home);
    }
  }
  void settle(uint32_t home, uint32_t scratch) {
    for (uint32_t f = 0; late_ >> f; ++f)
      if ((late_ >> f & 1) && (home == kAll || mirrored_[f] == home))
        settle_one(f, scratch);
  }
  uint32_t unit_register(uint32_t r, uint32_t busy = kUnitRegisters) {
    for (uint32_t f = 0; f < kUnitRegisters; ++f)
      if ((mirrors_ >> f & 1) && mirrored_[f] == home(r))
        return f;
    if (next_mirror_ % kUnitRegisters == busy) // the other operand
      ++next_mirror_;
    const uint32_t f = next_unit_register(r);
    e_.to_unit(f, use(r, kT1));
    return f;
  }
  uint32_t next_unit_register(uint32_t r) { // for what r is; t2 is lost
    const uint32_t f = next_mirror_++ % kUnitRegisters;
    if (late_ >> f & 1)
      settle_one(f, kT2);
    mirrored_[f] = homes_[r];
    mirrors_ |= 1u << f;
    return f;
  }
  void drop_mirrors(uint32_t home) {
    for (uint32_t f = 0; f < kUnitRegisters; ++f)
      if (mirrored_[f] == home)
        mirrors_ &= ~(1u << f);
    late_ &= mirrors_;
  }
  static constexpr uint32_t kUnitRegisters = 16, kAll = 0x100;
  static constexpr uint32_t kUnit0 = 64; // acc_: in a register of the unit

  const Facts &facts_;
  bool calls_;               // compiled code, for which the link has to be saved
  bool alike_;               // out registers get homes as others do, as the least hot of all: calls are rare
  bool saves_link_;          // for that, or since a0 serves otherwise
  int32_t held_ = 0;         // the word of Thread that a0 holds, 0 none
  uint32_t around_ = 0;      // bit k: o(k)'s register is a home that is stored around calls
  int32_t around_bytes_ = 0; // where, from kTop
  uint8_t held_homes_[4] = {}; // of scratch registers, by their lowest bits
  uint32_t zeros_[2] = {};     // bit r: that register is 0
  uint32_t mirrors_ = 0, next_mirror_ = 0, late_ = 0;
  uint8_t mirrored_[kUnitRegisters] = {};
  // Where the last branch went to if the instruction was one; where it went to if a jump followed.
  uint32_t branched_ = 0, skipped_ = 0;
  uint32_t landed_ = 0; // where a branch goes to that does not reach far
  // The zero-overhead loop that code is written for, 0 none; its head's note and the ADDBNZ at its end.
  uint32_t loop_ = 0, loop_end_ = 0;
  CodeWord *loop_head_ = nullptr;
  uint32_t acc_;        // the machine register that holds acc
  uint32_t first_word_; // where the frame begins, in words from kTop: what tests hand over lies below
  int32_t frame_bytes_; // and ends
  uint32_t saved_;      // of the kept registers, the first so many
  uint32_t epilogue_;   // where it stands, 0 not yet
  uint8_t homes_[kFrameReserveWords];
};

// ---- The frame
// ---------------------------------------------------------------------------------------------

// In the order of heat: a register that lives across calls gets one that callees keep, others one that they
// do not while there are. Arguments that need not move stay where they come.
void Function::assign_homes() {
  const uint32_t w = info_.window_words, arguments = info_.argument_words;
  const bool whole = c_.flags & kWholeState;
  const uint32_t crossing = calls_ || facts_.routines ? hot_.crossing : 0;
  const bool rarely = facts_.sites * kRarely < facts_.instructions && !whole;
  alike_ = !whole && (!calls_ || (rarely && w > 12));
  const uint32_t out_count = alike_ ? 0 : hot_.out_count, first_out = w + kLinkWords;
  uint32_t taken = 0; // machine registers
  for (uint32_t k = 0; k < kOutRegisters; ++k)
    if (k < out_count || (!whole && k < arguments && !(crossing >> k & 1)))
      taken |= 1u << (kA0 + k);
  // A leaf function has a0 to spare.
  uint32_t uses = kFewUses - 1;
  for (uint32_t i = 0; i < 4 && !calls_; ++i)
    if (facts_.thread_uses[i] > uses)
      uses = facts_.thread_uses[i], held_ = kSources[i];
  saves_link_ = calls_ || held_;
  uint32_t kept = 0;
  const uint32_t end = alike_ ? first_out + hot_.out_count : w;
  for (uint32_t k = 0; k < end; ++k) {
    const bool crosses =
        k < w ? crossing >> k & 1 : facts_.routines && (hot_.out_crossing >> (k - first_out) & 1);
    uint32_t found = kInFrame;
    if (!crosses && k < arguments && k >= out_count && k < kOutRegisters && !whole)
      found = kA0 + k;
    for (uint32_t r = kA0 + kOutRegisters; !crosses && found == kInFrame && r-- != kA0;)
      if (!(taken >> r & 1))
        found = r;
    if (found == kInFrame && kept < kKeptRegisters)
      found = kKept0 + kept++;
    if (found == kInFrame && !saves_link_) {
      found = kLink;
      saves_link_ = true;
    }
    // Not where another argument comes.
    for (uint32_t i = kOutRegisters; crosses && rarely && found == kInFrame && i-- != 0;)
      if (!(taken >> (kA0 + i) & 1) && (i >= arguments || i == k)) {
        found = kA0 + i;
        around_ |= 1u << i;
      }
    taken |= 1u << (found & 31);
    if (c_.flags & kAllInFrame)
      found = kInFrame, kept = 0;
    homes_[k] = static_cast<uint8_t>(found);
    if (k + 1 == w)
      k += kLinkWords; // never named
  }
  saved_ = kept;
  first_word_ = whole ? w + kLinkWords + kOutWords : 0;
  uint32_t words = first_word_ + saves_link_ + kept;
  for (uint32_t k = 0; k < end; ++k)
    if (in_frame(k) && (k < w || k >= first_out))
      homes_[k] = static_cast<uint8_t>(kInFrame | words++);
  around_bytes_ = 4 * static_cast<int32_t>(words);
  words += static_cast<uint32_t>(__builtin_popcount(around_));
  for (uint32_t k = 0; k < kOutWords && !alike_; ++k) {
    uint32_t found = kA0 + k;
    if (k >= kOutRegisters)
      found = kInFrame | (words + k - kOutRegisters);
    else if (whole && k >= hot_.out_count)
      found = kInFrame | words++;
    homes_[first_out + k] = static_cast<uint8_t>(found);
  }
  homes_[w] = homes_[w + 1] = kT0; // never named
  frame_bytes_ = 4 * static_cast<int32_t>(words);
}

void Function::prologue() {
  const uint32_t w = info_.window_words;
  if (c_.flags & (kCheckFuel | kCheckStop))
    charge(kCallCharge, base_offset_);
  if (calls_) {
    thread_word(kT0, kThreadRegisterLimit);
    e_.add_immediate(kT1, kTop, frame_bytes_, kT1);
    trap_unless(registers(kGeu, kT0, kT1), ESPB_TRAP_STACK_OVERFLOW);
  }
  if (c_.flags & kWholeState) {
    save(false);
    if (held_)
      thread_word(kLink, held_);
    for (uint32_t k = 0; k < 3; ++k) // o5 to o7 have come there
      e_.store(kS32i, kA0 + k, kTop, 4 * static_cast<int32_t>(k));
    for (uint32_t k = 0; k < w + kLinkWords + kOutWords; ++k) {
      if (k == w || k == w + 1)
        continue;
      const uint32_t d = target(k, kT0);
      e_.load(kL32i, d, kTop, 4 * static_cast<int32_t>(k));
      put(k, d);
    }
    return;
  }
  // Arguments at the top come before what is saved over them.
  static constexpr uint8_t kFree[] = {kT0, kT1, kT2};
  for (uint32_t k = kOutRegisters; k < info_.argument_words; ++k)
    e_.load(kL32i, kFree[k - kOutRegisters], kTop, 4 * static_cast<int32_t>(k - kOutRegisters));
  save(false);
  // Those that leave their register first: others may move in.
  const auto is_argument = [](uint32_t home) { return home >= kA0 && home < kA0 + kOutRegisters; };
  for (uint32_t pass = 0; pass < 2; ++pass)
    for (uint32_t k = 0; k < info_.argument_words; ++k)
      if (is_argument(home(k)) == (pass == 1))
        put(k, k < kOutRegisters ? kA0 + k : kFree[k - kOutRegisters]);
  if (held_)
    thread_word(kLink, held_);
}

void Function::epilogue() {
  if (epilogue_ && saves_link_ + saved_ > 1) {
    e_.jump(static_cast<int32_t>(epilogue_) - static_cast<int32_t>(e_.at()));
    return;
  }
  epilogue_ = e_.at();
  const uint32_t w = info_.window_words, results = info_.flags & kFunctionResultMask;
  if (c_.flags & kWholeState) {
    e_.load_immediate(kT1, 0); // who reads acc may use t1 and t2 first
    e_.load_immediate(kT2, 0);
    if (acc_ < kNowhere)
      e_.store(kS32i, acc_, kThread, kThreadTestAcc);
    for (uint32_t k = 0; k < w + kLinkWords + kOutWords; ++k)
      if (k != w && k != w + 1)
        e_.store(kS32i, use(k, kT0), kTop, 4 * static_cast<int32_t>(k));
    e_.load(kL32i, kA0, kTop, 0);
    e_.load(kL32i, kA0 + 1, kTop, 4);
  } else {
    shuffle(homes_, results);
  }
  save(true);
  e_.ret();
}

// ---- Calls out of compiled code
// ------------------------------------------------------------------------------

// A second trap of a kind goes by way of the first, whichever function that is in.
void Function::trap(espb_trap kind) {
  e_.load_immediate(kT2, base_offset_ + offset_);
  uint32_t &known = c_.traps[kind];
  const int32_t distance = static_cast<int32_t>(known) - static_cast<int32_t>(e_.at());
  if (known && distance > -0x1ff00) {
    e_.jump(distance);
    return;
  }
  known = e_.at();
  e_.load_immediate(kA0, kind);
  stub_address(kStubTrap);
  e_.jump_register(kT0);
}

// Charges the budget, or looks at the stop flag; scratch registers are lost. `pc` is where the guest is when
// the run ends here.
void Function::charge(uint32_t bytes, uint32_t pc) {
  uint32_t good;
  if (c_.flags & kCheckFuel) {
    thread_word(kT2, kThreadBudget);
    e_.add_immediate(kT2, kT2, -static_cast<int32_t>(bytes), kT1);
    e_.store(kS32i, kT2, kThread, kThreadBudget);
    good = skip(with_zero(kGe, kT2));
  } else {
    thread_word(kT2, kThreadStop);
    good = skip(with_zero(kEq, kT2));
  }
  e_.load_immediate(kT2, pc);
  e_.move(kT1, kLink); // the stub keeps it
  stub_address(kStubBudget);
  e_.call_register(kT0);
  e_.move(kLink, kT1);
  land(good);
}

// Stores what the call loses. Where out registers live as others do, so many words of them go where arguments
// belong.
void Function::before_call(uint32_t words) {
  keep(around_, around_bytes_, false);
  if (!alike_)
    return;
  if (words > hot_.out_count)
    words = hot_.out_count;
  const uint32_t first_out = info_.window_words + kLinkWords;
  for (uint32_t k = kOutRegisters; k < words; ++k)
    e_.store(kS32i, use(first_out + k, kT0), kTop,
             frame_bytes_ + 4 * static_cast<int32_t>(k - kOutRegisters));
  shuffle(homes_ + first_out, words < kOutRegisters ? words : kOutRegisters);
}

void Function::after_call() {
  const uint32_t results = alike_ && hot_.out_count < 2 ? hot_.out_count : 2 * alike_;
  uint32_t low = kA0;
  if (results && (around_ & 3)) {
    e_.move(kT0, kA0);
    e_.move(kT1, kA0 + 1);
    low = kT0;
  }
  keep(around_, around_bytes_, true);
  forget_link();
  forget_values();
  const uint32_t o0 = info_.window_words + kLinkWords;
  if (results == 2)
    put_pair(o0, low, low + 1);
  else if (results)
    put(o0, low);
}

// Of a call by its signature, as far as they are in out registers.
uint32_t Function::argument_words(uint32_t signature) const {
  if (signature == kNoSignature || (c_.flags & kWholeState)) // tests have none
    return kOutWords;
  const char *letter = c_.module.signature(signature);
  uint32_t words = 0;
  while (*letter++ != '(') {
  }
  for (; *letter != ')'; ++letter)
    words += *letter == '.' ? kOutWords : letter_words(*letter);
  return words < kOutWords ? words : kOutWords;
}

void Function::call(uint32_t function) {
  const FunctionInfo callee = c_.module.function(function);
  before_call(callee.flags & kFunctionVariadic ? kOutWords : callee.argument_words);
  uint32_t &entry = c_.entry(function);
  if (entry == 0 || c_.elsewhere(function)) {
    e_.load_immediate(kT1, function);
    call_stub(kStubInterpreted);
    return after_call();
  }
  e_.add_immediate(kTop, kTop, frame_bytes_, kTop);
  call_code(entry);
  e_.add_immediate(kTop, kTop, -frame_bytes_, kTop);
  after_call();
}

void Function::call_import(uint32_t import) {
  const uint32_t signature = table_u16(c_.module.import_entry(import) + 4);
  const uint32_t words = argument_words(signature);
  before_call(words);
  if (!calls_directly(import, signature)) {
    e_.load_immediate(kT1, import);
    e_.load_immediate(kT2, base_offset_ + offset_);
    call_stub(kStubImport);
    return after_call();
  }
  // Guest code that the function calls back begins at the top.
  e_.add_immediate(kT1, kTop, frame_bytes_, kT1);
  thread_word(kT0, kThreadInstance);
  e_.store(kS32i, kT1, kThread, kThreadEntryFp);
  e_.load(kL32i, kT0, kT0, kInstanceImports);
  e_.load(kL32i, kT0, kT0, static_cast<int32_t>(8 * import));
  if (words > kOutRegisters) // the sixth one is at the top
    e_.load(kL32i, kT2, kTop, frame_bytes_);
  e_.call_windowed(kT0);
  thread_word(kT1, kThreadTrap);
  const uint32_t good = skip(with_zero(kEq, kT1));
  e_.load_immediate(kT2, base_offset_ + offset_);
  e_.move(kA0, kT1);
  stub_address(kStubTrap);
  e_.jump_register(kT0);
  land(good);
  after_call();
}

// Stores or loads registers o(k), bit k, at words from kTop on.
void Function::keep(uint32_t registers, int32_t at, bool restore) {
  for (uint32_t k = 0; k < kOutRegisters; ++k)
    if (registers >> k & 1) {
      if (restore)
        e_.load(kL32i, kA0 + k, kTop, at);
      else
        e_.store(kS32i, kA0 + k, kTop, at);
      at += 4;
    }
}

// Calls the operation's routine with the homes of its arguments; the result is in a10 (and a11), or in a8
// (and a9) when out registers had to be kept. acc_ says in which.
void Function::routine(const uint8_t *arguments, uint32_t count, bool wide) {
  // Out registers behind o5 to o7.
  const uint32_t outs = !alike_ ? hot_.out_crossing & ((1u << kOutRegisters) - 1) : 0;
  const int32_t behind = frame_bytes_ + 4 * static_cast<int32_t>(kOutWords - kOutRegisters);
  forget_values();
  keep(outs, behind, false);
  keep(around_, around_bytes_, false);
  shuffle(arguments, count);
  pass_numbers();
  stub_address(kStubRoutines + how_.routine());
  e_.call_windowed(kT0);
  acc_ = kA0;
  if (!(outs | around_))
    return;
  e_.move(kT0, kA0);
  if (wide)
    e_.move(kT1, kA0 + 1);
  keep(outs, behind, true);
  keep(around_, around_bytes_, true);
  acc_ = kT0;
}

// A value operation that a routine does.
void Function::value_routine() {
  uint8_t arguments[4];
  const uint32_t count = value_arguments(arguments);
  routine(arguments, count, how_.wide_d());
  const uint32_t rd = reg(0);
  // The library hands NaNs on; ours are RISC-V's canonical one. Below the sign a quiet NaN begins with ones.
  const bool is_float = base_ >= kFADD && base_ <= kFDIV, is_double = base_ >= kFADD_D && base_ <= kFDIV_D;
  if (is_float || is_double) {
    const uint32_t upper = acc_ + is_double, ones = is_double ? 12 : 9;
    e_.shift_left(kT2, upper, 1);
    e_.shift_right_signed(kT2, kT2, 32 - ones);
    const uint32_t good =
        skip({Test::kImmediate, kNe, kT2, static_cast<uint32_t>(Encoder::number_of(kNe, 0xffffffffu))});
    if (is_double)
      e_.load_immediate(acc_, 0);
    e_.shift_right(upper, kT2, 32 - ones);
    e_.shift_left(upper, upper, 31 - ones);
    land(good);
  }
  if (how_.wide_d()) {
    put_pair(rd, acc_, acc_ + 1);
    return;
  }
  const uint32_t d = target(rd, acc_);
  switch (base_) {
  case kFEQ:
  case kFEQ_D:
    set_if_zero(d, acc_);
    break;
  case kFLT:
  case kFLT_D:
    e_.shift_right(d, acc_, 31);
    break;
  case kFLE:
  case kFLE_D:
    set_if(d, {Test::kImmediate, kLt, acc_, static_cast<uint32_t>(Encoder::number_of(kLt, 1))});
    break;
  case kFUN:
  case kFUN_D:
    set_if(d, with_zero(kNe, acc_));
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
  e_.jump(Encoder::kWaits);
  aim(site, destination);
}

void Function::branch_to(const Test &t, int32_t displacement) {
  const uint32_t destination = offset_ + static_cast<uint32_t>(displacement);
  const uint32_t site = e_.at();
  branched_ = destination;
  const bool zero = t.kind == Test::kZero;
  if (displacement < 0 && !(c_.flags & (kCheckFuel | kCheckStop))) {
    const int32_t distance = static_cast<int32_t>(place_behind(destination)) - static_cast<int32_t>(here());
    if (zero ? Encoder::zero_reaches(distance) : Encoder::reaches_branch(distance))
      return test(t, distance);
  } else if (displacement >= 0 && reach_ != kFar) {
    const uint32_t known = waiting_for(destination);
    const int32_t link = static_cast<int32_t>(here() + 1 - known);
    const bool guess = zero ? displacement <= kNearZeroBytes && (!known || link < 4096)
                            : reach_ == kNear && (!known || link < 256) &&
                                  displacement <= (hot_.routines ? kNearWithRoutines : kNearBytes);
    if (guess) {
      test(t, Encoder::kWaits);
      return aim(site, destination);
    }
  }
  const uint32_t past = skip(inverse(t));
  jump_to(displacement);
  land(past, !(c_.flags & (kCheckFuel | kCheckStop)));
}

// Here branches go back to. A loop whose counter is named at its end only can be a zero-overhead loop, if it
// is entered and left by its ends only.
void Function::begin_loop() {
  const uint32_t begin = offset_;
  uint32_t i = 0;
  while (i < facts_.loop_count && facts_.loops[i] != begin)
    ++i;
  if (i == facts_.loop_count || (c_.flags & (kCheckFuel | kCheckStop)))
    return;
  uint32_t named[3] = {}, furthest = 0; // a pair may end at 64
  while (base_ != kADDBNZ || offset_ + value_[2] != begin) {
    for (i = 0; i < kMaxFields; ++i) {
      const FieldKind kind = shape_->fields[i];
      if (kind == FieldKind::r || kind == FieldKind::p)
        for (uint32_t r = reg(i); r <= reg(i) + (kind == FieldKind::p); ++r)
          named[r >> 5] |= 1u << (r & 31);
      if (is_displacement(kind) && offset_ + value_[i] > furthest)
        furthest = offset_ + value_[i];
    }
    offset_ += length_;
    pc_ = code_ + offset_;
    decode();
  }
  const uint32_t counter = reg(0), end = offset_;
  const bool good = !(named[counter >> 5] >> (counter & 31) & 1) && furthest <= end &&
                    (head_ == notes_end_ || *head_ >> 16 > end) && (notes_ == heads_ || *notes_ >> 16 > end);
  offset_ = begin;
  pc_ = code_ + offset_;
  decode();
  if (!good)
    return;
  const uint32_t count = use(counter, kT1);
  forget_scratch(); // whichever way control comes
  e_.align_loop();
  loop_ = e_.at();
  loop_end_ = end;
  loop_head_ = head_ - 1;
  e_.loop(count);
}

// True: that was one.
bool Function::end_loop() {
  if (landed_ == e_.at() || e_.at() == loop_ + 3)
    e_.nop();
  const bool done = e_.end_loop(loop_);
  if (!done) // back to what follows
    *loop_head_ = (*loop_head_ >> 16) << 16 | (loop_ + 3 - begin_);
  loop_ = 0;
  return done;
}

void Function::branch() {
  uint32_t field = 0;
  const uint32_t a = source() == kFromAcc ? acc_ : use_held(reg(field++), kT1);
  uint32_t b = 0;
  int32_t imm = 0;
  const bool has_register = second() == kSecondRegister;
  if (has_register)
    b = use_held(reg(field++), kT2);
  else if (second() == kSecondImmediate)
    imm = immediate(field++);
  const int32_t displacement = immediate(field);
  if (!how_.simple()) { // btz, btnz: any bits of a mask
    const uint32_t mask = static_cast<uint32_t>(imm);
    const Condition c = base_ == kBTZ ? kEq : kNe;
    if (mask && (mask & (mask - 1)) == 0)
      return branch_to({Test::kBit, c, a, static_cast<uint32_t>(__builtin_ctz(mask))}, displacement);
    const uint32_t low = mask ? static_cast<uint32_t>(__builtin_ctz(mask)) : 0, ones = mask >> low;
    if (ones && ones < 0x10000 && (ones & (ones + 1)) == 0) { // this one reaches further
      e_.extract(kT2, a, low, static_cast<uint32_t>(__builtin_popcount(ones)));
      return branch_to(with_zero(c, kT2), displacement);
    }
    e_.load_immediate(kT2, mask);
    return branch_to(registers(c == kEq ? kNone : kAny, a, kT2), displacement);
  }
  Condition c = base_ == kBEQ    ? kEq
                : base_ == kBNE  ? kNe
                : base_ == kBLT  ? kLt
                : base_ == kBGE  ? kGe
                : base_ == kBLTU ? kLtu
                                 : kGeu;
  if (has_register)
    return branch_to(registers(c, a, b), displacement);
  if (imm == 1 && c >= kLtu) {
    c = c == kLtu ? kEq : kNe;
    imm = 0;
  }
  if (imm == 0 && c < kLtu)
    return branch_to(with_zero(c, a), displacement);
  const int32_t number = Encoder::number_of(c, static_cast<uint32_t>(imm));
  if (number >= 0)
    return branch_to({Test::kImmediate, c, a, static_cast<uint32_t>(number)}, displacement);
  e_.load_immediate(kT2, static_cast<uint32_t>(imm));
  branch_to(registers(c, a, kT2), displacement);
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
  const uint32_t inside = skip(registers(kLtu, a, kT2));
  const auto go = [&](int32_t d) {
    const uint32_t site = e_.at();
    e_.jump(Encoder::kWaits);
    aim(site, offset_ + static_cast<uint32_t>(d));
  };
  go(displacement());
  land(inside);
  // A call over the table tells where that is: 3 bytes each way.
  const bool keeps_link = !calls_;
  e_.alu(kAddx2, kT2, a, a);
  if (keeps_link)
    e_.move(kT0, kLink);
  const uint32_t site = e_.at(), next = (site + 3 + 3 * n + 3) & ~3u;
  e_.call(static_cast<int32_t>(next - site));
  for (uint32_t i = 0; i < n; ++i) {
    entry += entry_bytes;
    go(displacement());
  }
  e_.align();
  e_.alu(kAdd, kT2, kT2, kLink);
  if (keeps_link)
    e_.move(kLink, kT0);
  forget_link();
  e_.jump_register(kT2);
  length_ += (n + 1) * entry_bytes;
}

#include "../same.inc"
#include "values.inc"

// ---- The walk
// ------------------------------------------------------------------------------------------------

void Function::instruction() {
  const bool value = how_.kind() <= BaseWord::kUn, routine = value && how_.has_routine() && base_ != kCLZ;
  const uint32_t f = acc_ - kUnit0;
  if (acc_ >= kUnit0 && (late_ >> f & 1) && ((shape_->flags & kReadsAcc) || base_ == kEXIT)) {
    settle_one(f, kT0);
    acc_ = mirrored_[f] & kInFrame ? static_cast<uint32_t>(kT0) : mirrored_[f];
  }
  // Those that take what they read first, by use(), and do nothing that may be left out.
  const bool plain = value ? routine ? in_line(base_) : !how_.wide_d() && !how_.wide_a()
                           : how_.kind() <= BaseWord::kStore || base_ == kLI;
  if (!plain)
    settle(kAll, kT2);
  skipped_ = base_ == kJMP ? branched_ : 0;
  branched_ = 0;
  if (routine)
    return ESPB_XTENSA_FPU && in_line(base_) ? float_operation() : value_routine();
  by_kind();
}

Outcome Function::run() {
  epilogue_ = 0;
  acc_ = kNowhere;
  calls_ = !(info_.flags & kFunctionLeaf);
  if (!start())
    return bytes_ > 0xffff ? Outcome::too_large : Outcome::no_room;
  assign_homes();
  prologue();
  e_.use_literals(facts_.pool, facts_.pool_end);
  for (;;) {
    const CodeWord *const notes = notes_, *const head = head_;
    const uint32_t next = offset_ + length_;
    const bool wanted = notes_ != heads_ && *notes_ >> 16 == next;
    // The jump before it is one that the branch before that leaves out: what is known there is known here.
    const bool known = wanted && skipped_ == next && e_.link_at(begin_ + (*notes_ & 0xffff) - 1) == 0;
    if (wanted || (head_ != notes_end_ && *head_ >> 16 == next))
      settle(kAll, kT2);
    if (!step())
      break;
    if (notes != notes_)
      landed_ = e_.at();
    if (head != head_ || (wanted && !known)) { // control comes from elsewhere, too
      forget_link();
      forget_values();
    }
    if (head != head_ && ESPB_XTENSA_LOOPS)
      begin_loop();
    instruction();
  }
  e_.align(); // calls reach multiples of 4
  return finish_walk();
}

Outcome compile(Compiler &c, uint32_t index, const HotInfo &info) {
  const uint32_t begin = c.out.at();
  const Facts facts = Scan(c, index, info).look();
  const Outcome outcome = compile_function<Function, Encoder>(c, index, facts, kReaches);
  if (outcome != Outcome::done)
    c.out.rewind(begin, Encoder::kUnit);
  return outcome;
}

} // namespace
} // namespace espb::jit::xtensa

const espb::jit::Chip espb::jit::kXtensa = {xtensa::compile, xtensa::give_up, xtensa::Encoder::kUnit,
                                            ESPB_XTENSA_MUL32_HIGH | ESPB_XTENSA_FPU << 1};
