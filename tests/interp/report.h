// SPDX-License-Identifier: Apache-2.0
// What the programs that run cases on a chip say, and the instance in which they run them.
#ifndef ESPB_TESTS_INTERP_REPORT_H
#define ESPB_TESTS_INTERP_REPORT_H

#include "machine.h"
#include "runtime/module/instance.h"
#include <string.h>

namespace interp_test {

inline void print(uint32_t value) {
  char digits[12];
  char *p = digits + sizeof digits;
  *--p = 0;
  do {
    *--p = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value);
  print(p);
}

inline bool begins(const char *name, const char *with) {
  while (*with && *name == *with)
    ++name, ++with;
  return !*with;
}

// Counts failures, and shows the first one of each instruction.
class Report {
public:
  uint32_t failures() const { return failures_; }
  void another_situation() { last_ = ""; }
  void differs(const Case &c, uint32_t index, const char *situation, const char *what) {
    ++failures_;
    if (strcmp(last_, c.name) != 0 && shown_++ < 100) {
      print("FAIL: ");
      print(c.name);
      print(situation);
      print(": ");
      print(what);
      print(" differs, case ");
      print(index);
      print("\n");
    }
    last_ = c.name;
  }

private:
  uint32_t failures_ = 0, shown_ = 0;
  const char *last_ = "";
};

// Functions 0 and 1 have addresses, and signatures 3 and 9.
inline espb::Instance &case_instance(espb::Module &module) {
  alignas(4) static const uint8_t callables[8] = {0, 0, 3, 0, 1, 0, 9, 0};
  module.image.sections[espb::format::kSectionCallables] = {callables, sizeof callables};
  static espb::Instance instance;
  instance.module = &module;
  instance.callable_base = kFirstCallable;
  return instance;
}

} // namespace interp_test
#endif
