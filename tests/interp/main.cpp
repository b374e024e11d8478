// SPDX-License-Identifier: Apache-2.0
// Runs the host's cases through the engine on a chip, prints what differs. Exit status 0 when nothing does.
#include "report.h"
#include "run_case.h"

using namespace interp_test;

int main() {
  const CaseFile *const file = load_cases();
  if (!file)
    return 2;
  const Case *const cases = reinterpret_cast<const Case *>(file + 1);
  static espb::Module module;
  espb::Instance &instance = case_instance(module);

  Report report;
  for (uint32_t i = 0; i < file->count; ++i) {
    static espb::Thread thread;
    memset(static_cast<void *>(&thread), 0, sizeof thread);
    thread.instance = &instance;
    if (const char *const what = run_case(cases[i], thread, nullptr))
      report.differs(cases[i], i, "", what);
  }
  print(file->count);
  print(" cases, ");
  print(report.failures());
  print(" failures\n");
  return report.failures() != 0;
}
