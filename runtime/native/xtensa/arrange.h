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
  explicit ArgumentWalk(const char *signature);

  // Bytes of a structure that native code returns in registers and the guest in memory, at its first
  // argument; or 0.
  uint32_t result_bytes() const { return item_.kind == 'r' && item_.bytes <= 16 ? item_.bytes : 0; }

  // The next argument; false at the end, and at variable arguments of which nothing is known.
  bool next();

  uint32_t guest() const { return guest_end_; } // index of its first word
  uint32_t native() const { return native_end_; }
  uint32_t guest_words() const { return guest_words_; }
  uint32_t words() const { return words_; }           // native ones
  bool by_reference() const { return by_reference_; } // in the guest
  bool variadic() const { return variadic_; }
  // The words are the same ones at the same place.
  bool straight() const { return guest_end_ == native_end_ && !by_reference_; }

private:
  void next_item();

  const char *letter_, *items_;
  format::StructItem item_;
  uint32_t index_ = 0; // of the next letter
  uint32_t guest_end_ = 0, native_end_ = 0, guest_words_ = 0, words_ = 0;
  bool variadic_ = false, by_reference_ = false;
};

} // namespace espb
#endif
