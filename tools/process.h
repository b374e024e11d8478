// SPDX-License-Identifier: Apache-2.0
// Child processes: start one, wait with a deadline, pass Ctrl-C on.
#ifndef ESPB_TOOLS_PROCESS_H
#define ESPB_TOOLS_PROCESS_H

#include <string>
#include <vector>

namespace espb::tools {

struct ProcessResult {
  int exit_status = -1; // when it ended by itself
  int signal = 0;       // when a signal ended it
  bool timed_out = false;
  bool interrupted = false; // Ctrl-C (or SIGTERM) reached us meanwhile
};

struct ProcessOptions {
  double timeout_seconds = 0; // 0: none
  bool discard_stdout = false;
  bool discard_stdin = false;
  std::string stderr_file; // stderr goes there
};

// Path of a program that PATH finds; empty when there is none.
std::string find_program(const std::string &name);

// Runs a program (given by its path) to its end. On a timeout or an interrupt it is killed. Throws Failure
// when it cannot start.
ProcessResult run_process(const std::vector<std::string> &command, const ProcessOptions &options);

} // namespace espb::tools

#endif
