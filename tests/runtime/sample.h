// SPDX-License-Identifier: Apache-2.0
// Hand-assembled modules for the runtime's tests.
#ifndef ESPB_TESTS_RUNTIME_SAMPLE_H
#define ESPB_TESTS_RUNTIME_SAMPLE_H

#include "format/writer.h"
#include "isa/isa.h"
#include <initializer_list>
#include <string>
#include <vector>

namespace espb::test {

// Register fields: r(k), and o(window, k) of a function with that window.
constexpr uint8_t r(unsigned k) { return (uint8_t)(4 * k); }
constexpr uint8_t o(unsigned window, unsigned k) { return (uint8_t)(4 * (window + 2 + k)); }
constexpr uint8_t win(unsigned window) { return (uint8_t)(4 * (window + 2)); }
constexpr uint8_t s8(int value) { return (uint8_t)value; }
constexpr uint8_t lo(unsigned value) { return (uint8_t)value; }
constexpr uint8_t hi(unsigned value) { return (uint8_t)(value >> 8); }

// Builds a module function by function.
class Builder {
public:
  // Begins a function and returns its index.
  unsigned function(unsigned window, unsigned argument_words, unsigned frame_bytes = 0);
  Builder &op(Opcode opcode, std::initializer_list<uint8_t> fields = {});
  // Offset of the next instruction from the start of the function.
  unsigned here() const { return (unsigned)(module.code.size() - module.functions.back().code_offset); }

  unsigned signature(const std::string &text);
  unsigned import(const std::string &name, const std::string &signature);
  unsigned callable(unsigned function, const std::string &signature);
  void export_function(const std::string &name, unsigned function, const std::string &signature);

  std::vector<uint8_t> bytes() const; // fails the test when the model does not fit the format

  format::ModuleModel module;
};

// A module that uses everything the container and the runtime have. Its exports are listed in sample.cpp.
Builder sample();

// Bytes at an address that is a multiple of 16, in a block of exactly their size.
class Aligned {
public:
  explicit Aligned(const std::vector<uint8_t> &bytes);
  ~Aligned();
  Aligned(const Aligned &) = delete;
  Aligned &operator=(const Aligned &) = delete;
  uint8_t *data() const { return data_; }
  size_t size() const { return size_; }

private:
  uint8_t *data_;
  size_t size_;
};

} // namespace espb::test

#endif
