// SPDX-License-Identifier: Apache-2.0
// Compiles functions of an instance: which, where to, and how the rest of the runtime finds them. Code is
// written where it will run, into a block that is as large as the code will be by an estimate, and that gives
// back the rest.
#include "../module/instance.h"
#include "../module/message.h"
#include "compiler.h"
#include "espb/port.h"
#include <string.h>

namespace espb {

using namespace format;

#if ESPB_JIT

static_assert(offsetof(Thread, instance) == jit::kThreadInstance &&
                  offsetof(Thread, data_base) == jit::kThreadDataBase &&
                  offsetof(Thread, rodata_base) == jit::kThreadRodataBase &&
                  offsetof(Thread, register_limit) == jit::kThreadRegisterLimit &&
                  offsetof(Thread, sp) == jit::kThreadSp &&
                  offsetof(Thread, stack_limit) == jit::kThreadStackLimit &&
                  offsetof(Thread, budget) == jit::kThreadBudget &&
                  offsetof(Thread, trap) == jit::kThreadTrap &&
                  offsetof(Thread, stack_top) == jit::kThreadStackTop &&
                  offsetof(Thread, stop) == jit::kThreadStop &&
                  offsetof(Thread, lowest_sp) == jit::kThreadTestAcc &&
                  offsetof(Thread, entry_fp) == jit::kThreadEntryFp &&
                  offsetof(Thread, jit_stubs) == jit::kThreadStubs &&
                  offsetof(Instance, imports) == jit::kInstanceImports && sizeof(ImportSlot) == 8 &&
                  offsetof(ImportSlot, address) == 0,
              "the chips' compilers know these offsets");

static_assert(jit::kElsewhere == kCompiled && ESPB_JIT_FUEL == jit::kCheckFuel << 1 &&
              ESPB_JIT_STOP == jit::kCheckStop << 1);

namespace {

constexpr const jit::Chip &kChip = jit::kThisChip;
#ifdef __XTENSA__
constexpr uint32_t kMaxBlock = 0x1f000; // jumps reach 128 KB either way
constexpr uint32_t kFirstPercent = 110; // enough but for arithmetic with doubles
#else
constexpr uint32_t kMaxBlock = 1u << 20; // calls reach a megabyte either way
constexpr uint32_t kFirstPercent = 109;  // in the project's tests 97 of 100 modules need less
#endif
constexpr uint32_t kLeastBlock = 128;

struct Job {
  Instance &instance;
  const espb_jit_options &options;
  espb_jit_report &report;
  uint32_t count; // functions
  uint32_t *table = nullptr;
  uint32_t percent = kFirstPercent; // of the estimate: what is asked for

  // Of those that are not compiled.
  bool wanted(uint32_t i) const {
    if ((table[2 * i] & kCompiled) != 0)
      return false;
    if (options.function != ESPB_NO_FUNCTION)
      return i == options.function;
    return (options.flags & ESPB_JIT_ALL) != 0 || (instance.module->function(i).flags & kFunctionHot) != 0;
  }

  // The second words of functions that are not compiled serve the compiler; this puts them right again.
  void restore() {
    const uint32_t *const functions = instance.module->functions();
    for (uint32_t i = 0; i < count; ++i)
      if ((table[2 * i] & kCompiled) == 0)
        table[2 * i + 1] = functions[2 * i + 1];
  }

  // Compiles into the block. False: something did not fit.
  bool compile(jit::Block &block, uint32_t bytes) {
    const uint32_t flags = options.flags >> 1 & (jit::kCheckFuel | jit::kCheckStop);
    const uint32_t limit = bytes / kChip.unit;
    jit::Compiler compiler = {*instance.module, jit::Output(reinterpret_cast<uint32_t *>(&block), limit),
                              table, flags, nullptr};
    compiler.out.rewind(sizeof(jit::Block) / kChip.unit);
    for (uint32_t i = 0; i < count; ++i)
      if ((table[2 * i] & kCompiled) == 0)
        table[2 * i + 1] = wanted(i) ? jit::kEntryWanted : 0;
    uint32_t cursor = 0, reserve = report.wanted;
    bool all = true;
    for (uint32_t i = 0; i < count; ++i) {
      if (!wanted(i))
        continue;
      jit::Outcome outcome = jit::Outcome::no_room;
      const uint32_t ways = jit::kWayIn / kChip.unit * --reserve;
      if (limit > ways) {
        compiler.out.set_limit(limit - ways);
        outcome = kChip.compile(compiler, i, jit::hot_info(*instance.module, i, &cursor));
      }
      compiler.out.set_limit(limit);
      if (outcome == jit::Outcome::done) {
        ++report.compiled;
        report.bytecode_bytes += instance.module->function_end(i) - instance.module->function(i).code_offset;
      } else {
        all &= outcome != jit::Outcome::no_room;
        compiler.out.clear_full();
        kChip.give_up(compiler, i);
      }
    }
    block.bytes = kChip.unit * compiler.out.at();
    block.flags = options.flags;
    block.function = options.function;
    for (uint32_t i = 0; i < jit::kTraps; ++i)
      block.traps[i] = compiler.traps[i];
    return all;
  }

  void install(jit::Block *block) {
    const auto code = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(block));
    for (uint32_t i = 0; i < count; ++i)
      if (wanted(i) && table[2 * i + 1] != 0) {
        table[2 * i + 1] = code + table[2 * i + 1] / 2 * kChip.unit;
        table[2 * i] |= kCompiled;
      }
    block->next = instance.jit_blocks;
    instance.jit_blocks = block;
    espb_port_code_written(block, block->bytes);
  }

  // What to ask memory for; 0: nothing is wanted.
  uint32_t estimate() {
    uint32_t bytes = 0;
    report.wanted = 0;
    for (uint32_t i = 0; i < count; ++i)
      if (wanted(i)) {
        bytes += jit::estimate(*instance.module, i, percent);
        ++report.wanted;
      }
    return report.wanted != 0 ? (bytes + sizeof(jit::Block) + 96) & ~3u : 0;
  }

  // One block; false: there is nothing more to do. With less memory fewer functions are compiled. What did
  // not fit is asked more for.
  bool fill(uint32_t bytes) {
    if (bytes > kMaxBlock)
      bytes = kMaxBlock;
    const uint32_t asked = bytes;
    if (options.max_bytes != 0 && bytes + report.block_bytes > options.max_bytes)
      bytes = (options.max_bytes - report.block_bytes) & ~3u;
    const uint32_t before = report.compiled;
    jit::Block *block;
    for (;; bytes -= bytes / 4 & ~3u) {
      if (bytes < kLeastBlock)
        return false;
      block = static_cast<jit::Block *>(espb_port_alloc(bytes, 8, ESPB_MEMORY_EXECUTABLE));
      if (block != nullptr)
        break;
    }
    const bool all = compile(*block, bytes);
    if (report.block_bytes + bytes > report.peak_bytes)
      report.peak_bytes = report.block_bytes + bytes;
    if (report.compiled == before) {
      espb_port_free(block, ESPB_MEMORY_EXECUTABLE);
      if (bytes == kMaxBlock)
        return false;
    } else {
      const uint32_t used = (block->bytes + 3) & ~3u;
      report.block_bytes += espb_port_shrink(block, used, ESPB_MEMORY_EXECUTABLE) ? used : bytes;
      report.code_bytes += block->bytes - sizeof *block;
      install(block);
    }
    percent *= 2;
    return !all && bytes == asked;
  }

  void run() {
    uint32_t bytes = estimate();
    const uint32_t wanted_count = report.wanted;
    if ((options.flags & ESPB_JIT_ESTIMATE) != 0) {
      report.block_bytes = bytes;
      return;
    }
    // One block is enough nearly always; what does not fit gets another.
    while (bytes != 0 && fill(bytes))
      bytes = estimate();
    report.wanted = wanted_count;
  }
};

} // namespace

void use_table(Instance &instance, uint32_t *table) {
  instance.compiled = table;
  instance.main.functions = table;
  for (Thread *thread = instance.contexts; thread != nullptr; thread = thread->next)
    thread->functions = table;
}

void free_compiled(Instance &instance) {
  while (jit::Block *const block = instance.jit_blocks) {
    instance.jit_blocks = block->next;
    espb_port_free(block, ESPB_MEMORY_EXECUTABLE);
  }
  release(instance.compiled);
}

#endif

} // namespace espb

using namespace espb;

espb_status espb_jit_compile(espb_instance *instance, const espb_jit_options *options,
                             espb_jit_report *result, espb_error *error) {
#if ESPB_JIT
  static const espb_jit_options hot = {0, ESPB_NO_FUNCTION, 0};
  espb_jit_report nobody;
  if (result == nullptr)
    result = &nobody;
  memset(result, 0, sizeof *result);
  if (options == nullptr)
    options = &hot;
  if (espb::count_busy(*instance) != 0)
    return report(error, ESPB_BUSY, "guest code runs on the instance");
  const uint32_t count = instance->module->function_count(), bytes = kFunctionBytes * count;
  Job job = {*instance, *options, *result, count};
  job.table = instance->compiled;
  if (job.table == nullptr) {
    job.table = static_cast<uint32_t *>(allocate(bytes, 4));
    if (job.table == nullptr)
      return no_error(error); // nothing is compiled
    memcpy(job.table, instance->module->functions(), bytes);
  }
  job.run();
  result->peak_bytes += bytes;
  job.restore();
  if (instance->jit_blocks == nullptr && instance->compiled == nullptr) {
    release(job.table);
    return no_error(error);
  }
  use_table(*instance, job.table);
  return no_error(error);
#else
  (void)instance;
  (void)options;
  (void)result;
  return report(error, ESPB_UNSUPPORTED, "this runtime was built without the JIT");
#endif
}

const void *espb_jit_code(const espb_instance *instance, uint32_t function, uint32_t *bytes) {
#if ESPB_JIT
  const uint32_t count = instance->module->function_count();
  const uint32_t *const table = instance->compiled;
  if (table == nullptr || function >= count || (table[2 * function] & kCompiled) == 0)
    return nullptr;
  const uint32_t begin = table[2 * function + 1];
  const jit::Block *block = instance->jit_blocks;
  while (block != nullptr && begin - (uint32_t)block >= block->bytes)
    block = block->next;
  uint32_t end = block != nullptr ? (uint32_t)block + block->bytes : instance->attached_end;
  for (uint32_t i = 0; i < count; ++i)
    if ((table[2 * i] & kCompiled) != 0 && table[2 * i + 1] > begin && table[2 * i + 1] < end)
      end = table[2 * i + 1];
  if (bytes != nullptr)
    *bytes = end - begin;
  return (const void *)begin;
#else
  (void)instance;
  (void)function;
  (void)bytes;
  return nullptr;
#endif
}

espb_status espb_jit_compile_function(espb_instance *instance, const char *name, uint32_t flags,
                                      espb_jit_report *result, espb_error *error) {
  espb_function function;
  if (const espb_status status = espb_find_function(instance, name, &function, error); status != ESPB_OK)
    return status;
  const espb_jit_options options = {flags, function.index, 0};
  return espb_jit_compile(instance, &options, result, error);
}
