// SPDX-License-Identifier: Apache-2.0
#include "arrange.h"

namespace espb {

ArgumentWalk::ArgumentWalk(const char *signature) : letter_(signature) {
  while (*letter_ != '(')
    ++letter_;
  items_ = letter_;
  while (*items_++ != ')') {
  }
  next_item();
}

void ArgumentWalk::next_item() { items_ = format::read_struct_item(items_, item_); }

bool ArgumentWalk::next() {
  constexpr uint32_t kMostBytes = 4 * (kNativeRegisterWords + kMostStackWords);
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

} // namespace espb
