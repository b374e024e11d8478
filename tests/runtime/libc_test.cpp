// SPDX-License-Identifier: Apache-2.0
// The host's C library for guests: called through a module that passes a test's arguments on.
#include "host.h"
#include "runtime/module/instance.h"
#include <math.h>

namespace espb::test {

namespace {

// A module with one function per import, of the same signature: `name` forwards its arguments to the import.
// A guest with eight or fewer argument words needs no stack.
class LibcTest : public Running {
protected:
  struct Forward {
    const char *name;
    const char *fixed;    // signature of the forwarder
    const char *imported; // signature of the call
  };
  void load(std::initializer_list<Forward> functions) {
    Builder b;
    for (const Forward &f : functions) {
      unsigned import = b.import(f.name, f.imported);
      b.export_function(f.name, b.function(8, 8), f.fixed);
      for (unsigned i = 0; i < 8; ++i)
        b.op(kOp_MOV_rr, {o(8, i), r(i)});
      b.op(kOp_CALLN8, {win(8), (uint8_t)import})
          .op(kOp_MOV_rr, {r(0), o(8, 0)})
          .op(kOp_MOV_rr, {r(1), o(8, 1)})
          .op(kOp_RET);
    }
    b.module.data_total = 0x4000;
    start(b.bytes());
    next_ = instance_.thread()->data_base;
  }
  // Puts a string, or bytes, into guest memory.
  uint32_t guest(const std::string &text, uint32_t room = 0) {
    uint32_t at = next_;
    next_ = (next_ + (uint32_t)std::max(text.size() + 1, (size_t)room) + 7) & ~7u;
    memcpy(espb_guest_memory(instance_.get(), at, text.size() + 1), text.c_str(), text.size() + 1);
    return at;
  }
  std::string text(uint32_t at) {
    return static_cast<const char *>(espb_guest_memory(instance_.get(), at, 1));
  }
  template <class... Args> double real(const char *name, Args... args) {
    double result = 0;
    EXPECT_EQ(ESPB_OK, instance_.call(name, &result, &error_, args...)) << error_.message;
    return result;
  }
  uint32_t next_ = 0;
};

} // namespace

TEST_F(LibcTest, Snprintf) {
  load({{"snprintf", "i(pipiiiii)", "i(pip.iiiii)"}});
  uint32_t out = guest("", 64);
  auto print = [&](const char *format, int a = 0, int b = 0, int c = 0) {
    uint32_t f = guest(format);
    int32_t length = call("snprintf", out, 64, f, a, b, c, 0, 0);
    EXPECT_EQ((size_t)length, text(out).size());
    return text(out);
  };
  EXPECT_EQ("7 -7 4294967289", print("%d %i %u", 7, -7, -7));
  EXPECT_EQ("ff FF 0xff", print("%x %X %#x", 255, 255, 255));
  EXPECT_EQ("0377", print("%#o", 255));
  EXPECT_EQ("  5|5  |005", print("%3d|%-3d|%03d", 5, 5, 5));
  EXPECT_EQ("+5  5", print("%+d % d", 5, 5));
  EXPECT_EQ("   5|5   |", print("%*d|", 4, 5) + print("%*d|", -4, 5));
  EXPECT_EQ("-1 255 -1", print("%hhd %hhu %hd", 0xfff, 0xfff, 0xffff));
  EXPECT_EQ("A%", print("%c%%", 'A'));
  EXPECT_EQ("0x1000", print("%p", 0x1000));
  EXPECT_EQ("12 12 12", print("%ld %zu %td", 12, 12, 12));
  uint32_t s = guest("text");
  EXPECT_EQ("text|  te|", print("%s|%4.2s|", (int)s, (int)s));
  EXPECT_EQ("(null)", print("%s", 0));
  EXPECT_EQ("   text", print("%7s", (int)s));
  EXPECT_EQ("ab", print("ab%n", (int)out + 60));
  EXPECT_EQ(2, *static_cast<int32_t *>(espb_guest_memory(instance_.get(), out + 60, 4)));
  EXPECT_EQ("end %", print("end %"));
  EXPECT_EQ("%y", print("%y"));
  // What does not fit is cut off, and counted.
  uint32_t f = guest("%d");
  EXPECT_EQ(5, call("snprintf", out, 3, f, 12345, 0, 0, 0, 0));
  EXPECT_EQ("12", text(out));
  EXPECT_EQ(5, call("snprintf", 0, 0, f, 12345, 0, 0, 0, 0));
}

TEST_F(LibcTest, SnprintfOfPairs) {
  load({{"snprintf", "i(pipil)", "i(pip.l)"}}); // the word in between is the gap before an even pair
  uint32_t out = guest("", 64);
  EXPECT_EQ(11, call("snprintf", out, 64, guest("%lld"), 0, (int64_t)-5000000000));
  EXPECT_EQ("-5000000000", text(out));
  EXPECT_EQ(10, call("snprintf", out, 64, guest("%#llx"), 0, (int64_t)0xabcdef12));
  EXPECT_EQ("0xabcdef12", text(out));
}

TEST_F(LibcTest, PrintfOfReals) {
  load({{"printf", "i(pidd)", "i(p.dd)"}}); // the word in between is the gap before an even pair
  auto print = [&](const char *format, double a, double b) {
    uint32_t f = guest(format);
    std::string before = console_.text();
    int32_t result = 0;
    EXPECT_EQ(ESPB_OK, instance_.call("printf", &result, &error_, f, 0, a, b)) << error_.message;
    return console_.text().substr(before.size());
  };
  EXPECT_EQ("1.500000 2.50", print("%f %.2f", 1.5, 2.5));
  EXPECT_EQ("1e+10 0.0001", print("%g %g", 1e10, 1e-4));
  EXPECT_EQ("1.000e+00 INF", print("%.3e %F", 1, INFINITY));
  EXPECT_EQ("nan -inf", print("%f %f", -NAN, -INFINITY));
  EXPECT_EQ(std::string(300, ' ').substr(0, 292) + "1.000000", print("%300f", 1, 0));
  EXPECT_EQ(602u, print("%.600f", 1, 0).size());
}

TEST_F(LibcTest, FormatsBeyondLimitsFail) {
  load({{"snprintf", "i(pipi)", "i(pip.i)"}});
  uint32_t out = guest("", 64);
  EXPECT_EQ(-1, call("snprintf", out, 64, guest("%99999999999d"), 1));
  EXPECT_EQ(-1, call("snprintf", out, 64, guest("%.*d"), 2000000000));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("snprintf", out, 64, 5, 1));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("snprintf", out, 64, guest("%s"), 5));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("snprintf", 4096 - 4, 64, guest("%d"), 5));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("snprintf", out, 64, guest("%n"), 8));
}

TEST_F(LibcTest, Strings) {
  load({{"strlen", "i(p)", "i(p)"},
        {"strcpy", "p(pp)", "p(pp)"},
        {"strncpy", "p(ppi)", "p(ppi)"},
        {"strcat", "p(pp)", "p(pp)"},
        {"strncat", "p(ppi)", "p(ppi)"},
        {"strcmp", "i(pp)", "i(pp)"},
        {"strncmp", "i(ppi)", "i(ppi)"},
        {"strchr", "p(pi)", "p(pi)"},
        {"strrchr", "p(pi)", "p(pi)"},
        {"strstr", "p(pp)", "p(pp)"},
        {"memcmp", "i(ppi)", "i(ppi)"},
        {"memchr", "p(pii)", "p(pii)"},
        {"strtok", "p(pp)", "p(pp)"},
        {"strdup", "p(p)", "p(p)"},
        {"strspn", "i(pp)", "i(pp)"},
        {"strcspn", "i(pp)", "i(pp)"},
        {"memmove", "p(ppi)", "p(ppi)"},
        {"strlcpy", "i(ppi)", "i(ppi)"}});
  uint32_t s = guest("hello"), t = guest("", 32);
  EXPECT_EQ(5, call("strlen", s));
  EXPECT_EQ((int32_t)t, call("strcpy", t, s));
  EXPECT_EQ("hello", text(t));
  call("strcat", t, guest(" you"));
  EXPECT_EQ("hello you", text(t));
  call("strncat", t, guest("xyz"), 2);
  EXPECT_EQ("hello youxy", text(t));
  call("strncpy", t, s, 8);
  EXPECT_EQ(
      std::string("hello\0\0\0xy", 10),
      std::string(static_cast<char *>(espb_guest_memory(instance_.get(), t, 10)), 10).replace(8, 2, "xy"));
  EXPECT_EQ(0, call("strcmp", s, guest("hello")));
  EXPECT_LT(call("strcmp", s, guest("help")), 0);
  EXPECT_GT(call("strcmp", guest("\xff"), guest("a")), 0);
  EXPECT_EQ(0, call("strncmp", s, guest("help"), 3));
  EXPECT_EQ((int32_t)s + 2, call("strchr", s, 'l'));
  EXPECT_EQ((int32_t)s + 3, call("strrchr", s, 'l'));
  EXPECT_EQ((int32_t)s + 5, call("strchr", s, 0));
  EXPECT_EQ(0, call("strchr", s, 'z'));
  EXPECT_EQ((int32_t)s + 2, call("strstr", s, guest("ll")));
  EXPECT_EQ(0, call("strstr", s, guest("lll")));
  EXPECT_EQ((int32_t)s, call("strstr", s, guest("")));
  EXPECT_LT(call("memcmp", s, guest("hellp"), 5), 0);
  EXPECT_EQ((int32_t)s + 4, call("memchr", s, 'o', 0x7fffffff)) << "only what is looked at must be there";
  uint32_t list = guest("a,b;;c"), separators = guest(",;");
  EXPECT_EQ("a", text((uint32_t)call("strtok", list, separators)));
  EXPECT_EQ("b", text((uint32_t)call("strtok", 0, separators)));
  EXPECT_EQ("c", text((uint32_t)call("strtok", 0, separators)));
  EXPECT_EQ(0, call("strtok", 0, separators));
  uint32_t copy = (uint32_t)call("strdup", s);
  EXPECT_NE(s, copy);
  EXPECT_EQ("hello", text(copy));
  EXPECT_EQ(2, call("strspn", s, guest("eh")));
  EXPECT_EQ(4, call("strcspn", s, guest("o")));
  call("memmove", t + 1, t, 5);
  EXPECT_EQ("hhello", text(t));
  EXPECT_EQ(5, call("strlcpy", t, s, 3));
  EXPECT_EQ("he", text(t));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("strlen", 0));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("strcpy", 8, s));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("memmove", t, s, -1));
}

TEST_F(LibcTest, StringsMustEndInsideMemory) {
  load({{"strlen", "i(p)", "i(p)"}, {"memset", "p(pii)", "p(pii)"}});
  const espb::Thread &thread = *instance_.thread();
  uint32_t last = thread.stack_top;
  EXPECT_EQ(ESPB_OK, instance_.call_void("memset", &error_, last - 8, 'x', 8));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("strlen", last - 8));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("strlen", last));
}

TEST_F(LibcTest, Numbers) {
  load({{"strtol", "i(ppi)", "i(ppi)"},
        {"strtoul", "i(ppi)", "i(ppi)"},
        {"strtoll", "l(ppi)", "l(ppi)"},
        {"strtod", "d(pp)", "d(pp)"},
        {"atoi", "i(p)", "i(p)"},
        {"div", "ii(ii)", "ii(ii)"},
        {"__errno", "p()", "p()"},
        {"rand", "i()", "i()"},
        {"srand", "v(i)", "v(i)"}});
  uint32_t end = guest("", 8), s = guest("  -123abc");
  EXPECT_EQ(-123, call("strtol", s, end, 10));
  EXPECT_EQ(s + 6, *static_cast<uint32_t *>(espb_guest_memory(instance_.get(), end, 4)));
  EXPECT_EQ(0x7fffffff, call("strtol", guest("99999999999"), 0, 10));
  uint32_t cell = (uint32_t)call("__errno");
  EXPECT_EQ(34, *static_cast<int32_t *>(espb_guest_memory(instance_.get(), cell, 4))) << "ERANGE";
  EXPECT_EQ(INT32_MIN, call("strtol", guest("-99999999999"), 0, 10));
  EXPECT_EQ(255, call("strtol", guest("0xff"), 0, 0));
  EXPECT_EQ(-1, call("strtoul", guest("4294967295"), 0, 10));
  EXPECT_EQ(-1, call("strtoul", guest("4294967296"), 0, 10));
  EXPECT_EQ(-5, call("strtoul", guest("-5"), 0, 10));
  int64_t wide = 0;
  EXPECT_EQ(ESPB_OK, instance_.call("strtoll", &wide, &error_, guest("-5000000000"), 0, 10));
  EXPECT_EQ(-5000000000, wide);
  EXPECT_EQ(2.5, real("strtod", guest("2.5e0x"), 0));
  EXPECT_EQ(42, call("atoi", guest("42")));
  int64_t quotient = 0;
  EXPECT_EQ(ESPB_OK, instance_.call("div", &quotient, &error_, -7, 2));
  EXPECT_EQ(-3, (int32_t)quotient);
  EXPECT_EQ(-1, (int32_t)(quotient >> 32));
  EXPECT_EQ(ESPB_TRAP_HOST, trap_of("div", 1, 0));
  // The boards' generator from its first state.
  EXPECT_EQ((int32_t)((6364136223846793005u + 1) >> 32 & 0x7fffffff), call("rand"));
  instance_.call_void("srand", &error_, 1);
  EXPECT_EQ((int32_t)((6364136223846793005u + 1) >> 32 & 0x7fffffff), call("rand"));
}

TEST_F(LibcTest, Mathematics) {
  load({{"sqrt", "d(d)", "d(d)"},
        {"pow", "d(dd)", "d(dd)"},
        {"sqrtf", "f(f)", "f(f)"},
        {"fma", "d(ddd)", "d(ddd)"},
        {"frexp", "d(dp)", "d(dp)"},
        {"lround", "i(d)", "i(d)"},
        {"ldexp", "d(di)", "d(di)"}});
  EXPECT_EQ(3, real("sqrt", 9.0));
  EXPECT_EQ(1024, real("pow", 2.0, 10.0));
  EXPECT_EQ(7, real("fma", 2.0, 3.0, 1.0));
  EXPECT_EQ(12, real("ldexp", 3.0, 2));
  uint32_t exponent = guest("", 8);
  EXPECT_EQ(0.75, real("frexp", 3.0, exponent));
  EXPECT_EQ(2, *static_cast<int32_t *>(espb_guest_memory(instance_.get(), exponent, 4)));
  float root = 0;
  EXPECT_EQ(ESPB_OK, instance_.call("sqrtf", &root, &error_, 2.25f));
  EXPECT_EQ(1.5f, root);
  EXPECT_EQ(3, call("lround", 2.5));
  EXPECT_EQ(INT32_MAX, call("lround", 1e12));
}

TEST_F(LibcTest, Scanf) {
  load({{"sscanf", "i(ppppp)", "i(pp.ppp)"}});
  uint32_t a = guest("", 16), b = guest("", 16), c = guest("", 16);
  auto word = [&](uint32_t at) { return *static_cast<int32_t *>(espb_guest_memory(instance_.get(), at, 4)); };
  EXPECT_EQ(3, call("sscanf", guest("12 -0x1f abc"), guest("%d %i %s"), a, b, c));
  EXPECT_EQ(12, word(a));
  EXPECT_EQ(-31, word(b));
  EXPECT_EQ("abc", text(c));
  EXPECT_EQ(2, call("sscanf", guest("k=7,rest"), guest("%1[a-z]=%d,%n"), a, b, c));
  EXPECT_EQ("k", text(a));
  EXPECT_EQ(7, word(b));
  EXPECT_EQ(4, word(c));
  EXPECT_EQ(1, call("sscanf", guest("2.5"), guest("%lf"), a, 0, 0));
  EXPECT_EQ(2.5, *static_cast<double *>(espb_guest_memory(instance_.get(), a, 8)));
  EXPECT_EQ(-1, call("sscanf", guest(""), guest("%d"), a, 0, 0));
  EXPECT_EQ(0, call("sscanf", guest("x"), guest("%d"), a, 0, 0));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("sscanf", guest("1"), guest("%d"), 4, 0, 0));
}

// The heap under a random load: blocks never overlap, keep their content, and all memory comes back.
TEST_F(LibcTest, HeapUnderLoad) {
  load({{"malloc", "p(i)", "p(i)"},
        {"free", "v(p)", "v(p)"},
        {"realloc", "p(pi)", "p(pi)"},
        {"memalign", "p(ii)", "p(ii)"}});
  struct Block {
    uint32_t at, bytes;
    uint8_t mark;
  };
  std::vector<Block> blocks;
  uint32_t seed = 1;
  auto random = [&](uint32_t below) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
  };
  auto memory = [&](const Block &block) {
    return static_cast<uint8_t *>(espb_guest_memory(instance_.get(), block.at, block.bytes));
  };
  auto check = [&](const Block &block) {
    for (uint32_t i = 0; i < block.bytes; ++i)
      ASSERT_EQ(block.mark, memory(block)[i]);
  };
  for (int round = 0; round < 4000; ++round) {
    if (blocks.size() < 100 && random(2) == 0) {
      Block block = {0, random(3000), (uint8_t)round};
      uint32_t alignment = random(4) == 0 ? 64u << random(4) : 16;
      block.at = (uint32_t)(alignment == 16 ? call("malloc", block.bytes)
                                            : call("memalign", alignment, block.bytes));
      ASSERT_NE(0u, block.at);
      ASSERT_EQ(0u, block.at % alignment);
      memset(memory(block), block.mark, block.bytes);
      blocks.push_back(block);
    } else if (!blocks.empty()) {
      size_t i = random((uint32_t)blocks.size());
      check(blocks[i]);
      if (random(3) == 0) {
        uint32_t bytes = random(3000), kept = std::min(bytes, blocks[i].bytes);
        blocks[i].at = (uint32_t)call("realloc", blocks[i].at, bytes);
        blocks[i].bytes = kept;
        check(blocks[i]);
        blocks[i].bytes = bytes;
        memset(memory(blocks[i]), blocks[i].mark, bytes);
      } else {
        instance_.call_void("free", &error_, blocks[i].at);
        blocks.erase(blocks.begin() + (long)i);
      }
    }
  }
  for (const Block &block : blocks) {
    check(block);
    instance_.call_void("free", &error_, block.at);
  }
  EXPECT_NE(0, call("malloc", 1000000)) << "all of the mebibyte is one block again";
}

} // namespace espb::test
