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
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

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

namespace {

[[noreturn]] void become(char *const *argv, const ProcessOptions &options, pid_t parent) {
  // Whoever stops us kills the child, quietly; that it was stopped is ours to say, so the signals stay
  // blocked in it.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    _exit(127);
  auto redirect = [](int fd, const char *path, int flags) {
    int file = open(path, flags, 0600);
    return file >= 0 && dup2(file, fd) >= 0;
  };
  if ((options.discard_stdout && !redirect(STDOUT_FILENO, "/dev/null", O_WRONLY)) ||
      (options.discard_stdin && !redirect(STDIN_FILENO, "/dev/null", O_RDONLY)) ||
      (!options.stderr_file.empty() &&
       !redirect(STDERR_FILENO, options.stderr_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC)))
    _exit(127);
  execv(argv[0], argv);
  _exit(127);
}

pid_t start(char *const *argv, const ProcessOptions &options) {
  if (access(argv[0], X_OK) != 0)
    throw Failure(kExitHelperProgram,
                  std::string("cannot start \"") + argv[0] + "\": " + std::strerror(errno));
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0)
    become(argv, options, parent);
  if (child < 0)
    throw Failure(kExitHelperProgram,
                  std::string("cannot start \"") + argv[0] + "\": " + std::strerror(errno));
  return child;
}

} // namespace

ProcessResult run_process(const std::vector<std::string> &command, const ProcessOptions &options) {
  std::vector<char *> argv;
  for (const std::string &word : command)
    argv.push_back(const_cast<char *>(word.c_str()));
  argv.push_back(nullptr);

  BlockedSignals signals;
  pid_t child = start(argv.data(), options);

  ProcessResult result;
  double deadline = options.timeout_seconds > 0 ? now() + options.timeout_seconds : 0;
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
      kill(child, SIGKILL);
    }
    double wait = deadline > 0 && !result.timed_out ? deadline - t : 3600;
    if (wait < 0.001)
      wait = 0.001;
    timespec span;
    span.tv_sec = time_t(wait);
    span.tv_nsec = long((wait - double(span.tv_sec)) * 1e9);
    int got = sigtimedwait(&signals.set, nullptr, &span);
    if (got == SIGINT || got == SIGTERM || got == SIGHUP) {
      result.interrupted = true;
      kill(child, SIGKILL);
    }
  }
}

} // namespace espb::tools
