// SPDX-License-Identifier: Apache-2.0
// espb-profile [-n ROWS] MODULE.espb...: runs each module's main on the host and prints which instructions
// and which pairs of neighbours were executed most. Every module counts the same, however long it runs: the
// shares are means of the modules' shares. For a pair the columns also say in how many modules it reaches a
// tenth of a percent, and its share without the module where it is largest: a pair that one program alone
// earns is not worth an opcode.
#include "espb/espb.h"
#include "espb/host_libc.h"
#include "isa/disassembler.h"
#include "runtime/interp/dispatch_profile.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

espb::DispatchProfile espb::dispatch_profile;

namespace {

constexpr uint32_t kOpcodes = espb::DispatchProfile::kOpcodes;

struct Shares {
  double sum = 0, largest = 0;
  unsigned modules = 0; // where the share is at least 0.1 %
  void add(double share) {
    sum += share;
    largest = std::max(largest, share);
    modules += share >= 0.001;
  }
};

std::map<uint32_t, Shares> singles;
std::map<uint32_t, Shares> pairs; // first * kOpcodes + second

// Reports, and says whether the module ran to its end.
bool run(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<char> bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  // Modules want an aligned place.
  std::unique_ptr<char, decltype(&std::free)> memory(
      static_cast<char *>(std::aligned_alloc(16, (bytes.size() + 16) & ~size_t(15))), &std::free);
  std::copy(bytes.begin(), bytes.end(), memory.get());
  espb_error error = {};
  espb_module *module = nullptr;
  espb_instance *instance = nullptr;
  espb_function entry;
  espb_value arguments[2] = {}, result = {};
  std::memset(&espb::dispatch_profile, 0, sizeof espb::dispatch_profile);
  espb_options options = {};
  espb_status status = espb_module_open(memory.get(), bytes.size(), &module, &error);
  if (status == ESPB_OK)
    status = espb_instantiate(module, espb_host_libc(), &options, &instance, &error);
  if (status == ESPB_OK)
    status = espb_initialise(instance, &error);
  if (status == ESPB_OK)
    status = espb_find_function(instance, "main", &entry, &error);
  if (status == ESPB_OK)
    status = espb_call(espb_main_thread(instance), &entry, arguments,
                       std::strcmp(entry.signature, "i(ip)") == 0 ? 2 : 0, &result, &error);
  if (instance)
    espb_destroy(instance, nullptr);
  if (module)
    espb_module_close(module);
  if (status != ESPB_OK) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), error.message);
    return false;
  }
  const espb::DispatchProfile &profile = espb::dispatch_profile;
  double total = 0;
  for (uint64_t count : profile.single)
    total += double(count);
  for (uint32_t a = 0; a < kOpcodes; a++) {
    if (!profile.single[a])
      continue;
    singles[a].add(double(profile.single[a]) / total);
    for (uint32_t b = 0; b < kOpcodes; b++)
      if (profile.pair[a][b])
        pairs[a * kOpcodes + b].add(double(profile.pair[a][b]) / total);
  }
  return true;
}

std::string name(uint32_t opcode) {
  const char *text = espb::instruction_name(opcode / 256, opcode % 256);
  return text ? text : "?";
}

void print(const char *title, const std::map<uint32_t, Shares> &all, size_t modules, size_t rows, bool pair) {
  std::vector<std::pair<uint32_t, Shares>> sorted(all.begin(), all.end());
  auto robust = [](const Shares &s) { return s.sum - s.largest; };
  std::sort(sorted.begin(), sorted.end(),
            [&](const auto &a, const auto &b) { return robust(a.second) > robust(b.second); });
  std::printf("%-40s %8s %8s %8s %8s\n", title, "mean %", "w/o best", "largest", "modules");
  for (size_t i = 0; i < sorted.size() && i < rows; i++) {
    const auto &[key, shares] = sorted[i];
    std::string text = pair ? name(key / kOpcodes) + " + " + name(key % kOpcodes) : name(key);
    std::printf("%-40s %8.3f %8.3f %8.3f %8u\n", text.c_str(), 100 * shares.sum / double(modules),
                100 * robust(shares) / double(modules), 100 * shares.largest, shares.modules);
  }
}

} // namespace

int main(int argc, char **argv) {
  size_t rows = 40, modules = 0;
  int first = 1;
  if (argc > 2 && std::strcmp(argv[1], "-n") == 0) {
    rows = std::strtoul(argv[2], nullptr, 10);
    first = 3;
  }
  if (first >= argc) {
    std::fprintf(stderr, "usage: espb-profile [-n ROWS] MODULE.espb...\n");
    return 2;
  }
  bool good = true;
  for (int i = first; i < argc; i++) {
    bool ran = run(argv[i]);
    good = good && ran;
    modules += ran;
  }
  if (!modules)
    return 1;
  std::printf("%zu modules, each weighing the same\n\n", modules);
  print("instruction", singles, modules, rows, false);
  std::printf("\n");
  print("pair of neighbours", pairs, modules, rows, true);
  return good ? 0 : 1;
}
