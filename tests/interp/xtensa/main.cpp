// SPDX-License-Identifier: Apache-2.0
// Runs the host's cases through the engine on Xtensa under qemu-xtensa, prints what differs. Exit status 0
// when nothing does. The file with the cases is standard input.
#include "runtime/module/instance.h"
#include "tests/interp/run_case.h"

using namespace interp_test;

extern "C" long system_call(long number, long a, long b, long c, long d, long e, long f);

static_assert(ESPB_INTERP_SPACING == espb::kThunkBytes, "cases for another chip");

namespace {

void print(const char *text) {
  system_call(13, 1, reinterpret_cast<long>(text), static_cast<long>(strlen(text)), 0, 0, 0);
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

bool fill(void *buffer, size_t bytes) {
  char *at = static_cast<char *>(buffer);
  while (bytes != 0) {
    const long got = system_call(12, 0, reinterpret_cast<long>(at), static_cast<long>(bytes), 0, 0, 0);
    if (got <= 0)
      return false;
    at += got;
    bytes -= static_cast<size_t>(got);
  }
  return true;
}

} // namespace

int main() {
  CaseFile file;
  static Case one;
  // mmap2, anonymous and at this address, so that the guest's addresses are what the cases say
  const long memory = system_call(80, static_cast<long>(kMemoryBase), kMemoryBytes, 3, 0x812, -1, 0);
  if (static_cast<uint32_t>(memory) != kMemoryBase || !fill(&file, sizeof file) ||
      file.stride != sizeof(Case) || file.count == 0) {
    print("no cases, or made by another version, or no memory at their address\n");
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
  char last[sizeof one.name] = "";
  for (uint32_t i = 0; i < file.count; ++i) {
    if (!fill(&one, sizeof one)) {
      print("the file with the cases ends early\n");
      return 2;
    }
    static espb::Thread thread;
    memset(static_cast<void *>(&thread), 0, sizeof thread);
    thread.instance = &instance;
    const char *const what = run_case(one, thread, nullptr);
    if (!what)
      continue;
    ++failures;
    if (strcmp(last, one.name) != 0 && shown++ < 100) {
      print("FAIL: ");
      print(one.name);
      print(": ");
      print(what);
      print(" differs, case ");
      print(i);
      print("\n");
    }
    memcpy(last, one.name, sizeof last);
  }
  print(file.count);
  print(" cases, ");
  print(failures);
  print(" failures\n");
  return failures != 0;
}
