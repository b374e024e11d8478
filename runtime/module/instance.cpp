// SPDX-License-Identifier: Apache-2.0
// Opening modules, making and unmaking instances, looking up exports.
#include "instance.h"
#include "espb/port.h"
#include "message.h"
#include <string.h>

namespace espb {

using namespace format;

namespace {

constexpr uint32_t kDefaultStackBytes = 4096;
constexpr uint32_t kDefaultRegisterWords = 1024;
constexpr uint32_t kMaxOptionBytes = 1u << 30;

uint32_t align_up(uint32_t value, uint32_t alignment) { return (value + alignment - 1) & ~(alignment - 1); }

// Fills everything of a thread that does not change from call to call.
void make_thread(Instance &instance, uint32_t *registers) {
  Thread &thread = instance.main;
  const Module &module = *instance.module;
  thread.instance = &instance;
  thread.code = module.code();
  thread.functions = module.functions();
  thread.register_base = registers;
  thread.register_end = registers + instance.register_words;
  thread.register_limit = thread.register_end - kFrameReserveWords;
  thread.entry_fp = registers;
  thread.fuel = ESPB_FUEL_UNLIMITED;
#if ESPB_PROFILE_NATIVE
  thread.data_base = (uint32_t)instance.data;
  thread.rodata_base = (uint32_t)module.image.section(kSectionRodata);
  thread.stack_limit = (uint32_t)instance.stack;
#else
  thread.data_base = (uint32_t)(instance.data - instance.memory);
  thread.rodata_base = kGuardBytes; // which suits every alignment
  thread.stack_limit = (uint32_t)(instance.stack - instance.memory);
#endif
  thread.stack_top = thread.stack_limit + instance.stack_bytes;
  thread.sp = thread.lowest_sp = thread.stack_top;
}

#if ESPB_PROFILE_NATIVE

// The data block and the data stack. What was made before a failure is freed by free_instance.
espb_status make_memory(Instance &instance, const espb_options &, espb_error *error) {
  const MemoryInfo &memory = instance.module->memory;
  if (memory.data_total != 0) {
    instance.data = static_cast<uint8_t *>(allocate(memory.data_total, memory.data_align));
    if (instance.data == nullptr)
      return no_memory(error, "the module's data", memory.data_total);
  }
  instance.stack = static_cast<uint8_t *>(allocate(instance.stack_bytes, 16));
  if (instance.stack == nullptr)
    return no_memory(error, "the data stack", instance.stack_bytes);
  const uint32_t callables = instance.module->callable_count();
  if (!reserve_thunks(instance, callables))
    return report(error, ESPB_NO_MEMORY,
                  "%u functions have their address taken: too many for the %u thunks (ESPB_THUNKS)",
                  callables, thunk_pool_size());
  return ESPB_OK;
}

void free_memory(Instance &instance) {
  release_thunks(instance);
  release(instance.data);
  release(instance.stack);
}

#else

constexpr uint32_t kDefaultHeapBytes = 1u << 20;

// One block: guard, rodata, data, heap, stack.
espb_status make_memory(Instance &instance, const espb_options &options, espb_error *error) {
  const Module &module = *instance.module;
  const MemoryInfo &memory = module.memory;
  uint32_t rodata_bytes = module.image.section_bytes(kSectionRodata);
  uint32_t heap_bytes = options.heap_bytes != 0 ? options.heap_bytes : kDefaultHeapBytes;
  // The verifier bounds the module's sizes; the user's are checked here.
  uint32_t data_at = align_up(kGuardBytes + rodata_bytes, memory.data_align);
  instance.heap_base = align_up(data_at + memory.data_total, 16);
  uint64_t total = (uint64_t)instance.heap_base + heap_bytes + 16 + instance.stack_bytes;
  if (total > kMaxMemory)
    return report(error, ESPB_NO_MEMORY, "heap and stack are too large for a 32-bit guest");
  instance.heap_end = align_up(instance.heap_base + heap_bytes, 16);
  instance.memory_size = instance.heap_end + instance.stack_bytes;
  instance.memory = static_cast<uint8_t *>(allocate(instance.memory_size, 4096));
  if (instance.memory == nullptr)
    return no_memory(error, "the instance's memory", instance.memory_size);
  memset(instance.memory, 0, instance.memory_size);
  memcpy(instance.memory + kGuardBytes, module.image.section(kSectionRodata), rodata_bytes);
  instance.write_floor = data_at;
  instance.data = instance.memory + data_at;
  instance.stack = instance.memory + instance.heap_end;
  instance.callable_base = kCallableBase;
  instance.library.random_state = 1;
  return ESPB_OK;
}

void free_memory(Instance &instance) {
  release(instance.memory);
  release(instance.handles);
}

#endif

void free_instance(Instance &instance) {
  free_memory(instance);
  release(static_cast<espb_instance *>(&instance));
}

void count_instance(const Module &module, int32_t change) {
  espb_port_lock();
  const_cast<Module &>(module).instances += (uint32_t)change;
  espb_port_unlock();
}

espb_status describe(const ImageError &problem, espb_error *error) {
  bool section = problem.section_kind != kNoValue;
  return report(error, problem.version ? ESPB_BAD_VERSION : ESPB_BAD_MODULE, "%s%s%s%v",
                section ? section_name(problem.section_kind) : "", section ? ": " : "", problem.what,
                problem.value);
}

// Runs a list of functions in order.
espb_status run_list(Instance &instance, SectionKind kind, espb_error *error) {
  const Module &module = *instance.module;
  for (uint32_t i = 0; i < module.count(kind, kInitialiserBytes); ++i) {
    uint32_t words[2];
    uint32_t index = table_u16(module.image.section(kind) + kInitialiserBytes * i);
    if (enter_guest(instance.main, index, words, 0) != ESPB_TRAP_NONE)
      return report_trap(instance.main, error);
  }
  return ESPB_OK;
}

} // namespace

void *allocate(uint32_t bytes, uint32_t alignment) {
  return espb_port_alloc(bytes, alignment, ESPB_MEMORY_DATA);
}

void release(void *memory) {
  if (memory != nullptr)
    espb_port_free(memory, ESPB_MEMORY_DATA);
}

uint32_t Module::function_at(uint32_t code_offset) const {
  if (code_offset >= code_bytes())
    return ESPB_NO_FUNCTION;
  uint32_t low = 0, high = function_count();
  while (high - low > 1) {
    uint32_t middle = (low + high) / 2;
    if ((functions()[2 * middle] & kOffsetMask) <= code_offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}

} // namespace espb

using namespace espb;

espb_status espb_module_open(const void *bytes, size_t size, espb_module **out, espb_error *error) {
  *out = nullptr;
  if (((uintptr_t)bytes & 3) != 0)
    return report(error, ESPB_BAD_MODULE, "a module must lie at a multiple of 4");
  auto *module = static_cast<espb_module *>(allocate(sizeof(espb_module), alignof(espb_module)));
  if (module == nullptr)
    return no_memory(error, "the module's description", sizeof(espb_module));
  ImageError problem;
  espb_status status;
  if (read_image(static_cast<const uint8_t *>(bytes), size, &module->image, &problem)) {
    module->memory = read_memory(module->image);
    module->instances = 0;
    status = verify(*module, error);
  } else {
    status = describe(problem, error);
  }
  if (status != ESPB_OK) {
    release(module);
    return status;
  }
  *out = module;
  return no_error(error);
}

espb_status espb_module_close(espb_module *module) {
  if (module == nullptr)
    return ESPB_OK;
  espb_port_lock();
  bool busy = module->instances != 0;
  espb_port_unlock();
  if (busy)
    return ESPB_BUSY;
  release(module);
  return ESPB_OK;
}

espb_status espb_instantiate(espb_module *module, const espb_symbols *symbols, const espb_options *options,
                             espb_instance **out, espb_error *error) {
  static const espb_symbols no_symbols = {};
  static const espb_options no_options = {};
  *out = nullptr;
  if (symbols == nullptr)
    symbols = &no_symbols;
  if (options == nullptr)
    options = &no_options;
  auto choose = [](uint32_t option, uint32_t wish, uint32_t standard) {
    return option != 0 ? option : wish != 0 ? wish : standard;
  };
  uint32_t stack_bytes = choose(options->stack_bytes, module->memory.stack_bytes, kDefaultStackBytes);
  uint32_t register_words =
      choose(options->register_stack_words, module->memory.register_stack_words, kDefaultRegisterWords);
  if (stack_bytes > kMaxOptionBytes || register_words > kMaxOptionBytes / 4)
    return report(error, ESPB_NO_MEMORY, "stack sizes above 1 GiB are refused");
  // A stack that cannot hold one call is of no use: raise it to what the runtime itself needs.
  stack_bytes = align_up(stack_bytes < 64 ? 64 : stack_bytes, 16);
  register_words = register_words < 2 * kFrameReserveWords ? 2 * kFrameReserveWords : register_words;

  uint32_t fixed_bytes =
      align_up(sizeof(espb_instance), 16) + align_up(module->import_count() * sizeof(ImportSlot), 16);
  void *block = allocate(fixed_bytes + 4 * register_words, 16);
  if (block == nullptr)
    return no_memory(error, "the instance and its register stack", fixed_bytes + 4 * register_words);
  memset(block, 0, fixed_bytes);
  auto *instance = static_cast<espb_instance *>(block);
  uint8_t *bytes = static_cast<uint8_t *>(block);
  instance->module = module;
  instance->imports =
      static_cast<ImportSlot *>(static_cast<void *>(bytes + align_up(sizeof(espb_instance), 16)));
  instance->stack_bytes = stack_bytes;
  instance->register_words = register_words;
  instance->overhead_bytes = fixed_bytes;
#if !ESPB_PROFILE_NATIVE
  // What an engine's mistake would read there must not depend on the host.
  memset(bytes + fixed_bytes, 0, 4 * register_words);
#endif
  espb_status status = make_memory(*instance, *options, error);
  if (status == ESPB_OK) {
    if (module->memory.data_total != 0) {
      uint32_t initial = module->memory.data_bytes;
      memcpy(instance->data, module->image.section(kSectionData), initial);
      memset(instance->data + initial, 0, module->memory.data_total - initial);
    }
    make_thread(*instance, static_cast<uint32_t *>(static_cast<void *>(bytes + fixed_bytes)));
    status = link(*instance, *symbols, error);
  }
  if (status != ESPB_OK) {
    free_instance(*instance);
    return status;
  }
  count_instance(*module, 1);
  *out = instance;
  return no_error(error);
}

espb_status espb_initialise(espb_instance *instance, espb_error *error) {
  no_error(error);
  return run_list(*instance, kSectionInitialisers, error);
}

espb_status espb_destroy(espb_instance *instance, espb_error *error) {
  espb_status status = no_error(error);
  if (instance == nullptr)
    return status;
  if (instance->main.entry_fp != instance->main.register_base)
    return report(error, ESPB_BUSY, "instance is in a call");
  if (!instance->unfit)
    status = run_list(*instance, kSectionFinalisers, error);
  const Module &module = *instance->module;
  free_instance(*instance);
  count_instance(module, -1);
  return status;
}

espb_thread *espb_main_thread(espb_instance *instance) { return &instance->main; }

espb_status espb_find_function(espb_instance *instance, const char *name, espb_function *function,
                               espb_error *error) {
  const Module &module = *instance->module;
  for (uint32_t i = 0; i < module.export_count(); ++i) {
    const uint8_t *entry = module.export_entry(i);
    if (entry[2] == kExportFunction && strcmp(module.string(table_u16(entry)), name) == 0) {
      *function = {instance, table_u16(entry + 4), module.signature(table_u16(entry + 6))};
      return no_error(error);
    }
  }
  *function = {};
  return report(error, ESPB_NOT_FOUND, "the module exports no function %q", name);
}

void espb_instance_usage(const espb_instance *instance, espb_usage *usage) {
  const Module &module = *instance->module;
  const Thread &thread = instance->main;
  usage->module_bytes = module.image.size;
  usage->code_bytes = module.code_bytes();
  usage->data_bytes = module.memory.data_total;
  usage->stack_bytes = instance->stack_bytes + 4 * instance->register_words;
  usage->overhead_bytes = instance->overhead_bytes;
  usage->peak_stack_bytes = (thread.stack_top - thread.lowest_sp) + 4 * thread.peak_register_words;
  usage->dispatches = thread.dispatches;
}
