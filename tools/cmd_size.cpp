// SPDX-License-Identifier: Apache-2.0
// `espb size`: how large each section and each function of a module is, and what has changed against another
// file.
#include "tools/commands.h"
#include "tools/common.h"
#include "tools/module_file.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <unistd.h>

namespace espb::tools {

namespace {

using Json = nlohmann::ordered_json;

struct Row {
  std::string name;
  uint32_t bytes = 0;
  std::optional<uint32_t> other; // in the second file
};
using Table = std::vector<Row>;
using Sizes = std::vector<std::pair<std::string, uint32_t>>;

Sizes section_sizes(const ModuleFile &file) {
  Sizes sizes;
  uint32_t sum = 0;
  for (const format::ReadSection &s : file.module.sections) {
    sizes.emplace_back(s.name, s.bytes);
    sum += s.bytes;
  }
  sizes.emplace_back("(header, directory, padding)", file.module.file_bytes - sum);
  return sizes;
}

Sizes function_sizes(const ModuleFile &file) {
  Sizes sizes;
  std::map<std::string, unsigned> seen; // two static functions may share a name
  for (uint32_t i = 0; i < file.module.model.functions.size(); i++) {
    std::string name = file.function_label(i);
    if (unsigned n = seen[name]++)
      name += " #" + std::to_string(n + 1);
    sizes.emplace_back(name, file.function_bytes(i));
  }
  return sizes;
}

Sizes ram_sizes(const ModuleFile &file) {
  const auto &model = file.module.model;
  return {{"data", uint32_t(model.data.size())},
          {"bss", model.data_total - uint32_t(model.data.size())},
          {"data stack (0: the runtime's default)", model.stack_bytes},
          {"register stack (0: the runtime's default)", 4 * model.register_stack_words}};
}

Table join(const Sizes &first, const Sizes *second) {
  Table table;
  for (const auto &[name, bytes] : first)
    table.push_back({name, bytes, second ? std::optional<uint32_t>(0) : std::nullopt});
  if (second)
    for (const auto &[name, bytes] : *second) {
      auto row = std::find_if(table.begin(), table.end(), [&](const Row &r) { return r.name == name; });
      if (row == table.end())
        table.push_back({name, 0, bytes});
      else
        row->other = bytes;
    }
  return table;
}

void sort_by_size(Table &table) {
  std::stable_sort(table.begin(), table.end(), [](const Row &a, const Row &b) {
    return std::max(a.bytes, a.other.value_or(0)) > std::max(b.bytes, b.other.value_or(0));
  });
}

void print_table(const char *title, const Table &table, uint32_t total, std::optional<uint32_t> other_total) {
  bool colours = colour_on(STDOUT_FILENO);
  std::printf("\n%s%s%s\n", colours ? "\033[1m" : "", title, colours ? "\033[0m" : "");
  auto print = [&](const std::string &name, uint32_t bytes, std::optional<uint32_t> other) {
    std::printf("  %-44s %9u", name.c_str(), bytes);
    if (other) {
      long difference = long(bytes) - long(*other);
      const char *colour = !colours || difference == 0 ? "" : difference > 0 ? "\033[31m" : "\033[32m";
      std::printf(" %9u %s%+9ld%s", *other, colour, difference, *colour ? "\033[0m" : "");
    }
    std::printf("\n");
  };
  for (const Row &row : table)
    print(row.name, row.bytes, row.other);
  print("total", total, other_total);
}

Json table_json(const Table &table) {
  Json list = Json::array();
  for (const Row &row : table) {
    Json entry = {{"name", row.name}, {"bytes", row.bytes}};
    if (row.other) {
      entry["other_bytes"] = *row.other;
      entry["difference"] = long(row.bytes) - long(*row.other);
    }
    list.push_back(entry);
  }
  return list;
}

uint32_t sum(const Table &table) {
  uint32_t total = 0;
  for (const Row &row : table)
    total += row.bytes;
  return total;
}

std::optional<uint32_t> other_sum(const Table &table, bool compare) {
  if (!compare)
    return std::nullopt;
  uint32_t total = 0;
  for (const Row &row : table)
    total += row.other.value_or(0);
  return total;
}

} // namespace

Command add_size_command(CLI::App &root) {
  CLI::App *app =
      root.add_subcommand("size", "Show how large the parts of a module are, and what has changed");
  struct Options {
    std::string path, other;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  app->add_option("module", options->path, "The .espb file")->required()->type_name("FILE");
  app->add_option("other", options->other,
                  "A second one to compare with: its sizes and the difference get columns")
      ->type_name("OTHER");
  app->add_flag("--json", options->json, "The tables as one JSON object");
  app->footer("Examples:\n"
              "  espb size app.espb\n"
              "  espb size app.espb app-before.espb     a positive difference: app.espb has grown\n"
              "  espb size app.espb --json | jq .bytes");
  Command command;
  command.app = app;
  command.run = [options]() -> int {
    ModuleFile file = ModuleFile::load(options->path);
    bool compare = !options->other.empty();
    std::optional<ModuleFile> other;
    if (compare)
      other = ModuleFile::load(options->other);
    auto tabulate = [&](Sizes (*sizes)(const ModuleFile &)) {
      Sizes mine = sizes(file);
      Sizes theirs = other ? sizes(*other) : Sizes();
      return join(mine, other ? &theirs : nullptr);
    };
    Table sections = tabulate(section_sizes);
    Table functions = tabulate(function_sizes);
    Table ram = tabulate(ram_sizes);
    sort_by_size(functions);
    if (options->json) {
      Json root = {{"file", file.path}, {"bytes", file.module.file_bytes}};
      if (other) {
        root["other"] = other->path;
        root["other_bytes"] = other->module.file_bytes;
        root["difference"] = long(file.module.file_bytes) - long(other->module.file_bytes);
      }
      root["sections"] = table_json(sections);
      root["functions"] = table_json(functions);
      root["ram"] = table_json(ram);
      std::printf("%s\n", root.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
      return kExitOk;
    }
    std::printf("%s: %u bytes", file.path.c_str(), file.module.file_bytes);
    if (other)
      std::printf("; %s: %u bytes; columns: bytes, bytes of the other, difference", other->path.c_str(),
                  other->module.file_bytes);
    std::printf("\n");
    print_table("Sections", sections, sum(sections), other_sum(sections, compare));
    print_table("Functions", functions, sum(functions), other_sum(functions, compare));
    print_table("RAM of an instance", ram, sum(ram), other_sum(ram, compare));
    if (!file.debug)
      print_note(file.debug_problem + ": functions are known by exported names only");
    return kExitOk;
  };
  return command;
}

} // namespace espb::tools
