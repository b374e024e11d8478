// SPDX-License-Identifier: Apache-2.0
// Where argument words lie: guest code has those of the ILP32 psABI of RISC-V, native code on Xtensa those of
// the windowed ABI.
//   guest:  eight words in registers, the others on the stack; 64-bit values at an even word only when they
//   are
//           variable arguments or lie on the stack as a whole
//   native: six words in registers, the others on the stack; 64-bit values always at an even word
#ifndef ESPB_RUNTIME_NATIVE_XTENSA_ARRANGE_H
#define ESPB_RUNTIME_NATIVE_XTENSA_ARRANGE_H

#include <stdint.h>

namespace espb {

constexpr uint32_t kNativeRegisterWords = 6;
constexpr uint32_t kGuestRegisterWords = 8;

// Walks the arguments of a signature.
class ArgumentWalk {
public:
  explicit ArgumentWalk(const char *signature) : letter_(signature) {
    while (*letter_ != '(')
      ++letter_;
  }

  // The next argument; false at the end, and at variable arguments of which nothing is known.
  bool next() {
    guest_end_ += words_;
    native_end_ += words_;
    if (*++letter_ == '.') {
      variadic_ = true;
      ++letter_;
    }
    if (*letter_ == ')' || *letter_ == '\0') {
      words_ = 0;
      return false;
    }
    words_ = *letter_ == 'l' || *letter_ == 'd' ? 2 : 1;
    if (words_ == 2) {
      native_end_ += native_end_ & 1;
      if (variadic_ || guest_end_ >= kGuestRegisterWords)
        guest_end_ += guest_end_ & 1;
    }
    return true;
  }

  uint32_t guest() const { return guest_end_; } // index of its first word
  uint32_t native() const { return native_end_; }
  uint32_t words() const { return words_; }
  bool variadic() const { return variadic_; }

private:
  const char *letter_;
  uint32_t guest_end_ = 0, native_end_ = 0, words_ = 0;
  bool variadic_ = false;
};

} // namespace espb
#endif
