// SPDX-License-Identifier: Apache-2.0
// The emulated boards: QEMU's RV32 `virt` machine with the firmware of firmware/rv32_virt, and its Xtensa
// `sim` machine with that of firmware/xtensa_sim. firmware/common/protocol.h is the contract.
#include "firmware/common/protocol.h"
#include "tools/common.h"
#include "tools/process.h"
#include "tools/run.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace espb::tools {

using Json = nlohmann::ordered_json;

namespace {

struct Board {
  const char *title;
  const char *qemu;
  std::vector<std::string> machine;
  uint32_t files;                  // address of the request
  const char *firmware, *counting; // the latter counts dispatches
};

const Board kRv32 = {
    "RV32",
    "qemu-system-riscv32",
    {"-M", "virt", "-m", "128M", "-bios", "none", "-semihosting-config", "enable=on,target=native"},
    ESPB_VIRT_RV32_FILES,
    "espb-rv32-virt.elf",
    "espb-rv32-virt-count.elf"};
const Board kXtensa = {"Xtensa",
                       "qemu-system-xtensa",
                       {"-M", "sim", "-cpu", "de233_fpu", "-m", "1G", "-semihosting"},
                       ESPB_VIRT_XTENSA_FILES,
                       "espb-xtensa-sim.elf",
                       "espb-xtensa-sim-count.elf"};

std::string find_firmware(const Board &board, const char *file) {
  std::vector<std::string> places;
  if (const char *dir = std::getenv("ESPB_FIRMWARE_DIR"))
    places.push_back(std::string(dir) + "/" + file);
  std::string here = executable_dir();
  places.push_back(here + "/../firmware/" + file);
  places.push_back(here + "/../lib/espb/firmware/" + file);
  std::string found = first_existing(places);
  if (found.empty()) {
    std::string message =
        std::string("the ") + board.title + " board's firmware \"" + file + "\" is not there; looked for";
    for (const std::string &place : places)
      message += "\n    " + place;
    message += "\n  Build it with `cmake --build build`, name its directory in ESPB_FIRMWARE_DIR, or run "
               "with `--on host`.";
    throw Failure(kExitHelperProgram, message);
  }
  return found;
}

void put32(std::vector<uint8_t> &bytes, uint32_t value) {
  for (int i = 0; i < 4; i++)
    bytes.push_back(uint8_t(value >> (8 * i)));
}

struct Placed {
  uint32_t address, bytes;
};

// Modules lie one behind the other.
std::vector<Placed> place_modules(const RunRequest &request, const Board &board) {
  std::vector<Placed> placed;
  uint64_t next = uint64_t(board.files) + ESPB_VIRT_MODULE_OFFSET;
  const uint64_t end = next + ESPB_VIRT_MODULE_BYTES;
  if (request.modules.size() > ESPB_VIRT_MODULES)
    throw Failure(kExitUsage, std::string("the ") + board.title + " board takes at most " +
                                  std::to_string(ESPB_VIRT_MODULES) + " modules");
  for (const RunRequest::Module &module : request.modules) {
    size_t bytes = read_file(module.path).size();
    if (bytes > end - next)
      throw Failure(kExitLoad, "\"" + module.path + "\" has " + std::to_string(bytes) + " bytes; the " +
                                   board.title + " board has room for " + std::to_string(end - next));
    placed.push_back({uint32_t(next), uint32_t(bytes)});
    next = std::min<uint64_t>(end, (next + bytes + 4095) & ~uint64_t(4095));
  }
  return placed;
}

std::vector<uint8_t> encode_request(const RunRequest &request, const std::vector<Placed> &placed,
                                    const std::string &record, const std::string &trace, bool profile) {
  std::string strings;
  auto add = [&](const std::string &text) {
    uint32_t offset = uint32_t(strings.size());
    strings += text;
    strings += '\0';
    return offset;
  };
  uint32_t entry = request.entry.empty() ? ESPB_VIRT_NONE : add(request.entry);
  uint32_t record_at = add(record);
  uint32_t trace_at = trace.empty() ? ESPB_VIRT_NONE : add(trace);
  uint32_t pins = request.pins.empty() ? ESPB_VIRT_NONE : add(request.pins);
  std::vector<uint32_t> names;
  for (const RunRequest::Module &module : request.modules)
    names.push_back(add(std::filesystem::path(module.path).filename().string()));
  uint32_t argv = uint32_t(strings.size());
  for (const std::string &arg : request.args)
    add(arg);

  std::vector<uint8_t> bytes;
  put32(bytes, ESPB_VIRT_MAGIC);
  put32(bytes, ESPB_VIRT_VERSION);
  put32(bytes, uint32_t(placed.size()));
  put32(bytes, profile                   ? ESPB_VIRT_PROFILE
               : request.engine == "jit" ? ESPB_VIRT_JIT | request.jit_memory / ESPB_VIRT_JIT_MEMORY_UNIT
                                                               << ESPB_VIRT_JIT_MEMORY_SHIFT
                                         : 0);
  put32(bytes, uint32_t(request.fuel));
  put32(bytes, uint32_t(request.fuel >> 32));
  put32(bytes, request.stack_bytes);
  put32(bytes, request.register_stack_words);
  put32(bytes, entry);
  put32(bytes, record_at);
  put32(bytes, uint32_t(request.args.size()));
  put32(bytes, argv);
  put32(bytes, uint32_t(strings.size()));
  put32(bytes, trace_at);
  put32(bytes, pins);
  put32(bytes, uint32_t(std::ceil(request.board_seconds * 1000)));
  put32(bytes, request.repeat);
  for (size_t i = 0; i < ESPB_VIRT_MODULES; i++) {
    bool used = i < placed.size();
    put32(bytes, used ? placed[i].address : 0);
    put32(bytes, used ? placed[i].bytes : 0);
    put32(bytes, used ? names[i] : 0);
    put32(bytes, used && request.modules[i].after ? ESPB_VIRT_AFTER : 0);
  }
  static_assert(sizeof(espb_virt_request) == (17 + 4 * ESPB_VIRT_MODULES) * 4);
  bytes.insert(bytes.end(), strings.begin(), strings.end());
  if (bytes.size() > ESPB_VIRT_REQUEST_BYTES)
    throw Failure(kExitUsage, "the arguments after `--` take " + std::to_string(bytes.size()) +
                                  " bytes; the board accepts " + std::to_string(ESPB_VIRT_REQUEST_BYTES));
  return bytes;
}

// QEMU's option syntax wants commas of a file name twice.
std::string qemu_quote(const std::string &path) {
  std::string quoted;
  for (char c : path) {
    quoted += c;
    if (c == ',')
      quoted += ',';
  }
  return quoted;
}

struct BoardRun {
  ProcessResult process;
  Json record; // null when there is none
  std::vector<uint8_t> profile;
};

BoardRun run_board(const RunRequest &request, const Board &board, const std::string &firmware,
                   const std::vector<Placed> &placed, TempDir &temp, bool count_only) {
  std::string qemu = find_program(board.qemu);
  if (qemu.empty())
    throw Failure(kExitHelperProgram, std::string(board.qemu) + " is not in PATH; the " + board.title +
                                          " board needs it (Debian: apt-get install qemu-system-misc). "
                                          "`--on host` runs without it.");
  std::string record_file = temp.file(count_only ? "count.json" : "record.json");
  std::string request_file = temp.file("request.bin");
  std::string trace = count_only ? temp.file("trace.txt") : request.trace;
  std::vector<uint8_t> bytes =
      encode_request(request, placed, record_file, trace, count_only && request.profile);
  write_file(request_file, bytes.data(), bytes.size());

  std::vector<std::string> command = {qemu};
  command.insert(command.end(), board.machine.begin(), board.machine.end());
  for (std::string word :
       {"-display", "none", "-serial", "none", "-monitor", "none", "-icount", "shift=0,sleep=off"})
    command.push_back(word);
  command.insert(command.end(),
                 {"-kernel", firmware, "-device",
                  "loader,file=" + qemu_quote(request_file) + ",addr=" + hex(board.files) + ",force-raw=on"});
  for (size_t i = 0; i < placed.size(); i++) {
    command.push_back("-device");
    command.push_back("loader,file=" + qemu_quote(request.modules[i].path) +
                      ",addr=" + hex(placed[i].address) + ",force-raw=on");
  }
  ProcessOptions options;
  options.timeout_seconds = request.timeout_seconds;
  if (count_only) {
    options.discard_stdout = true;
    options.stderr_file = temp.file("stderr.txt");
    struct stat info;
    options.discard_stdin = !(fstat(STDIN_FILENO, &info) == 0 && S_ISREG(info.st_mode));
  }
  std::fflush(stdout);
  BoardRun result;
  result.process = run_process(command, options);
  if (access(record_file.c_str(), R_OK) == 0) {
    std::vector<uint8_t> text = read_file(record_file);
    result.record = Json::parse(text.begin(), text.end(), nullptr, false);
    if (result.record.is_discarded())
      throw Failure(kExitHelperProgram,
                    "the board's record is not JSON: " + std::string(text.begin(), text.end()));
    if (result.record.value("protocol", 0u) != ESPB_VIRT_VERSION)
      throw Failure(kExitHelperProgram, "\"" + firmware + "\" speaks protocol version " +
                                            std::to_string(result.record.value("protocol", 0u)) +
                                            ", this espb " + std::to_string(ESPB_VIRT_VERSION) +
                                            ": build both from the same sources");
  }
  if (std::string file = record_file + ESPB_VIRT_PROFILE_SUFFIX; access(file.c_str(), R_OK) == 0)
    result.profile = read_file(file);
  return result;
}

} // namespace

RunOutcome run_on_board(const std::string &name, const RunRequest &request) {
  const Board &board = name == "xtensa" ? kXtensa : kRv32;
  std::vector<Placed> placed = place_modules(request, board);
  std::string firmware = find_firmware(board, board.firmware);
  TempDir temp;
  off_t stdin_at = lseek(STDIN_FILENO, 0, SEEK_CUR);
  BoardRun run = run_board(request, board, firmware, placed, temp, false);

  RunOutcome outcome;
  outcome.timed_out = run.process.timed_out;
  outcome.interrupted = run.process.interrupted;
  if (outcome.timed_out || outcome.interrupted)
    return outcome;
  if (run.record.is_null()) {
    std::string how = run.process.signal ? "was ended by signal " + std::to_string(run.process.signal)
                                         : "ended with status " + std::to_string(run.process.exit_status);
    throw Failure(kExitHelperProgram, std::string(board.qemu) + " " + how +
                                          " and left no record of the run of \"" + request.modules[0].path +
                                          "\"; what it printed above says why");
  }
  const Json &record = run.record;
  outcome.finished = record.value("ok", false);
  outcome.stage = record.value("stage", "");
  outcome.module = std::min<size_t>(record.value("module", 0u), request.modules.size() - 1);
  outcome.ended = record.value("ended", "");
  outcome.waiting = record.value("waiting", "");
  if (outcome.finished) {
    outcome.exit_status = record.value("exit", 0) & 0xff;
  } else {
    outcome.error.status = espb_status(record.value("status", 0));
    outcome.error.trap = espb_trap(record.value("trap", 0));
    outcome.error.function = record.value("function", ESPB_NO_FUNCTION);
    outcome.error.code_offset = record.value("code_offset", ESPB_NO_FUNCTION);
    std::string message = record.value("message", "");
    std::strncpy(outcome.error.message, message.c_str(), sizeof outcome.error.message - 1);
  }
  if (record.contains("jit_wanted")) {
    const uint32_t wanted = record.value("jit_wanted", 0u), compiled = record.value("jit_compiled", 0u);
    if (wanted == 0)
      print_note(
          "no function is marked JIT_HOT: everything was interpreted (`espb build --jit all` marks all)");
    else if (compiled < wanted)
      print_note("no room to compile " + std::to_string(wanted - compiled) + " of " + std::to_string(wanted) +
                 " functions: they were interpreted");
  }
  if (request.stats || request.profile) {
    outcome.stats = record;
    for (const char *key : {"protocol", "ok", "stage", "exit", "status", "trap", "status_name", "trap_name",
                            "function", "code_offset", "message", "module", "waiting"})
      outcome.stats.erase(key);
    // Only an engine that counts knows the number of dispatches, and counting changes the instruction count:
    // a second run.
    if (stdin_at >= 0)
      lseek(STDIN_FILENO, stdin_at, SEEK_SET);
    BoardRun counted = run_board(request, board, find_firmware(board, board.counting), placed, temp, true);
    if (counted.process.interrupted)
      outcome.interrupted = true;
    outcome.profile.resize(counted.profile.size() / sizeof(ExecutionProfile::Count));
    if (!outcome.profile.empty())
      std::memcpy(outcome.profile.data(), counted.profile.data(),
                  outcome.profile.size() * sizeof outcome.profile[0]);
    else if (request.profile && !outcome.interrupted)
      print_note("the counting run left no profile");
    if (counted.record.is_object() && counted.record.contains("dispatches"))
      outcome.stats["dispatches"] = counted.record["dispatches"];
    else
      outcome.stats["dispatches"] = nullptr;
  }
  return outcome;
}

} // namespace espb::tools
