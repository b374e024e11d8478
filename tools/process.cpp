// SPDX-License-Identifier: Apache-2.0
// Child processes: see process.h.
#include "tools/process.h"
#include "tools/common.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace espb::tools {

std::string find_program(const std::string &name) {
  if (name.find('/') != std::string::npos)
    return access(name.c_str(), X_OK) == 0 ? name : std::string();
  const char *path = std::getenv("PATH");
  std::string rest = path ? path : "/usr/bin:/bin";
  while (true) {
    size_t colon = rest.find(':');
    std::string candidate = rest.substr(0, colon) + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0)
      return candidate;
    if (colon == std::string::npos)
      return {};
    rest.erase(0, colon + 1);
  }
}

namespace {
// Signals are blocked and taken by sigtimedwait, so nothing is lost between a check and a wait.
class BlockedSignals {
public:
  BlockedSignals() {
    sigemptyset(&set);
    for (int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD})
      sigaddset(&set, number);
    sigprocmask(SIG_BLOCK, &set, &before);
  }
  ~BlockedSignals() { sigprocmask(SIG_SETMASK, &before, nullptr); }
  sigset_t set, before;
};

double now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}
} // namespace

ProcessResult run_process(const std::vector<std::string> &command, const ProcessOptions &options) {
  std::vector<char *> argv;
  for (const std::string &word : command)
    argv.push_back(const_cast<char *>(word.c_str()));
  argv.push_back(nullptr);

  BlockedSignals signals;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (options.discard_stdout)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (options.discard_stdin)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (!options.stderr_file.empty())
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, options.stderr_file.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &signals.before);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t child = -1;
  int failed = posix_spawnp(&child, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed)
    throw Failure(kExitHelperProgram, "cannot start \"" + command[0] + "\": " + std::strerror(failed));

  ProcessResult result;
  double deadline = options.timeout_seconds > 0 ? now() + options.timeout_seconds : 0;
  double kill_at = 0;
  while (true) {
    int status = 0;
    pid_t done = waitpid(child, &status, WNOHANG);
    if (done == child) {
      if (WIFEXITED(status))
        result.exit_status = WEXITSTATUS(status);
      else if (WIFSIGNALED(status))
        result.signal = WTERMSIG(status);
      return result;
    }
    double t = now();
    if (deadline > 0 && t >= deadline && !result.timed_out) {
      result.timed_out = true;
      kill(child, SIGTERM);
      kill_at = t + 2;
    }
    if (kill_at > 0 && t >= kill_at) {
      kill(child, SIGKILL);
      kill_at = t + 60;
    }
    double wake = kill_at > 0 ? kill_at : deadline;
    double wait = wake > 0 ? wake - t : 3600;
    if (wait < 0.001)
      wait = 0.001;
    timespec span;
    span.tv_sec = time_t(wait);
    span.tv_nsec = long((wait - double(span.tv_sec)) * 1e9);
    int got = sigtimedwait(&signals.set, nullptr, &span);
    if (got == SIGINT || got == SIGTERM || got == SIGHUP) {
      result.interrupted = true;
      kill(child, SIGTERM);
      kill_at = now() + 2;
    }
  }
}

} // namespace espb::tools
