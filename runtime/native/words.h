// SPDX-License-Identifier: Apache-2.0
// How many argument words a signature stands for in the ILP32 psABI.
#ifndef ESPB_RUNTIME_NATIVE_WORDS_H
#define ESPB_RUNTIME_NATIVE_WORDS_H

#include <stdint.h>

namespace espb {

constexpr uint32_t kRegisterWords = 8; // a0..a7

// Words of all arguments, those in registers (the first eight) and those on the stack, with the gaps that
// alignment leaves: a 64-bit argument starts at an even word when it is variadic or lies on the stack as a
// whole.
uint32_t argument_words(const char *signature);

} // namespace espb
#endif
