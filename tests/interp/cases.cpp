// SPDX-License-Identifier: Apache-2.0
// Makes the cases: every instruction with edge values, aliased registers and all its forms. What is expected
// comes from the functions here, which are written against docs/isa.md and share nothing with the generated
// handlers.
#include "cases.h"
#include "isa/isa.h"
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <string>

namespace interp_test {
namespace {

using espb::FieldKind;

struct Named {
  const char *name, *base;
  uint32_t page, opcode;
};
const Named kAll[] = {
#define ESPB_INSTRUCTION(name, page, opcode, mnemonic, format, base) {#name, base, page, opcode},
#include "isa/generated/espb_names.inc"
#undef ESPB_INSTRUCTION
};

const uint32_t kWords[] = {0,          1,          2,          5,          31,         32,        33,
                           0x7f,       0x80,       0xff,       0x7fff,     0x8000,     0xffff,    0x12345678,
                           0x7fffffff, 0x80000000, 0x80000001, 0xdeadbeef, 0xfffffffe, 0xffffffff};
const uint64_t kPairs[] = {0,
                           1,
                           31,
                           32,
                           33,
                           63,
                           64,
                           0xffffffff,
                           0x100000000,
                           0x123456789abcdef0,
                           0x7fffffffffffffff,
                           0x8000000000000000,
                           0x8000000000000001,
                           0xfedcba9876543210,
                           0xfffffffffffffffe,
                           0xffffffffffffffff};
const float kFloats[] = {0.0f,
                         -0.0f,
                         1.0f,
                         -1.0f,
                         1.5f,
                         -2.75f,
                         0.1f,
                         3.0e9f,
                         -3.0e9f,
                         5.0e9f,
                         1.0e19f,
                         -1.0e19f,
                         3.0e38f,
                         1.0e-40f,
                         2147483648.0f,
                         -2147483648.0f,
                         16777217.0f,
                         -0.5f,
                         std::numeric_limits<float>::infinity(),
                         -std::numeric_limits<float>::infinity(),
                         std::numeric_limits<float>::quiet_NaN()};
const double kDoubles[] = {0.0,
                           -0.0,
                           1.0,
                           -1.0,
                           1.5,
                           -2.75,
                           0.1,
                           3.0e9,
                           -3.0e9,
                           5.0e9,
                           1.0e19,
                           -1.0e19,
                           2.0e19,
                           1.0e300,
                           1.0e-310,
                           2147483647.5,
                           -2147483648.5,
                           4294967295.5,
                           9007199254740993.0,
                           -0.5,
                           1.0e-50,
                           3.5e38,
                           std::numeric_limits<double>::infinity(),
                           -std::numeric_limits<double>::infinity(),
                           std::numeric_limits<double>::quiet_NaN()};

uint32_t bits(float f) {
  if (std::isnan(f))
    return 0x7fc00000;
  uint32_t b;
  std::memcpy(&b, &f, 4);
  return b;
}
uint64_t bits(double f) {
  if (std::isnan(f))
    return 0x7ff8000000000000;
  uint64_t b;
  std::memcpy(&b, &f, 8);
  return b;
}
float single(uint64_t b) {
  const auto low = static_cast<uint32_t>(b);
  float f;
  std::memcpy(&f, &low, 4);
  return f;
}
double dbl(uint64_t b) {
  double f;
  std::memcpy(&f, &b, 8);
  return f;
}

// ---- What operations do
// ----------------------------------------------------------------------------------------------------

enum Width { W, D, F, G }; // word, pair, float, double
struct Answer {
  uint64_t value = 0;
  bool trap = false;
};
using Binary = Answer (*)(uint64_t, uint64_t);
struct BinaryReference {
  Width d, a, b;
  Binary function;
};
int32_t s(uint64_t v) { return static_cast<int32_t>(static_cast<uint32_t>(v)); }
int64_t sd(uint64_t v) { return static_cast<int64_t>(v); }
uint32_t u(uint64_t v) { return static_cast<uint32_t>(v); }
Answer is(uint64_t v) { return {v, false}; }
Answer trap_if(bool trap, uint64_t v) { return {v, trap}; }

// Slow on purpose: bit by bit, so that no mistake of a shift expression is repeated.
uint64_t shift_left(uint64_t v, uint32_t n, uint32_t width) {
  for (; n; --n)
    v = v * 2;
  return width == 32 ? u(v) : v;
}
uint64_t shift_right(uint64_t v, uint32_t n, uint32_t width, bool sign) {
  const uint64_t top = 1ull << (width - 1);
  for (; n; --n)
    v = (sign && (v & top)) ? (v / 2 | top) : v / 2;
  return v;
}
uint64_t product_high(uint64_t a, uint64_t b) {
  uint64_t sum = 0; // of 32 x 32 bits
  for (int i = 0; i < 32; ++i)
    if (b >> i & 1)
      sum += a << i;
  return sum >> 32;
}

const std::map<std::string, BinaryReference> &binaries() {
  static const std::map<std::string, BinaryReference> table = {
      {"ADD", {W, W, W, [](uint64_t a, uint64_t b) { return is(u(a + b)); }}},
      {"AND", {W, W, W, [](uint64_t a, uint64_t b) { return is(a & b); }}},
      {"OR", {W, W, W, [](uint64_t a, uint64_t b) { return is(a | b); }}},
      {"XOR", {W, W, W, [](uint64_t a, uint64_t b) { return is((a | b) - (a & b)); }}},
      {"MUL", {W, W, W, [](uint64_t a, uint64_t b) { return is(u(a * b)); }}},
      {"MULHU", {W, W, W, [](uint64_t a, uint64_t b) { return is(product_high(a, b)); }}},
      {"MULHS",
       {W, W, W,
        [](uint64_t a, uint64_t b) {
          return is(u(product_high(a, b) - (s(a) < 0 ? b : 0) - (s(b) < 0 ? a : 0)));
        }}},
      {"SEQ", {W, W, W, [](uint64_t a, uint64_t b) { return is(a == b); }}},
      {"SNE", {W, W, W, [](uint64_t a, uint64_t b) { return is(a != b); }}},
      {"MIN", {W, W, W, [](uint64_t a, uint64_t b) { return is(s(a) < s(b) ? a : b); }}},
      {"MAX", {W, W, W, [](uint64_t a, uint64_t b) { return is(s(a) < s(b) ? b : a); }}},
      {"MINU", {W, W, W, [](uint64_t a, uint64_t b) { return is(a < b ? a : b); }}},
      {"MAXU", {W, W, W, [](uint64_t a, uint64_t b) { return is(a < b ? b : a); }}},
      {"SUB", {W, W, W, [](uint64_t a, uint64_t b) { return is(u(a + ~b + 1)); }}},
      {"RSUB", {W, W, W, [](uint64_t a, uint64_t b) { return is(u(b + ~a + 1)); }}},
      {"SHL", {W, W, W, [](uint64_t a, uint64_t b) { return is(shift_left(a, b % 32, 32)); }}},
      {"SHR", {W, W, W, [](uint64_t a, uint64_t b) { return is(shift_right(a, b % 32, 32, false)); }}},
      {"SAR", {W, W, W, [](uint64_t a, uint64_t b) { return is(shift_right(a, b % 32, 32, true)); }}},
      {"ROTR",
       {W, W, W,
        [](uint64_t a, uint64_t b) {
          for (uint32_t n = b % 32; n; --n)
            a = a / 2 | (a % 2) << 31;
          return is(a);
        }}},
      {"SLT", {W, W, W, [](uint64_t a, uint64_t b) { return is(s(a) < s(b)); }}},
      {"SLTU", {W, W, W, [](uint64_t a, uint64_t b) { return is(a < b); }}},
      {"DIV",
       {W, W, W,
        [](uint64_t a, uint64_t b) {
          return trap_if(!b, b ? u(static_cast<uint64_t>(static_cast<int64_t>(s(a)) / s(b))) : 0);
        }}},
      {"DIVU", {W, W, W, [](uint64_t a, uint64_t b) { return trap_if(!b, b ? a / b : 0); }}},
      {"REM",
       {W, W, W,
        [](uint64_t a, uint64_t b) {
          return trap_if(!b, b ? u(static_cast<uint64_t>(static_cast<int64_t>(s(a)) % s(b))) : 0);
        }}},
      {"REMU", {W, W, W, [](uint64_t a, uint64_t b) { return trap_if(!b, b ? a % b : 0); }}},
      {"SHADD1", {W, W, W, [](uint64_t a, uint64_t b) { return is(u(a + 2 * b)); }}},
      {"SHADD2", {W, W, W, [](uint64_t a, uint64_t b) { return is(u(a + 4 * b)); }}},
      {"SHADD3", {W, W, W, [](uint64_t a, uint64_t b) { return is(u(a + 8 * b)); }}},
      {"ADDD", {D, D, D, [](uint64_t a, uint64_t b) { return is(a + b); }}},
      {"SUBD", {D, D, D, [](uint64_t a, uint64_t b) { return is(a - b); }}},
      {"ANDD", {D, D, D, [](uint64_t a, uint64_t b) { return is(a & b); }}},
      {"ORD", {D, D, D, [](uint64_t a, uint64_t b) { return is(a | b); }}},
      {"XORD", {D, D, D, [](uint64_t a, uint64_t b) { return is(a ^ b); }}},
      {"MULD", {D, D, D, [](uint64_t a, uint64_t b) { return is(a * b); }}},
      {"MULUD", {D, W, W, [](uint64_t a, uint64_t b) { return is(a * b); }}},
      {"MULSD",
       {D, W, W,
        [](uint64_t a, uint64_t b) { return is(static_cast<uint64_t>(static_cast<int64_t>(s(a)) * s(b))); }}},
      {"SEQD", {W, D, D, [](uint64_t a, uint64_t b) { return is(a == b); }}},
      {"SNED", {W, D, D, [](uint64_t a, uint64_t b) { return is(a != b); }}},
      {"SLTD", {W, D, D, [](uint64_t a, uint64_t b) { return is(sd(a) < sd(b)); }}},
      {"SLTUD", {W, D, D, [](uint64_t a, uint64_t b) { return is(a < b); }}},
      {"SHLD", {D, D, W, [](uint64_t a, uint64_t b) { return is(shift_left(a, b % 64, 64)); }}},
      {"SHRD", {D, D, W, [](uint64_t a, uint64_t b) { return is(shift_right(a, b % 64, 64, false)); }}},
      {"SARD", {D, D, W, [](uint64_t a, uint64_t b) { return is(shift_right(a, b % 64, 64, true)); }}},
      {"DIVD",
       {D, D, D,
        [](uint64_t a, uint64_t b) {
          if (!b || b == ~0ull)
            return trap_if(!b, 0 - a);
          return is(static_cast<uint64_t>(sd(a) / sd(b)));
        }}},
      {"DIVUD", {D, D, D, [](uint64_t a, uint64_t b) { return trap_if(!b, b ? a / b : 0); }}},
      {"REMD",
       {D, D, D,
        [](uint64_t a, uint64_t b) {
          if (!b || b == ~0ull)
            return trap_if(!b, 0);
          return is(static_cast<uint64_t>(sd(a) % sd(b)));
        }}},
      {"REMUD", {D, D, D, [](uint64_t a, uint64_t b) { return trap_if(!b, b ? a % b : 0); }}},
      {"ADDID", {D, D, D, [](uint64_t a, uint64_t b) { return is(a + b); }}},
      {"FADD", {F, F, F, [](uint64_t a, uint64_t b) { return is(bits(single(a) + single(b))); }}},
      {"FSUB", {F, F, F, [](uint64_t a, uint64_t b) { return is(bits(single(a) - single(b))); }}},
      {"FMUL", {F, F, F, [](uint64_t a, uint64_t b) { return is(bits(single(a) * single(b))); }}},
      {"FDIV", {F, F, F, [](uint64_t a, uint64_t b) { return is(bits(single(a) / single(b))); }}},
      {"FEQ", {W, F, F, [](uint64_t a, uint64_t b) { return is(single(a) == single(b)); }}},
      {"FLT", {W, F, F, [](uint64_t a, uint64_t b) { return is(std::isless(single(a), single(b))); }}},
      {"FLE", {W, F, F, [](uint64_t a, uint64_t b) { return is(std::islessequal(single(a), single(b))); }}},
      {"FUN", {W, F, F, [](uint64_t a, uint64_t b) { return is(std::isunordered(single(a), single(b))); }}},
      {"FADD_D", {G, G, G, [](uint64_t a, uint64_t b) { return is(bits(dbl(a) + dbl(b))); }}},
      {"FSUB_D", {G, G, G, [](uint64_t a, uint64_t b) { return is(bits(dbl(a) - dbl(b))); }}},
      {"FMUL_D", {G, G, G, [](uint64_t a, uint64_t b) { return is(bits(dbl(a) * dbl(b))); }}},
      {"FDIV_D", {G, G, G, [](uint64_t a, uint64_t b) { return is(bits(dbl(a) / dbl(b))); }}},
      {"FEQ_D", {W, G, G, [](uint64_t a, uint64_t b) { return is(dbl(a) == dbl(b)); }}},
      {"FLT_D", {W, G, G, [](uint64_t a, uint64_t b) { return is(std::isless(dbl(a), dbl(b))); }}},
      {"FLE_D", {W, G, G, [](uint64_t a, uint64_t b) { return is(std::islessequal(dbl(a), dbl(b))); }}},
      {"FUN_D", {W, G, G, [](uint64_t a, uint64_t b) { return is(std::isunordered(dbl(a), dbl(b))); }}},
  };
  return table;
}

uint32_t leading_zeros(uint64_t v, uint32_t width) {
  uint32_t n = 0;
  while (n < width && !(v >> (width - 1 - n) & 1))
    ++n;
  return n;
}
uint32_t trailing_zeros(uint64_t v, uint32_t width) {
  uint32_t n = 0;
  while (n < width && !(v >> n & 1))
    ++n;
  return n;
}
// Saturating truncation, in the wider arithmetic of long double.
uint64_t to_integer(long double v, long double low, long double high) {
  if (std::isnan(v))
    return 0;
  v = std::trunc(v);
  if (v < low)
    v = low;
  if (v > high)
    v = high;
  return v < 0 ? static_cast<uint64_t>(static_cast<int64_t>(v)) : static_cast<uint64_t>(v);
}
constexpr long double kS32Low = -2147483648.0L, kS32High = 2147483647.0L, kU32High = 4294967295.0L;
constexpr long double kS64Low = -9223372036854775808.0L, kS64High = 9223372036854775807.0L,
                      kU64High = 18446744073709551615.0L;

using Unary = uint64_t (*)(uint64_t);
struct UnaryReference {
  Width d, a;
  Unary function;
};
const std::map<std::string, UnaryReference> &unaries() {
  static const std::map<std::string, UnaryReference> table = {
      {"MOV", {W, W, [](uint64_t a) { return a; }}},
      {"SEXTB", {W, W, [](uint64_t a) { return uint64_t{u(((a & 0xff) ^ 0x80) - 0x80)}; }}},
      {"SEXTH", {W, W, [](uint64_t a) { return uint64_t{u(((a & 0xffff) ^ 0x8000) - 0x8000)}; }}},
      {"ZEXTH", {W, W, [](uint64_t a) { return a % 0x10000; }}},
      {"CLZ", {W, W, [](uint64_t a) { return uint64_t{leading_zeros(a, 32)}; }}},
      {"CTZ", {W, W, [](uint64_t a) { return uint64_t{trailing_zeros(a, 32)}; }}},
      {"POPCNT",
       {W, W,
        [](uint64_t a) {
          uint64_t n = 0;
          for (; a; a /= 2)
            n += a % 2;
          return n;
        }}},
      {"BSWAP",
       {W, W,
        [](uint64_t a) {
          uint64_t r = 0;
          for (int i = 0; i < 4; ++i, a /= 256)
            r = r * 256 + a % 256;
          return r;
        }}},
      {"MOVD", {D, D, [](uint64_t a) { return a; }}},
      {"SEXTD", {D, W, [](uint64_t a) { return static_cast<uint64_t>(static_cast<int64_t>(s(a))); }}},
      {"ZEXTD", {D, W, [](uint64_t a) { return a; }}},
      {"CLZD", {W, D, [](uint64_t a) { return uint64_t{leading_zeros(a, 64)}; }}},
      {"CTZD", {W, D, [](uint64_t a) { return uint64_t{trailing_zeros(a, 64)}; }}},
      {"FTOS", {W, F, [](uint64_t a) { return to_integer(single(a), kS32Low, kS32High); }}},
      {"FTOU", {W, F, [](uint64_t a) { return to_integer(single(a), 0, kU32High); }}},
      {"FTOSD", {D, F, [](uint64_t a) { return to_integer(single(a), kS64Low, kS64High); }}},
      {"FTOUD", {D, F, [](uint64_t a) { return to_integer(single(a), 0, kU64High); }}},
      {"STOF", {F, W, [](uint64_t a) { return uint64_t{bits(static_cast<float>(s(a)))}; }}},
      {"UTOF", {F, W, [](uint64_t a) { return uint64_t{bits(static_cast<float>(u(a)))}; }}},
      {"SDTOF", {F, D, [](uint64_t a) { return uint64_t{bits(static_cast<float>(sd(a)))}; }}},
      {"UDTOF", {F, D, [](uint64_t a) { return uint64_t{bits(static_cast<float>(a))}; }}},
      {"FTOS_D", {W, G, [](uint64_t a) { return to_integer(dbl(a), kS32Low, kS32High); }}},
      {"FTOU_D", {W, G, [](uint64_t a) { return to_integer(dbl(a), 0, kU32High); }}},
      {"FTOSD_D", {D, G, [](uint64_t a) { return to_integer(dbl(a), kS64Low, kS64High); }}},
      {"FTOUD_D", {D, G, [](uint64_t a) { return to_integer(dbl(a), 0, kU64High); }}},
      {"STOF_D", {G, W, [](uint64_t a) { return bits(static_cast<double>(s(a))); }}},
      {"UTOF_D", {G, W, [](uint64_t a) { return bits(static_cast<double>(u(a))); }}},
      {"SDTOF_D", {G, D, [](uint64_t a) { return bits(static_cast<double>(sd(a))); }}},
      {"UDTOF_D", {G, D, [](uint64_t a) { return bits(static_cast<double>(a)); }}},
      {"FEXT", {G, F, [](uint64_t a) { return bits(static_cast<double>(single(a))); }}},
      {"FTRUNC", {F, G, [](uint64_t a) { return uint64_t{bits(static_cast<float>(dbl(a)))}; }}},
  };
  return table;
}

using Condition = bool (*)(uint64_t, uint64_t);
const std::map<std::string, Condition> &conditions() {
  static const std::map<std::string, Condition> table = {
      {"BEQ", [](uint64_t a, uint64_t b) { return a == b; }},
      {"BNE", [](uint64_t a, uint64_t b) { return a != b; }},
      {"BLT", [](uint64_t a, uint64_t b) { return s(a) < s(b); }},
      {"BGE", [](uint64_t a, uint64_t b) { return s(a) >= s(b); }},
      {"BLTU", [](uint64_t a, uint64_t b) { return a < b; }},
      {"BGEU", [](uint64_t a, uint64_t b) { return a >= b; }},
      {"BTZ", [](uint64_t a, uint64_t b) { return !(a & b); }},
      {"BTNZ", [](uint64_t a, uint64_t b) { return !!(a & b); }},
  };
  return table;
}

// ---- Building cases
// --------------------------------------------------------------------------------------------------------

std::vector<uint64_t> values(Width width) {
  std::vector<uint64_t> v;
  switch (width) {
  case W:
    v.assign(std::begin(kWords), std::end(kWords));
    break;
  case D:
    v.assign(std::begin(kPairs), std::end(kPairs));
    break;
  case F:
    for (float f : kFloats)
      v.push_back(bits(f));
    break;
  case G:
    for (double f : kDoubles)
      v.push_back(bits(f));
    break;
  }
  return v;
}

std::vector<int64_t> immediates(FieldKind kind) {
  switch (kind) {
  case FieldKind::s8:
    return {0, 1, -1, 5, 127, -128};
  case FieldKind::u8:
    return {0, 1, 15, 127, 128, 255};
  case FieldKind::sh5:
    return {0, 1, 7, 16, 31};
  case FieldKind::sh6:
    return {0, 1, 31, 32, 33, 63};
  default:
    return {};
  }
}

class Builder {
public:
  explicit Builder(const Named &named) : named_(named) {
    std::snprintf(case_.name, sizeof case_.name, "%s", named.name);
    for (uint32_t i = 0; i < kRegisters; ++i)
      case_.registers[i] = 0xc0de0000 + i * 0x111;
    case_.memory_at = kDataBase;
    for (uint32_t i = 0; i < kMemoryWords; ++i)
      case_.memory[i] = 0x81828384u + i * 0x10203040u;
    case_.budget = 1000;
  }
  void set(uint32_t index, uint64_t value, Width width) {
    case_.registers[index] = u(value);
    if (width == D || width == G)
      case_.registers[index + 1] = u(value >> 32);
  }
  void byte(uint32_t value) { case_.code[at_++] = static_cast<uint8_t>(value); }
  void half(uint32_t value) { byte(value), byte(value >> 8); }
  void word(uint32_t value) { half(value), half(value >> 16); }
  void reg(uint32_t index) { byte(4 * index); }
  void opcode(const Named &n) {
    if (n.page)
      byte(0xff);
    byte(n.opcode);
  }
  void opcode() {
    start_ = at_;
    opcode(named_);
  }
  void load_acc(uint64_t value) {
    byte(espb::kOp_LI_al);
    word(u(value));
  }
  void exit() { byte(0xff), byte(espb::kOp_EXIT & 0xff); }
  void seek(uint32_t at) { at_ = at; }
  uint32_t at() const { return at_; }
  uint32_t start() const { return start_; }
  // Ends the code with EXIT and expects to get there with what the case says now.
  void begin_expectation() {
    std::memcpy(case_.expected_registers, case_.registers, sizeof case_.registers);
    std::memcpy(case_.expected_memory, case_.memory, sizeof case_.memory);
    case_.expected_budget = case_.budget;
    case_.expected_sp = kStackPointer;
    case_.expected_pc = at_;
  }
  void finish() {
    begin_expectation();
    exit();
  }
  void expect(uint32_t index, uint64_t value, Width width) {
    case_.expected_registers[index] = u(value);
    if (width == D || width == G)
      case_.expected_registers[index + 1] = u(value >> 32);
  }
  void expect_acc(uint64_t value) {
    case_.expected_acc = u(value);
    case_.check_acc = 1;
  }
  void expect_trap(espb_trap trap) {
    case_.expected_trap = trap;
    case_.expected_pc = start_;
    case_.check_acc = 0;
    std::memcpy(case_.expected_registers, case_.registers, sizeof case_.registers);
  }
  Case case_{};

private:
  const Named &named_;
  uint32_t at_ = 0, start_ = 0;
};

class Maker {
public:
  explicit Maker(std::vector<Case> &out) : out_(out) {}

  // False: nobody knows how to test the instruction.
  bool make(const Named &n) {
    const size_t before = out_.size();
    const std::string base = n.base, name = n.name;
    const auto underscore = name.rfind('_');
    const std::string mode = underscore == std::string::npos ? "" : name.substr(underscore + 1);
    if (auto b = binaries().find(base); b != binaries().end())
      make_binary(n, b->second, mode);
    else if (auto r = unaries().find(base); r != unaries().end())
      make_unary(n, r->second, mode);
    else if (auto c = conditions().find(base); c != conditions().end())
      make_branch(n, c->second, mode);
    else if (base == "LW" || base == "LHU" || base == "LH" || base == "LBU" || base == "LB" || base == "LDD")
      make_memory(n, base, mode, true);
    else if (base == "SW" || base == "SH" || base == "SB" || base == "SDD")
      make_memory(n, base, mode, false);
    else
      make_special(n, base, mode);
    return out_.size() > before;
  }

private:
  void add(const Builder &b) { out_.push_back(b.case_); }
  static const espb::InstructionInfo &info(const Named &n) {
    return *espb::instruction_info(n.page, n.opcode);
  }
  static FieldKind last_field(const Named &n) {
    FieldKind last = FieldKind::none;
    for (FieldKind k : info(n).fields)
      if (k != FieldKind::none)
        last = k;
    return last;
  }

  // Registers: destination, first and second source, with every aliasing that pairs allow.
  void make_binary(const Named &n, const BinaryReference &r, const std::string &mode) {
    static const uint32_t kPlaces[][3] = {{0, 2, 4}, {2, 2, 4}, {4, 2, 4}, {6, 4, 4},          {8, 8, 8},
                                          {3, 2, 4}, {1, 2, 4}, {5, 4, 2}, {kOut, kOut + 2, 0}};
    std::vector<uint64_t> as = values(r.a), bs = values(r.b);
    std::vector<int64_t> imms;
    if (mode[2] == 'i') {
      imms = immediates(last_field(n));
      bs.clear();
      for (int64_t i : imms)
        bs.push_back(r.b == D ? static_cast<uint64_t>(i) : u(static_cast<uint64_t>(i)));
    }
    size_t turn = 0;
    for (uint64_t a : as)
      for (size_t ib = 0; ib < bs.size(); ++ib) {
        const auto &place = kPlaces[turn++ % (sizeof kPlaces / sizeof *kPlaces)];
        uint32_t d = place[0], ra = place[1], rb = place[2];
        if (mode[1] == 'x')
          ra = d;
        uint64_t va = a, vb = bs[ib];
        Builder b(n);
        // Aliased sources hold one value: the one set last; read back what is there.
        if (mode[2] == 'r')
          b.set(rb, vb, r.b);
        if (mode[1] == 'r' || mode[1] == 'x')
          b.set(ra, va, r.a);
        if (mode[2] == 'r')
          vb = read(b.case_.registers, rb, r.b);
        if (mode[1] == 'a')
          b.load_acc(va);
        if (mode[2] == 'a')
          b.load_acc(vb);
        b.opcode();
        if (mode[0] == 'r')
          b.reg(d);
        if (mode[1] == 'r')
          b.reg(ra);
        if (mode[2] == 'r')
          b.reg(rb);
        if (mode[2] == 'i')
          b.byte(static_cast<uint32_t>(imms[ib]));
        b.finish();
        const Answer answer = r.function(va, vb);
        if (mode[0] == 'r')
          b.expect(d, answer.value, r.d);
        if (r.d == W || r.d == F)
          b.expect_acc(answer.value);
        if (answer.trap)
          b.expect_trap(ESPB_TRAP_DIVIDE_BY_ZERO);
        add(b);
      }
  }

  static uint64_t read(const uint32_t *registers, uint32_t index, Width width) {
    return width == D || width == G ? registers[index] | static_cast<uint64_t>(registers[index + 1]) << 32
                                    : registers[index];
  }

  void make_unary(const Named &n, const UnaryReference &r, const std::string &mode) {
    static const uint32_t kPlaces[][2] = {{0, 2}, {2, 2}, {3, 2}, {1, 2}, {kOut + 1, 8}};
    for (uint64_t a : values(r.a))
      for (const auto &place : kPlaces) {
        Builder b(n);
        if (mode[1] == 'r')
          b.set(place[1], a, r.a);
        else
          b.load_acc(a);
        b.opcode();
        if (mode[0] == 'r')
          b.reg(place[0]);
        if (mode[1] == 'r')
          b.reg(place[1]);
        b.finish();
        const uint64_t d = r.function(a);
        if (mode[0] == 'r')
          b.expect(place[0], d, r.d);
        if (r.d == W || r.d == F)
          b.expect_acc(d);
        add(b);
      }
  }

  void make_branch(const Named &n, Condition condition, const std::string &mode) {
    std::vector<int64_t> imms;
    if (mode[1] == 'i')
      for (size_t i = 0; i < espb::kMaxFields; ++i)
        if (info(n).fields[i] == FieldKind::s8 || info(n).fields[i] == FieldKind::u8)
          imms = immediates(info(n).fields[i]);
    for (uint64_t a : values(W))
      for (size_t ib = 0; ib < (mode[1] == 'r' ? values(W).size() : mode[1] == 'i' ? imms.size() : 1); ++ib) {
        const uint64_t vb = mode[1] == 'r'   ? values(W)[ib]
                            : mode[1] == 'i' ? u(static_cast<uint64_t>(imms[ib]))
                                             : 0;
        for (int way = 0; way < 4;
             ++way) { // forward; backward; backward with the budget used up; the same and stopped
          if (way > 1 && ib % 4 != 0)
            continue;
          Builder b(n);
          b.byte(espb::kOp_JMP8), b.byte(4), b.exit(); // EXIT at 2, code from 4
          b.case_.budget = way == 2 ? 1 : way == 3 ? -1 : 1000;
          if (mode[0] == 'r')
            b.set(3, a, W);
          if (mode[1] == 'r')
            b.set(5, vb, W);
          if (mode[0] == 'a')
            b.load_acc(a);
          b.opcode();
          if (mode[0] == 'r')
            b.reg(3);
          if (mode[1] == 'r')
            b.reg(5);
          if (mode[1] == 'i')
            b.byte(static_cast<uint32_t>(imms[ib]));
          const int32_t distance = way == 0 ? 20 : 2 - static_cast<int32_t>(b.start());
          b.byte(static_cast<uint32_t>(distance));
          b.finish();
          const bool taken = condition(a, vb);
          expect_branch(b, taken, distance, way);
          b.seek(b.start() + 20);
          b.exit();
          add(b);
        }
      }
  }

  static void expect_branch(Builder &b, bool taken, int32_t distance, int way) {
    if (way == 3) // the case's budget of -1 stands for 0 and a stop request
      b.case_.expected_budget = 0;
    if (!taken)
      return;
    b.case_.expected_pc = b.start() + static_cast<uint32_t>(distance);
    if (distance >= 0)
      return;
    b.case_.expected_budget += distance;
    if (b.case_.expected_budget < 0)
      b.case_.expected_budget = kRefill;
    if (way == 3)
      b.case_.expected_trap = ESPB_TRAP_STOPPED;
  }

  void make_memory(const Named &n, const std::string &base, const std::string &mode, bool load) {
    const uint32_t size = base == "LDD" || base == "SDD" ? 8
                          : base == "LW" || base == "SW" ? 4
                          : base[1] == 'H'               ? 2
                                                         : 1;
    const uint32_t align = size == 8 ? 4 : size;
    const Width width = size == 8 ? D : W;
    const bool sign = base == "LH" || base == "LB";
    const char address = mode[1];
    for (uint32_t index = 0; index < 6; ++index)
      for (int32_t offset : {0, 4, -8, 124, -128})
        for (uint64_t value : values(width)) {
          if (load && value != 0)
            continue; // memory holds the interesting values for loads
          for (int alias = 0; alias < 2; ++alias) {
            Builder b(n);
            uint8_t *const memory = reinterpret_cast<uint8_t *>(b.case_.memory);
            const uint32_t inside = index * align % (4 * kMemoryWords - 7);
            uint32_t at = kDataBase + inside;
            if (address == 'd')
              b.case_.memory_at = kDataBase + 0xff00;
            else if (address == 'k')
              b.case_.memory_at = kRodataBase + 0xff00;
            else if (address == 's')
              b.case_.memory_at = kStackPointer + 0x100;
            at = b.case_.memory_at + inside;
            if (address == 's' && inside % 4 != 0)
              continue;
            if (!load && size == 8)
              b.set(7, value, D);
            const uint32_t ra = 4, rb = 6, rd = alias ? 4 : 1;
            const bool value_register = mode[0] == 'r';
            const uint32_t scaled = 5;
            uint32_t rv = alias && !load && std::strchr("ozpqx", address) ? ra : 1;
            if (width == D)
              rv = 7;
            if (!load && value_register && rv != ra)
              b.set(rv, value, width);
            if (address == 'o')
              b.set(ra, at - static_cast<uint32_t>(offset), W);
            else if (std::strchr("zpq", address))
              b.set(ra, at, W);
            else if (address == 'x') {
              b.set(ra, at - scaled * size, W);
              b.set(rb, scaled, W);
            } else if (address == 'y') {
              b.set(ra, at - scaled * size, W);
              b.load_acc(scaled);
            } else if (address == 'b')
              b.load_acc(at - static_cast<uint32_t>(offset));
            else if (address == 'c')
              b.load_acc(at);
            if (!load && mode[0] == 'a') {
              if (std::strchr("ybc", address))
                std::abort(); // no such form
              b.load_acc(value);
            }
            b.opcode();
            if (load && value_register)
              b.reg(rd);
            if (std::strchr("pq", address))
              b.reg(ra);
            if (!load && value_register)
              b.reg(rv);
            if (std::strchr("oxyz", address))
              b.reg(ra);
            if (address == 'x')
              b.reg(rb);
            if (std::strchr("oqb", address))
              b.byte(static_cast<uint32_t>(offset));
            if (address == 's')
              b.byte((at - kStackPointer) / 4);
            if (address == 'd')
              b.half(at - kDataBase);
            if (address == 'k')
              b.half(at - kRodataBase);
            b.finish();
            if (load) {
              uint64_t v = 0;
              for (uint32_t i = 0; i < size; ++i)
                v |= static_cast<uint64_t>(memory[inside + i]) << (8 * i);
              if (sign && (v >> (8 * size - 1) & 1))
                v |= ~0ull << (8 * size);
              if (address == 'p')
                b.expect(ra, at + size, W);
              if (address == 'q')
                b.expect(ra, at + static_cast<uint32_t>(offset), W);
              if (value_register)
                b.expect(rd, v, width);
              if (size != 8)
                b.expect_acc(v);
            } else {
              const uint64_t v = value_register ? read(b.case_.registers, rv, width) : value;
              uint8_t *const expected = reinterpret_cast<uint8_t *>(b.case_.expected_memory);
              for (uint32_t i = 0; i < size; ++i)
                expected[inside + i] = static_cast<uint8_t>(v >> (8 * i));
              if (address == 'p')
                b.expect(ra, at + size, W);
              if (address == 'q')
                b.expect(ra, at + static_cast<uint32_t>(offset), W);
            }
            add(b);
            if (!std::strchr("oqb", address) && offset != 0)
              out_.pop_back(); // the offset makes no difference there
          }
        }
  }

  void make_special(const Named &n, const std::string &base, const std::string &mode);
  void make_control(const Named &n, const std::string &base);
  std::vector<Case> &out_;
};

#include "special_cases.inc"

#include "sequence_cases.inc"

} // namespace

std::vector<Case> make_cases(std::vector<std::string> &untested) {
  std::vector<Case> out;
  Maker maker(out);
  for (const Named &n : kAll)
    if (!maker.make(n))
      untested.push_back(n.name);
  make_sequences(out, 4000);
  return out;
}

} // namespace interp_test
