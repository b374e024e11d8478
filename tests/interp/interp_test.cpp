// SPDX-License-Identifier: Apache-2.0
// Runs every case on the engine of the checked profile, and writes them to a file for the RV32 program.
//   interp_test [FILE]
#include "cases.h"
#include "run_case.h"
#include "runtime/module/instance.h"
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <sys/mman.h>

using namespace interp_test;

namespace {

bool write_cases(const char *path, const std::vector<Case> &cases) {
  FILE *const file = std::fopen(path, "wb");
  if (!file)
    return false;
  const CaseFile head = {static_cast<uint32_t>(cases.size()), sizeof(Case)};
  const bool good = std::fwrite(&head, sizeof head, 1, file) == 1 &&
                    std::fwrite(cases.data(), sizeof(Case), cases.size(), file) == cases.size();
  return std::fclose(file) == 0 && good;
}

} // namespace

int main(int argc, char **argv) {
  std::vector<std::string> untested;
  const std::vector<Case> cases = make_cases(untested);
  for (const std::string &name : untested)
    std::printf("FAIL: no case for %s\n", name.c_str());

  // Guest addresses equal those of the board, so one file serves both: the space below is reserved and never
  // touched.
  const size_t space = size_t{kMemoryBase} + kMemoryBytes;
  void *const reserved = mmap(nullptr, space, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (reserved == MAP_FAILED)
    return std::perror("mmap"), 2;
  auto *const memory = static_cast<uint8_t *>(reserved);
  if (mprotect(memory + kMemoryBase, kMemoryBytes, PROT_READ | PROT_WRITE) != 0)
    return std::perror("mprotect"), 2;
  auto instance = std::make_unique<espb::Instance>();
  instance->memory = memory;
  instance->memory_size = static_cast<uint32_t>(space);
  instance->write_floor = kMemoryBase;

  size_t failures = untested.size();
  std::map<std::string, size_t> failed;
  for (const Case &c : cases) {
    espb::Thread thread{};
    thread.instance = instance.get();
    if (std::getenv("INTERP_TEST_VERBOSE"))
      std::fprintf(stderr, "%s\n", c.name);
    const char *const what = run_case(c, thread, memory);
    if (!what)
      continue;
    ++failures;
    if (failed[c.name]++ == 0)
      std::printf("FAIL: %s: %s differs (pc %td, trap %d, acc %08x wanted %08x, budget %d wanted %d)\n",
                  c.name, what, thread.pc - c.code, thread.trap, thread.acc, c.expected_acc, thread.budget,
                  c.expected_budget);
  }
  for (const auto &[name, count] : failed)
    std::printf("%s: %zu cases failed\n", name.c_str(), count);
  if (argc > 1 && !write_cases(argv[1], cases)) {
    std::printf("FAIL: cannot write %s\n", argv[1]);
    return 2;
  }
  std::printf("%zu cases, %zu failures\n", cases.size(), failures);
  return failures != 0;
}
