// SPDX-License-Identifier: Apache-2.0
// What every subcommand of `espb` shares: exit codes, messages, files, temporary directories.
#ifndef ESPB_TOOLS_COMMON_H
#define ESPB_TOOLS_COMMON_H

#include <csignal>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace espb::tools {

// Documented in `espb --help`: scripts may rely on them. All lie above what guests usually return, since
// `espb run` passes the guest's own status through.
enum ExitCode : int {
  kExitOk = 0,
  kExitDiffers = 1,
  kExitUsage = 120,
  kExitFile = 121,
  kExitTranslate = 122,
  kExitLoad = 123,
  kExitTimeout = 124,
  kExitTrap = 125,
  kExitHelperProgram = 126,
  kExitInterrupted = 130,
};

// An error that ends the command: a message of what, where and why, and the exit code.
class Failure : public std::runtime_error {
public:
  Failure(ExitCode code, const std::string &message) : std::runtime_error(message), code(code) {}
  ExitCode code;
};

// True when the stream is a terminal that shows colours (NO_COLOR and TERM=dumb say no).
bool colour_on(int fd);
// "espb: error: message" on stderr, coloured where that is wanted.
void print_error(std::string_view message);
void print_note(std::string_view message);

// Whole files; a Failure names the file and the system's reason.
std::vector<uint8_t> read_file(const std::string &path);
void write_file(const std::string &path, const void *bytes, size_t size);

// While one exists, SIGINT, SIGTERM and SIGHUP are only noted, so that everything can be cleaned up before
// the command ends. Child processes have them as ever.
class CatchSignals {
public:
  CatchSignals();
  ~CatchSignals();
  CatchSignals(const CatchSignals &) = delete;
  CatchSignals &operator=(const CatchSignals &) = delete;
  static bool seen();

private:
  static constexpr int kCount = 3;
  static constexpr int kNumbers[kCount] = {SIGINT, SIGTERM, SIGHUP};
  struct sigaction before_[kCount];
};

// A private directory that goes when the object does, with all that is in it.
class TempDir {
public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir &) = delete;
  TempDir &operator=(const TempDir &) = delete;
  // Path of a file in it.
  std::string file(std::string_view name);

private:
  CatchSignals signals_; // so that the destructor runs
  std::string path_;
};

// Directory of the running executable, for finding what is built or installed beside it.
std::string executable_dir();
// The first file that exists among the candidates; empty if none does.
std::string first_existing(const std::vector<std::string> &candidates);

std::string hex(uint64_t value, unsigned digits = 0);

// The C++ name of a symbol: "_Z3addii" gives "add(int, int)"; other names stay.
std::string demangle(const std::string &name);
// As demangle, with "()" after plain C names.
std::string function_title(const std::string &name);

} // namespace espb::tools

#endif
