// SPDX-License-Identifier: Apache-2.0
// The memory that machine code is written to.
#ifndef ESPB_RUNTIME_JIT_OUTPUT_H
#define ESPB_RUNTIME_JIT_OUTPUT_H

#include <stdint.h>

namespace espb::jit {

// A word of memory that code may run in. The instruction memory of an ESP32 takes loads and stores of whole
// words only, and compilers make smaller ones of what needs only a part.
#ifdef __XTENSA__
using CodeWord = volatile uint32_t;
#else
using CodeWord = uint32_t;
#endif

// Where code is written, by a chip's encoder. Places and distances count in its units (half words on RV32).
// Memory is read and written by words only. When code does not fit, nothing is written any more and full()
// says so.
class Output {
public:
  Output(CodeWord *words, uint32_t limit) : words_(words), limit_(limit) {}

  uint32_t at() const { return at_; }
  void rewind(uint32_t at) { at_ = at; }
  // The same where code lies already, for an encoder that relies on zeroes in the rest of a word.
  void rewind(uint32_t at, uint32_t unit) {
    at_ = at;
    if (const uint32_t byte = at * unit; byte & 3)
      words_[byte >> 2] = words_[byte >> 2] & ((1u << 8 * (byte & 3)) - 1);
  }
  bool full() const { return full_; }
  void set_full() { full_ = true; }
  void clear_full() { full_ = false; }
  void set_limit(uint32_t limit) { limit_ = limit; }
  uint32_t limit() const { return limit_; }
  CodeWord *words() const { return words_; }

protected:
  CodeWord *words_;
  uint32_t at_ = 0;
  uint32_t limit_;
  bool full_ = false;
};

} // namespace espb::jit
#endif
