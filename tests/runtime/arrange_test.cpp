// SPDX-License-Identifier: Apache-2.0
// Where the arguments of a call lie on Xtensa, and that no text behind a signature leads anywhere else.
#include "runtime/native/xtensa/arrange.h"
#include <gtest/gtest.h>
#include <string>

namespace espb::test {

// Every argument as guest>native words, * for one by reference; r and the bytes of a result.
static std::string placed(const char *signature) {
  ArgumentWalk walk(signature);
  std::string text;
  if (walk.result_bytes() != 0)
    text = "r" + std::to_string(walk.result_bytes()) + " ";
  while (walk.next()) {
    text += std::to_string(walk.guest()) + ">" + std::to_string(walk.native());
    if (walk.words() != 1)
      text += "+" + std::to_string(walk.words());
    text += walk.by_reference() ? "* " : " ";
  }
  return text;
}

TEST(Arrange, PlacesAsGcc) {
  EXPECT_EQ("0>0 1>1 2>2 3>3 4>4 5>5 6>6 ", placed("v(ipifipb)"));
  EXPECT_EQ("0>0 1>2+2 3>4 4>6+2 6>8 ", placed("i(ilidi)"));
  EXPECT_EQ("0>0 2>2+2 4>4 ", placed("i(i.li)"));
  // A structure lies in registers or on the stack, and after one on the stack everything does.
  EXPECT_EQ("0>0 1>1+3* 2>4 ", placed("v(ipi)w1:12"));
  EXPECT_EQ("0>0 1>1 2>2+3* 3>6+3* 4>9 ", placed("v(iippi)w2:12w3:9"));
  EXPECT_EQ("0>0 1>1 2>2 3>3 4>4 5>6+2 7>8 ", placed("v(iiiiiiii)w5:8"));
  EXPECT_EQ("0>6+16* 1>22 ", placed("v(pi)w0:64"));
  // Alignments; the stack begins a count of its own.
  EXPECT_EQ("0>0 1>2+4* 2>6 ", placed("v(ipi)d1:16"));
  EXPECT_EQ("0>0 1>6+4* 2>10 ", placed("v(ipi)q1:16"));
  EXPECT_EQ("0>0 1>1 2>2 3>3 4>4 5>5 6>6 7>10+4* 8>14 ", placed("v(iiiiiiipi)q7:16"));
  EXPECT_EQ("0>0 1>1 2>2 3>3 4>4 5>6+4* ", placed("v(iiiiip)d5:16"));
  EXPECT_EQ("0>0 1>1 2>2 3>3 4>4+4* 5>8 ", placed("v(iiiipi)c4:16"));
  EXPECT_EQ("r16 0>0+0* 1>0 2>6+6* 3>12 ", placed("v(pipi)r0:16d2:24"));
}

TEST(Arrange, TakesAnyTextBehindTheBracket) {
  for (const char *text :
       {"r", "r0", "w", "w0:", "w0:4294967295", "q1:4294967292", "w4294967295:8", "r0:17", "r0:4294967295",
        "::::", "w0:12w0:12", "\377\3770:8", "99999999999999999999", "d0:12d1:12d2:12d3:12 and more"}) {
    const std::string signature = std::string("v(pipi.iil)") + text;
    ArgumentWalk walk(signature.c_str());
    EXPECT_LE(walk.result_bytes(), 16u) << text;
    uint32_t count = 0;
    for (; walk.next(); ++count) {
      EXPECT_LE(walk.guest_words(), 2u) << text;
      EXPECT_LE(walk.words(), 4 * (kNativeRegisterWords + kMostStackWords)) << text;
    }
    EXPECT_GE(count, 6u) << text;
    EXPECT_LE(count, 7u) << text;
  }
}

} // namespace espb::test
