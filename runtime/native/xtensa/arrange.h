// SPDX-License-Identifier: Apache-2.0
// Where argument words lie: guest code has those of the ILP32 psABI of RISC-V, native code on Xtensa those of
// the windowed ABI.
//   guest:  eight words in registers, the others on the stack; 64-bit values at an even word only when they
//   are variable arguments or lie
//           on the stack as a whole; structures of more than 8 bytes by reference, the address of a result of
//           that size in front
//   native: six words in registers, the others on the stack; 64-bit values always at an even word; a
//   structure takes its words, all in
//           registers or all on the stack, aligned as it is; results of up to 16 bytes in registers
#ifndef ESPB_RUNTIME_NATIVE_XTENSA_ARRANGE_H
#define ESPB_RUNTIME_NATIVE_XTENSA_ARRANGE_H

#include "format/espb_format.h"
#include <stdint.h>

namespace espb {

constexpr uint32_t kNativeRegisterWords = 6;
constexpr uint32_t kGuestRegisterWords = 8;
constexpr uint32_t kMostStackWords = 64; // of a native call

// Walks the arguments of a signature, which was checked at load up to its bracket: what follows may be
// anything.
class ArgumentWalk {
public:
  [[gnu::noinline]] explicit ArgumentWalk(const char *signature) : letter_(signature) {
    while (*letter_ != '(')
      ++letter_;
    items_ = letter_;
    while (*items_++ != ')') {
    }
    next_item();
  }

  // Bytes of a structure that native code returns in registers and the guest in memory, at its first
  // argument; or 0.
  uint32_t result_bytes() const { return item_.kind == 'r' && item_.bytes <= 16 ? item_.bytes : 0; }

  // The next argument; false at the end, and at variable arguments of which nothing is known.
  [[gnu::noinline]] bool next() {
    guest_end_ += guest_words_;
    native_end_ += words_;
    if (*++letter_ == '.') {
      variadic_ = true;
      ++letter_;
    }
    guest_words_ = words_ = 0;
    by_reference_ = false;
    if (*letter_ == ')')
      return false;
    uint32_t align = 1;
    guest_words_ = words_ = *letter_ == 'l' || *letter_ == 'd' ? 2 : 1;
    if (words_ == 2) {
      align = 2;
      if (variadic_ || guest_end_ >= kGuestRegisterWords)
        guest_end_ += guest_end_ & 1;
    }
    bool whole = true;
    if (item_.kind != '\0' && item_.index == index_) {
      whole = item_.kind != 'c';
      align = item_.kind == 'q' ? 4 : item_.kind == 'd' || item_.kind == 'c' ? 2 : 1;
      if (*letter_ == 'p') {
        by_reference_ = true;
        words_ = item_.kind == 'r' ? 0 : item_.bytes > kMostBytes ? kMostBytes : (item_.bytes + 3) / 4;
      } else if (letter_[1] == 'i') { // in words
        guest_words_ = words_ = 2;
        ++letter_;
        ++index_;
      }
      next_item();
    }
    ++index_;
    // The stack has an alignment of its own.
    const uint32_t base = native_end_ < kNativeRegisterWords ? 0 : kNativeRegisterWords;
    native_end_ = base + ((native_end_ - base + align - 1) & (0 - align));
    if (base == 0 && whole && native_end_ + words_ > kNativeRegisterWords)
      native_end_ = kNativeRegisterWords;
    return true;
  }

  uint32_t guest() const { return guest_end_; } // index of its first word
  uint32_t native() const { return native_end_; }
  uint32_t guest_words() const { return guest_words_; }
  uint32_t words() const { return words_; }           // native ones
  bool by_reference() const { return by_reference_; } // in the guest
  bool variadic() const { return variadic_; }
  // The words are the same ones at the same place.
  bool straight() const { return guest_end_ == native_end_ && !by_reference_; }

private:
  static constexpr uint32_t kMostBytes = 4 * (kNativeRegisterWords + kMostStackWords);
  [[gnu::noinline]] void next_item() { items_ = format::read_struct_item(items_, item_); }

  const char *letter_, *items_;
  format::StructItem item_;
  uint32_t index_ = 0; // of the next letter
  uint32_t guest_end_ = 0, native_end_ = 0, guest_words_ = 0, words_ = 0;
  bool variadic_ = false, by_reference_ = false;
};

} // namespace espb
#endif
