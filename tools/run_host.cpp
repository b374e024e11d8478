// SPDX-License-Identifier: Apache-2.0
// The host board: the module runs in this process, in the checked memory profile, on the engine that counts
// dispatches.
#include "espb/host_libc.h"
#include "runtime/module/instance.h"
#include "tools/common.h"
#include "tools/run.h"
#include "translator/driver/SymbolFile.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <list>
#include <sys/time.h>

namespace espb::tools {

namespace {

// ---- Stopping a running guest: Ctrl-C and --timeout, from signal handlers.

espb_thread *running_thread = nullptr;
volatile std::sig_atomic_t stop_signal = 0;

void stop_guest(int number) {
  if (stop_signal == number && number == SIGINT) { // a second Ctrl-C: the guest hangs in the host's own code
    std::signal(number, SIG_DFL);
    raise(number);
  }
  stop_signal = number;
  if (running_thread)
    espb_thread_stop(running_thread);
}

class StopSignals {
public:
  StopSignals(espb_thread *thread, double timeout_seconds) {
    running_thread = thread;
    stop_signal = 0;
    struct sigaction action{};
    action.sa_handler = stop_guest; // no SA_RESTART: a blocking read of the guest ends too
    for (int number : {SIGINT, SIGTERM, SIGHUP, SIGALRM})
      sigaction(number, &action, nullptr);
    set_timer(timeout_seconds);
  }
  ~StopSignals() {
    set_timer(0);
    for (int number : {SIGINT, SIGTERM, SIGHUP, SIGALRM})
      std::signal(number, SIG_DFL);
    running_thread = nullptr;
  }
  StopSignals(const StopSignals &) = delete;
  StopSignals &operator=(const StopSignals &) = delete;

private:
  static void set_timer(double seconds) {
    itimerval timer{};
    timer.it_value.tv_sec = time_t(seconds);
    timer.it_value.tv_usec = suseconds_t((seconds - double(timer.it_value.tv_sec)) * 1e6);
    if (seconds > 0 && timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0)
      timer.it_value.tv_usec = 1;
    setitimer(ITIMER_REAL, &timer, nullptr);
  }
};

// ---- Arguments

// argv and its strings, in guest memory: they take the end of the heap's region before anybody has used the
// heap.
class GuestArguments {
public:
  GuestArguments(espb_instance &instance, const std::vector<std::string> &words) {
    uint32_t table = 4 * (uint32_t(words.size()) + 1);
    uint32_t bytes = table;
    for (const std::string &word : words)
      bytes += uint32_t(word.size()) + 1;
    bytes = (bytes + 15) & ~15u;
    if (instance.heap_end - instance.heap_base < bytes)
      throw Failure(kExitUsage, "the arguments after `--` take " + std::to_string(bytes) +
                                    " bytes, more than the guest's heap: give it more with --heap");
    instance.heap_end -= bytes;
    argv = instance.heap_end;
    uint32_t at = argv + table;
    for (size_t i = 0; i < words.size(); i++) {
      std::memcpy(instance.memory + at, words[i].c_str(), words[i].size() + 1);
      std::memcpy(instance.memory + argv + 4 * i, &at, 4);
      strings.push_back(at);
      at += uint32_t(words[i].size()) + 1;
    }
    end = argv + table -
          4; // the null pointer behind the last argument, which also serves as an empty environment
  }
  uint32_t argv, end;
  std::vector<uint32_t> strings;
};

[[noreturn]] void refuse_argument(size_t number, const std::string &text, const char *why) {
  throw Failure(kExitUsage, "argument " + std::to_string(number) + " \"" + text + "\": " + why);
}

espb_value parse_argument(char type, size_t number, const std::string &text, uint32_t guest_string) {
  espb_value value = {};
  const char *start = text.c_str();
  char *end = nullptr;
  errno = 0;
  switch (type) {
  case 'p':
    value.guest = guest_string;
    return value;
  case 'f':
    value.f32 = std::strtof(start, &end);
    break;
  case 'd':
    value.f64 = std::strtod(start, &end);
    break;
  case 'l':
    value.i64 = *start == '-' ? std::strtoll(start, &end, 0) : (long long)std::strtoull(start, &end, 0);
    break;
  default: {
    long long wide = std::strtoll(start, &end, 0);
    if (wide < INT32_MIN || wide > UINT32_MAX)
      errno = ERANGE;
    value.u32 = uint32_t(wide);
    if (type == 'b')
      value.i32 = int8_t(value.i32);
    else if (type == 'B')
      value.u32 = uint8_t(value.u32);
    else if (type == 'h')
      value.i32 = int16_t(value.i32);
    else if (type == 'H')
      value.u32 = uint16_t(value.u32);
  }
  }
  if (end == start || *end)
    refuse_argument(number, text, "not a number");
  if (errno == ERANGE)
    refuse_argument(number, text, "out of range");
  return value;
}

std::vector<espb_value> make_values(const RunRequest &request, const espb_function &function,
                                    const GuestArguments &guest) {
  std::string types = std::strchr(function.signature, '(') + 1;
  types.resize(types.find(')'));
  if (types.find('.') != std::string::npos)
    throw Failure(kExitUsage, "the function to call has variable arguments: call one without");
  std::vector<espb_value> values(types.size());
  if (request.entry.empty()) {
    if (!types.empty() && types != "ip" && types != "ipp")
      throw Failure(kExitLoad, request.modules[0].path +
                                   ": main must be int main(void) or int main(int, char **), not " +
                                   function.signature);
    if (!values.empty()) {
      values[0].u32 = uint32_t(guest.strings.size());
      values[1].guest = guest.argv;
    }
    if (values.size() > 2)
      values[2].guest = guest.end;
    return values;
  }
  if (request.args.size() != types.size())
    throw Failure(kExitUsage, request.entry + " takes " + std::to_string(types.size()) + " arguments, " +
                                  std::to_string(request.args.size()) + " were given after `--`");
  for (size_t i = 0; i < types.size(); i++)
    values[i] = parse_argument(types[i], i + 1, request.args[i], guest.strings[i + 1]);
  return values;
}

// The exit status that a result stands for; the value itself goes into the statistics.
int take_result(char type, const espb_value &value, nlohmann::ordered_json &stats) {
  char text[40];
  int status = value.i32;
  switch (type) {
  case 'v':
    return 0;
  case 'f':
  case 'd':
    std::snprintf(text, sizeof text, "%.17g", type == 'f' ? double(value.f32) : value.f64);
    status = 0;
    break;
  case 'l':
    std::snprintf(text, sizeof text, "%lld", static_cast<long long>(value.i64));
    break;
  case 'p':
    std::snprintf(text, sizeof text, "%u", value.u32);
    status = 0;
    break;
  default:
    std::snprintf(text, sizeof text, "%d", value.i32);
  }
  stats["result"] = text;
  stats["result_type"] = std::string(1, type);
  return status;
}

// ---- Symbols

// The table that every board's firmware has.
const char *const kLibcNames[] = {
#define ESPB_SYM(name, address) name,
#define ESPB_SYM_OPT(condition, name, address) name,
#include "firmware/common/espb_libc.sym"
#undef ESPB_SYM
#undef ESPB_SYM_OPT
};

// What the host offers: its C library by name, and the same functions in the order of fast symbol tables.
class HostSymbols {
public:
  explicit HostSymbols(const std::vector<std::string> &files) {
    add("espb_libc", kLibcNames, uint32_t(std::size(kLibcNames)));
    for (const std::string &path : files) {
      std::vector<uint8_t> text = read_file(path);
      std::vector<Diagnostic> problems;
      SymbolFile &file = files_.emplace_back();
      if (!file.parse(path, {reinterpret_cast<const char *>(text.data()), text.size()}, problems))
        throw Failure(kExitUsage, problems.empty() ? path + ": not a symbol file"
                                                   : path + ":" + std::to_string(problems[0].Line) + ": " +
                                                         problems[0].Message);
      std::vector<const char *> names;
      for (const std::string &name : file.names())
        names.push_back(name.c_str());
      add(file.tableName().c_str(), names.data(), uint32_t(names.size()));
    }
    symbols = *espb_host_libc();
    symbols.fast = tables_.data();
    symbols.fast_count = uint32_t(tables_.size());
  }
  ~HostSymbols() {
    for (espb_fast_table *table : owned_)
      espb_host_fast_table_free(table);
  }
  HostSymbols(const HostSymbols &) = delete;
  HostSymbols &operator=(const HostSymbols &) = delete;

  espb_symbols symbols;

private:
  void add(const char *name, const char *const *names, uint32_t count) {
    espb_fast_table *table = espb_host_fast_table(name, names, count);
    if (!table)
      throw Failure(kExitLoad, std::string("out of memory for the symbol table \"") + name + "\"");
    owned_.push_back(table);
    tables_.push_back(*table);
  }
  std::list<SymbolFile> files_; // the tables point to its names
  std::vector<espb_fast_table *> owned_;
  std::vector<espb_fast_table> tables_;
};

// How far into its heap the guest ever got: what lies behind was never written.
uint32_t touched_heap(const espb_instance &instance) {
  uint32_t end = instance.heap_end;
  while (end > instance.heap_base && instance.memory[end - 1] == 0)
    end--;
  return end - instance.heap_base;
}

struct Closer {
  espb_module *module = nullptr;
  espb_instance *instance = nullptr;
  ~Closer() {
    if (instance) {
      instance->unfit = true; // on the way out of a failure no guest code runs any more
      espb_destroy(instance, nullptr);
    }
    espb_module_close(module);
  }
};

} // namespace

RunOutcome run_on_host(const RunRequest &request) {
  // A module wants an address that is a multiple of 16; std::vector's is, but it promises nothing.
  std::vector<uint8_t> file = read_file(request.modules[0].path);
  std::vector<uint8_t> buffer(file.size() + 16);
  size_t shift = (16 - reinterpret_cast<uintptr_t>(buffer.data()) % 16) % 16;
  std::copy(file.begin(), file.end(), buffer.begin() + long(shift));

  RunOutcome outcome;
  HostSymbols symbols(request.symbol_files);
  Closer closer;
  auto failed = [&](const char *stage) {
    outcome.stage = stage;
    return outcome;
  };
  if (espb_module_open(buffer.data() + shift, file.size(), &closer.module, &outcome.error) != ESPB_OK)
    return failed("open");
  espb_options options = {};
  options.stack_bytes = request.stack_bytes;
  options.register_stack_words = request.register_stack_words;
  options.heap_bytes = request.heap_bytes;
  if (espb_instantiate(closer.module, &symbols.symbols, &options, &closer.instance, &outcome.error) !=
      ESPB_OK)
    return failed("instantiate");
  std::vector<std::string> words = {std::filesystem::path(request.modules[0].path).filename().string()};
  words.insert(words.end(), request.args.begin(), request.args.end());
  GuestArguments guest(*closer.instance, words);

  if (request.profile) {
    const uint32_t bytes = closer.module->code_bytes();
    outcome.profile.resize(bytes);
    execution_profile = {closer.module->code(), bytes, outcome.profile.data()};
  }
  espb_thread *thread = espb_main_thread(closer.instance);
  espb_thread_set_fuel(thread, request.fuel);
  StopSignals signals(thread, request.timeout_seconds);
  const char *stage = "initialise";
  espb_status status = espb_initialise(closer.instance, &outcome.error);
  if (status == ESPB_OK) {
    stage = "find";
    espb_function function;
    const char *entry = request.entry.empty() ? "main" : request.entry.c_str();
    status = espb_find_function(closer.instance, entry, &function, &outcome.error);
    if (status != ESPB_OK && request.entry.empty()) {
      status = espb_find_function(closer.instance, "app_main", &function, nullptr);
      std::strcpy(outcome.error.message,
                  "the module exports neither main nor app_main: name a function with --entry");
    }
    if (status == ESPB_OK) {
      std::vector<espb_value> values = make_values(request, function, guest);
      stage = "call";
      espb_value result = {};
      status = espb_call(thread, &function, values.data(), uint32_t(values.size()), &result, &outcome.error);
      if (status == ESPB_OK)
        outcome.exit_status = take_result(function.signature[0], result, outcome.stats) & 0xff;
    }
  }
  espb_usage usage = {};
  espb_instance_usage(closer.instance, &usage);
  uint32_t heap = touched_heap(*closer.instance);
  // exit() ends the guest as a return from main does.
  auto exited = [&] {
    if (status != ESPB_TRAP || outcome.error.trap != ESPB_TRAP_EXIT)
      return false;
    outcome.exit_status = outcome.error.exit_status & 0xff;
    return true;
  };
  if (status == ESPB_OK || exited()) {
    stage = "destroy";
    espb_instance *instance = closer.instance;
    closer.instance = nullptr;
    status = espb_destroy(instance, &outcome.error);
    outcome.finished = status == ESPB_OK || exited();
  }
  execution_profile = {};
  std::fflush(stdout);
  std::fflush(stderr);
  if (!outcome.finished && stop_signal == SIGALRM)
    outcome.timed_out = true;
  else if (!outcome.finished && stop_signal)
    outcome.interrupted = true;
  outcome.stage = stage;

  // One bytecode instruction is one dispatch; how many instructions of the PC that takes is nobody's
  // business.
  outcome.stats["guest_instructions"] = usage.dispatches;
  outcome.stats["dispatches"] = usage.dispatches;
  outcome.stats["peak_ram_bytes"] = usage.data_bytes + usage.stack_bytes + usage.overhead_bytes + heap;
  outcome.stats["module_bytes"] = usage.module_bytes;
  outcome.stats["code_bytes"] = usage.code_bytes;
  outcome.stats["data_bytes"] = usage.data_bytes;
  outcome.stats["stack_bytes"] = usage.stack_bytes;
  outcome.stats["overhead_bytes"] = usage.overhead_bytes;
  outcome.stats["peak_stack_bytes"] = usage.peak_stack_bytes;
  return outcome;
}

} // namespace espb::tools
