// SPDX-License-Identifier: Apache-2.0
// Compiles functions of an instance: which, where to, and how the rest of the runtime finds them. Written in
// ordinary memory, then copied to executable memory by words, all of it at once, so that the port may have
// it writable for a moment only.
#include "../module/instance.h"
#include "../module/message.h"
#include "compiler.h"
#include "espb/port.h"
#include <string.h>

namespace espb {

using namespace format;

#if ESPB_JIT

static_assert(offsetof(Thread, instance) == 0 && offsetof(Thread, code) == 4 &&
                  offsetof(Thread, rodata_base) == 16 && offsetof(Thread, register_limit) == 20 &&
                  offsetof(Thread, sp) == 24 && offsetof(Thread, stack_limit) == 28 &&
                  offsetof(Thread, budget) == 32 && offsetof(Thread, trap) == 48 &&
                  offsetof(Thread, stack_top) == 60 && offsetof(Thread, stop) == 72 &&
                  offsetof(Thread, lowest_sp) == 92 && offsetof(Thread, entry_fp) == 96 &&
                  offsetof(Thread, jit_stubs) == 100 && offsetof(Instance, imports) == 4 &&
                  sizeof(ImportSlot) == 8 && offsetof(ImportSlot, address) == 0,
              "rv32/compiler.cpp knows these offsets");

namespace {

// Code that calls reach: jal goes a megabyte either way.
constexpr uint32_t kMaxArena = 1u << 20;
constexpr const jit::Chip &kChip = jit::kRv32;
constexpr uint32_t kFirst = 8; // bytes: no function begins at 0

struct Job {
  Instance &instance;
  const espb_jit_options &options;
  espb_jit_report &report;
  uint32_t count; // functions

  bool wanted(uint32_t i) const {
    if (options.function != ESPB_NO_FUNCTION)
      return i == options.function;
    return (options.flags & ESPB_JIT_ALL) != 0 || (instance.module->function(i).flags & kFunctionHot) != 0;
  }

  uint32_t code_bytes(uint32_t i) const {
    return instance.module->function_end(i) - instance.module->function(i).code_offset;
  }

  // Compiles into the arena; false when not one function fits.
  bool compile(uint8_t *arena, uint32_t bytes, uint32_t *entries, uint32_t *used) {
    static_assert(ESPB_JIT_FUEL == jit::kCheckFuel << 1 && ESPB_JIT_STOP == jit::kCheckStop << 1);
    const uint32_t flags = options.flags >> 1 & (jit::kCheckFuel | jit::kCheckStop);
    const uint32_t limit = bytes / kChip.unit;
    jit::Compiler compiler = {*instance.module,
                              jit::Output(static_cast<uint32_t *>(static_cast<void *>(arena)), limit),
                              entries, flags, nullptr};
    compiler.out.rewind(kFirst / kChip.unit);
    report.wanted = report.compiled = report.bytecode_bytes = 0;
    for (uint32_t i = 0; i < count; ++i) {
      entries[i] = wanted(i) ? jit::kEntryWanted : 0;
      report.wanted += entries[i];
    }
    uint32_t cursor = 0;
    const uint32_t reserve = jit::kWayIn / kChip.unit * report.wanted;
    for (uint32_t i = 0; i < count; ++i) {
      if (entries[i] == 0)
        continue;
      jit::Outcome outcome = jit::Outcome::no_room;
      if (limit > reserve) {
        compiler.out.set_limit(limit - reserve);
        outcome = kChip.compile(compiler, i, jit::hot_info(*instance.module, i, &cursor));
      }
      compiler.out.set_limit(limit);
      if (outcome == jit::Outcome::done) {
        ++report.compiled;
        report.bytecode_bytes += code_bytes(i);
      } else {
        compiler.out.clear_full();
        kChip.give_up(compiler, i);
      }
    }
    *used = kChip.unit * compiler.out.at();
    return report.compiled != 0;
  }

  // A table and code in executable memory; false when there is not enough of it.
  bool install(const uint8_t *arena, uint32_t used, const uint32_t *entries) {
    const uint32_t table = kFunctionBytes * count, words = (used + 3) / 4, bytes = table + 4 * words;
    if (options.max_bytes != 0 && bytes > options.max_bytes)
      return false;
    auto *block = static_cast<uint32_t *>(espb_port_alloc(bytes, 8, ESPB_MEMORY_EXECUTABLE));
    if (block == nullptr)
      return false;
    const auto *from = static_cast<const uint32_t *>(static_cast<const void *>(arena));
    uint32_t *const code = block + table / 4;
    for (uint32_t i = 0; i < words; ++i)
      code[i] = from[i];
    code[0] = used; // in the bytes that no function takes: for espb_jit_code
    const uint32_t *const functions = instance.module->functions();
    for (uint32_t i = 0; i < count; ++i) {
      block[2 * i] = functions[2 * i] | (entries[i] != 0 ? kCompiled : 0);
      block[2 * i + 1] =
          entries[i] != 0 ? (uint32_t)code + entries[i] / 2 * kChip.unit : functions[2 * i + 1];
    }
    espb_port_code_written(block, bytes);
    report.code_bytes = used - kFirst;
    report.block_bytes = bytes;
    instance.compiled = block;
    instance.main.functions = block;
    for (Thread *thread = instance.contexts; thread != nullptr; thread = thread->next)
      thread->functions = block;
    return true;
  }

  void run() {
    // Calls of routines take more room than other instructions; notes are two bytes per byte of the largest.
    uint32_t room = 256, largest = 0, wanted_count = 0, cursor = 0;
    for (uint32_t i = 0; i < count; ++i)
      if (wanted(i)) {
        const uint32_t bytes = code_bytes(i);
        room += (jit::hot_info(*instance.module, i, &cursor).routines ? 14 : 5) * bytes + 96;
        largest = bytes > largest ? bytes : largest;
        ++wanted_count;
      }
    if (wanted_count == 0)
      return;
    const uint32_t table = 4 * count;
    room += 2 * largest;
    room = room < kMaxArena ? room : kMaxArena;
    uint8_t *scratch = nullptr;
    // With less memory fewer functions are compiled.
    for (; room >= 256; room -= room / 4) {
      const uint32_t bytes = table + (room & ~3u);
      scratch = static_cast<uint8_t *>(allocate(bytes, 4));
      if (scratch == nullptr)
        continue;
      auto *entries = static_cast<uint32_t *>(static_cast<void *>(scratch));
      uint32_t used = 0;
      const bool some = compile(scratch + table, room & ~3u, entries, &used);
      const bool installed = some && install(scratch + table, used, entries);
      release(scratch);
      if (installed) {
        report.peak_bytes = bytes + report.block_bytes;
        return;
      }
      if (some && used < room) // so that fewer fit
        room = used;
    }
    report.compiled = report.bytecode_bytes = 0;
  }
};

} // namespace

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
  if (espb::count_busy(*instance) != 0 || instance->compiled != nullptr)
    return report(error, ESPB_BUSY, "guest code runs on the instance, or it was compiled before");
  Job job = {*instance, *options, *result, instance->module->function_count()};
  job.run();
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
  // Functions lie in the order of their numbers.
  const uint32_t begin = table[2 * function + 1];
  uint32_t end = 0;
  const uint32_t *const code = table + 2 * count;
  for (uint32_t i = function + 1; i < count && end == 0; ++i)
    if ((table[2 * i] & kCompiled) != 0)
      end = table[2 * i + 1];
  if (bytes != nullptr)
    *bytes = (end != 0 ? end : (uint32_t)code + code[0]) - begin;
  return (const void *)begin;
#else
  (void)instance;
  (void)function;
  (void)bytes;
  return nullptr;
#endif
}

#if ESPB_JIT && defined(__riscv)
[[gnu::weak]] void espb_port_code_written(void *, size_t) {
  asm volatile(".word 0x0000100f" ::: "memory"); // fence.i, which the assembler does not always know
}
#endif
