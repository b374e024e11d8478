// SPDX-License-Identifier: Apache-2.0
// Messages, files, temporary directories: see common.h.
#include "tools/common.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <filesystem>
#include <unistd.h>

namespace fs = std::filesystem;

namespace espb::tools {

bool colour_on(int fd) {
  if (const char *off = std::getenv("NO_COLOR"); off && *off)
    return false;
  const char *term = std::getenv("TERM");
  return isatty(fd) && term && std::strcmp(term, "dumb") != 0;
}

static void print_message(const char *kind, const char *colour, std::string_view message) {
  bool colours = colour_on(STDERR_FILENO);
  std::string line = "espb: ";
  if (colours)
    line += colour;
  line += kind;
  line += ": ";
  if (colours)
    line += "\033[0m";
  line += message;
  line += '\n';
  std::fflush(stdout);
  std::fputs(line.c_str(), stderr);
}

void print_error(std::string_view message) { print_message("error", "\033[1;31m", message); }
void print_note(std::string_view message) { print_message("note", "\033[1;36m", message); }

std::vector<uint8_t> read_file(const std::string &path) {
  auto fail = [&] { throw Failure(kExitFile, "cannot read \"" + path + "\": " + std::strerror(errno)); };
  // A directory opens but cannot be read; say so instead of "Is a directory" from a later call.
  FILE *file = std::fopen(path.c_str(), "rb");
  if (!file)
    fail();
  std::vector<uint8_t> bytes;
  uint8_t buffer[65536];
  size_t got;
  while ((got = std::fread(buffer, 1, sizeof buffer, file)) > 0)
    bytes.insert(bytes.end(), buffer, buffer + got);
  bool bad = std::ferror(file);
  int reason = errno;
  std::fclose(file);
  if (bad) {
    errno = reason;
    fail();
  }
  return bytes;
}

void write_file(const std::string &path, const void *bytes, size_t size) {
  auto fail = [&](int reason) {
    throw Failure(kExitFile, "cannot write \"" + path + "\": " + std::strerror(reason));
  };
  FILE *file = std::fopen(path.c_str(), "wb");
  if (!file)
    fail(errno);
  bool ok = std::fwrite(bytes, 1, size, file) == size;
  int reason = errno;
  if (std::fclose(file) != 0 && ok) {
    ok = false;
    reason = errno;
  }
  if (!ok) {
    unlink(path.c_str()); // half a file would look like a result
    fail(reason);
  }
}

namespace {
volatile std::sig_atomic_t signal_seen = 0;
void on_signal(int number) { signal_seen = number; }
} // namespace

CatchSignals::CatchSignals() {
  struct sigaction action{};
  action.sa_handler = on_signal; // no SA_RESTART: waits end with EINTR
  for (int i = 0; i < kCount; i++)
    sigaction(kNumbers[i], &action, &before_[i]);
}

CatchSignals::~CatchSignals() {
  for (int i = 0; i < kCount; i++)
    sigaction(kNumbers[i], &before_[i], nullptr);
}

bool CatchSignals::seen() { return signal_seen != 0; }

TempDir::TempDir() {
  std::error_code error;
  fs::path base = fs::temp_directory_path(error);
  if (error)
    throw Failure(kExitFile,
                  "there is no directory for temporary files: " + error.message() + " (TMPDIR names one)");
  std::string name = (base / "espb-XXXXXX").string();
  if (!mkdtemp(name.data()))
    throw Failure(kExitFile, "cannot make a temporary directory in \"" + base.string() +
                                 "\": " + std::strerror(errno) + " (TMPDIR names another place)");
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TempDir::file(std::string_view name) { return path_ + "/" + std::string(name); }

std::string executable_dir() {
  std::error_code error;
  fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? std::string(".") : self.parent_path().string();
}

std::string first_existing(const std::vector<std::string> &candidates) {
  for (const std::string &path : candidates)
    if (!path.empty() && access(path.c_str(), R_OK) == 0)
      return path;
  return {};
}

std::string hex(uint64_t value, unsigned digits) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%0*llx", int(digits), static_cast<unsigned long long>(value));
  return text;
}

std::string demangle(const std::string &name) {
  if (name.rfind("_Z", 0) != 0)
    return name;
  int status = 0;
  char *plain = abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status);
  std::string result = status == 0 && plain ? plain : name;
  std::free(plain);
  return result;
}

std::string function_title(const std::string &name) {
  std::string plain = demangle(name);
  return plain.find('(') == std::string::npos ? plain + "()" : plain;
}

} // namespace espb::tools
