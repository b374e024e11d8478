// SPDX-License-Identifier: Apache-2.0
// Writes Xtensa machine code (little-endian, density option): one function per instruction, in its short form
// when there is one. Knows nothing of bytecode. Freestanding; tests/jit checks every function against a
// disassembler.
#ifndef ESPB_RUNTIME_JIT_XTENSA_ENCODER_H
#define ESPB_RUNTIME_JIT_XTENSA_ENCODER_H

#include "../output.h"

namespace espb::jit::xtensa {

// Instructions with three registers: the bits of op1 and op2.
enum Alu : uint32_t {
  kAnd = 0x100000,
  kOr = 0x200000,
  kXor = 0x300000,
  kAdd = 0x800000,
  kAddx2 = 0x900000,
  kAddx4 = 0xa00000,
  kAddx8 = 0xb00000,
  kSub = 0xc00000,
  kSrc = 0x810000,
  kMull = 0x820000,
  kMuluh = 0xa20000,
  kMulsh = 0xb20000,
  kQuou = 0xc20000,
  kQuos = 0xd20000,
  kRemu = 0xe20000,
  kRems = 0xf20000,
  kMin = 0x430000,
  kMax = 0x530000,
  kMinu = 0x630000,
  kMaxu = 0x730000,
  kMoveqz = 0x830000, // rd = ra when rb is zero
  kMovnez = 0x930000,
  // Single precision; what is compared sets a boolean register.
  kAddS = 0x0a0000,
  kSubS = 0x1a0000,
  kMulS = 0x2a0000,
  kTruncS = 0x9a0000, // rd = f(ra), rb the exponent of a factor, as of the next two
  kFloatS = 0xca0000,
  kUfloatS = 0xda0000,
  kUnS = 0x1b0000,
  kOeqS = 0x2b0000,
  kOltS = 0x4b0000,
  kOleS = 0x6b0000,
  kMovt = 0xd30000, // rd = ra when boolean rb is set
};
enum Condition : uint8_t { kEq, kNe, kLt, kGe, kLtu, kGeu, kNone, kAny }; // the last two: of common bits
constexpr Condition inverse(Condition c) { return static_cast<Condition>(c ^ 1); }
enum Load : uint8_t { kL8ui = 0, kL16ui = 1, kL32i = 2, kL16si = 9 };
enum Store : uint8_t { kS8i = 4, kS16i = 5, kS32i = 6 };

class Encoder : public Output {
public:
  static constexpr uint32_t kUnit = 1; // places are bytes

  explicit Encoder(const Output &out) : Output(out) {}

  // Whether register r may have been written since this was said otherwise.
  bool written(uint32_t r) const { return written_ >> r & 1; }
  void unwritten(uint32_t r) { written_ &= ~(1u << r); }

  void alu(Alu op, uint32_t rd, uint32_t ra, uint32_t rb) {
    if (op == kAdd)
      return narrow(0xa | rd << 12 | ra << 8 | rb << 4);
    rrr(op, rd, ra, rb);
  }
  void move(uint32_t rd, uint32_t ra) {
    if (rd != ra)
      narrow(0xd | ra << 8 | rd << 4);
  }
  void negate(uint32_t rd, uint32_t ra) { rrr(0x600000, rd, 0, ra); }

  // Shifts; by an immediate of 0..31.
  void shift_left(uint32_t rd, uint32_t ra, uint32_t n) {
    if (n == 0)
      return move(rd, ra);
    const uint32_t x = 32 - n;
    rrr(0x010000 | (x >> 4) << 20, rd, ra, x & 15);
  }
  void shift_right(uint32_t rd, uint32_t ra, uint32_t n) {
    if (n == 0)
      return move(rd, ra);
    if (n < 16)
      rrr(0x410000, rd, n, ra);
    else
      extract(rd, ra, n, 32 - n);
  }
  void shift_right_signed(uint32_t rd, uint32_t ra, uint32_t n) {
    if (n == 0)
      return move(rd, ra);
    rrr(0x210000 | (n >> 4) << 20, rd, n & 15, ra);
  }
  // SAR for shifts to the left and to the right; the shifts by it.
  void set_left(uint32_t ra) { rrr(0x400000, 1, ra, 0); }          // ssl
  void set_right(uint32_t ra) { rrr(0x400000, 0, ra, 0); }         // ssr
  void set_shift(uint32_t n) { rrr(0x400000, 4, n & 15, n >> 4); } // ssai
  void sll(uint32_t rd, uint32_t ra) { rrr(0xa10000, rd, ra, 0); }
  void srl(uint32_t rd, uint32_t ra) { rrr(0x910000, rd, 0, ra); }
  void sra(uint32_t rd, uint32_t ra) { rrr(0xb10000, rd, 0, ra); }
  // 1 to 16 bits.
  void extract(uint32_t rd, uint32_t ra, uint32_t lsb, uint32_t width) {
    rrr((width - 1) << 20 | (4 | lsb >> 4) << 16, rd, lsb & 15, ra);
  }
  void extend_sign(uint32_t rd, uint32_t ra, uint32_t bit) { rrr(0x230000, rd, ra, bit - 7); } // 7..22
  void to_unit(uint32_t fd, uint32_t ra) { rrr(0xfa0000, fd, ra, 5); }                         // wfr
  void from_unit(uint32_t rd, uint32_t fa) { rrr(0xfa0000, rd, fa, 4); }                       // rfr
  void booleans(uint32_t rd) { wrote(rd), emit(0x030400 | rd << 4, 3); }                       // rsr.br
  void leading_zeros(uint32_t rd, uint32_t ra) { wrote(rd), rrr(0x400000, 15, ra, rd); }       // nsau

  static constexpr bool fits_addi(int32_t n) { return n >= -128 && n < 128; }
  static constexpr bool fits_addmi(int32_t n) { return (n & 255) == 0 && n >= -32768 && n < 32768; }
  // rd = ra + any number; `scratch` may be rd, or ra when that may be lost.
  void add_immediate(uint32_t rd, uint32_t ra, int32_t n, uint32_t scratch) {
    if (n == 0)
      return move(rd, ra);
    if (n == -1 || (n > 0 && n < 16))
      return narrow(0xb | rd << 12 | ra << 8 | (n == -1 ? 0u : static_cast<uint32_t>(n)) << 4);
    if (fits_addi(n))
      return addi(rd, ra, n);
    if (fits_addmi(n))
      return addmi(rd, ra, n);
    const int32_t low = static_cast<int8_t>(n);
    if (fits_addmi(n - low)) {
      addmi(rd, ra, n - low);
      return addi(rd, rd, low);
    }
    load_immediate(scratch, static_cast<uint32_t>(n));
    alu(kAdd, rd, ra, scratch);
  }
  void addi(uint32_t rd, uint32_t ra, int32_t n) { rri8(0xc, rd, ra, static_cast<uint32_t>(n)); }
  void addmi(uint32_t rd, uint32_t ra, int32_t n) { rri8(0xd, rd, ra, static_cast<uint32_t>(n) >> 8); }

  static constexpr bool fits_movi(int32_t n) { return n >= -2048 && n < 2048; }
  void load_immediate(uint32_t rd, uint32_t value) {
    const int32_t n = static_cast<int32_t>(value);
    if (n >= -32 && n < 96)
      return narrow(0xc | (value & 15) << 12 | rd << 8 | (value >> 4 & 7) << 4);
    if (fits_movi(n))
      return rri8(0xa, rd, value >> 8 & 15, value);
    if (const uint32_t place = pooled(value))
      return load_word(rd, place);
    const uint32_t zeros = static_cast<uint32_t>(__builtin_ctz(value));
    if (fits_movi(n >> zeros)) {
      load_immediate(rd, static_cast<uint32_t>(n >> zeros));
      return shift_left(rd, rd, zeros);
    }
    if ((value & (value + 1)) == 0) { // ones at the right
      load_immediate(rd, 0xffffffffu);
      return shift_right(rd, rd, static_cast<uint32_t>(__builtin_clz(value)));
    }
    if (n > -34816 && n < 34560) {
      const int32_t upper = n < -32768 ? -32768 : n > 32512 ? 32512 : n & ~255;
      load_immediate(rd, static_cast<uint32_t>(n - upper));
      return addmi(rd, rd, upper);
    }
    load_literal(rd, value);
  }
  // Literals before the code, at multiples of 4; add_literal() only before code is written.
  void add_literal(uint32_t value) {
    if (pool_ == pool_end_)
      pool_ = pool_end_ = at_;
    if (pooled(value) || pool_end_ - pool_ >= 4 * kMostPooled)
      return;
    emit(value & 0xffff, 2);
    emit(value >> 16, 2);
    pool_end_ = at_;
  }
  uint32_t pool() const { return pool_ != pool_end_ ? pool_ : at_; }
  void use_literals(uint32_t begin, uint32_t end) { pool_ = begin, pool_end_ = end; }
  uint32_t pooled(uint32_t value) const {
    for (uint32_t at = pool_; at != pool_end_; at += 4)
      if (words_[at >> 2] == value)
        return at;
    return 0;
  }
  // Another literal lies before its l32r too: code jumps over it where it is needed first.
  void load_literal(uint32_t rd, uint32_t value) {
    uint32_t place = pooled(value);
    for (const Literal &literal : literals_)
      if (literal.place && literal.value == value && at_ - literal.place < 0x3ff00)
        place = literal.place;
    if (!place) {
      place = (at_ + 6) & ~3u;
      jump(static_cast<int32_t>(place + 4 - at_));
      while (at_ < place && !full_)
        emit(0, 1);
      emit(value & 0xffff, 2);
      emit(value >> 16, 2);
      literals_[next_++ % kLiterals] = {value, place};
    }
    load_word(rd, place);
  }
  void load_word(uint32_t rd, uint32_t place) { // l32r
    wrote(rd);
    emit(1 | rd << 4 | ((place - ((at_ + 3) & ~3u)) >> 2 & 0xffff) << 8, 3);
  }

  // Loads and stores reach 255 bytes, half words 510, words 1020; the offset is a multiple of the size.
  static constexpr bool reaches(uint32_t shift, int32_t offset) {
    return offset >= 0 && offset <= 255 << shift && (offset & ((1 << shift) - 1)) == 0;
  }
  void load(Load kind, uint32_t rd, uint32_t base, int32_t offset) {
    if (kind == kL32i && offset <= 60)
      return narrow(0x8 | static_cast<uint32_t>(offset) >> 2 << 12 | base << 8 | rd << 4);
    rri8(kind, rd, base, static_cast<uint32_t>(offset) >> (kind & 3 ? (kind == kL32i ? 2 : 1) : 0));
  }
  void store(Store kind, uint32_t rv, uint32_t base, int32_t offset) {
    if (kind == kS32i && offset <= 60)
      return narrow(0x9 | static_cast<uint32_t>(offset) >> 2 << 12 | base << 8 | rv << 4);
    rri8(kind, rv, base, static_cast<uint32_t>(offset) >> (kind - kS8i));
  }
  void fence() { emit(0x0020c0, 3); } // memw

  void jump_register(uint32_t ra) { emit(0xa0 | ra << 8, 3); }                 // jx
  void call_register(uint32_t ra) { written_ = ~0u, emit(0xc0 | ra << 8, 3); } // callx0
  void call_windowed(uint32_t ra) { written_ = ~0u, emit(0xe0 | ra << 8, 3); } // callx8
  void ret() { narrow(0xf00d); }
  void nop() { emit(0xf03d, 2); }

  // A zero-overhead loop: what follows, up to where end_loop() is called, runs as often as ra says; its first
  // instruction has to lie within an aligned word. The end is neither a branch nor the target of one.
  // end_loop() is false when it is too far away: there is no loop then.
  void loop(uint32_t ra) { emit(0x8076 | ra << 8, 3); }
  void align_loop() {
    if (((at_ + 3) & 3) > 1)
      nop();
  }
  bool end_loop(uint32_t site) {
    if (full_)
      return true;
    const uint32_t distance = at_ - site - 4;
    const bool reaches = distance < 256;
    put(site, reaches ? (bits_at(site) & 0xffff) | distance << 16 : 0x0020f0, 3); // nop
    return reaches;
  }

  // Branches and jumps, distances in bytes from the instruction.
  void jump(int32_t distance) { emit(0x06 | (static_cast<uint32_t>(distance - 4) & 0x3ffff) << 6, 3); }
  // To a place at a multiple of 4.
  void call(int32_t distance) { written_ = ~0u, emit(0x05 | call_bits(at_, distance), 3); }
  // Of a register with zero: eq, ne, lt, ge; reach 12 bits.
  static constexpr bool zero_reaches(int32_t d) { return d - 4 >= -2048 && d - 4 < 2048; }
  void branch_zero(Condition c, uint32_t ra, int32_t distance) {
    emit(0x16 | c << 6 | ra << 8 | (static_cast<uint32_t>(distance - 4) & 0xfff) << 12, 3);
  }
  // The short form of eq and ne goes 4 to 67 bytes forward.
  static constexpr bool narrow_reaches(int32_t d) { return d >= 4 && d < 68; }
  void branch_narrow(Condition c, uint32_t ra, int32_t distance) {
    narrow((c == kEq ? 0x8c : 0xcc) | ra << 8 | narrow_bits(distance - 4));
  }
  // The others reach 8 bits.
  static constexpr bool reaches_branch(int32_t d) { return d - 4 >= -128 && d - 4 < 128; }
  void branch(Condition c, uint32_t ra, uint32_t rb, int32_t distance) {
    constexpr uint8_t kKinds[] = {1, 9, 2, 10, 3, 11, 0, 8};
    branch8(0x7 | static_cast<uint32_t>(kKinds[c]) << 12 | ra << 8 | rb << 4, distance);
  }
  void branch_bit(bool set, uint32_t ra, uint32_t bit, int32_t distance) { // bbci, bbsi
    branch8(0x7 | ((set ? 14u : 6u) | bit >> 4) << 12 | ra << 8 | (bit & 15) << 4, distance);
  }
  // The number of an immediate operand, or -1 when it has none.
  static int32_t number_of(Condition c, uint32_t imm) {
    if (c >= kLtu ? imm == 0x8000 : imm == 0xffffffffu)
      return 0;
    if (c >= kLtu ? imm == 0x10000 : imm == 1)
      return 1;
    if (imm >= 2 && imm <= 8)
      return static_cast<int32_t>(imm);
    constexpr uint16_t kRest[] = {10, 12, 16, 32, 64, 128, 256};
    for (uint32_t i = 0; i < 7; ++i)
      if (kRest[i] == imm)
        return static_cast<int32_t>(9 + i);
    return -1;
  }
  void branch_immediate(Condition c, uint32_t ra, uint32_t number, int32_t distance) {
    constexpr uint8_t kKinds[] = {0x26, 0x66, 0xa6, 0xe6, 0xb6, 0xf6};
    branch8(kKinds[c] | ra << 8 | number << 12, distance);
  }

  // Gives the branch, jump or call at `site` its distance; false when that does not reach.
  bool patch(uint32_t site, int32_t distance) {
    const uint32_t old = bits_at(site);
    const uint32_t d = static_cast<uint32_t>(distance - 4);
    switch (form(old)) {
    case kNarrow:
      if (!narrow_reaches(distance))
        return false;
      put(site, (old & 0x0fcf) | narrow_bits(distance - 4), 2);
      return true;
    case kImm8:
      if (!reaches_branch(distance))
        return false;
      put(site, (old & 0xffff) | (d & 0xff) << 16, 3);
      return true;
    case kImm12:
      if (!zero_reaches(distance))
        return false;
      put(site, (old & 0xfff) | (d & 0xfff) << 12, 3);
      return true;
    default:
      if (distance < -0x1ff00 || distance > 0x1ff00)
        return false;
      put(site, (old & 0x3f) | ((old & 15) == 5 ? call_bits(site, distance) : (d & 0x3ffff) << 6), 3);
      return true;
    }
  }
  // While the branch or jump at `site` waits for its target, its immediate is a plain number: the link to the
  // one that waited before; 0 first. link() is false when the number does not fit.
  bool link(uint32_t site, uint32_t number) {
    const uint32_t old = bits_at(site);
    switch (form(old)) {
    case kNarrow:
      if (number >> 6)
        return false;
      put(site, (old & 0x0fcf) | narrow_bits(static_cast<int32_t>(number)), 2);
      return true;
    case kImm8:
      if (number >> 8)
        return false;
      put(site, (old & 0xffff) | number << 16, 3);
      return true;
    case kImm12:
      if (number >> 12)
        return false;
      put(site, (old & 0xfff) | number << 12, 3);
      return true;
    default:
      if (number >> 18)
        return false;
      put(site, (old & 0x3f) | number << 6, 3);
      return true;
    }
  }
  uint32_t link_at(uint32_t site) const {
    const uint32_t old = bits_at(site);
    switch (form(old)) {
    case kNarrow:
      return (old >> 12 & 15) | (old >> 4 & 3) << 4;
    case kImm8:
      return old >> 16;
    case kImm12:
      return old >> 12;
    default:
      return old >> 6;
    }
  }
  // Distance that leaves the immediate 0, for what link() is for.
  static constexpr int32_t kWaits = 4;
  void call_waiting() { written_ = ~0u, emit(0x05, 3); }

  void align() {
    while ((at_ & 3) && !full_)
      emit(0, 1);
  }
  uint32_t bits_at(uint32_t site) const { // three bytes
    const uint32_t shift = (site & 3) * 8;
    uint32_t value = words_[site >> 2] >> shift;
    if (shift > 8)
      value |= words_[(site >> 2) + 1] << (32 - shift);
    return value & 0xffffff;
  }

private:
  enum Form : uint8_t { kNarrow, kImm8, kImm12, kImm18 };
  static constexpr Form form(uint32_t bits) {
    switch (bits & 15) {
    case 0xc:
      return kNarrow;
    case 7:
      return kImm8;
    case 5:
      return kImm18;
    default:
      return (bits >> 4 & 3) == 0 ? kImm18 : (bits >> 4 & 3) == 1 ? kImm12 : kImm8;
    }
  }
  static constexpr uint32_t narrow_bits(int32_t d) {
    return (static_cast<uint32_t>(d) & 15) << 12 | (static_cast<uint32_t>(d) >> 4 & 3) << 4;
  }
  static constexpr uint32_t call_bits(uint32_t site, int32_t distance) {
    const uint32_t target = site + static_cast<uint32_t>(distance);
    return ((target - (site & ~3u) - 4) >> 2 & 0x3ffff) << 6;
  }
  void branch8(uint32_t bits, int32_t distance) {
    emit(bits | (static_cast<uint32_t>(distance - 4) & 0xff) << 16, 3);
  }
  void wrote(uint32_t r) { written_ |= 1u << (r & 15); }
  void rrr(uint32_t op, uint32_t r, uint32_t s, uint32_t t) {
    wrote(r);
    emit(op | r << 12 | s << 8 | t << 4, 3);
  }
  void rri8(uint32_t r, uint32_t t, uint32_t s, uint32_t imm) {
    wrote(t);
    emit(2 | (imm & 255) << 16 | r << 12 | s << 8 | t << 4, 3);
  }
  void narrow(uint32_t bits) { // additions write r, movi.n s, the others t
    const uint32_t op = bits & 15;
    wrote(bits >> (op == 0xa || op == 0xb ? 12 : op == 0xc ? 8 : 4));
    emit(bits, 2);
  }
  void put(uint32_t site, uint32_t value, uint32_t bytes) {
    const uint32_t shift = (site & 3) * 8, mask = bytes == 2 ? 0xffffu : 0xffffffu;
    CodeWord *const word = words_ + (site >> 2);
    word[0] = (word[0] & ~(mask << shift)) | value << shift;
    if (shift + 8 * bytes > 32)
      word[1] = (word[1] & ~(mask >> (32 - shift))) | value >> (32 - shift);
  }
  void emit(uint32_t value, uint32_t bytes) {
    const uint32_t at = at_, shift = (at & 3) * 8;
    if (at + bytes > limit_) {
      full_ = true;
      return;
    }
    CodeWord *const word = words_ + (at >> 2);
    word[0] = shift ? (word[0] & ((1u << shift) - 1)) | value << shift : value;
    if (shift + 8 * bytes > 32)
      word[1] = value >> (32 - shift);
    at_ = at + bytes;
  }

  // Literals that were written last, for more than one use.
  static constexpr uint32_t kLiterals = 8;
  struct Literal {
    uint32_t value, place;
  } literals_[kLiterals] = {};
  uint32_t next_ = 0;
  uint32_t written_ = 0; // bits; registers that are only read may be among them
  static constexpr uint32_t kMostPooled = 48;
  uint32_t pool_ = 0, pool_end_ = 0;
};

} // namespace espb::jit::xtensa
#endif
