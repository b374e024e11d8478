// SPDX-License-Identifier: Apache-2.0
// Writes what every function of the Xtensa encoder makes, for many operands, and what it was meant to be:
//   encoder_test CODE EXPECTED LISTED
// CODE gets the machine code, EXPECTED one line per call: first and last byte, length and the instruction as
// the disassembler of binutils writes it; LISTED each of these as `espb dump --jit xtensa` writes it.
// encoder_test.py compares.
#include "runtime/jit/xtensa/encoder.h"
#include "tools/xtensa_text.h"
#include <cstdarg>
#include <cstdio>
#include <utility>
#include <vector>

using namespace espb::jit;
using namespace espb::jit::xtensa;

namespace {

const uint32_t kSome[] = {0, 2, 4, 8, 9, 15};
std::vector<uint32_t> code(1u << 18);
Encoder out(Output(code.data(), 1u << 20));
FILE *expected, *listed;
uint32_t begin_at;

std::vector<std::pair<uint32_t, uint32_t>> pieces;

uint32_t begin() { return begin_at = out.at(); }
void piece(uint32_t from, uint32_t end) {
  pieces.push_back({from, end});
  std::fprintf(expected, "%x %x ", from, end);
}
__attribute__((format(printf, 1, 2))) void meant(const char *format, ...) {
  piece(begin_at, out.at());
  va_list list;
  va_start(list, format);
  std::vfprintf(expected, format, list);
  va_end(list);
  std::fputc('\n', expected);
}
void bad(const char *what) { std::fprintf(expected, "bad %s\n", what); }

void values() {
  const struct {
    Alu op;
    const char *name;
  } alus[] = {{kAnd, "and"},       {kOr, "or"},        {kXor, "xor"},   {kAdd, "add.n"}, {kAddx2, "addx2"},
              {kAddx4, "addx4"},   {kAddx8, "addx8"},  {kSub, "sub"},   {kSrc, "src"},   {kMull, "mull"},
              {kMuluh, "muluh"},   {kMulsh, "mulsh"},  {kQuou, "quou"}, {kQuos, "quos"}, {kRemu, "remu"},
              {kRems, "rems"},     {kMin, "min"},      {kMax, "max"},   {kMinu, "minu"}, {kMaxu, "maxu"},
              {kMoveqz, "moveqz"}, {kMovnez, "movnez"}};
  for (const auto &alu : alus)
    for (uint32_t d : kSome)
      for (uint32_t a : kSome)
        for (uint32_t b : kSome)
          if (alu.op != kOr || a != b) // that is mov
            begin(), out.alu(alu.op, d, a, b), meant("%s a%u, a%u, a%u", alu.name, d, a, b);
  for (uint32_t d : kSome)
    for (uint32_t a : kSome) {
      if (d != a)
        begin(), out.move(d, a), meant("mov.n a%u, a%u", d, a);
      begin(), out.negate(d, a), meant("neg a%u, a%u", d, a);
      begin(), out.sll(d, a), meant("sll a%u, a%u", d, a);
      begin(), out.srl(d, a), meant("srl a%u, a%u", d, a);
      begin(), out.sra(d, a), meant("sra a%u, a%u", d, a);
      begin(), out.leading_zeros(d, a), meant("nsau a%u, a%u", d, a);
      for (uint32_t n = 1; n < 32; ++n) {
        begin(), out.shift_left(d, a, n), meant("slli a%u, a%u, %u", d, a, n);
        begin(), out.shift_right_signed(d, a, n), meant("srai a%u, a%u, %u", d, a, n);
        begin(), out.shift_right(d, a, n);
        if (n < 16)
          meant("srli a%u, a%u, %u", d, a, n);
        else
          meant("extui a%u, a%u, %u, %u", d, a, n, 32 - n);
        for (uint32_t width : {1u, 5u, 16u})
          if (n + width <= 32)
            begin(), out.extract(d, a, n, width), meant("extui a%u, a%u, %u, %u", d, a, n, width);
        if (n >= 7 && n <= 22)
          begin(), out.extend_sign(d, a, n), meant("sext a%u, a%u, %u", d, a, n);
      }
      for (int32_t n : {-128, -2, -1, 1, 15, 16, 127}) {
        begin(), out.add_immediate(d, a, n, d),
            meant("%s a%u, a%u, %d", n == -1 || (n > 0 && n < 16) ? "addi.n" : "addi", d, a, n);
        begin(), out.addi(d, a, n), meant("addi a%u, a%u, %d", d, a, n);
      }
      for (int32_t n : {-32768, -256, 256, 0x1200, 32512})
        begin(), out.add_immediate(d, a, n, d), meant("addmi a%u, a%u, %d", d, a, n);
      begin(), out.add_immediate(d, a, 0x1234, d),
          meant("addmi a%u, a%u, %d; addi a%u, a%u, %d", d, a, 0x1200, d, d, 0x34);
      begin(), out.add_immediate(d, a, -300, d),
          meant("addmi a%u, a%u, -256; addi a%u, a%u, -44", d, a, d, d);
      const uint32_t place = out.at();
      out.add_immediate(d, a, 0, d);
      if (out.at() - place != (d == a ? 0 : 2))
        bad("addition of 0");
    }
  const struct {
    Alu op;
    const char *format;
  } floats[] = {{kAddS, "add.s f%u, f%u, f%u"},    {kSubS, "sub.s f%u, f%u, f%u"},
                {kMulS, "mul.s f%u, f%u, f%u"},    {kTruncS, "trunc.s a%u, f%u, %u"},
                {kFloatS, "float.s f%u, a%u, %u"}, {kUfloatS, "ufloat.s f%u, a%u, %u"},
                {kUnS, "un.s b%u, f%u, f%u"},      {kOeqS, "oeq.s b%u, f%u, f%u"},
                {kOltS, "olt.s b%u, f%u, f%u"},    {kOleS, "ole.s b%u, f%u, f%u"},
                {kMovt, "movt a%u, a%u, b%u"}};
  for (const auto &op : floats)
    for (uint32_t d : kSome)
      for (uint32_t a : kSome)
        for (uint32_t b : kSome) {
          begin(), out.alu(op.op, d, a, b);
          char text[64];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
          std::snprintf(text, sizeof text, op.format, d, a, b);
#pragma GCC diagnostic pop
          meant("%s", text);
        }
  for (uint32_t d : kSome) {
    begin(), out.booleans(d), meant("rsr.br a%u", d);
    for (uint32_t a : kSome) {
      begin(), out.to_unit(d, a), meant("wfr f%u, a%u", d, a);
      begin(), out.from_unit(d, a), meant("rfr a%u, f%u", d, a);
    }
  }
  for (uint32_t a : kSome) {
    begin(), out.set_left(a), meant("ssl a%u", a);
    begin(), out.set_right(a), meant("ssr a%u", a);
    begin(), out.jump_register(a), meant("jx a%u", a);
    begin(), out.call_register(a), meant("callx0 a%u", a);
    begin(), out.call_windowed(a), meant("callx8 a%u", a);
  }
  for (uint32_t n = 0; n < 32; ++n)
    begin(), out.set_shift(n), meant("ssai %u", n);
  begin(), out.fence(), meant("memw");
  begin(), out.ret(), meant("ret.n");
  begin(), out.nop(), meant("nop.n");
}

void loops() {
  for (uint32_t a : kSome)
    for (uint32_t body : {3u, 30u, 256u, 257u, 1000u}) {
      out.align_loop();
      const uint32_t site = out.at();
      if (((site + 3) & 3) > 1)
        bad("alignment of loops");
      begin(), out.loop(a), piece(site, site + 3);
      const uint32_t reach = body <= 256 ? body : 0;
      while (out.at() < site + 3 + body - (body & 1 ? 3 : 0))
        out.nop();
      if (body & 1)
        out.fence();
      if (out.end_loop(site) != (reach != 0))
        bad("end of a loop");
      if (reach)
        std::fprintf(expected, "loop a%u, %#x\n", a, site + 3 + body);
      else
        std::fprintf(expected, "nop\n");
    }
}

void constants() {
  for (uint32_t d : kSome) {
    for (int32_t n : {-32, -1, 0, 1, 47, 95})
      begin(), out.load_immediate(d, uint32_t(n)), meant("movi.n a%u, %d", d, n);
    for (int32_t n : {-2048, -33, 96, 2047, 1000})
      begin(), out.load_immediate(d, uint32_t(n)), meant("movi a%u, %d", d, n);
    begin(), out.load_immediate(d, 2048), meant("movi.n a%u, 1; slli a%u, a%u, 11", d, d, d);
    begin(), out.load_immediate(d, 0x12300000), meant("movi a%u, 291; slli a%u, a%u, 20", d, d, d);
    begin(), out.load_immediate(d, 0x80000000), meant("movi.n a%u, -1; slli a%u, a%u, 31", d, d, d);
    begin(), out.load_immediate(d, 0xffff), meant("movi.n a%u, -1; extui a%u, a%u, 16, 16", d, d, d);
    begin(), out.load_immediate(d, 0x7fffffff), meant("movi.n a%u, -1; srli a%u, a%u, 1", d, d, d);
    begin(), out.load_immediate(d, 0x1235), meant("movi.n a%u, 53; addmi a%u, a%u, 4608", d, d, d);
    begin(), out.load_immediate(d, 34559), meant("movi a%u, 2047; addmi a%u, a%u, 32512", d, d, d);
    begin(), out.load_immediate(d, uint32_t(-34815)),
        meant("movi a%u, -2047; addmi a%u, a%u, -32768", d, d, d);
  }
  // Literals, from every alignment, and once more.
  for (uint32_t round = 0; round < 4; ++round) {
    const uint32_t value = 0x12345670 + round, place = (out.at() + 6) & ~3u;
    begin();
    out.load_literal(8, value);
    const uint32_t end = out.at();
    piece(begin_at, begin_at + 3);
    std::fprintf(expected, "j %#x\n", place + 4);
    piece(end - 3, end);
    std::fprintf(expected, "l32r a8, %#x\n", place);
    if (code[place / 4] != value)
      bad("literal");
    begin(), out.load_immediate(9, value), meant("l32r a9, %#x", place);
    if (round & 1)
      out.move(2, 3);
    else
      out.fence();
  }
}

// Before the code of a function, each once; used where they fit.
void pool() {
  out.align();
  const uint32_t first = out.at();
  Encoder pooled(out);
  for (uint32_t value : {0x12345678u, 0xcafef00du, 0x12345678u})
    pooled.add_literal(value);
  if (pooled.pool() != first || pooled.at() != first + 8 || code[first / 4] != 0x12345678)
    bad("pool");
  out.rewind(pooled.at());
  out.use_literals(first, pooled.at());
  for (uint32_t d : kSome) {
    begin(), out.load_immediate(d, 0x12345678), meant("l32r a%u, %#x", d, first);
    begin(), out.load_immediate(d, 0xcafef00d), meant("l32r a%u, %#x", d, first + 4);
    begin(), out.load_immediate(d, 0x80000000), meant("movi.n a%u, -1; slli a%u, a%u, 31", d, d, d);
  }
  out.use_literals(0, 0);
}

void memory() {
  for (uint32_t d : kSome)
    for (uint32_t b : kSome)
      for (int32_t n : {0, 1, 15, 16, 255}) {
        begin(), out.load(kL8ui, d, b, n), meant("l8ui a%u, a%u, %d", d, b, n);
        begin(), out.load(kL16ui, d, b, 2 * n), meant("l16ui a%u, a%u, %d", d, b, 2 * n);
        begin(), out.load(kL16si, d, b, 2 * n), meant("l16si a%u, a%u, %d", d, b, 2 * n);
        begin(), out.load(kL32i, d, b, 4 * n), meant("l32i%s a%u, a%u, %d", n < 16 ? ".n" : "", d, b, 4 * n);
        begin(), out.store(kS8i, d, b, n), meant("s8i a%u, a%u, %d", d, b, n);
        begin(), out.store(kS16i, d, b, 2 * n), meant("s16i a%u, a%u, %d", d, b, 2 * n);
        begin(), out.store(kS32i, d, b, 4 * n), meant("s32i%s a%u, a%u, %d", n < 16 ? ".n" : "", d, b, 4 * n);
      }
  for (uint32_t shift = 0; shift < 3; ++shift)
    if (!Encoder::reaches(shift, 255 << shift) || Encoder::reaches(shift, 256 << shift) ||
        Encoder::reaches(shift, -(1 << shift)) || (shift && Encoder::reaches(shift, 1)))
      bad("reach of loads");
}

// Waiting, linked, then patched; `most` the largest number of a link. The one at `at` was written with no
// distance.
void later(uint32_t at, uint32_t most, int32_t distance) {
  if (out.link_at(at) != 0)
    bad("link of nothing");
  for (uint32_t number : {1u, 37u, most, 0u})
    if (!out.link(at, number) || out.link_at(at) != number)
      bad("link");
  if (out.link(at, most + 1) || !out.link(at, most))
    bad("link that is too large");
  if (!out.patch(at, distance))
    bad("patch");
}

void control() {
  const char *const names[] = {"eq", "ne", "lt", "ge", "ltu", "geu", "none", "any"};
  for (uint32_t a : kSome)
    for (uint32_t c = 0; c < 8; ++c)
      for (int32_t distance : {-124, -4, 3, 4, 68, 131})
        for (int patched = 0; patched < 2; ++patched) {
          const int32_t first = patched ? Encoder::kWaits : distance;
          const auto end = [&](uint32_t at, uint32_t most) {
            if (patched)
              later(at, most, distance);
            return at + uint32_t(distance);
          };
          for (uint32_t b : {1u, 9u}) {
            const uint32_t at = begin();
            out.branch(Condition(c), a, b, first);
            meant("b%s a%u, a%u, %#x", names[c], a, b, end(at, 255));
          }
          if (c < 4) {
            const int32_t far = distance * 15;
            const uint32_t at = begin();
            out.branch_zero(Condition(c), a, patched ? Encoder::kWaits : far);
            if (patched)
              later(at, 4095, far);
            meant("b%sz a%u, %#x", names[c], a, at + uint32_t(far));
          }
          if (c < 2 && Encoder::narrow_reaches(distance) != (distance == 4))
            bad("reach of short branches");
          if (c < 2 && distance >= 4) {
            const int32_t near = distance / 2 + 2;
            const uint32_t at = begin();
            out.branch_narrow(Condition(c), a, patched ? Encoder::kWaits : near);
            if (patched)
              later(at, 63, near);
            meant("b%sz.n a%u, %#x", names[c], a, at + uint32_t(near));
          }
          if (c >= kNone)
            continue;
          for (uint32_t imm :
               {uint32_t(c >= kLtu ? 0x8000 : -1), c >= kLtu ? 0x10000u : 1u, 2u, 8u, 10u, 12u, 64u, 256u}) {
            const int32_t number = Encoder::number_of(Condition(c), imm);
            if (number < 0) {
              bad("number of an immediate");
              continue;
            }
            const uint32_t at = begin();
            out.branch_immediate(Condition(c), a, uint32_t(number), first);
            const uint32_t target = end(at, 255);
            if (c >= kLtu)
              meant("b%sui a%u, %u, %#x", c == kLtu ? "lt" : "ge", a, imm, target);
            else
              meant("b%si a%u, %d, %#x", names[c], a, int32_t(imm), target);
          }
          for (uint32_t bit : {0u, 15u, 16u, 31u}) {
            const uint32_t at = begin();
            out.branch_bit(c & 1, a, bit, first);
            meant("bb%si a%u, %u, %#x", c & 1 ? "s" : "c", a, bit, end(at, 255));
          }
        }
  for (int32_t distance : {-100000, -3, 3, 4, 5, 1000, 130000})
    for (int patched = 0; patched < 2; ++patched) {
      const uint32_t at = begin();
      out.jump(patched ? Encoder::kWaits : distance);
      if (patched)
        later(at, (1u << 18) - 1, distance);
      meant("j %#x", at + uint32_t(distance));
    }
  for (int32_t target : {-100000, -4, 0, 4, 8, 1000, 130000})
    for (int patched = 0; patched < 2; ++patched) {
      const uint32_t at = begin();
      const int32_t distance = int32_t((at & ~3u) - at) + target;
      if (patched)
        out.call_waiting(), later(at, (1u << 18) - 1, distance);
      else
        out.call(distance);
      meant("call0 %#x", at + uint32_t(distance));
    }
  if (Encoder::number_of(kEq, 0) >= 0 || Encoder::number_of(kLt, 9) >= 0 ||
      Encoder::number_of(kLtu, 1) >= 0 || Encoder::number_of(kEq, 0x8000) >= 0 ||
      Encoder::number_of(kLt, 257) >= 0)
    bad("number of what is no immediate");
}

// What does not reach is refused, and nothing is written beyond the limit.
void limits() {
  static uint32_t words[5] = {0, 0, 0, 0, 0xabcdef01};
  Encoder small(Output(words, 16));
  small.branch(kEq, 1, 2, 4);
  if (small.patch(0, 132) || small.patch(0, -125) || !small.patch(0, 131) || !small.patch(0, -124))
    bad("reach of branches");
  small.branch_zero(kEq, 1, 4);
  if (small.patch(3, 2052) || small.patch(3, -2045) || !small.patch(3, 2051) || !small.patch(3, -2044))
    bad("reach of branches by zero");
  small.branch_narrow(kEq, 1, 4);
  if (small.patch(6, 3) || small.patch(6, 68) || !small.patch(6, 67) || !small.patch(6, 4))
    bad("reach of short branches");
  small.jump(4);
  if (small.patch(8, 1 << 17) || !small.patch(8, 100000))
    bad("reach of jumps");
  small.ret(), small.fence(), small.fence();
  if (!small.full() || small.at() != 16 || words[4] != 0xabcdef01)
    bad("limit");
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  listed = std::fopen(argv[3], "w");
  expected = std::fopen(argv[2], "w");
  FILE *const file = std::fopen(argv[1], "wb");
  if (!expected || !listed || !file)
    return 2;
  values();
  loops();
  constants();
  pool();
  memory();
  control();
  limits();
  const auto *const bytes = reinterpret_cast<const uint8_t *>(code.data());
  for (const auto &[from, end] : pieces) {
    std::fprintf(listed, "%x", from);
    for (uint32_t at = from; at < end;) {
      const espb::tools::XtensaInstruction i = espb::tools::xtensa_instruction(bytes + at, at);
      std::fprintf(listed, "; %s", i.text.c_str());
      at += i.length;
    }
    std::fputc('\n', listed);
  }
  const bool good = !out.full() && std::fwrite(code.data(), 1, out.at(), file) == out.at();
  return std::fclose(file) == 0 && std::fclose(expected) == 0 && std::fclose(listed) == 0 && good ? 0 : 2;
}
