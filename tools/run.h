// SPDX-License-Identifier: Apache-2.0
// `espb run`: what a board is asked and what it answers. Boards: run_host.cpp, run_board.cpp.
#ifndef ESPB_TOOLS_RUN_H
#define ESPB_TOOLS_RUN_H

#include "espb/espb.h"
#include "runtime/interp/execution_profile.h"
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace espb::tools {

struct RunRequest {
  struct Module {
    std::string path;
    bool after = false; // starts when those before it are over and unloaded
  };
  std::vector<Module> modules;   // at least one; the host board takes just one
  std::string entry;             // empty: main, or else app_main
  std::vector<std::string> args; // argv[1]...; argv[0] is the module's name
  std::string engine = "interp";
  uint32_t jit_memory = 0; // bytes of executable memory; 0: no limit
  uint64_t fuel = ESPB_FUEL_UNLIMITED;
  uint32_t stack_bytes = 0;
  uint32_t register_stack_words = 0;
  uint32_t heap_bytes = 0; // host board
  double timeout_seconds = 0;
  double board_seconds = 0; // of the board's time until the run is ended; 0: no limit
  uint32_t repeat = 1;
  std::string trace; // file for the changes of pins; empty: stderr
  std::string pins;  // what drives pins from outside: "TICK:PIN=LEVEL,..."
  bool stats = false;
  bool profile = false;
  std::vector<std::string> symbol_files; // host board: fast symbol tables besides the C library's
};

struct RunOutcome {
  bool finished = false; // the guest ran to its end; exit_status is its own
  int exit_status = 0;
  bool timed_out = false;
  bool interrupted = false;
  std::string stage;     // where it failed: "open", "instantiate", ...
  size_t module = 0;     // which of the modules an error is about
  std::string ended;     // how it came to its end: "over", "exit", "time", "stuck"; empty on the host
  std::string waiting;   // the tasks that wait for ever
  espb_error error = {}; // why, when it did not finish
  nlohmann::ordered_json stats = nlohmann::ordered_json::object();
  std::vector<ExecutionProfile::Count> profile; // of the first module, one per byte of code; empty: none
};

RunOutcome run_on_host(const RunRequest &request);
RunOutcome run_on_board(const std::string &name, const RunRequest &request); // "rv32" or "xtensa"
// On stderr: which functions were executed how often.
void print_profile(const std::string &path, const std::vector<ExecutionProfile::Count> &counts, bool json);

} // namespace espb::tools

#endif
