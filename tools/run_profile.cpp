// SPDX-License-Identifier: Apache-2.0
// `espb run --profile`: what was counted per byte of code, as a table of functions.
#include "tools/common.h"
#include "tools/module_file.h"
#include "tools/run.h"

#include <algorithm>
#include <cstdio>

namespace espb::tools {

namespace {

// Compiling pays for the functions in which most instructions are executed.
constexpr double kMostOfAll = 0.9, kLeast = 0.01;

struct Row {
  uint32_t index;
  uint64_t calls = 0, back_edges = 0, executed = 0;
  double share = 0;
  bool hot = false, deserves = false;
};

std::vector<Row> count_functions(const ModuleFile &module,
                                 const std::vector<ExecutionProfile::Count> &counts) {
  std::vector<Row> rows;
  uint64_t all = 0;
  for (uint32_t i = 0; i < module.module.model.functions.size(); i++) {
    const auto &function = module.module.model.functions[i];
    Row row{i};
    row.hot = function.hot;
    const size_t begin = function.code_offset, end = begin + module.function_bytes(i);
    for (size_t at = begin; at < end && at < counts.size(); at++) {
      row.executed += counts[at].executed;
      row.back_edges += counts[at].backward;
    }
    if (row.executed == 0)
      continue;
    // Whoever came to the first instruction and did not branch back to it was a caller.
    row.calls = counts[begin].executed - counts[begin].backward;
    all += row.executed;
    rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row &a, const Row &b) { return a.executed > b.executed; });
  double before = 0;
  for (Row &row : rows) {
    row.share = double(row.executed) / double(all);
    row.deserves = before < kMostOfAll && row.share >= kLeast;
    before += row.share;
  }
  return rows;
}

} // namespace

void print_profile(const std::string &path, const std::vector<ExecutionProfile::Count> &counts, bool json) {
  const ModuleFile module = ModuleFile::load(path);
  const std::vector<Row> rows = count_functions(module, counts);
  if (json) {
    nlohmann::ordered_json functions = nlohmann::ordered_json::array();
    for (const Row &row : rows)
      functions.push_back({{"function", row.index},
                           {"name", module.function_label(row.index)},
                           {"calls", row.calls},
                           {"back_edges", row.back_edges},
                           {"executed", row.executed},
                           {"share", row.share},
                           {"hot", row.hot},
                           {"deserves_hot", row.deserves}});
    std::fprintf(stderr, "%s\n", nlohmann::ordered_json({{"profile", functions}}).dump().c_str());
    return;
  }
  size_t width = 8;
  for (const Row &row : rows)
    width = std::max(width, module.function_label(row.index).size());
  std::fprintf(stderr, "%-*s  %12s  %12s  %14s  %6s  %s\n", int(width), "function", "calls", "back-edges",
               "executed", "share", "JIT_HOT");
  bool some = false;
  for (const Row &row : rows) {
    const char *advice = row.hot ? row.deserves ? "is" : "is, need not be" : row.deserves ? "should be" : "";
    some |= row.deserves && !row.hot;
    std::string line(width + 100, 0);
    std::snprintf(line.data(), line.size(), "%-*s  %12llu  %12llu  %14llu  %5.1f%%  %s", int(width),
                  module.function_label(row.index).c_str(), static_cast<unsigned long long>(row.calls),
                  static_cast<unsigned long long>(row.back_edges),
                  static_cast<unsigned long long>(row.executed), 100 * row.share, advice);
    line.resize(line.find('\0'));
    line.resize(line.find_last_not_of(' ') + 1);
    std::fprintf(stderr, "%s\n", line.c_str());
  }
  if (some)
    print_note("mark those that should be with JIT_HOT, or build with --jit all");
}

} // namespace espb::tools
