// SPDX-License-Identifier: Apache-2.0
// Writes what every function of the RV32 encoder makes, for many operands, and what it was meant to be:
//   encoder_test CODE EXPECTED
// CODE gets the machine code, EXPECTED one line per call: the offset and the instructions in their long form,
// separated by "; ". encoder_test.py compares that with a disassembler's view.
#include "runtime/jit/rv32/encoder.h"
#include <cstdio>
#include <string>
#include <vector>

using namespace espb::jit;
using namespace espb::jit::rv32;

namespace {

const char *const kNames[32] = {"zero", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "s0", "s1", "a0",
                                "a1",   "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
                                "s6",   "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};
const uint32_t kSome[] = {1, 5, 8, 9, 10, 15, 16, 24, 28, 31}; // near ones and far ones

std::vector<uint32_t> code(1u << 19);
Encoder out(Output(code.data(), 1u << 20));
FILE *expected;

std::string reg(uint32_t r) { return kNames[r]; }
std::string number(int64_t n) { return std::to_string(n); }
uint32_t begin_at;
void begin() { begin_at = out.at(); }
void meant(const std::string &text) {
  std::fprintf(expected, "%x %x %s\n", 2 * begin_at, 2 * out.at(), text.c_str());
}
std::string place(uint32_t at, int32_t distance) { return "@" + number(2 * (int64_t(at) + distance)); }

struct AluName {
  Alu op;
  const char *name;
};
const AluName kAlus[] = {{kAdd, "add"}, {kSll, "sll"},   {kSlt, "slt"},     {kSltu, "sltu"}, {kXor, "xor"},
                         {kSrl, "srl"}, {kOr, "or"},     {kAnd, "and"},     {kSub, "sub"},   {kSra, "sra"},
                         {kMul, "mul"}, {kMulh, "mulh"}, {kMulhu, "mulhu"}, {kDiv, "div"},   {kDivu, "divu"},
                         {kRem, "rem"}, {kRemu, "remu"}};
const AluName kImmediates[] = {{kAdd, "addi"},   {kSll, "slli"}, {kSlt, "slti"},
                               {kSltu, "sltiu"}, {kXor, "xori"}, {kSrl, "srli"},
                               {kOr, "ori"},     {kAnd, "andi"}, {kSra, "srai"}};

void values() {
  for (const AluName &alu : kAlus)
    for (uint32_t d : kSome)
      for (uint32_t a : kSome)
        for (uint32_t b : kSome) {
          begin();
          out.alu(alu.op, d, a, b);
          meant(std::string(alu.name) + " " + reg(d) + "," + reg(a) + "," + reg(b));
        }
  for (uint32_t d : kSome) {
    begin(), out.alu(kAdd, d, 10, kZero), meant("add " + reg(d) + "," + reg(10) + ",zero");
    begin(), out.alu(kAdd, d, kZero, 9), meant("add " + reg(d) + ",zero," + reg(9));
    begin(), out.alu(kSub, d, kZero, 9), meant("sub " + reg(d) + ",zero," + reg(9));
    begin(), out.alu(kSltu, d, kZero, 9), meant("sltu " + reg(d) + ",zero," + reg(9));
    begin(), out.move(d, kZero), meant("addi " + reg(d) + ",zero,0");
    begin(), out.add_pc(d), meant("auipc " + reg(d) + ",0x0");
    for (uint32_t a : kSome)
      begin(), out.move(d, a), meant("add " + reg(d) + "," + reg(a) + ",zero");
  }
  for (const AluName &alu : kImmediates)
    for (uint32_t d : kSome)
      for (uint32_t a : {0u, 1u, 8u, 10u, 15u, 24u, d})
        for (int32_t imm : {0, 1, 2, 16, 31, 32, -1, -31, -32, -33, 127, 128, 255, -256, 2047, -2048}) {
          const bool shift = alu.op == kSll || alu.op == kSrl || alu.op == kSra;
          if (shift && (imm < 0 || imm > 31))
            continue;
          begin();
          out.alu_immediate(alu.op, d, a, imm);
          meant(std::string(alu.name) + " " + reg(d) + "," + reg(a) + "," + (shift ? "#" : "") + number(imm));
        }
  for (uint32_t d : kSome)
    for (uint32_t v : {0u,          1u,          31u,         32u,         2047u,       2048u,
                       4095u,       4096u,       0x1f000u,    0x20000u,    0x7ffu,      0x800u,
                       0x12345678u, 0x7fffffffu, 0x80000000u, 0xfffff000u, 0xfffe0000u, 0xfffdf000u,
                       0xffffffffu, 0xfffff800u, 0xfffff7ffu, 0xdeadbeefu}) {
      begin();
      out.load_immediate(d, v);
      const int32_t n = int32_t(v), low = Encoder::low12(v);
      const std::string upper = "lui " + reg(d) + ",^" + number((v + 0x800) >> 12 & 0xfffff);
      if (n >= -2048 && n < 2048)
        meant("addi " + reg(d) + ",zero," + number(n));
      else if (low == 0)
        meant(upper);
      else
        meant(upper + "; addi " + reg(d) + "," + reg(d) + "," + number(low));
    }
}

void memory() {
  const char *const loads[] = {"lb", "lh", "lw", "", "lbu", "lhu"};
  const char *const stores[] = {"sb", "sh", "sw"};
  for (uint32_t d : kSome)
    for (uint32_t b : kSome)
      for (int32_t offset : {0, 4, 8, 60, 64, 124, 128, 2, 1, -4, 2047, -2048}) {
        for (uint32_t kind : {0u, 1u, 2u, 4u, 5u})
          begin(), out.load(Load(kind), d, b, offset),
              meant(std::string(loads[kind]) + " " + reg(d) + "," + number(offset) + "(" + reg(b) + ")");
        for (uint32_t size : {0u, 1u, 2u})
          begin(), out.store(size, d, b, offset),
              meant(std::string(stores[size]) + " " + reg(d) + "," + number(offset) + "(" + reg(b) + ")");
      }
  begin(), out.store(2, kZero, 9, 4), meant("sw zero,4(s1)");
}

// A waiting branch holds any number up to `most`; the last one is left in it for patch() to overwrite.
void links(uint32_t at, uint32_t most) {
  const uint32_t clean = out.word_at(at);
  if (out.link_at(at) != 0 || out.link(at, most + 1))
    std::fprintf(expected, "bad link\n");
  for (uint32_t number : {1u, 31u, 32u, most / 2 + 5, most}) {
    if (most > 255)
      out.put_word(at, clean);
    else
      out.put_half(at, clean & 0xffff);
    if (!out.link(at, number) || out.link_at(at) != number)
      std::fprintf(expected, "bad link\n");
  }
}

void control() {
  const char *const branches[] = {"beq", "bne", "", "", "blt", "bge", "bltu", "bgeu"};
  const int32_t distances[] = {2, 3, -1, 63, 64, -64, 127, 128, -128, -129, 1000, -1000, 2047, -2048};
  for (uint32_t c : {0u, 1u, 4u, 5u, 6u, 7u})
    for (uint32_t a : kSome)
      for (uint32_t b : {0u, 9u, 31u})
        for (int32_t distance : distances)
          for (int patched = 0; patched < 4; ++patched) {
            if (patched == 3 && !(Encoder::has_short(Condition(c), a, b) && Encoder::short_reaches(distance)))
              continue;
            begin();
            const uint32_t at = out.at();
            if (patched == 3)
              out.branch_short(Condition(c), a, 0), links(at, 255), out.patch(at, distance);
            else if (patched == 0)
              out.branch(Condition(c), a, b, distance);
            else
              out.branch_long(Condition(c), a, b, patched == 1 ? distance : 0);
            if (patched == 2)
              links(at, 4095);
            if (patched == 2 && !out.patch(at, distance))
              std::fprintf(expected, "bad patch\n");
            meant(std::string(branches[c]) + " " + reg(a) + "," + reg(b) + "," + place(at, distance));
          }
  for (uint32_t link : {0u, 1u, 28u})
    for (int32_t distance :
         {1, 2, -1, 100, 1023, 1024, -1024, -1025, 2048, 0x7fff, -0x8000, 0x7ffff, -0x80000})
      for (int patched = 0; patched < 4; ++patched) {
        if (patched == 3 && !(link == 0 && Encoder::short_jump_reaches(distance)))
          continue;
        begin();
        const uint32_t at = out.at();
        if (patched == 3)
          out.jump_short(link, 0), links(at, 2047), out.patch(at, distance);
        else if (patched == 0)
          out.jump(link, distance);
        else
          out.jump_long(link, patched == 1 ? distance : 0);
        if (patched == 2)
          links(at, (1 << 20) - 1);
        if (patched == 2 && !out.patch(at, distance))
          std::fprintf(expected, "bad patch\n");
        meant("jal " + reg(link) + "," + place(at, distance));
      }
  for (uint32_t link : {0u, 1u, 28u})
    for (uint32_t b : kSome)
      for (int32_t offset : {0, 8, 400, -2048, 2047})
        begin(), out.jump_register(link, b, offset),
            meant("jalr " + reg(link) + "," + number(offset) + "(" + reg(b) + ")");
  begin(), out.fence(), meant("fence iorw,iorw");
}

void extensions() {
  const struct {
    Atomic op;
    const char *name;
  } atomics[] = {{kAmoAdd, "amoadd"}, {kAmoSwap, "amoswap"}, {kAmoXor, "amoxor"},
                 {kAmoOr, "amoor"},   {kAmoAnd, "amoand"},   {kAmoMin, "amomin"},
                 {kAmoMax, "amomax"}, {kAmoMinu, "amominu"}, {kAmoMaxu, "amomaxu"},
                 {kSc, "sc"}};
  const struct {
    Single op;
    const char *name;
  } singles[] = {{kFadd, "fadd"}, {kFsub, "fsub"}, {kFmul, "fmul"}, {kFdiv, "fdiv"}};
  const struct {
    Single op;
    const char *name;
  } compares[] = {{kFeq, "feq"}, {kFlt, "flt"}, {kFle, "fle"}};
  for (uint32_t d : kSome)
    for (uint32_t a : kSome) {
      for (uint32_t b : kSome)
        for (const auto &atomic : atomics)
          begin(), out.atomic(atomic.op, d, a, b),
              meant(std::string(atomic.name) + ".w.aqrl " + reg(d) + "," + reg(b) + ",(" + reg(a) + ")");
      begin(), out.atomic(kLr, d, a, kZero), meant("lr.w.aqrl " + reg(d) + ",(" + reg(a) + ")");
      begin(), out.single(kFmvXW, d, 1, 0), meant("fmv.x.w " + reg(d) + ",ft1");
      begin(), out.single(kFmvWX, 1, a, 0), meant("fmv.w.x ft1," + reg(a));
      begin(), out.single(kFcvtSW, 1, a, 0), meant("fcvt.s.w ft1," + reg(a) + ",rne");
      begin(), out.single(kFcvtSW, 1, a, 1), meant("fcvt.s.wu ft1," + reg(a) + ",rne");
      for (const auto &compare : compares)
        begin(), out.single(compare.op, d, 0, 1),
            meant(std::string(compare.name) + ".s " + reg(d) + ",ft0,ft1");
    }
  for (const auto &single : singles)
    begin(), out.single(single.op, 0, 0, 1), meant(std::string(single.name) + ".s ft0,ft0,ft1,rne");
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  expected = std::fopen(argv[2], "w");
  FILE *const file = std::fopen(argv[1], "wb");
  if (!expected || !file)
    return 2;
  values();
  memory();
  control();
  extensions();
  // What does not reach is refused, and nothing is written beyond the limit.
  Encoder small(Output(code.data() + (out.at() + 1) / 2, 5));
  small.branch_long(kEq, 1, 2, 0);
  if (small.patch(0, 2048) || small.patch(0, -2049) || !small.patch(0, -2048))
    std::fprintf(expected, "bad reach of branches\n");
  if (Encoder::has_short(kLt, 8, 0) || Encoder::has_short(kEq, 16, 0) || Encoder::has_short(kEq, 8, 9))
    std::fprintf(expected, "bad short forms\n");
  small.jump_long(kZero, 0);
  if (small.patch(2, 1 << 19) || !small.patch(2, -(1 << 19)))
    std::fprintf(expected, "bad reach of jumps\n");
  small.jump_long(kZero, 0);
  if (!small.full() || small.at() != 4)
    std::fprintf(expected, "bad limit\n");
  const bool good = !out.full() && std::fwrite(code.data(), 2, out.at(), file) == out.at();
  return std::fclose(file) == 0 && std::fclose(expected) == 0 && good ? 0 : 2;
}
