// SPDX-License-Identifier: Apache-2.0
// Writes RV32IMC machine code: one function per instruction, in its compressed form when there is one. Knows
// nothing of bytecode. Freestanding; tests/jit checks every function against a disassembler.
#ifndef ESPB_RUNTIME_JIT_RV32_ENCODER_H
#define ESPB_RUNTIME_JIT_RV32_ENCODER_H

#include "../output.h"

namespace espb::jit::rv32 {

enum Register : uint8_t {
  kZero = 0,
  kRa = 1,
  kT0 = 5,
  kT1 = 6,
  kT2 = 7,
  kS0 = 8,
  kA0 = 10,
  kS2 = 18,
  kS8 = 24,
  kS9 = 25,
  kS10 = 26,
  kS11 = 27,
  kT3 = 28,
  kT4 = 29,
  kT6 = 31,
};

// funct3 of the instructions with two sources; kSub, kSra and kMul.. carry the upper bits as well.
enum Alu : uint8_t {
  kAdd = 0,
  kSll = 1,
  kSlt = 2,
  kSltu = 3,
  kXor = 4,
  kSrl = 5,
  kOr = 6,
  kAnd = 7,
  kSub = 8,
  kSra = 8 | 5,
  kMul = 16,
  kMulh = 17,
  kMulhu = 19,
  kDiv = 20,
  kDivu = 21,
  kRem = 22,
  kRemu = 23,
};
enum Condition : uint8_t { kEq = 0, kNe = 1, kLt = 4, kGe = 5, kLtu = 6, kGeu = 7 };
constexpr Condition inverse(Condition c) { return static_cast<Condition>(c ^ 1); }
enum Load : uint8_t { kLb = 0, kLh = 1, kLw = 2, kLbu = 4, kLhu = 5 };

enum Atomic : uint8_t {
  kAmoAdd = 0,
  kAmoSwap = 1,
  kLr = 2,
  kSc = 3,
  kAmoXor = 4,
  kAmoOr = 8,
  kAmoAnd = 12,
  kAmoMin = 16,
  kAmoMax = 20,
  kAmoMinu = 24,
  kAmoMaxu = 28,
};
// funct7 and above it funct3: to the nearest where one is a rounding mode.
enum Single : uint16_t {
  kFadd = 0,
  kFsub = 4,
  kFmul = 8,
  kFdiv = 12,
  kFle = 0x50,
  kFlt = 0x50 | 1 << 7,
  kFeq = 0x50 | 2 << 7,
  kFcvtSW = 0x68, // rb 0: from a signed integer, 1: from an unsigned one
  kFmvXW = 0x70,
  kFmvWX = 0x78,
};

class Encoder : public Output {
public:
  static constexpr uint32_t kUnit = 2; // places are half words

  explicit Encoder(const Output &out) : Output(out) {}

  void alu(Alu op, uint32_t rd, uint32_t ra, uint32_t rb) {
    if (op <= kSub && !(op > kAdd && op < kXor) && op != kSrl) {
      if (rd != ra && rd == rb && op != kSub) {
        rb = ra;
        ra = rd;
      }
      if (op == kAdd) {
        if (rb == kZero)
          return move(rd, ra);
        if (ra == kZero)
          return move(rd, rb);
        if (rd == ra && rd != kZero && rb != kZero)
          return half(0x9002 | rd << 7 | rb << 2);
      } else if (rd == ra && near(rd) && near(rb)) {
        const uint32_t kind = op == kSub ? 0 : op == kXor ? 1 : op == kOr ? 2 : 3;
        return half(0x8c01 | (rd & 7) << 7 | kind << 5 | (rb & 7) << 2);
      }
    }
    const uint32_t upper = op >= kMul ? 0x02000000 : op >= kSub ? 0x40000000 : 0;
    word(0x33 | upper | rb << 20 | ra << 15 | (op & 7u) << 12 | rd << 7);
  }

  void move(uint32_t rd, uint32_t ra) {
    if (rd == ra)
      return;
    half(ra == kZero ? 0x4001 | rd << 7 : 0x8002 | rd << 7 | ra << 2); // c.li 0, c.mv
  }

  // The immediate is -2048..2047; of shifts 0..31.
  void alu_immediate(Alu op, uint32_t rd, uint32_t ra, int32_t imm) {
    const uint32_t low5 = static_cast<uint32_t>(imm & 31), bit5 = imm & 32 ? 0x1000 : 0;
    const bool small = imm >= -32 && imm < 32;
    switch (op) {
    case kAdd:
      if (imm == 0)
        return move(rd, ra);
      if (small && rd == ra)
        return half(0x0001 | bit5 | rd << 7 | low5 << 2); // c.addi
      if (small && ra == kZero)
        return half(0x4001 | bit5 | rd << 7 | low5 << 2); // c.li
      break;
    case kSll:
      if (imm == 0)
        return move(rd, ra);
      if (rd == ra)
        return half(0x0002 | rd << 7 | low5 << 2); // c.slli
      break;
    case kSrl:
    case kSra:
      if (imm == 0)
        return move(rd, ra);
      if (rd == ra && near(rd))
        return half((op == kSrl ? 0x8001 : 0x8401) | (rd & 7) << 7 | low5 << 2);
      break;
    case kAnd:
      if (small && rd == ra && near(rd))
        return half(0x8801 | bit5 | (rd & 7) << 7 | low5 << 2); // c.andi
      break;
    default:
      break;
    }
    const uint32_t upper = op == kSra ? 0x40000000 : 0;
    word(0x13 | upper | static_cast<uint32_t>(imm) << 20 | ra << 15 | (op & 7u) << 12 | rd << 7);
  }

  void load_upper(uint32_t rd, uint32_t value) { // lui: the low 12 bits of value are ignored
    const int32_t upper = static_cast<int32_t>(value) >> 12;
    if (upper >= -32 && upper < 32 && upper != 0)
      half(0x6001 | (upper & 32 ? 0x1000u : 0u) | rd << 7 | static_cast<uint32_t>(upper & 31) << 2);
    else
      word(0x37 | (value & 0xfffff000u) | rd << 7);
  }

  void load_immediate(uint32_t rd, uint32_t value) {
    const int32_t number = static_cast<int32_t>(value);
    if (number >= -2048 && number < 2048) {
      if (number == 0)
        half(0x4001 | rd << 7);
      else
        alu_immediate(kAdd, rd, kZero, number);
      return;
    }
    load_upper(rd, value + 0x800);
    if (value & 0xfff)
      alu_immediate(kAdd, rd, rd, low12(value));
  }
  // What is left for the 12 bits of the next instruction after load_upper(value + 0x800).
  static constexpr int32_t low12(uint32_t value) { return static_cast<int32_t>(value << 20) >> 20; }

  void load(Load kind, uint32_t rd, uint32_t base, int32_t offset) {
    if (kind == kLw && near(rd) && near(base) && offset >= 0 && offset < 128 && offset % 4 == 0)
      return half(0x4000 | word_offset(offset) | (base & 7) << 7 | (rd & 7) << 2);
    word(0x03 | static_cast<uint32_t>(offset) << 20 | base << 15 | static_cast<uint32_t>(kind) << 12 |
         rd << 7);
  }
  // log2 of the size: 0 sb, 1 sh, 2 sw
  void store(uint32_t size, uint32_t rv, uint32_t base, int32_t offset) {
    if (size == 2 && near(rv) && near(base) && offset >= 0 && offset < 128 && offset % 4 == 0)
      return half(0xc000 | word_offset(offset) | (base & 7) << 7 | (rv & 7) << 2);
    const uint32_t bits = static_cast<uint32_t>(offset);
    word(0x23 | (bits >> 5 & 0x7f) << 25 | rv << 20 | base << 15 | size << 12 | (bits & 31) << 7);
  }

  void jump_register(uint32_t link, uint32_t base, int32_t offset) { // jalr
    if (offset == 0 && link <= kRa)
      return half((link == kRa ? 0x9002 : 0x8002) | base << 7);
    word(0x67 | static_cast<uint32_t>(offset) << 20 | base << 15 | link << 7);
  }

  // Branches and jumps; distances in half words from the instruction. The long forms are the ones that can
  // be patched. Whether a short form reaches:
  static constexpr bool branch_reaches(int32_t d) { return d >= -2048 && d < 2048; }
  static constexpr bool jump_reaches(int32_t d) { return d >= -(1 << 19) && d < 1 << 19; }

  void branch_long(Condition c, uint32_t ra, uint32_t rb, int32_t distance) {
    word(0x63 | branch_bits(distance) | rb << 20 | ra << 15 | static_cast<uint32_t>(c) << 12);
  }
  // Whether there is a form of two bytes, which reaches 256 bytes, and that form.
  static constexpr bool has_short(Condition c, uint32_t ra, uint32_t rb) {
    return rb == kZero && c <= kNe && near(ra);
  }
  static constexpr bool short_reaches(int32_t d) { return d >= -128 && d < 128; }
  void branch_short(Condition c, uint32_t ra, int32_t distance) {
    half((c == kEq ? 0xc001 : 0xe001) | short_bits(distance) | (ra & 7) << 7);
  }
  void branch(Condition c, uint32_t ra, uint32_t rb, int32_t distance) {
    if (has_short(c, ra, rb) && short_reaches(distance))
      branch_short(c, ra, distance);
    else
      branch_long(c, ra, rb, distance);
  }
  void jump_long(uint32_t link, int32_t distance) { word(0x6f | jump_bits(distance) | link << 7); }
  static constexpr bool short_jump_reaches(int32_t d) { return d >= -1024 && d < 1024; }
  void jump_short(uint32_t link, int32_t distance) { // link zero or ra
    half((link == kRa ? 0x2001 : 0xa001) | short_jump_bits(distance));
  }
  void jump(uint32_t link, int32_t distance) {
    if (link <= kRa && short_jump_reaches(distance))
      jump_short(link, distance);
    else
      jump_long(link, distance);
  }
  void call(int32_t distance) { jump(kRa, distance); }
  void call_waiting() { jump_long(kRa, 0); }
  void add_pc(uint32_t rd) { word(0x17 | rd << 7); } // auipc rd, 0
  void fence() { word(0x0ff0000f); }

  // The A extension, acquiring and releasing: rd = the word at ra, which becomes that of `op` with rb.
  void atomic(Atomic op, uint32_t rd, uint32_t ra, uint32_t rb) {
    word(0x2f | static_cast<uint32_t>(op) << 27 | 3 << 25 | rb << 20 | ra << 15 | 2 << 12 | rd << 7);
  }
  // The F extension, single precision; f(ra) and f(rb) or what the operation wants instead.
  void single(Single op, uint32_t rd, uint32_t ra, uint32_t rb) {
    word(0x53 | (op & 0x7fu) << 25 | rb << 20 | ra << 15 | static_cast<uint32_t>(op) >> 7 << 12 | rd << 7);
  }

  // Gives the branch or jump at `site`, of either form, its distance; false when that does not reach.
  bool patch(uint32_t site, int32_t distance) {
    const uint32_t low = half_at(site);
    if ((low & 0xe003) == 0xa001) {
      if (!short_jump_reaches(distance))
        return false;
      put_half(site, 0xa001 | short_jump_bits(distance));
      return true;
    }
    if ((low & 3) != 3) {
      if (!short_reaches(distance))
        return false;
      put_half(site, (low & 0xe383) | short_bits(distance));
      return true;
    }
    const uint32_t old = word_at(site);
    const bool is_jump = (old & 0x7f) == 0x6f;
    if (is_jump ? !jump_reaches(distance) : !branch_reaches(distance))
      return false;
    put_word(site,
             is_jump ? (old & 0xfff) | jump_bits(distance) : (old & 0x01fff07f) | branch_bits(distance));
    return true;
  }
  // While the branch or jump at `site` waits for its target, its immediate is a plain number: the link to the
  // one that waited before. It is 0 when the distance was. link() is false when the number does not fit.
  bool link(uint32_t site, uint32_t number) {
    const uint32_t low = half_at(site);
    if ((low & 3) != 3) {
      const bool jump = (low & 0xe003) == 0xa001;
      if (number >> (jump ? 11 : 8))
        return false;
      put_half(site, low | (jump ? number : (number >> 5) << 8 | (number & 31)) << 2);
      return true;
    }
    const bool jump = (low & 0x7f) == 0x6f;
    if (number >> (jump ? 20 : 12))
      return false;
    put_word(site, word_at(site) | (jump ? number << 12 : (number >> 5) << 25 | (number & 31) << 7));
    return true;
  }
  uint32_t link_at(uint32_t site) const {
    const uint32_t low = half_at(site);
    if ((low & 0xe003) == 0xa001)
      return low >> 2 & 0x7ff;
    if ((low & 3) != 3)
      return (low >> 10 & 7) << 5 | (low >> 2 & 31);
    const uint32_t w = low | half_at(site + 1) << 16;
    return (low & 0x7f) == 0x6f ? w >> 12 : w >> 25 << 5 | (w >> 7 & 31);
  }

  uint32_t half_at(uint32_t site) const { return words_[site >> 1] >> (site & 1) * 16 & 0xffff; }
  uint32_t word_at(uint32_t site) const { return half_at(site) | half_at(site + 1) << 16; }
  void put_half(uint32_t site, uint32_t value) {
    uint32_t &word = words_[site >> 1];
    word = site & 1 ? (word & 0xffff) | value << 16 : (word & 0xffff0000u) | value;
  }
  void put_word(uint32_t site, uint32_t value) {
    if (site & 1) {
      put_half(site, value & 0xffff);
      put_half(site + 1, value >> 16);
    } else {
      words_[site >> 1] = value;
    }
  }

private:
  static constexpr bool near(uint32_t r) { return (r & 0x18) == 8; } // x8..x15
  static constexpr uint32_t word_offset(int32_t offset) {
    const uint32_t o = static_cast<uint32_t>(offset);
    return (o >> 3 & 7) << 10 | (o >> 2 & 1) << 6 | (o >> 6 & 1) << 5;
  }
  static constexpr uint32_t short_bits(int32_t distance) {
    const uint32_t o = static_cast<uint32_t>(distance) << 1;
    return (o >> 8 & 1) << 12 | (o >> 3 & 3) << 10 | (o >> 6 & 3) << 5 | (o >> 1 & 3) << 3 |
           (o >> 5 & 1) << 2;
  }
  static constexpr uint32_t short_jump_bits(int32_t distance) {
    const uint32_t o = static_cast<uint32_t>(distance) << 1;
    return (o >> 11 & 1) << 12 | (o >> 4 & 1) << 11 | (o >> 8 & 3) << 9 | (o >> 10 & 1) << 8 |
           (o >> 6 & 1) << 7 | (o >> 7 & 1) << 6 | (o >> 1 & 7) << 3 | (o >> 5 & 1) << 2;
  }
  static constexpr uint32_t branch_bits(int32_t distance) {
    const uint32_t o = static_cast<uint32_t>(distance) << 1;
    return (o >> 12 & 1) << 31 | (o >> 5 & 0x3f) << 25 | (o >> 1 & 0xf) << 8 | (o >> 11 & 1) << 7;
  }
  static constexpr uint32_t jump_bits(int32_t distance) {
    const uint32_t o = static_cast<uint32_t>(distance) << 1;
    return (o >> 20 & 1) << 31 | (o >> 1 & 0x3ff) << 21 | (o >> 11 & 1) << 20 | (o >> 12 & 0xff) << 12;
  }
  void half(uint32_t value) {
    const uint32_t at = at_;
    if (at >= limit_) {
      full_ = true;
      return;
    }
    uint32_t *const word = words_ + (at >> 1);
    *word = at & 1 ? *word | value << 16 : value;
    at_ = at + 1;
  }
  void word(uint32_t value) {
    const uint32_t at = at_;
    if (at + 2 > limit_) {
      full_ = true;
      return;
    }
    uint32_t *const word = words_ + (at >> 1);
    if (at & 1) {
      word[0] |= value << 16;
      value >>= 16;
    }
    word[at & 1] = value;
    at_ = at + 2;
  }
};

} // namespace espb::jit::rv32
#endif
