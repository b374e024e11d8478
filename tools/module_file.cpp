// SPDX-License-Identifier: Apache-2.0
// Loading modules and their debug files for the tools: see module_file.h.
#include "tools/module_file.h"
#include "tools/common.h"

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace fs = std::filesystem;

namespace espb::tools {

std::string debug_file_name(const std::string &module_path) {
  return module_path + (module_path.ends_with(".espb") ? "dbg" : ".espbdbg");
}

static void load_debug(ModuleFile &file) {
  std::string name = debug_file_name(file.path);
  if (access(name.c_str(), F_OK) != 0) {
    file.debug_problem = "there is no debug file \"" + name + "\"";
    return;
  }
  format::DebugFile debug;
  std::string error;
  try {
    if (!format::read_debug_file(read_file(name), &debug, &error)) {
      file.debug_problem = "\"" + name + "\" is not used: " + error;
      return;
    }
  } catch (const Failure &failure) {
    file.debug_problem = failure.what();
    return;
  }
  if (debug.identity != file.module.model.build_identity) {
    file.debug_problem = "\"" + name + "\" is not used: it belongs to another build of the module";
    return;
  }
  file.debug = std::move(debug);
}

ModuleFile ModuleFile::load(const std::string &path) {
  ModuleFile file;
  file.path = path;
  std::string error;
  if (!format::read_module(read_file(path), &file.module, &error))
    throw Failure(kExitLoad, path + ": " + error);
  load_debug(file);
  return file;
}

std::string ModuleFile::function_name(uint32_t index) const {
  if (debug && index < debug->function_names.size() && !debug->function_names[index].empty())
    return debug->function_names[index];
  for (const format::ModelExport &e : module.model.exports)
    if (e.kind == format::kExportFunction && e.function == index)
      return e.name;
  return {};
}

std::string ModuleFile::function_label(uint32_t index) const {
  std::string name = function_name(index);
  return name.empty() ? "function " + std::to_string(index) : demangle(name);
}

uint32_t ModuleFile::function_bytes(uint32_t index) const {
  return module.function_end(index) - module.model.functions[index].code_offset;
}

ModuleFile::Line ModuleFile::line_at(uint32_t code_offset) const {
  const format::DebugRow *row = debug ? debug->row_at(code_offset) : nullptr;
  if (!row || row->line == 0 || row->file >= debug->files.size())
    return {};
  return {debug->files[row->file], row->line};
}

SourceText::SourceText(const std::string &module_path, std::vector<std::string> directories)
    : directories_(std::move(directories)) {
  directories_.push_back(fs::path(module_path).parent_path().string());
}

const std::string *SourceText::line(const std::string &file, uint32_t number) {
  auto found = files_.find(file);
  if (found == files_.end()) {
    std::vector<std::string> candidates = {file};
    for (const std::string &directory : directories_) {
      fs::path base = directory.empty() ? "." : directory;
      candidates.push_back((base / fs::path(file).relative_path()).string());
      candidates.push_back((base / fs::path(file).filename()).string());
    }
    std::vector<std::string> lines;
    std::string path = first_existing(candidates);
    if (!path.empty()) {
      std::ifstream stream(path);
      for (std::string text; std::getline(stream, text);)
        lines.push_back(text);
    }
    found = files_.emplace(file, std::move(lines)).first;
  }
  if (number == 0 || number > found->second.size())
    return nullptr;
  return &found->second[number - 1];
}

} // namespace espb::tools
