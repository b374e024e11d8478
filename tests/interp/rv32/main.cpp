// SPDX-License-Identifier: Apache-2.0
// Runs the host's cases through the engine on RV32, prints what differs. Exit status 0 when nothing does.
#include "runtime/module/instance.h"
#include "tests/interp/run_case.h"

using namespace interp_test;

namespace {

void print(const char *text) {
  volatile uint8_t *const uart = reinterpret_cast<volatile uint8_t *>(0x10000000);
  for (; *text; ++text)
    *uart = static_cast<uint8_t>(*text);
}
void print(uint32_t value) {
  char digits[12];
  char *p = digits + sizeof digits;
  *--p = 0;
  do {
    *--p = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value);
  print(p);
}

} // namespace

int main() {
  const CaseFile *const file = reinterpret_cast<const CaseFile *>(kCasesAt);
  const Case *const cases = reinterpret_cast<const Case *>(file + 1);
  if (file->stride != sizeof(Case) || file->count == 0) {
    print("no cases, or made by another version\n");
    return 2;
  }
  // Functions 0 and 1, of signatures 3 and 9.
  alignas(4) static const uint8_t callables[8] = {0, 0, 3, 0, 1, 0, 9, 0};
  static espb::Module module;
  module.image.sections[espb::format::kSectionCallables] = {callables, sizeof callables};
  static espb::Instance instance;
  instance.module = &module;
  instance.callable_base = kFirstCallable;

  uint32_t failures = 0, shown = 0;
  const char *last = "";
  for (uint32_t i = 0; i < file->count; ++i) {
    espb::Thread thread{};
    thread.instance = &instance;
    const char *const what = run_case(cases[i], thread, nullptr);
    if (!what)
      continue;
    ++failures;
    if (strcmp(last, cases[i].name) != 0 && shown++ < 100) {
      print("FAIL: ");
      print(cases[i].name);
      print(": ");
      print(what);
      print(" differs, case ");
      print(i);
      print("\n");
    }
    last = cases[i].name;
  }
  print(file->count);
  print(" cases, ");
  print(failures);
  print(" failures\n");
  return failures != 0;
}
