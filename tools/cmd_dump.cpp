// SPDX-License-Identifier: Apache-2.0
// `espb dump`: what is inside a module, down to the instructions and the source lines they come from.
#include "isa/disassembler.h"
#include "tools/commands.h"
#include "tools/common.h"
#include "tools/jit_listing.h"
#include "tools/module_file.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <unistd.h>

namespace espb::tools {

namespace {

using Json = nlohmann::ordered_json;
using format::ModuleModel;

struct DumpOptions {
  std::string path;
  std::vector<std::string> functions;
  std::vector<std::string> source_dirs;
  std::string jit; // the chip whose machine code is shown
  bool sections = false, imports = false, exports = false, code = false, no_source = false, json = false;
};

const char *kExportKinds[] = {"function", "data", "rodata"};

std::string import_label(const ModuleModel &model, uint32_t index) {
  if (index >= model.imports.size())
    return {};
  const format::ModelImport &import = model.imports[index];
  if (import.table == format::kImportNamed || !import.name.empty())
    return import.name;
  std::string table = import.table < model.symbol_tables.size() ? model.symbol_tables[import.table].name
                                                                : "table " + std::to_string(import.table);
  return table + "[" + std::to_string(import.table_index) + "]";
}

std::string signature_text(const ModuleModel &model, uint16_t index) {
  return index < model.signatures.size() ? model.signatures[index] : std::string();
}

// One instruction as both printers want it.
struct Line {
  uint32_t offset;
  Disassembly text;
  ModuleFile::Line source;
};

std::string label_name(uint32_t offset) { return "L_" + hex(offset).substr(2); }

std::vector<Line> disassemble_function(const ModuleFile &file, uint32_t index, std::set<uint32_t> &targets) {
  const ModuleModel &model = file.module.model;
  DisassemblyOptions options;
  options.window = model.functions[index].window_words;
  options.label = label_name;
  options.function = [&](uint32_t f) {
    std::string name = file.function_name(f);
    return name.empty() ? name : demangle(name);
  };
  options.import = [&](uint32_t i) { return demangle(import_label(model, i)); };
  options.signature = [&](uint32_t s) { return signature_text(model, uint16_t(s)); };
  options.callable = [&](uint32_t c) {
    return c < model.callables.size() ? file.function_label(model.callables[c].function) : std::string();
  };
  std::vector<Line> lines;
  uint32_t end = file.module.function_end(index);
  for (uint32_t at = model.functions[index].code_offset; at < end;) {
    Disassembly text = disassemble(model.code.data(), end, at, options);
    lines.push_back({at, text, file.line_at(at)});
    targets.insert(text.targets.begin(), text.targets.end());
    at += text.length ? text.length : 1; // a byte that is no instruction is shown as such
  }
  return lines;
}

bool wanted(const ModuleFile &file, uint32_t index, const DumpOptions &options) {
  if (options.functions.empty())
    return true;
  std::string name = file.function_name(index);
  std::string plain = demangle(name);
  for (const std::string &wish : options.functions)
    if (wish == name || wish == plain || wish == plain.substr(0, plain.find('(')) ||
        wish == std::to_string(index))
      return true;
  return false;
}

std::string flags_text(const format::ModelFunction &f) {
  std::string text;
  if (f.variadic)
    text += ", variadic";
  if (f.hot)
    text += ", hot";
  if (f.leaf)
    text += ", leaf";
  return text;
}

class TextDump {
public:
  TextDump(const ModuleFile &file, const DumpOptions &options)
      : file_(file), model_(file.module.model), options_(options), source_(file.path, options.source_dirs),
        bold_(colour_on(STDOUT_FILENO) ? "\033[1m" : ""), dim_(colour_on(STDOUT_FILENO) ? "\033[2m" : ""),
        off_(colour_on(STDOUT_FILENO) ? "\033[0m" : "") {}

  void run() {
    bool all = !options_.sections && !options_.imports && !options_.exports && !options_.code;
    if (all || options_.sections)
      sections();
    if (all || options_.imports)
      imports();
    if (all || options_.exports)
      exports();
    if (all || options_.code)
      code();
  }

private:
  void title(const char *text) const { std::printf("\n%s%s%s\n", bold_, text, off_); }

  void sections() const {
    std::string debug = file_.debug ? "debug file " + debug_file_name(file_.path) : file_.debug_problem;
    std::printf("%s: module of format %u.%u, %u bytes; %s\n", file_.path.c_str(),
                unsigned(format::kMajorVersion), unsigned(file_.module.minor_version),
                file_.module.file_bytes, debug.c_str());
    title("Sections");
    std::printf("  %-16s %8s %8s\n", "name", "offset", "bytes");
    for (const format::ReadSection &s : file_.module.sections)
      std::printf("  %-16s %8s %8u\n", s.name.c_str(), hex(s.offset).c_str(), s.bytes);
    title("Memory");
    std::printf("  data block %u bytes (%zu initial, aligned to %u), rodata aligned to %u\n",
                model_.data_total, model_.data.size(), unsigned(model_.data_align),
                unsigned(model_.rodata_align));
    std::printf("  data stack %s, register stack %s, largest frame %u bytes\n",
                model_.stack_bytes ? (std::to_string(model_.stack_bytes) + " bytes").c_str()
                                   : "as the runtime likes",
                model_.register_stack_words ? (std::to_string(model_.register_stack_words) + " words").c_str()
                                            : "as the runtime likes",
                file_.module.max_frame_bytes);
  }

  void imports() const {
    if (!model_.symbol_tables.empty()) {
      title("Fast symbol tables");
      for (const format::ModelSymbolTable &t : model_.symbol_tables)
        std::printf("  %s: first %u names, fingerprint %s\n", t.name.c_str(), unsigned(t.length),
                    hex(t.fingerprint, 8).c_str());
    }
    title("Imports");
    if (model_.imports.empty())
      std::printf("  none\n");
    for (uint32_t i = 0; i < model_.imports.size(); i++) {
      const format::ModelImport &import = model_.imports[i];
      std::string where = "by name";
      if (import.table != format::kImportNamed)
        where = "entry " + std::to_string(import.table_index) + " of " +
                (import.table < model_.symbol_tables.size() ? model_.symbol_tables[import.table].name : "?");
      if (import.weak)
        where += ", weak";
      if (import.address_only)
        where += ", address";
      std::printf("  %4u  %-28s %-16s %s\n", i, demangle(import_label(model_, i)).c_str(),
                  signature_text(model_, import.signature).c_str(), where.c_str());
    }
  }

  void exports() const {
    title("Exports");
    if (model_.exports.empty())
      std::printf("  none\n");
    for (const format::ModelExport &e : model_.exports) {
      if (e.kind == format::kExportFunction)
        std::printf("  %-34s %-16s function %u\n", demangle(e.name).c_str(),
                    signature_text(model_, e.signature).c_str(), unsigned(e.function));
      else
        std::printf("  %-34s %-16s %s + %s\n", demangle(e.name).c_str(), "", kExportKinds[e.kind],
                    hex(e.offset).c_str());
    }
    for (uint16_t f : model_.initialisers)
      std::printf("  runs at start: %s\n", file_.function_label(f).c_str());
    for (uint16_t f : model_.finalisers)
      std::printf("  runs at the end: %s\n", file_.function_label(f).c_str());
  }

  void code() {
    title("Code");
    if (!options_.jit.empty()) {
      jit_ = list_jit_code(options_.path, options_.jit);
      std::printf("  machine code for %s: %u bytes of %zu functions\n", options_.jit.c_str(), jit_.code_bytes,
                  jit_.functions.size());
      if (!jit_.disassembled)
        std::printf("  no RISC-V objdump in PATH: bytes only\n");
    }
    for (uint32_t i = 0; i < model_.functions.size(); i++)
      if (wanted(file_, i, options_))
        function(i);
  }

  void function(uint32_t index) {
    const format::ModelFunction &f = model_.functions[index];
    std::set<uint32_t> targets;
    std::vector<Line> lines = disassemble_function(file_, index, targets);
    std::printf("\n%sfunction %u  %s%s\n", bold_, index, file_.function_label(index).c_str(), off_);
    std::printf("%s  %u bytes, window %u, argument words %u, result words %u, frame %u%s%s\n", dim_,
                file_.function_bytes(index), f.window_words, f.argument_words, f.result_words, f.frame_bytes,
                flags_text(f).c_str(), off_);
    auto compiled = jit_.functions.find(index);
    if (compiled != jit_.functions.end())
      std::printf("%s  machine code: %u bytes%s\n", dim_, compiled->second.bytes, off_);
    else if (!options_.jit.empty())
      std::printf("%s  interpreted%s\n", dim_, off_);
    ModuleFile::Line shown;
    for (const Line &line : lines) {
      if (!options_.no_source && line.source.line && !(line.source == shown)) {
        shown = line.source;
        const std::string *text = source_.line(shown.file, shown.line);
        std::printf("%s  %s:%u%s%s%s\n", dim_, shown.file.c_str(), shown.line, text ? "  " : "",
                    text ? text->c_str() : "", off_);
      }
      if (targets.count(line.offset))
        std::printf("%s:\n", label_name(line.offset).c_str());
      std::string bytes;
      uint32_t length = line.text.length ? line.text.length : 1;
      for (uint32_t b = 0; b < length && b < 8; b++)
        bytes += hex(model_.code[line.offset + b], 2).substr(2) + " ";
      if (length > 8)
        bytes += "...";
      std::printf("    %6s  %-27s  %s\n", hex(line.offset).substr(2).c_str(), bytes.c_str(),
                  line.text.text.c_str());
      if (compiled == jit_.functions.end())
        continue;
      for (const MachineLine &machine : compiled->second.lines[line.offset])
        std::printf("%s%48s%6x: %-8s  %s%s\n", dim_, "", machine.offset, machine.bytes.c_str(),
                    machine.text.c_str(), off_);
    }
  }

  const ModuleFile &file_;
  const ModuleModel &model_;
  const DumpOptions &options_;
  SourceText source_;
  JitListing jit_;
  const char *bold_, *dim_, *off_;
};

Json dump_json(const ModuleFile &file, const DumpOptions &options) {
  const ModuleModel &model = file.module.model;
  Json root;
  root["file"] = file.path;
  root["format"] = std::to_string(format::kMajorVersion) + "." + std::to_string(file.module.minor_version);
  root["bytes"] = file.module.file_bytes;
  root["debug_file"] = file.debug ? Json(debug_file_name(file.path)) : Json(nullptr);
  for (const format::ReadSection &s : file.module.sections)
    root["sections"].push_back(
        {{"name", s.name}, {"kind", s.kind}, {"offset", s.offset}, {"bytes", s.bytes}});
  root["memory"] = {{"data_bytes", model.data.size()},
                    {"data_total", model.data_total},
                    {"data_align", model.data_align},
                    {"rodata_align", model.rodata_align},
                    {"stack_bytes", model.stack_bytes},
                    {"register_stack_words", model.register_stack_words},
                    {"max_frame_bytes", file.module.max_frame_bytes}};
  root["symbol_tables"] = Json::array();
  for (const format::ModelSymbolTable &t : model.symbol_tables)
    root["symbol_tables"].push_back({{"name", t.name}, {"length", t.length}, {"fingerprint", t.fingerprint}});
  root["imports"] = Json::array();
  for (const format::ModelImport &i : model.imports) {
    Json entry;
    if (i.table == format::kImportNamed) {
      entry["name"] = i.name;
    } else {
      entry["table"] = i.table;
      entry["index"] = i.table_index;
    }
    entry["signature"] = signature_text(model, i.signature);
    entry["weak"] = i.weak;
    entry["address_only"] = i.address_only;
    root["imports"].push_back(entry);
  }
  root["exports"] = Json::array();
  for (const format::ModelExport &e : model.exports) {
    Json entry = {{"name", e.name}, {"kind", kExportKinds[e.kind]}};
    if (e.kind == format::kExportFunction) {
      entry["function"] = e.function;
      entry["signature"] = signature_text(model, e.signature);
    } else {
      entry["offset"] = e.offset;
    }
    root["exports"].push_back(entry);
  }
  root["initialisers"] = model.initialisers;
  root["finalisers"] = model.finalisers;
  root["functions"] = Json::array();
  for (uint32_t i = 0; i < model.functions.size(); i++) {
    if (!wanted(file, i, options))
      continue;
    const format::ModelFunction &f = model.functions[i];
    Json entry = {{"index", i},
                  {"name", file.function_name(i)},
                  {"offset", f.code_offset},
                  {"bytes", file.function_bytes(i)},
                  {"window_words", f.window_words},
                  {"argument_words", f.argument_words},
                  {"result_words", f.result_words},
                  {"frame_bytes", f.frame_bytes},
                  {"variadic", f.variadic},
                  {"hot", f.hot},
                  {"leaf", f.leaf}};
    std::set<uint32_t> targets;
    Json code = Json::array();
    for (const Line &line : disassemble_function(file, i, targets)) {
      Json instruction = {{"offset", line.offset},
                          {"bytes", line.text.length},
                          {"name", line.text.name},
                          {"text", line.text.text}};
      if (line.source.line) {
        instruction["file"] = line.source.file;
        instruction["line"] = line.source.line;
      }
      code.push_back(instruction);
    }
    entry["code"] = code;
    root["functions"].push_back(entry);
  }
  return root;
}

} // namespace

Command add_dump_command(CLI::App &root) {
  CLI::App *app = root.add_subcommand("dump", "Show what is inside a module");
  auto options = std::make_shared<DumpOptions>();
  app->add_option("module", options->path, "The .espb file")->required()->type_name("FILE");
  app->add_flag("--sections", options->sections, "Only the sections and the memory it wants");
  app->add_flag("--imports", options->imports, "Only what it needs from the firmware");
  app->add_flag("--exports", options->exports, "Only what it offers");
  app->add_flag("--code", options->code, "Only the disassembly");
  app->add_option("--function", options->functions,
                  "Only this function's code (name or index; can be repeated)")
      ->type_name("NAME");
  app->add_option(
         "--jit", options->jit,
         "Between the instructions the machine code that the chip's JIT makes of the functions marked "
         "JIT_HOT, or of all when none is: rv32 or xtensa")
      ->check(CLI::IsMember({"rv32", "xtensa"}))
      ->type_name("CHIP");
  app->add_option("--source-dir", options->source_dirs, "Look for source files here too")->type_name("DIR");
  app->add_flag("--no-source", options->no_source, "No source lines between the instructions");
  app->add_flag("--json", options->json, "Everything as one JSON object");
  app->footer("Source lines and function names come from the debug file (.espbdbg) that `espb build` writes "
              "beside the module.\n"
              "\n"
              "Examples:\n"
              "  espb dump app.espb\n"
              "  espb dump app.espb --imports\n"
              "  espb dump app.espb --function compute\n"
              "  espb dump app.espb --json | jq '.exports'");
  Command command;
  command.app = app;
  command.run = [options]() -> int {
    if (!options->functions.empty() || !options->jit.empty())
      options->code = true;
    ModuleFile file = ModuleFile::load(options->path);
    for (const std::string &wish : options->functions) {
      DumpOptions one;
      one.functions = {wish};
      bool found = false;
      for (uint32_t i = 0; i < file.module.model.functions.size(); i++)
        found = found || wanted(file, i, one);
      if (!found)
        throw Failure(kExitUsage,
                      options->path + " has no function \"" + wish + "\"" +
                          (file.debug ? "" : " that is known by name (" + file.debug_problem + ")"));
    }
    if (options->json)
      std::printf("%s\n",
                  dump_json(file, *options).dump(2, ' ', false, Json::error_handler_t::replace).c_str());
    else
      TextDump(file, *options).run();
    return kExitOk;
  };
  return command;
}

} // namespace espb::tools
