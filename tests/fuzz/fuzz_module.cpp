// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: any bytes are a module. What the verifier lets through is linked against the host's
// library and every exported function is run, with little fuel. Build and run: tests/fuzz/run.sh. With an
// argument "--seed DIRECTORY" it writes a seed corpus instead.
#include "espb/espb.h"
#include "espb/host_libc.h"
#include "format/reader.h"
#include "runtime/port/posix/port.h"
#include "tests/runtime/sample.h"
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace {

espb_symbols make_symbols() {
  static const char *const names[] = {"strlen", "abs"};
  static espb_fast_table *table = espb_host_fast_table("fast", names, 2);
  espb_symbols symbols = *espb_host_libc();
  symbols.fast = table;
  symbols.fast_count = 1;
  return symbols;
}

void run(espb_instance *instance, const espb::format::ReadModule &module) {
  espb_thread *thread = espb_main_thread(instance);
  espb_error error;
  espb_thread_set_fuel(thread, 3000);
  espb_initialise(instance, &error);
  for (const auto &e : module.model.exports) {
    espb_function function;
    if (e.kind != espb::format::kExportFunction ||
        espb_find_function(instance, e.name.c_str(), &function, &error) != ESPB_OK)
      continue;
    espb_value args[64] = {};
    uint32_t count = 0;
    for (const char *letter = strchr(function.signature, '(') + 1;
         *letter != ')' && *letter != '.' && count < 64; ++letter, ++count)
      args[count].i64 = 5 * count + 4096;
    espb_value result;
    espb_thread_set_fuel(thread, 1000);
    espb_call(thread, &function, args, count, &result, &error);
  }
  espb_thread_set_fuel(thread, 1000);
}

void write_file(const std::string &path, const std::vector<uint8_t> &bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char *>(bytes.data()), (std::streamsize)bytes.size());
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv) {
  if (*argc == 3 && strcmp((*argv)[1], "--seed") == 0) {
    write_file(std::string((*argv)[2]) + "/sample.espb", espb::test::sample().bytes());
    exit(0);
  }
  // Guests print much and read nothing.
  FILE *nowhere = fopen("/dev/null", "r+");
  espb_host_set_streams(nowhere, nowhere, nowhere);
  espb_posix_limit_memory(64u << 20);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const espb_symbols symbols = make_symbols();
  espb::test::Aligned bytes(std::vector<uint8_t>(data, data + size));
  espb_error error;
  espb_module *module;
  espb::format::ReadModule read;
  std::string why;
  bool readable = espb::format::read_module(std::vector<uint8_t>(data, data + size), &read, &why);
  if (espb_module_open(bytes.data(), bytes.size(), &module, &error) != ESPB_OK) {
    if (module != nullptr || error.message[0] == '\0')
      abort();
    return 0;
  }
  if (!readable)
    abort(); // what the runtime runs, the tools can show
  espb_options options = {};
  options.heap_bytes = 1 << 14;
  espb_instance *instance;
  if (espb_instantiate(module, &symbols, &options, &instance, &error) == ESPB_OK) {
    run(instance, read);
    espb_destroy(instance, &error);
  }
  if (espb_module_close(module) != ESPB_OK || espb_posix_allocations() != 0)
    abort(); // something was not given back
  return 0;
}
