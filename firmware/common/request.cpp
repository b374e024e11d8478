// SPDX-License-Identifier: Apache-2.0
// The run request: see request.h.
#include "request.h"
#include "libc_support.h"
#include "outcome.h"
#include <errno.h>
#include <inttypes.h>

const espb_virt_request *const request = reinterpret_cast<const espb_virt_request *>(ESPB_VIRT_FILES);

const char *request_string(uint32_t offset) { return reinterpret_cast<const char *>(request + 1) + offset; }

bool request_has(uint32_t offset) {
  return request->magic == ESPB_VIRT_MAGIC && request->version == ESPB_VIRT_VERSION &&
         offset < request->strings_bytes;
}

void check_request() {
  if (request->magic != ESPB_VIRT_MAGIC)
    fail("no run request in memory: the host must load one (see protocol.h)");
  if (request->version != ESPB_VIRT_VERSION)
    fail("the run request has another version than this firmware");
  if (request->strings_bytes > ESPB_VIRT_REQUEST_BYTES - sizeof *request ||
      (request->strings_bytes && request_string(request->strings_bytes)[-1] != 0))
    fail("the strings of the run request are too long or do not end");
  const uint32_t optional[] = {request->entry, request->trace, request->pins};
  for (uint32_t string : optional)
    if (string != ESPB_VIRT_NONE && !request_has(string))
      fail("a name lies outside the strings of the run request");
  if (request->module_count == 0 || request->module_count > ESPB_VIRT_MODULES)
    fail("the run request has no modules, or more than 8");
  for (uint32_t i = 0; i < request->module_count; i++) {
    const espb_virt_module &module = request->modules[i];
    const uint32_t offset = module.address - (ESPB_VIRT_FILES + ESPB_VIRT_MODULE_OFFSET);
    if (offset > ESPB_VIRT_MODULE_BYTES || module.bytes > ESPB_VIRT_MODULE_BYTES - offset)
      fail("the modules are larger than the memory for them (64 MB less 64 KB)");
    if (!request_has(module.name))
      fail("a module's name lies outside the strings of the run request");
  }
}

char **make_arguments(const espb_virt_module &module) {
  auto **argv = static_cast<char **>(calloc(request->argc + 2, sizeof(char *)));
  if (!argv)
    fail("no memory for the arguments");
  // main may change its arguments: they lie in RAM, and nothing else reads them again.
  argv[0] = const_cast<char *>(request_string(module.name));
  uint32_t offset = request->argv;
  for (uint32_t i = 1; i <= request->argc; i++) {
    if (offset >= request->strings_bytes)
      fail("the arguments lie outside the strings of the run request");
    argv[i] = const_cast<char *>(request_string(offset));
    offset += static_cast<uint32_t>(strlen(argv[i])) + 1;
  }
  return argv;
}

void find_entry(espb_instance *instance, espb_function *function) {
  espb_error error;
  if (request->entry != ESPB_VIRT_NONE) {
    if (espb_find_function(instance, request_string(request->entry), function, &error) != ESPB_OK)
      fail(instance, error);
    return;
  }
  if (espb_find_function(instance, "main", function, &error) != ESPB_OK &&
      espb_find_function(instance, "app_main", function, nullptr) != ESPB_OK)
    fail("the module exports neither main nor app_main: name a function to call");
}

namespace {

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

} // namespace

uint32_t make_values(const espb_function &function, char **argv, espb_value *args, uint32_t most) {
  const char *types = strchr(function.signature, '(');
  const char *bracket = types ? strchr(types, ')') : nullptr;
  size_t count = bracket ? static_cast<size_t>(bracket - types - 1) : 0;
  if (!types || strchr(types, '.'))
    fail("the function to call has variable arguments: call a function without");
  if (count > most)
    fail("the function to call has too many parameters");
  if (request->entry == ESPB_VIRT_NONE) {
    if (count && strcmp(types, "(ip)") != 0 && strcmp(types, "(ipp)") != 0)
      fail("main must take (void) or (int, char **)");
    if (count) {
      char **end = argv + request->argc + 1;
      args[0].i32 = static_cast<int32_t>(request->argc + 1);
      args[1].guest = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(argv));
      args[2].guest = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(end)); // an empty environment
    }
    return static_cast<uint32_t>(count);
  }
  if (request->argc != count) {
    static char message[96];
    snprintf(message, sizeof message, "the function takes %" PRIu32 " arguments, %" PRIu32 " were given",
             static_cast<uint32_t>(count), request->argc);
    fail(message);
  }
  for (uint32_t i = 0; i < count; i++)
    args[i] = parse_argument(types[1 + i], i + 1, argv[i + 1]);
  return static_cast<uint32_t>(count);
}

int record_result(char type, const espb_value &value, bool record_it) {
  char text[40];
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
  if (record_it) {
    record.text("result", text);
    record.text("result_type", name);
  }
  return status;
}
