// SPDX-License-Identifier: Apache-2.0
// The firmware's program: takes the run request and the module that the host put into memory, runs it, and
// reports (protocol.h).
#include "board/board.h"
#include "libc_support.h"
#include "module/instance.h"
#include "protocol.h"
#include "record.h"
#include "symbols.h"
#include <errno.h>
#include <inttypes.h>

namespace {

const auto *const request = reinterpret_cast<const espb_virt_request *>(ESPB_VIRT_REQUEST_ADDRESS);

Record record;
const char *stage = "request";
espb_instance *instance;
uint64_t call_start; // of the guest's call, while it runs

// ---- The end of a run
// --------------------------------------------------------------------------------------------------------

const char *request_string(uint32_t offset) { return reinterpret_cast<const char *>(request + 1) + offset; }

[[noreturn]] void finish(bool ok, int status) {
  size_t bytes;
  record.flag("ok", ok);
  record.text("stage", stage);
  record.number("peak_ram_bytes", board_heap_peak());
  record.number("static_ram_bytes", board_static_ram());
  const char *text = record.finish(&bytes);
  bool wanted = request->magic == ESPB_VIRT_MAGIC && request->record < request->strings_bytes;
  board_flush();
  if (!wanted || board_write_file(request_string(request->record), text, bytes) != 0) {
    if (wanted)
      fprintf(stderr, "cannot write the record to %s\n", request_string(request->record));
    fputs(text, stderr);
  }
  board_exit(status);
}

[[noreturn]] void fail(const char *message) {
  record.text("message", message);
  finish(false, ESPB_VIRT_EXIT_FAILED);
}

void record_usage() {
  if (!instance)
    return;
  espb_usage usage = {};
  espb_instance_usage(instance, &usage);
  record.number("module_bytes", usage.module_bytes);
  record.number("code_bytes", usage.code_bytes);
  record.number("data_bytes", usage.data_bytes);
  record.number("stack_bytes", usage.stack_bytes);
  record.number("overhead_bytes", usage.overhead_bytes);
  record.number("peak_stack_bytes", usage.peak_stack_bytes);
  record.number("dispatches", usage.dispatches);
}

[[noreturn]] void fail(const espb_error &error) {
  record_usage();
  record.number("status", error.status);
  record.text("status_name", espb_status_name(error.status));
  record.number("trap", error.trap);
  record.text("trap_name", espb_trap_name(error.trap));
  if (error.function != ESPB_NO_FUNCTION) {
    record.number("function", error.function);
    record.number("code_offset", error.code_offset);
  }
  fail(error.message);
}

// ---- The request
// ---------------------------------------------------------------------------------------------------------------

void check_request() {
  if (request->magic != ESPB_VIRT_MAGIC)
    fail("no run request at 0x84000000: the host must load one (see protocol.h)");
  if (request->version != ESPB_VIRT_VERSION)
    fail("the run request has another version than this firmware");
  if (request->strings_bytes > ESPB_VIRT_REQUEST_BYTES - sizeof *request ||
      (request->strings_bytes && request_string(request->strings_bytes)[-1] != 0))
    fail("the strings of the run request are too long or do not end");
  if (request->entry != ESPB_VIRT_NONE && request->entry >= request->strings_bytes)
    fail("the entry's name lies outside the strings of the run request");
  if (request->module_bytes > ESPB_VIRT_MODULE_BYTES)
    fail("the module is larger than the memory for it (64 MB less 64 KB)");
}

char **make_arguments() {
  auto **argv = static_cast<char **>(calloc(request->argc + 1, sizeof(char *)));
  if (!argv)
    fail("no memory for the arguments");
  uint32_t offset = request->argv;
  for (uint32_t i = 0; i < request->argc; i++) {
    if (offset >= request->strings_bytes)
      fail("the arguments lie outside the strings of the run request");
    // main may change its arguments: they lie in RAM, and nothing else reads them again.
    argv[i] = const_cast<char *>(request_string(offset));
    offset += static_cast<uint32_t>(strlen(argv[i])) + 1;
  }
  return argv;
}

// ---- The call
// --------------------------------------------------------------------------------------------------------------------

void find_entry(espb_function *function) {
  espb_error error;
  if (request->entry != ESPB_VIRT_NONE) {
    if (espb_find_function(instance, request_string(request->entry), function, &error) != ESPB_OK)
      fail(error);
    return;
  }
  if (espb_find_function(instance, "main", function, &error) == ESPB_OK)
    return;
  if (espb_find_function(instance, "app_main", function, nullptr) != ESPB_OK)
    fail("the module exports neither main nor app_main: name a function to call");
}

[[noreturn]] void fail_argument(const char *what, uint32_t number, const char *text) {
  static char message[160];
  snprintf(message, sizeof message, "argument %" PRIu32 " \"%.60s\": %s", number, text, what);
  fail(message);
}

espb_value parse_argument(char type, uint32_t number, char *text) {
  espb_value value = {};
  char *end;
  errno = 0;
  switch (type) {
  case 'p':
    value.guest = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(text));
    return value;
  case 'f':
    value.f32 = strtof(text, &end);
    break;
  case 'd':
    value.f64 = strtod(text, &end);
    break;
  case 'l':
    value.i64 = *text == '-' ? strtoll(text, &end, 0) : static_cast<long long>(strtoull(text, &end, 0));
    break;
  default: // the narrower integers are passed as a C caller would: extended from the converted value
    value.i32 = *text == '-' ? strtol(text, &end, 0) : static_cast<long>(strtoul(text, &end, 0));
    if (type == 'b')
      value.i32 = static_cast<int8_t>(value.i32);
    else if (type == 'B')
      value.i32 = static_cast<uint8_t>(value.i32);
    else if (type == 'h')
      value.i32 = static_cast<int16_t>(value.i32);
    else if (type == 'H')
      value.i32 = static_cast<uint16_t>(value.i32);
    break;
  }
  if (end == text || *end)
    fail_argument("not a number", number, text);
  if (errno == ERANGE)
    fail_argument("out of range", number, text);
  return value;
}

// Fills `args` as the function's signature R(A...) wants them; returns how many.
uint32_t make_values(const espb_function &function, char **argv, espb_value *args, uint32_t most) {
  const char *types = strchr(function.signature, '(');
  size_t count = types ? strlen(types) - 2 : 0;
  if (!types || strchr(types, '.'))
    fail("the function to call has variable arguments: call a function without");
  if (count > most)
    fail("the function to call has too many parameters");
  if (request->entry == ESPB_VIRT_NONE) {
    if (count && strcmp(types, "(ip)") != 0 && strcmp(types, "(ipp)") != 0)
      fail("main must be int main(void) or int main(int, char **)");
    if (count) {
      args[0].i32 = static_cast<int32_t>(request->argc);
      args[1].guest = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(argv));
      args[2].guest =
          static_cast<uint32_t>(reinterpret_cast<uintptr_t>(argv + request->argc)); // an empty environment
    }
    return static_cast<uint32_t>(count);
  }
  uint32_t given = request->argc ? request->argc - 1 : 0;
  if (given != count) {
    static char message[96];
    snprintf(message, sizeof message, "the function takes %" PRIu32 " arguments, %" PRIu32 " were given",
             static_cast<uint32_t>(count), given);
    fail(message);
  }
  for (uint32_t i = 0; i < count; i++)
    args[i] = parse_argument(types[1 + i], i + 1, argv[i + 1]);
  return static_cast<uint32_t>(count);
}

int record_result(char type, const espb_value &value) {
  static char text[40];
  const char name[2] = {type, 0};
  int status = value.i32;
  switch (type) {
  case 'v':
    return 0;
  case 'f':
  case 'd':
    snprintf(text, sizeof text, "%.17g", type == 'f' ? static_cast<double>(value.f32) : value.f64);
    status = 0;
    break;
  case 'l':
    snprintf(text, sizeof text, "%" PRId64, value.i64);
    break;
  case 'p':
    snprintf(text, sizeof text, "%" PRIu32, value.u32);
    status = 0;
    break;
  default:
    snprintf(text, sizeof text, "%" PRId32, value.i32);
    break;
  }
  record.text("result", text);
  record.text("result_type", name);
  return status;
}

// A guest that called exit() ran to its end.
bool exited(const espb_error &error, int *status) {
  if (error.trap != ESPB_TRAP_EXIT)
    return false;
  *status = error.exit_status;
  return true;
}

} // namespace

extern "C" espb_thread *espb_firmware_thread(void) { return espb_main_thread(instance); }

// A load or store that went wrong while the guest ran, or in a native function it called: a trap of the
// guest, with its place.
static void fail_guest_access(uint32_t cause, uint32_t pc, uint32_t address) {
  constexpr uint32_t kMisalignedLoad = 4, kStoreFault = 7;
  if (!instance || cause < kMisalignedLoad || cause > kStoreFault)
    return;
  const espb::Thread &thread = instance->main;
  auto in_engine = [](uint32_t at) {
    return at - reinterpret_cast<uintptr_t>(board_engine_start) <
           static_cast<uintptr_t>(board_engine_end - board_engine_start);
  };
  // The assembly keeps the guest's pc in s2, and writes it down before it calls anything.
  const uint8_t *guest_pc =
      in_engine(pc) ? reinterpret_cast<const uint8_t *>(board_fault_registers[2]) : thread.pc;
  uint32_t offset = static_cast<uint32_t>(guest_pc - thread.code);
  espb_error error = {};
  error.status = ESPB_TRAP;
  error.trap = ESPB_TRAP_OUT_OF_BOUNDS;
  error.function = guest_pc ? instance->module->function_at(offset) : ESPB_NO_FUNCTION;
  error.code_offset = offset;
  if (error.function == ESPB_NO_FUNCTION)
    return;
  snprintf(error.message, sizeof error.message,
           "%s: %s 0x%08" PRIx32 " in function %" PRIu32 ", offset 0x%" PRIx32, espb_trap_name(error.trap),
           board_fault_name(cause), address, error.function, offset);
  fail(error);
}

extern "C" void board_fault(uint32_t cause, uint32_t pc, uint32_t value, uint32_t ra, uint32_t sp) {
  static char message[200];
  if (call_start) {
    record.number("guest_instructions", board_instructions() - call_start);
    call_start = 0;
    fail_guest_access(cause, pc, value);
  }
  snprintf(message, sizeof message,
           "machine fault while in stage \"%s\": %s; pc 0x%08" PRIx32 ", address 0x%08" PRIx32
           ", ra 0x%08" PRIx32 ", sp 0x%08" PRIx32,
           stage, board_fault_name(cause), pc, value, ra, sp);
  stage = "machine";
  fail(message);
}

extern "C" int board_main(void) {
  espb_error error;
  record.number("protocol", ESPB_VIRT_VERSION);
  check_request();
  char **argv = make_arguments();

  stage = "open";
  espb_module *module;
  uint64_t start = board_instructions();
  if (espb_module_open(reinterpret_cast<const void *>(ESPB_VIRT_MODULE_ADDRESS), request->module_bytes,
                       &module, &error) != ESPB_OK)
    fail(error);
  uint64_t opened = board_instructions();
  stage = "instantiate";
  espb_options options = {};
  options.stack_bytes = request->stack_bytes;
  options.register_stack_words = request->register_stack_words;
  if (espb_instantiate(module, &firmware_symbols, &options, &instance, &error) != ESPB_OK)
    fail(error);
  const uint64_t loaded = board_instructions();
  record.number("open_instructions", opened - start);
  record.number("load_instructions", loaded - start);

  espb_thread *thread = espb_main_thread(instance);
  uint64_t fuel = static_cast<uint64_t>(request->fuel_high) << 32 | request->fuel_low;
  espb_thread_set_fuel(thread, fuel);

  int status;
  stage = "initialise";
  start = board_instructions();
  espb_status outcome = espb_initialise(instance, &error);
  record.number("initialise_instructions", board_instructions() - start);
  if (outcome == ESPB_OK) {
    stage = "find";
    espb_function function;
    espb_value args[16], result = {};
    find_entry(&function);
    uint32_t count = make_values(function, argv, args, sizeof args / sizeof args[0]);
    stage = "call";
    call_start = board_instructions();
    outcome = espb_call(thread, &function, args, count, &result, &error);
    record.number("guest_instructions", board_instructions() - call_start);
    call_start = 0;
    if (outcome == ESPB_OK)
      status = record_result(function.signature[0], result);
  }
  if (fuel != ESPB_FUEL_UNLIMITED)
    record.number("fuel_left", espb_thread_fuel(thread));
  if (outcome != ESPB_OK && !exited(error, &status))
    fail(error);
  record_usage();

  stage = "destroy";
  if (espb_destroy(instance, &error) != ESPB_OK && !exited(error, &status))
    fail(error);
  instance = nullptr;
  espb_module_close(module);
  stage = "done";
  record.number("exit", static_cast<uint32_t>(status) & 0xffu);
  finish(true, status);
}
