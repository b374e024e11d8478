// SPDX-License-Identifier: Apache-2.0
// `espb translate` (bitcode to module) and `espb build` (sources to module): options, messages and output
// files. The work is the translator library's.
#include "tools/build_words.h"
#include "tools/commands.h"
#include "tools/common.h"
#include "tools/module_file.h"
#include "translator/driver/ClangDriver.h"
#include "translator/driver/Translator.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace fs = std::filesystem;

namespace espb::tools {

namespace {

using Json = nlohmann::ordered_json;

struct Settings {
  TranslateOptions translate;
  std::vector<std::string> inputs;
  std::string output;
  std::string jit = "hot";
  std::string level = "2";
  bool no_debug = false, json = false;
};

const char *severity_name(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    break;
  }
  return "note";
}

void print_diagnostic(const Diagnostic &d) {
  std::string text = d.render();
  if (colour_on(STDERR_FILENO)) {
    std::string word = std::string(severity_name(d.Level)) + ":";
    size_t at = text.find(word);
    if (at != std::string::npos)
      text = text.substr(0, at) + (d.Level == Severity::Error ? "\033[1;31m" : "\033[1;35m") + word +
             "\033[0m" + text.substr(at + word.size());
  }
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  std::fprintf(stderr, "%s\n", text.c_str());
}

Json diagnostic_json(const Diagnostic &d) {
  Json entry = {{"severity", severity_name(d.Level)}, {"message", d.Message}};
  if (!d.File.empty())
    entry["file"] = d.File;
  if (d.Line)
    entry["line"] = d.Line;
  if (!d.Function.empty())
    entry["function"] = d.Function;
  if (!d.Hint.empty())
    entry["hint"] = d.Hint;
  return entry;
}

// Options that `build` and `translate` share.
void add_translate_options(CLI::App *app, const std::shared_ptr<Settings> &settings) {
  Settings &s = *settings;
  app->add_option("-o,--output", s.output,
                  "The module to write (default: the first input's name with .espb, here)")
      ->type_name("FILE");
  app->add_option("--symbols", s.translate.SymbolFiles,
                  "A .sym file of the firmware: names it lists are linked by table index instead of by name. "
                  "The boards' own,\nidf_fast.sym, custom_fast.sym and espb_libc.sym, are found without a "
                  "directory. Can be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app->add_option("--export", s.translate.Exports,
                  "Also export this function or variable (besides main, app_main and ESPB_EXPORT)")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app->add_flag("--strict-symbols", s.translate.StrictSymbols, "Refuse names that no symbol file lists");
  app->add_option("--jit", s.jit,
                  "What the chip may turn into machine code: none, hot (JIT_HOT functions) or all")
      ->check(CLI::IsMember({"none", "hot", "all"}))
      ->type_name("WHICH");
  app->add_option("--stack", s.translate.StackBytes, "Bytes of data stack the module asks for")
      ->type_name("BYTES");
  app->add_option("--timeout", s.translate.TimeoutSeconds,
                  "Give up translating after this many seconds (0: never)")
      ->type_name("SECONDS");
  app->add_flag("--no-debug", s.no_debug, "Do not write the debug file (.espbdbg) beside the module");
  app->add_flag("--timing", s.translate.Timing, "Say how long each phase took");
  app->add_flag("--verify-machine", s.translate.VerifyMachine,
                "Check the code generator's work (slow; for ESPB's own tests)");
  app->add_option("--emit-ir", s.translate.EmitIR, "Also write the optimised LLVM IR to this file")
      ->type_name("FILE");
  app->add_option("--emit-object", s.translate.EmitObject,
                  "Also write the ELF object before packing to this file")
      ->type_name("FILE");
  app->add_flag("--json", s.json,
                "The result (files, sizes, diagnostics, timing) as one JSON object on stdout");
}

void print_json(const Settings &s, bool ok, const TranslateResult &result, const std::string &debug_file) {
  Json root = {{"ok", ok}};
  if (ok) {
    root["module"] = s.output;
    root["module_bytes"] = result.Module.size();
    root["debug_file"] = debug_file.empty() ? Json(nullptr) : Json(debug_file);
  }
  root["diagnostics"] = Json::array();
  for (const Diagnostic &d : result.Diagnostics)
    root["diagnostics"].push_back(diagnostic_json(d));
  if (s.translate.Timing)
    for (const auto &phase : result.Phases)
      root["milliseconds"][phase.Name] = phase.Milliseconds;
  std::printf("%s\n", root.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
}

// Reports, and writes the files when all went well.
int finish(Settings &s, const TranslateResult &result) {
  for (const Diagnostic &d : result.Diagnostics)
    print_diagnostic(d);
  if (CatchSignals::seen()) {
    print_error("interrupted");
    return kExitInterrupted;
  }
  std::string debug_file;
  if (result.Ok) {
    write_file(s.output, result.Module.data(), result.Module.size());
    std::string name = debug_file_name(s.output);
    if (!result.Debug.empty()) {
      write_file(name, result.Debug.data(), result.Debug.size());
      debug_file = name;
    } else {
      unlink(name.c_str()); // an older one would tell lies
    }
  }
  if (s.json)
    print_json(s, result.Ok, result, debug_file);
  else if (s.translate.Timing)
    for (const auto &phase : result.Phases)
      std::fprintf(stderr, "%10.1f ms  %s\n", phase.Milliseconds, phase.Name.c_str());
  return result.Ok ? kExitOk : kExitTranslate;
}

// A name without a directory that is no file here is one of the boards' own.
void find_symbol_files(std::vector<std::string> &files) {
  for (std::string &file : files) {
    if (file.find('/') != std::string::npos || access(file.c_str(), F_OK) == 0)
      continue;
    std::string own = first_existing({executable_dir() + "/../lib/espb/symbols/" + file,
                                      ESPB_SOURCE_DIR "/firmware/freertos/" + file,
                                      ESPB_SOURCE_DIR "/firmware/common/" + file});
    if (!own.empty())
      file = own;
  }
}

TranslateResult run_translator(Settings &s, const std::vector<std::string> &bitcode,
                               const std::string &first_input) {
  find_symbol_files(s.translate.SymbolFiles);
  for (const std::string &file : s.translate.SymbolFiles)
    read_file(file); // the plain reason why one cannot be read
  s.translate.Inputs = bitcode;
  s.translate.DebugFile = !s.no_debug;
  s.translate.Jit = s.jit == "all" ? JitMode::All : s.jit == "none" ? JitMode::None : JitMode::Hot;
  if (s.output.empty())
    s.output = fs::path(first_input).stem().string() + ".espb";
  return translate(s.translate);
}

} // namespace

Command add_translate_command(CLI::App &root) {
  CLI::App *app = root.add_subcommand("translate", "Turn LLVM bitcode into a module");
  auto settings = std::make_shared<Settings>();
  app->add_option("inputs", settings->inputs,
                  "Bitcode (.bc) or textual IR (.ll) from clang 15 to 22, linked together")
      ->required()
      ->type_name("FILE");
  app->add_option("-O,--optimise", settings->level, "Optimisation: 0, 1, 2 (default), 3, s or z")
      ->check(CLI::IsMember({"0", "1", "2", "3", "s", "z"}))
      ->type_name("LEVEL");
  add_translate_options(app, settings);
  app->footer("Bitcode is made with\n"
              "  clang --target=riscv32-unknown-none-elf -march=rv32im -mabi=ilp32 -g -O2 -emit-llvm -c "
              "app.c -o app.bc\n"
              "or comes out of an ESP-IDF build with IDF_TOOLCHAIN=clang. -g is what lets messages and traps "
              "name source lines.\n"
              "\n"
              "Examples:\n"
              "  espb translate app.bc -o app.espb\n"
              "  espb translate main.bc util.bc -Os --symbols idf_fast.sym -o app.espb");
  Command command;
  command.app = app;
  command.run = [settings]() -> int {
    for (const std::string &input : settings->inputs)
      read_file(input); // the plain reason why a file cannot be read, before any work
    settings->translate.OptLevel = settings->level[0];
    CatchSignals signals;
    return finish(*settings, run_translator(*settings, settings->inputs, settings->inputs.front()));
  };
  return command;
}

Command add_build_command(CLI::App &root, const BuildWords &words) {
  CLI::App *app =
      root.add_subcommand("build", "Compile C and C++ and translate the result into a module, in one go");
  struct BuildSettings : Settings {
    std::string clang;
    bool verbose = false;
  };
  auto settings = std::make_shared<BuildSettings>();
  add_translate_options(app, settings);
  app->add_option("--clang", settings->clang,
                  "The clang to use, 15 to 22 (default: $ESPB_CLANG, or the one espb was built with)")
      ->type_name("PROGRAM");
  app->add_flag("--verbose", settings->verbose, "Show the clang commands");
  app->footer("Usage in full: espb build FILES... [OPTIONS] [clang's options]\n"
              "FILES are C (.c), C++ (.cpp, .cc, .cxx) and bitcode (.bc, .ll). Every option that is not "
              "listed here goes to clang as it is.\n"
              "-O0 to -O3, -Os and -Oz set how the module is optimised; without one it is -O2. The C "
              "library's and the boards' headers are\n"
              "found without -I; __ESPB__ is defined; exceptions are off. The module runs on every board.\n"
              "\n"
              "Examples:\n"
              "  espb build app.c -o app.espb\n"
              "  espb build main.c shapes.cpp -Os -Iinclude -DLOG_LEVEL=2 -Wall -o app.espb\n"
              "  espb build app.c --symbols idf_fast.sym --strict-symbols -o app.espb");
  Command command;
  command.app = app;
  command.run = [settings, words]() -> int {
    BuildSettings &s = *settings;
    TranslateResult result;
    BuildArguments arguments;
    if (!splitBuildArguments(words.rest, arguments, result.Diagnostics)) {
      for (const Diagnostic &d : result.Diagnostics)
        print_diagnostic(d);
      if (s.json)
        print_json(s, false, result, "");
      return kExitUsage;
    }
    for (const std::string &input : arguments.Order)
      read_file(input); // the plain reason why a file cannot be read, before any work
    CatchSignals signals;
    ClangSettings clang;
    clang.Clang = s.clang;
    clang.Verbose = s.verbose;
    clang.Colour = colour_on(STDERR_FILENO);
    ClangBuild build;
    bool compiled = build.run(arguments, clang, result.Diagnostics);
    std::fputs(build.Messages.c_str(), stderr);
    if (!compiled) {
      int code = finish(s, result);
      return code == kExitTranslate && build.Inputs.empty() ? kExitHelperProgram : code;
    }
    s.translate.OptLevel = arguments.OptLevel;
    std::vector<Diagnostic> before = std::move(result.Diagnostics);
    result = run_translator(s, build.Inputs, arguments.Order.front());
    result.Diagnostics.insert(result.Diagnostics.begin(), before.begin(), before.end());
    return finish(s, result);
  };
  return command;
}

} // namespace espb::tools
