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
constexpr uint32_t kDefaultContexts = 8;
constexpr uint32_t kMaxContexts = 1000;
constexpr uint32_t kMaxOptionBytes = 1u << 30;

uint32_t align_up(uint32_t value, uint32_t alignment) { return (value + alignment - 1) & ~(alignment - 1); }

#if ESPB_PROFILE_NATIVE

GuestAddress stack_address(const Instance &instance) { return (GuestAddress)instance.stack; }

// The data stack and the data block behind it. What was made before a failure is freed by free_instance.
espb_status make_memory(Instance &instance, const espb_options &, espb_error *error) {
  const MemoryInfo &memory = instance.module->memory;
  const uint32_t alignment = memory.data_align > 16 ? memory.data_align : 16;
  const uint32_t data_at = align_up(instance.stack_bytes, alignment), bytes = data_at + memory.data_total;
  instance.stack = static_cast<uint8_t *>(allocate(bytes, alignment));
  if (instance.stack == nullptr)
    return no_memory(error, "the data stack and the module's data", bytes);
  instance.data = instance.stack + data_at;
  const uint32_t callables = instance.module->callable_count();
  if (!reserve_thunks(instance, callables))
    return report(error, ESPB_NO_MEMORY,
                  "%u functions have their address taken: too many for the %u thunks (ESPB_THUNKS)",
                  callables, thunk_pool_size());
  return ESPB_OK;
}

void free_memory(Instance &instance) { release(instance.stack); }

#else

constexpr uint32_t kDefaultHeapBytes = 1u << 20;

GuestAddress stack_address(const Instance &instance) {
  return (GuestAddress)(instance.stack - instance.memory);
}

// One block: guard, rodata, data, heap, the contexts' stacks, the main thread's.
espb_status make_memory(Instance &instance, const espb_options &options, espb_error *error) {
  const Module &module = *instance.module;
  const MemoryInfo &memory = module.memory;
  uint32_t rodata_bytes = module.image.section_bytes(kSectionRodata);
  uint32_t heap_bytes = options.heap_bytes != 0 ? options.heap_bytes : kDefaultHeapBytes;
  // The verifier bounds the module's sizes; the user's are checked here.
  uint32_t data_at = align_up(kGuardBytes + rodata_bytes, memory.data_align);
  instance.heap_base = align_up(data_at + memory.data_total, 16);
  const uint64_t context_bytes = (uint64_t)instance.most_contexts * instance.context_stack_bytes;
  uint64_t total = (uint64_t)instance.heap_base + heap_bytes + 16 + instance.stack_bytes + context_bytes;
  if (total > kMaxMemory)
    return report(error, ESPB_NO_MEMORY, "heap and stack are too large for a 32-bit guest");
  instance.heap_end = align_up(instance.heap_base + heap_bytes, 16);
  instance.context_stacks = instance.heap_end;
  const uint32_t stack_at = instance.heap_end + (uint32_t)context_bytes;
  instance.memory_size = stack_at + instance.stack_bytes;
  instance.memory = static_cast<uint8_t *>(allocate(instance.memory_size, 4096));
  if (instance.memory == nullptr)
    return no_memory(error, "the instance's memory", instance.memory_size);
  memset(instance.memory, 0, instance.memory_size);
  memcpy(instance.memory + kGuardBytes, module.image.section(kSectionRodata), rodata_bytes);
  instance.write_floor = data_at;
  instance.data = instance.memory + data_at;
  instance.stack = instance.memory + stack_at;
  instance.callable_base = kCallableBase;
  instance.library.random_state = 1;
  return ESPB_OK;
}

void free_memory(Instance &instance) {
  release(instance.memory);
  release(instance.handles);
  release(instance.closures);
}

#endif

void free_instance(Instance &instance) {
  release_thunks(instance);
#if ESPB_JIT
  free_compiled(instance);
#endif
  free_contexts(instance);
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

// As memset, sixteen words at a time: .bss is a good part of what a load costs, and memset of small C
// libraries takes half as long again.
void clear(uint8_t *at, uint8_t *end) {
  for (; at < end && ((uintptr_t)at & 3) != 0; ++at)
    *at = 0;
  auto *word = static_cast<uint32_t *>(static_cast<void *>(at));
  for (; (uintptr_t)end - (uintptr_t)word >= 64; word += 16) {
    __asm__("" : "+r"(word)); // else the compiler finds a memset here
#pragma GCC unroll 16
    for (uint32_t i = 0; i < 16; ++i)
      word[i] = 0;
  }
  memset(word, 0, (uintptr_t)end - (uintptr_t)word);
}

// Runs a list of functions in order.
espb_status run_list(Instance &instance, SectionKind kind, espb_error *error) {
  const Module &module = *instance.module;
  const uint32_t count = module.count(kind, kInitialiserBytes);
  no_error(error);
  Visit visit;
  espb_status status = count != 0 ? enter_thread(visit, instance.main, error) : ESPB_OK;
  if (count == 0 || status != ESPB_OK)
    return status;
  for (uint32_t i = 0; i < count && status == ESPB_OK; ++i) {
    uint32_t words[2];
    uint32_t index = table_u16(module.image.section(kind) + kInitialiserBytes * i);
    if (enter_guest(instance.main, index, words, 0) != ESPB_TRAP_NONE)
      status = report_trap(instance.main, error);
  }
  leave(visit);
  return status;
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
  auto enough_stack = [](uint32_t bytes) { return align_up(bytes < 64 ? 64 : bytes, 16); };
  auto enough_registers = [](uint32_t words) {
    return words < 2 * kFrameReserveWords ? 2 * kFrameReserveWords : words;
  };
  const uint32_t context_stack = choose(options->context_stack_bytes, 0, stack_bytes);
  const uint32_t context_registers = choose(options->context_register_words, 0, register_words);
  const uint32_t contexts = choose(options->contexts, 0, kDefaultContexts);
  if (context_stack > kMaxOptionBytes || context_registers > kMaxOptionBytes / 4 || contexts > kMaxContexts ||
      options->reserved_contexts > contexts)
    return report(error, ESPB_NO_MEMORY, "contexts: too large, or too many reserved");
  stack_bytes = enough_stack(stack_bytes);
  register_words = enough_registers(register_words);

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
  instance->context_stack_bytes = enough_stack(context_stack);
  instance->context_register_words = enough_registers(context_registers);
  instance->most_contexts = contexts;
  instance->context_fuel = options->context_fuel != 0 ? options->context_fuel : ESPB_FUEL_UNLIMITED;
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
      clear(instance->data + initial, instance->data + module->memory.data_total);
    }
    make_thread(*instance, instance->main, static_cast<uint32_t *>(static_cast<void *>(bytes + fixed_bytes)),
                register_words, stack_address(*instance), stack_bytes);
    status = link(*instance, *symbols, error);
  }
  if (status == ESPB_OK && !make_reserved_contexts(*instance, options->reserved_contexts))
    status = no_memory(error, "a reserved context", instance->context_stack_bytes);
  if (status != ESPB_OK) {
    free_instance(*instance);
    return status;
  }
  count_instance(*module, 1);
  *out = instance;
  return no_error(error);
}

espb_status espb_initialise(espb_instance *instance, espb_error *error) {
  return run_list(*instance, kSectionInitialisers, error);
}

espb_status espb_finalise(espb_instance *instance, espb_error *error) {
  if (instance->finalised || instance->unfit)
    return no_error(error);
  instance->finalised = true;
  return run_list(*instance, kSectionFinalisers, error);
}

espb_status espb_destroy(espb_instance *instance, espb_error *error) {
  if (instance == nullptr)
    return no_error(error);
  espb_status status = close_instance(*instance, error);
  if (status != ESPB_OK)
    return status;
  status = espb_finalise(instance, error);
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
  usage->module_bytes = module.image.size;
  usage->code_bytes = module.code_bytes();
  usage->data_bytes = module.memory.data_total;
  usage->stack_bytes = usage->peak_stack_bytes = usage->contexts = 0;
  usage->overhead_bytes = instance->overhead_bytes;
  usage->dispatches = 0;
  espb_port_lock();
  usage->busy_contexts = count_busy(*instance);
  for (const Thread *thread = &instance->main, *next = instance->contexts; thread != nullptr; thread = next) {
    if (thread != &instance->main) {
      next = thread->next;
      ++usage->contexts;
      usage->overhead_bytes += sizeof(espb_thread);
    }
    usage->stack_bytes += (thread->stack_top - thread->stack_limit) +
                          4 * (uint32_t)(thread->register_end - thread->register_base);
    usage->peak_stack_bytes += (thread->stack_top - thread->lowest_sp) + 4 * thread->peak_register_words;
    usage->dispatches += thread->dispatches;
  }
  espb_port_unlock();
}
