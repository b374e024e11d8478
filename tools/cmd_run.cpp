// SPDX-License-Identifier: Apache-2.0
// `espb run`: runs a module's main on a board and passes its exit status on.
#include "tools/commands.h"
#include "tools/common.h"
#include "tools/module_file.h"
#include "tools/run.h"

#include <cstdio>
#include <memory>
#include <unistd.h>

namespace espb::tools {

namespace {

// " in compute() at demo.c:12 (function 3, offset 0x1a)"
std::string describe_place(const ModuleFile &module, const espb_error &error) {
  if (error.function == ESPB_NO_FUNCTION)
    return {};
  std::string text;
  std::string name = module.function_name(error.function);
  if (!name.empty())
    text += " in " + function_title(name);
  ModuleFile::Line line = module.line_at(error.code_offset);
  if (line.line)
    text += " at " + line.file + ":" + std::to_string(line.line);
  return text + " (function " + std::to_string(error.function) + ", offset " + hex(error.code_offset) + ")";
}

void print_trap(const ModuleFile &module, const espb_error &error) {
  std::string text = colour_on(STDERR_FILENO) ? "\033[1;31mtrap:\033[0m " : "trap: ";
  std::string_view name = espb_trap_name(error.trap);
  // The runtime's one line is "name[: the host's own words][ in function 3, offset 0x1a]": of the place more
  // can be said here.
  std::string_view detail = error.message;
  if (detail.empty())
    detail = name;
  if (size_t place = detail.rfind(" in function "); place != std::string_view::npos)
    detail = detail.substr(0, place);
  text += detail;
  text += describe_place(module, error);
  std::fprintf(stderr, "%s\n", text.c_str());
  if (!module.debug)
    print_note(module.debug_problem + ", so no source line");
}

int report_failure(const RunRequest &request, const RunOutcome &outcome) {
  const espb_error &error = outcome.error;
  const std::string &path = request.modules[outcome.module].path;
  if (outcome.stage == "stuck") {
    print_error(path + ": " + error.message + " (" + outcome.waiting + ")");
    print_note("--for SECONDS ends a run that is to go on until then");
    return kExitTimeout;
  }
  if (outcome.stage == "board") {
    print_error("the board gave up: " + std::string(error.message));
    return kExitTrap;
  }
  if (error.status == ESPB_TRAP || outcome.stage == "machine") {
    ModuleFile module = ModuleFile::load(path);
    if (error.status == ESPB_TRAP)
      print_trap(module, error);
    else
      print_error("the board's processor faulted while the guest ran: " + std::string(error.message) +
                  describe_place(module, error));
    if (error.trap == ESPB_TRAP_OUT_OF_FUEL)
      print_note("the budget was --fuel " + std::to_string(request.fuel));
    return kExitTrap;
  }
  std::string what =
      error.message[0] ? std::string(error.message) : std::string(espb_status_name(error.status));
  if (outcome.stage == "find" && error.status == ESPB_NOT_FOUND)
    what += "; `espb dump --exports " + path + "` lists what it exports";
  print_error(path + ": " + what);
  // A board that refuses the arguments gives no status of the runtime.
  const bool refused = outcome.stage == "find" || outcome.stage == "request";
  return error.status == ESPB_OK && refused ? kExitUsage : kExitLoad;
}

} // namespace

Command add_run_command(CLI::App &root, const std::vector<std::string> &guest_words) {
  CLI::App *app = root.add_subcommand("run", "Run a module on a board and pass its exit status on");
  struct Arguments {
    RunRequest request;
    std::vector<std::string> modules, then;
    std::string board = "rv32";
    bool json = false;
  };
  auto args = std::make_shared<Arguments>();
  RunRequest &request = args->request;
  request.args = guest_words;
  app->add_option("module", args->modules,
                  "The .espb file; several run at once, each in a task of its own (rv32, xtensa)")
      ->required()
      ->type_name("FILE");
  app->add_option(
         "--then", args->then,
         "When the run of the modules before is over, unload them and run this one, on the same board "
         "(rv32, xtensa). Can be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app->add_option("--on", args->board,
                  "Board: rv32 (QEMU's RV32 machine with the ESPB firmware; the default), xtensa (its Xtensa "
                  "machine) or host (in this process, every memory access checked)")
      ->check(CLI::IsMember({"host", "rv32", "xtensa"}))
      ->type_name("BOARD");
  app->add_option("--engine", request.engine,
                  "How the code is executed: interp (the interpreter) or jit (rv32, xtensa: functions marked "
                  "JIT_HOT become machine code, see espb build --jit)")
      ->check(CLI::IsMember({"interp", "jit"}))
      ->type_name("ENGINE");
  app->add_option("--jit-memory", request.jit_memory,
                  "With --engine jit: executable memory there is; what does not fit is interpreted")
      ->check(CLI::Range(64u, 1u << 20))
      ->type_name("BYTES");
  app->add_option("--entry", request.entry,
                  "Function to call instead of main or app_main; words after -- are its arguments")
      ->type_name("NAME");
  app->add_option("--fuel", request.fuel, "Stop with a trap after about N instructions")->type_name("N");
  app->add_option("--for", request.board_seconds,
                  "End the run after this much of the board's time, whatever still runs (rv32, xtensa)")
      ->check(CLI::Range(0.001, 4000000.0))
      ->type_name("SECONDS");
  app->add_option(
         "--repeat", request.repeat,
         "Load, run and unload everything N times on one board, and fail when heap is lost (rv32, xtensa)")
      ->check(CLI::Range(1u, 1000000000u))
      ->type_name("N");
  app->add_option("--trace", request.trace,
                  "Where changes of the board's pins go, instead of stderr (rv32, xtensa)")
      ->type_name("FILE");
  app->add_option(
         "--gpio", request.pins,
         "What drives pins from outside (rv32, xtensa): at which millisecond of the run which pin gets "
         "which level, as "
         "100:9=0,150:9=1; - lets go of the pin")
      ->type_name("MS:PIN=LEVEL,...");
  app->add_option("--timeout", request.timeout_seconds, "Give up after this many seconds (exit code 124)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("SECONDS");
  app->add_option("--stack", request.stack_bytes, "Bytes of data stack, instead of what the module asks for")
      ->type_name("BYTES");
  app->add_option("--register-stack", request.register_stack_words,
                  "Words of register stack, instead of what the module asks for")
      ->type_name("WORDS");
  app->add_option("--heap", request.heap_bytes, "Bytes of guest heap (host board)")->type_name("BYTES");
  app->add_option("--symbols", request.symbol_files,
                  "A .sym file whose table the host board offers, as the firmware it belongs to would. Can "
                  "be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app->add_flag(
      "--stats", request.stats,
      "After the run print one line of JSON on stderr: guest_instructions (rv32: exact; xtensa: to 25), "
      "dispatches, peak_ram_bytes,\n"
      "module_bytes, load_instructions and more. On rv32 and xtensa the module runs a second time, silently, "
      "on a counting engine");
  app->add_flag(
      "--profile", request.profile,
      "After the run print which functions of the (first) module were executed how often, and which deserve "
      "JIT_HOT, on\nstderr. On rv32 and xtensa the module runs a second time, silently, on a counting "
      "engine");
  app->add_flag("--json", args->json, "With --profile: as one line of JSON")->needs("--profile");
  app->footer(
      "Words after -- are the arguments of the guest's main. A program may be a main or an ESP-IDF app_main; "
      "it ends "
      "when that has\nreturned and none of its tasks, active timers or interrupts to come are left. Changes "
      "of pins "
      "are lines on stderr like\n  gpio tick=1000 pin=2 out=1\n\n"
      "Examples:\n"
      "  espb run app.espb                      main() on the emulated RV32 chip\n"
      "  espb run app.espb --on host -- 10 20   in this process, with argc = 3\n"
      "  espb run app.espb --entry add -- 2 3   any exported function; its result is the exit status\n"
      "  espb run blink.espb --for 5            five seconds of the board's time\n"
      "  espb run v1.espb --then v2.espb        unload v1 when it is over, run v2\n"
      "  espb run app.espb --stats 2>stats.json\n"
      "  espb run app.espb --profile            which functions deserve JIT_HOT\n"
      "\n"
      "The exit status is the guest's own (low eight bits). When the guest does not come to its end:\n"
      "  120 wrong usage   121 file not readable   123 module refused or symbol missing   124 timeout\n"
      "  125 trap or out of fuel   126 qemu or firmware missing   130 Ctrl-C");
  Command command;
  command.app = app;
  command.run = [args]() -> int {
    RunRequest &request = args->request;
    bool host = args->board == "host";
    if (!host && !request.symbol_files.empty())
      throw Failure(
          kExitUsage,
          "--symbols is for the host board: the symbol tables of the others are part of their firmware");
    for (const std::string &path : args->modules)
      request.modules.push_back({path, false});
    for (const std::string &path : args->then)
      request.modules.push_back({path, true});
    if (host && (request.modules.size() > 1 || request.board_seconds > 0 || request.repeat != 1 ||
                 !request.trace.empty() || !request.pins.empty()))
      throw Failure(
          kExitUsage,
          "several modules, --then, --for, --repeat, --trace and --gpio are for the emulated boards");
    if (host && request.engine == "jit")
      throw Failure(kExitUsage,
                    "--engine jit is for the rv32 and xtensa boards: it makes machine code for their chips");
    RunOutcome outcome = host ? run_on_host(request) : run_on_board(args->board, request);
    std::fflush(stdout);
    int code;
    if (outcome.interrupted) {
      print_error("interrupted");
      code = kExitInterrupted;
    } else if (outcome.timed_out) {
      char text[32];
      std::snprintf(text, sizeof text, "%g", request.timeout_seconds);
      print_error(request.modules[0].path + ": no end within " + text + " seconds");
      code = kExitTimeout;
    } else {
      code = outcome.finished ? outcome.exit_status : report_failure(request, outcome);
      if (outcome.ended == "stuck")
        print_note("ended, since nothing can happen any more: " + outcome.waiting + " would wait for ever");
    }
    if (!outcome.profile.empty())
      print_profile(request.modules[0].path, outcome.profile, args->json);
    if (request.stats) {
      nlohmann::ordered_json line;
      for (const char *key :
           {"guest_instructions", "dispatches", "peak_ram_bytes", "module_bytes", "load_instructions"})
        line[key] = outcome.stats.contains(key) ? outcome.stats[key] : nlohmann::ordered_json(nullptr);
      line["engine"] = request.engine;
      line["board"] = args->board;
      line["exit"] = code;
      for (const auto &[key, value] : outcome.stats.items())
        if (!line.contains(key))
          line[key] = value;
      std::fprintf(stderr, "%s\n", line.dump().c_str());
    }
    return code;
  };
  return command;
}

} // namespace espb::tools
