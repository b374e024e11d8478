// SPDX-License-Identifier: Apache-2.0
// A table of bit patterns. In a text, %r %s %t are registers named by these fields (f and b before the
// letter: of the floating-point unit, a boolean); the other letters are in operand().
#include "tools/xtensa_text.h"
#include "tools/common.h"

#include <cstring>

namespace espb::tools {

namespace {

struct Pattern {
  uint32_t mask, bits;
  const char *text;
};

// Patterns with fewer free bits come before those that have them too.
constexpr Pattern kPatterns[] = {
    {0xffffff, 0x000080, "ret"},
    {0xffffff, 0x000090, "retw"},
    {0xfff0ff, 0x0000a0, "jx %s"},
    {0xfff0ff, 0x0000c0, "callx0 %s"},
    {0xfff0ff, 0x0000d0, "callx4 %s"},
    {0xfff0ff, 0x0000e0, "callx8 %s"},
    {0xfff0ff, 0x0000f0, "callx12 %s"},
    {0xffffff, 0x002000, "isync"},
    {0xffffff, 0x002010, "rsync"},
    {0xffffff, 0x002020, "esync"},
    {0xffffff, 0x002030, "dsync"},
    {0xffffff, 0x0020c0, "memw"},
    {0xffffff, 0x0020d0, "extw"},
    {0xffffff, 0x0020f0, "nop"},
    {0xff000f, 0x100000, "and %r, %s, %t"},
    {0xff000f, 0x200000, "or %r, %s, %t"},
    {0xff000f, 0x300000, "xor %r, %s, %t"},
    {0xfff0ff, 0x400000, "ssr %s"},
    {0xfff0ff, 0x401000, "ssl %s"},
    {0xfff0ff, 0x402000, "ssa8l %s"},
    {0xfff0ef, 0x404000, "ssai %A"},
    {0xfff00f, 0x40e000, "nsa %t, %s"},
    {0xfff00f, 0x40f000, "nsau %t, %s"},
    {0xff0f0f, 0x600000, "neg %r, %t"},
    {0xff0f0f, 0x600100, "abs %r, %t"},
    {0xff000f, 0x800000, "add %r, %s, %t"},
    {0xff000f, 0x900000, "addx2 %r, %s, %t"},
    {0xff000f, 0xa00000, "addx4 %r, %s, %t"},
    {0xff000f, 0xb00000, "addx8 %r, %s, %t"},
    {0xff000f, 0xc00000, "sub %r, %s, %t"},
    {0xff000f, 0xd00000, "subx2 %r, %s, %t"},
    {0xff000f, 0xe00000, "subx4 %r, %s, %t"},
    {0xff000f, 0xf00000, "subx8 %r, %s, %t"},
    {0xef000f, 0x010000, "slli %r, %s, %L"},
    {0xef000f, 0x210000, "srai %r, %t, %R"},
    {0xff000f, 0x410000, "srli %r, %t, %S"},
    {0xff000f, 0x810000, "src %r, %s, %t"},
    {0xff0f0f, 0x910000, "srl %r, %t"},
    {0xff00ff, 0xa10000, "sll %r, %s"},
    {0xff0f0f, 0xb10000, "sra %r, %t"},
    {0xff000f, 0xc10000, "mul16u %r, %s, %t"},
    {0xff000f, 0xd10000, "mul16s %r, %s, %t"},
    {0xff000f, 0x020000, "andb %br, %bs, %bt"},
    {0xff000f, 0x220000, "orb %br, %bs, %bt"},
    {0xff000f, 0x820000, "mull %r, %s, %t"},
    {0xff000f, 0xa20000, "muluh %r, %s, %t"},
    {0xff000f, 0xb20000, "mulsh %r, %s, %t"},
    {0xff000f, 0xc20000, "quou %r, %s, %t"},
    {0xff000f, 0xd20000, "quos %r, %s, %t"},
    {0xff000f, 0xe20000, "remu %r, %s, %t"},
    {0xff000f, 0xf20000, "rems %r, %s, %t"},
    {0xffff0f, 0x030300, "rsr.sar %t"},
    {0xffff0f, 0x030400, "rsr.br %t"},
    {0xffff0f, 0x130300, "wsr.sar %t"},
    {0xffff0f, 0x130400, "wsr.br %t"},
    {0xff000f, 0x230000, "sext %r, %s, %T"},
    {0xff000f, 0x330000, "clamps %r, %s, %T"},
    {0xff000f, 0x430000, "min %r, %s, %t"},
    {0xff000f, 0x530000, "max %r, %s, %t"},
    {0xff000f, 0x630000, "minu %r, %s, %t"},
    {0xff000f, 0x730000, "maxu %r, %s, %t"},
    {0xff000f, 0x830000, "moveqz %r, %s, %t"},
    {0xff000f, 0x930000, "movnez %r, %s, %t"},
    {0xff000f, 0xa30000, "movltz %r, %s, %t"},
    {0xff000f, 0xb30000, "movgez %r, %s, %t"},
    {0xff000f, 0xc30000, "movf %r, %s, %bt"},
    {0xff000f, 0xd30000, "movt %r, %s, %bt"},
    {0x0e000f, 0x040000, "extui %r, %t, %E, %W"},
    {0xff000f, 0x080000, "lsx %fr, %s, %t"},
    {0xff000f, 0x480000, "ssx %fr, %s, %t"},
    {0xff000f, 0x0a0000, "add.s %fr, %fs, %ft"},
    {0xff000f, 0x1a0000, "sub.s %fr, %fs, %ft"},
    {0xff000f, 0x2a0000, "mul.s %fr, %fs, %ft"},
    {0xff000f, 0x4a0000, "madd.s %fr, %fs, %ft"},
    {0xff000f, 0x5a0000, "msub.s %fr, %fs, %ft"},
    {0xff000f, 0x8a0000, "round.s %r, %fs, %P"},
    {0xff000f, 0x9a0000, "trunc.s %r, %fs, %P"},
    {0xff000f, 0xaa0000, "floor.s %r, %fs, %P"},
    {0xff000f, 0xba0000, "ceil.s %r, %fs, %P"},
    {0xff000f, 0xca0000, "float.s %fr, %s, %P"},
    {0xff000f, 0xda0000, "ufloat.s %fr, %s, %P"},
    {0xff000f, 0xea0000, "utrunc.s %r, %fs, %P"},
    {0xff00ff, 0xfa0000, "mov.s %fr, %fs"},
    {0xff00ff, 0xfa0010, "abs.s %fr, %fs"},
    {0xff00ff, 0xfa0040, "rfr %r, %fs"},
    {0xff00ff, 0xfa0050, "wfr %fr, %s"},
    {0xff00ff, 0xfa0060, "neg.s %fr, %fs"},
    {0xff000f, 0x1b0000, "un.s %br, %fs, %ft"},
    {0xff000f, 0x2b0000, "oeq.s %br, %fs, %ft"},
    {0xff000f, 0x3b0000, "ueq.s %br, %fs, %ft"},
    {0xff000f, 0x4b0000, "olt.s %br, %fs, %ft"},
    {0xff000f, 0x5b0000, "ult.s %br, %fs, %ft"},
    {0xff000f, 0x6b0000, "ole.s %br, %fs, %ft"},
    {0xff000f, 0x7b0000, "ule.s %br, %fs, %ft"},
    {0xff000f, 0x8b0000, "moveqz.s %fr, %fs, %t"},
    {0xff000f, 0x9b0000, "movnez.s %fr, %fs, %t"},
    {0xff000f, 0xcb0000, "movf.s %fr, %fs, %bt"},
    {0xff000f, 0xdb0000, "movt.s %fr, %fs, %bt"},
    {0x00000f, 0x000001, "l32r %t, %D"},
    {0x00f00f, 0x000002, "l8ui %t, %s, %0"},
    {0x00f00f, 0x001002, "l16ui %t, %s, %1"},
    {0x00f00f, 0x002002, "l32i %t, %s, %2"},
    {0x00f00f, 0x004002, "s8i %t, %s, %0"},
    {0x00f00f, 0x005002, "s16i %t, %s, %1"},
    {0x00f00f, 0x006002, "s32i %t, %s, %2"},
    {0x00f00f, 0x009002, "l16si %t, %s, %1"},
    {0x00f00f, 0x00a002, "movi %t, %M"},
    {0x00f00f, 0x00b002, "l32ai %t, %s, %2"},
    {0x00f00f, 0x00c002, "addi %t, %s, %I"},
    {0x00f00f, 0x00d002, "addmi %t, %s, %H"},
    {0x00f00f, 0x00e002, "s32c1i %t, %s, %2"},
    {0x00f00f, 0x00f002, "s32ri %t, %s, %2"},
    {0x00f00f, 0x000003, "lsi %ft, %s, %2"},
    {0x00f00f, 0x004003, "ssi %ft, %s, %2"},
    {0x00003f, 0x000005, "call0 %C"},
    {0x00003f, 0x000015, "call4 %C"},
    {0x00003f, 0x000025, "call8 %C"},
    {0x00003f, 0x000035, "call12 %C"},
    {0x00003f, 0x000006, "j %J"},
    {0x0000ff, 0x000016, "beqz %s, %Z"},
    {0x0000ff, 0x000056, "bnez %s, %Z"},
    {0x0000ff, 0x000096, "bltz %s, %Z"},
    {0x0000ff, 0x0000d6, "bgez %s, %Z"},
    {0x0000ff, 0x000026, "beqi %s, %N, %B"},
    {0x0000ff, 0x000066, "bnei %s, %N, %B"},
    {0x0000ff, 0x0000a6, "blti %s, %N, %B"},
    {0x0000ff, 0x0000e6, "bgei %s, %N, %B"},
    {0x0000ff, 0x000036, "entry %s, %F"},
    {0x00f0ff, 0x000076, "bf %bs, %B"},
    {0x00f0ff, 0x001076, "bt %bs, %B"},
    {0x00f0ff, 0x008076, "loop %s, %O"},
    {0x00f0ff, 0x009076, "loopnez %s, %O"},
    {0x00f0ff, 0x00a076, "loopgtz %s, %O"},
    {0x0000ff, 0x0000b6, "bltui %s, %U, %B"},
    {0x0000ff, 0x0000f6, "bgeui %s, %U, %B"},
    {0x00f00f, 0x000007, "bnone %s, %t, %B"},
    {0x00f00f, 0x001007, "beq %s, %t, %B"},
    {0x00f00f, 0x002007, "blt %s, %t, %B"},
    {0x00f00f, 0x003007, "bltu %s, %t, %B"},
    {0x00f00f, 0x004007, "ball %s, %t, %B"},
    {0x00f00f, 0x005007, "bbc %s, %t, %B"},
    {0x00e00f, 0x006007, "bbci %s, %K, %B"},
    {0x00f00f, 0x008007, "bany %s, %t, %B"},
    {0x00f00f, 0x009007, "bne %s, %t, %B"},
    {0x00f00f, 0x00a007, "bge %s, %t, %B"},
    {0x00f00f, 0x00b007, "bgeu %s, %t, %B"},
    {0x00f00f, 0x00c007, "bnall %s, %t, %B"},
    {0x00f00f, 0x00d007, "bbs %s, %t, %B"},
    {0x00e00f, 0x00e007, "bbsi %s, %K, %B"},
    // Two bytes.
    {0x00000f, 0x000008, "l32i.n %t, %s, %4"},
    {0x00000f, 0x000009, "s32i.n %t, %s, %4"},
    {0x00000f, 0x00000a, "add.n %r, %s, %t"},
    {0x00000f, 0x00000b, "addi.n %r, %s, %a"},
    {0x0000cf, 0x00008c, "beqz.n %s, %z"},
    {0x0000cf, 0x0000cc, "bnez.n %s, %z"},
    {0x00008f, 0x00000c, "movi.n %s, %m"},
    {0x00f00f, 0x00000d, "mov.n %t, %s"},
    {0x00ffff, 0x00f00d, "ret.n"},
    {0x00ffff, 0x00f01d, "retw.n"},
    {0x00ffff, 0x00f03d, "nop.n"},
    {0x00ffff, 0x00f06d, "ill.n"},
};

int32_t sign(uint32_t value, uint32_t bits) {
  return static_cast<int32_t>(value << (32 - bits)) >> (32 - bits);
}

// What `letter` stands for in `word`; a place is put into `i.target`.
std::string operand(char letter, uint32_t word, uint32_t at, XtensaInstruction &i) {
  constexpr int32_t kSigned[] = {-1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256};
  constexpr int32_t kUnsigned[] = {32768, 65536};
  const uint32_t t = word >> 4 & 15, s = word >> 8 & 15, r = word >> 12 & 15, imm8 = word >> 16 & 255;
  const auto place = [&](uint32_t target) {
    i.target = target;
    return hex(target);
  };
  const auto near = [&](int32_t distance) { return place(at + 4 + static_cast<uint32_t>(distance)); };
  const auto number = [](auto value) { return std::to_string(value); };
  switch (letter) {
  case 'r':
    return number(r);
  case 's':
    return number(s);
  case 't':
    return number(t);
  case 'A': // a shift for ssai
    return number(s | (t & 1) << 4);
  case 'L': // slli
    return number(32 - (t | (word >> 20 & 1) << 4));
  case 'R': // srai
    return number(s | (word >> 20 & 1) << 4);
  case 'S': // srli
    return number(s);
  case 'T': // sext
    return number(t + 7);
  case 'P': // the exponent of a factor
    return number(t);
  case 'E': // extui: where, and how many bits
    return number(s | (word >> 16 & 1) << 4);
  case 'W':
    return number((word >> 20 & 15) + 1);
  case '0':
  case '1':
  case '2':
    return number(imm8 << (letter - '0'));
  case '4':
    return number(4 * r);
  case 'I':
    return number(sign(imm8, 8));
  case 'H':
    return number(sign(imm8, 8) * 256);
  case 'M':
    return number(sign(s << 8 | imm8, 12));
  case 'a':
    return number(t ? static_cast<int32_t>(t) : -1);
  case 'm': {
    const uint32_t value = r | (t & 7) << 4;
    return number(value < 96 ? static_cast<int32_t>(value) : static_cast<int32_t>(value) - 128);
  }
  case 'N':
    return number(kSigned[r]);
  case 'U':
    return number(r < 2 ? kUnsigned[r] : kSigned[r]);
  case 'K': // the bit of bbci, bbsi
    return number(t | (r & 1) << 4);
  case 'F': // entry
    return number((word >> 12 & 0xfff) * 8);
  case 'D': // a literal, before the instruction
    i.flow = XtensaInstruction::kLiteral;
    return place(((at + 3) & ~3u) + (0xffff0000u | (word >> 8 & 0xffff)) * 4);
  case 'C':
    i.flow = XtensaInstruction::kCall;
    return place((at & ~3u) + 4 + static_cast<uint32_t>(sign(word >> 6, 18)) * 4);
  case 'J':
    i.flow = XtensaInstruction::kJump;
    return near(sign(word >> 6, 18));
  case 'Z':
    i.flow = XtensaInstruction::kBranch;
    return near(sign(word >> 12, 12));
  case 'B':
    i.flow = XtensaInstruction::kBranch;
    return near(sign(imm8, 8));
  case 'O': // the end of a loop
    i.flow = XtensaInstruction::kBranch;
    return near(static_cast<int32_t>(imm8));
  default: // 'z'
    i.flow = XtensaInstruction::kBranch;
    return near(static_cast<int32_t>(r | (t & 3) << 4));
  }
}

} // namespace

XtensaInstruction xtensa_instruction(const uint8_t *bytes, uint32_t at) {
  XtensaInstruction i;
  uint32_t word = bytes[0] | uint32_t(bytes[1]) << 8;
  if ((word & 15) >= 8)
    i.length = 2;
  else
    word |= uint32_t(bytes[2]) << 16;
  for (const Pattern &pattern : kPatterns) {
    if ((word & pattern.mask) != pattern.bits)
      continue;
    for (const char *p = pattern.text; *p; ++p) {
      if (*p != '%') {
        i.text += *p;
        continue;
      }
      ++p;
      const bool other_file = (*p == 'f' || *p == 'b') && p[1] != 0 && std::strchr("rst", p[1]);
      if (other_file || *p == 'r' || *p == 's' || *p == 't')
        i.text += other_file ? *p++ : 'a';
      i.text += operand(*p, word, at, i);
    }
    break;
  }
  if (i.text.starts_with("ret") || i.text.starts_with("jx ") || i.text.starts_with("ill"))
    i.flow = XtensaInstruction::kAway;
  return i;
}

} // namespace espb::tools
