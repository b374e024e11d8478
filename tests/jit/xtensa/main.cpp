// SPDX-License-Identifier: Apache-2.0
// Compiles and runs the cases of tests/interp on Xtensa under qemu-xtensa, in several situations of the
// registers, and prints what differs. Exit status 0 when nothing does. The file with the cases is standard
// input. Calls and returns between guest functions are left to programs.
#include "runtime/jit/compiler.h"
#include "runtime/jit/operations.h"
#include "runtime/module/instance.h"
#include "tests/interp/run_case.h"

using namespace interp_test;

extern "C" long system_call(long number, long a, long b, long c, long d, long e, long f);

namespace {

namespace tables = espb::jit;

void print(const char *text) {
  system_call(13, 1, reinterpret_cast<long>(text), static_cast<long>(strlen(text)), 0, 0, 0);
}
void print(uint32_t value) {
  char digits[12];
  char *p = digits + sizeof digits;
  *--p = 0;
  do {
    *--p = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value);
  print(p);
}

bool fill(void *buffer, size_t bytes) {
  char *at = static_cast<char *>(buffer);
  while (bytes != 0) {
    const long got = system_call(12, 0, reinterpret_cast<long>(at), static_cast<long>(bytes), 0, 0, 0);
    if (got <= 0)
      return false;
    at += got;
    bytes -= static_cast<size_t>(got);
  }
  return true;
}

bool begins(const char *name, const char *with) {
  while (*with && *name == *with)
    ++name, ++with;
  return !*with;
}

struct Situation {
  const char *name;
  espb::jit::HotInfo hot;
  uint32_t flags;
};
// Window registers in kept and in lost registers, in both, in the frame; with fuel.
const Situation kSituations[] = {
    {"kept registers", {0xffffffffu, 0xff, 8, true}, 0},
    {"lost registers", {0, 0, 0, false}, 0},
    {"both", {0x2d5, 0, 2, false}, espb::jit::kCheckFuel},
    {"frame", {0xffffffffu, 0xff, 8, true}, espb::jit::kAllInFrame},
};

constexpr uint32_t kArenaBytes = 8192;
uint32_t *arena; // memory that code may run in
uint32_t entries[2];
uint32_t most_bytes, compilations;

// Behind a place that control does not pass, zeroes become one-byte instructions: the walk must meet the
// places that branches go to. True when there is a call or a routine, which lost registers do not outlive.
bool fill_gaps(uint8_t *code) {
  bool calls = false;
  for (uint32_t at = 0; at < kCodeBytes;) {
    const uint32_t page = code[at] == espb::kPage1Prefix;
    const espb::InstructionInfo *const info = espb::instruction_info(page, code[at + page]);
    const uint32_t begin = at;
    const tables::Base base = (page ? tables::kPage1[code[at + 1]] : tables::kPage0[code[at]]).base;
    calls |= tables::BaseWord{tables::kBases[base]}.has_routine() || (info->flags & espb::kCall);
    at += info->length;
    for (uint32_t i = 0; i < espb::kMaxFields; ++i)
      if (const uint32_t bytes = espb::table_entry_bytes(info->fields[i]))
        at += (1u + code[begin + page + 2] + 256u * code[begin + page + 3]) * bytes;
    if (info->flags & espb::kBarrier)
      for (; at < kCodeBytes && code[at] == 0; ++at)
        code[at] = espb::kOp_SEXTB_aa;
  }
  return calls;
}

const char *run(const Case &c, const Situation &situation, espb::Instance &instance, espb::Module &module) {
  static uint8_t code[kCodeBytes + 8], compiled_code[kCodeBytes];
  static const Situation *compiled_situation;
  static uint32_t stack[256], functions[2];
  // Neighbours mostly differ in the operands' values only.
  if (compiled_situation != &situation || memcmp(compiled_code, c.code, kCodeBytes) != 0) {
    memcpy(code, c.code, kCodeBytes);
    espb::jit::HotInfo hot = situation.hot;
    const bool calls = fill_gaps(code);
    if (calls)
      hot = {~0u, 0xff, 8, true};
    functions[0] = kWindow << 24;
    functions[1] = calls ? 0 : espb::format::kFunctionLeaf << 8;
    module.image.sections[espb::format::kSectionCode] = {code, kCodeBytes};
    module.image.sections[espb::format::kSectionFunctions] = {reinterpret_cast<uint8_t *>(functions), 8};
    espb::jit::Compiler compiler = {module, espb::jit::Output(arena, kArenaBytes), entries,
                                    situation.flags | espb::jit::kWholeState, nullptr};
    compiler.out.rewind(4);
    entries[1] = espb::jit::kEntryWanted;
    if (espb::jit::kXtensa.compile(compiler, 0, hot) != espb::jit::Outcome::done)
      return compiled_situation = nullptr, "compiling";
    if (compiler.out.at() > most_bytes)
      most_bytes = compiler.out.at();
    asm volatile("isync" ::: "memory");
    ++compilations;
    compiled_situation = &situation;
    memcpy(compiled_code, c.code, kCodeBytes);
  }

  const bool fuel = situation.flags & espb::jit::kCheckFuel;
  memset(stack, 0x5a, sizeof stack);
  uint32_t *const fp = stack + 4;
  memcpy(fp, c.registers, sizeof c.registers);
  fp[-2] = reinterpret_cast<uint32_t>(espb::kExitStub);
  fp[-1] = reinterpret_cast<uint32_t>(fp);
  memcpy(reinterpret_cast<void *>(c.memory_at), c.memory, sizeof c.memory);
  espb::Thread thread{};
  thread.instance = &instance;
  thread.code = code;
  thread.functions = functions;
  thread.data_base = kDataBase;
  thread.rodata_base = kRodataBase;
  thread.register_base = stack;
  thread.register_end = stack + 256;
  thread.register_limit = stack + 256 - espb::kFrameReserveWords;
  thread.sp = kStackPointer;
  thread.stack_limit = kStackLimit;
  thread.stack_top = kStackTop;
  // The entry is charged as a call.
  thread.budget = fuel ? (c.budget == -1 ? 0 : c.budget) + 16 : 1000;
  thread.stop = fuel && c.budget == -1;
  thread.jit_stubs = espb::espb_jit_stubs;
  thread.pc = espb::espb_jit_enter_code;
  thread.acc = reinterpret_cast<uint32_t>(arena) + entries[1] / 2;
  thread.fp = fp;
  const espb_trap trap = espb::interpret(thread);
  const bool stopped = c.expected_trap == ESPB_TRAP_STOPPED;
  if (trap != (stopped && !fuel ? ESPB_TRAP_NONE : static_cast<espb_trap>(c.expected_trap)))
    return "trap";
  if (trap != ESPB_TRAP_NONE && static_cast<uint32_t>(thread.pc - code) != c.expected_pc)
    return "pc";
  const uint32_t kept = begins(c.name, "CALLN") ? kOut + 2 : kRegisters;
  for (uint32_t i = 0; i < kept; ++i)
    if (i != kWindow && i != kWindow + 1 && fp[i] != (stopped && fuel ? fp[i] : c.expected_registers[i]))
      return "registers";
  if (memcmp(reinterpret_cast<void *>(c.memory_at), c.expected_memory, sizeof c.memory) != 0)
    return "memory";
  if (trap == ESPB_TRAP_NONE && thread.sp != c.expected_sp)
    return "sp";
  if (c.check_acc && thread.lowest_sp != c.expected_acc) // where tests find acc
    return "acc";
  if (fuel && !begins(c.name, "SWITCH") && thread.budget != c.expected_budget)
    return "budget";
  return nullptr;
}

} // namespace

int main() {
  CaseFile file;
  // mmap2, anonymous and at this address, so that the guest's addresses are what the cases say
  const long memory = system_call(80, static_cast<long>(kMemoryBase), kMemoryBytes, 3, 0x812, -1, 0);
  // code: readable, writable, executable
  const long code = system_call(80, 0, kArenaBytes, 7, 0x802, -1, 0);
  if (static_cast<uint32_t>(memory) != kMemoryBase || code == -1 || !fill(&file, sizeof file) ||
      file.stride != sizeof(Case) || file.count == 0) {
    print("no cases, or made by another version, or no memory at their address\n");
    return 2;
  }
  arena = reinterpret_cast<uint32_t *>(code);
  const uint32_t bytes = file.count * sizeof(Case);
  const long loaded = system_call(80, 0, static_cast<long>(bytes), 3, 0x802, -1, 0);
  Case *const cases = reinterpret_cast<Case *>(loaded);
  if (loaded == -1 || !fill(cases, bytes)) {
    print("the file with the cases ends early\n");
    return 2;
  }
  static espb::Module module;
  // Imports are weak: those are called by way of the runtime, for which the test has a stand-in.
  static uint8_t imports[8 * 400];
  for (uint32_t i = 0; i < sizeof imports; i += 8)
    imports[i + 3] = espb::format::kImportWeak;
  module.image.sections[espb::format::kSectionImports] = {imports, sizeof imports};
  alignas(4) static const uint8_t callables[8] = {0, 0, 3, 0, 1, 0, 9, 0};
  module.image.sections[espb::format::kSectionCallables] = {callables, sizeof callables};
  static espb::Instance instance;
  instance.module = &module;
  instance.callable_base = 0x1000;

  uint32_t failures = 0, shown = 0, run_count = 0;
  for (uint32_t s = 0; s < sizeof kSituations / sizeof *kSituations; ++s) {
    const Situation &situation = kSituations[s];
    const char *last = "";
    // Neighbours differ in one operand's value only: every case in every other situation.
    for (uint32_t i = s & 1; i < file.count; i += 2) {
      if ((begins(cases[i].name, "CALL") && !begins(cases[i].name, "CALLN")) || begins(cases[i].name, "RET"))
        continue;
      ++run_count;
      const char *const what = run(cases[i], situation, instance, module);
      if (!what)
        continue;
      ++failures;
      if (strcmp(last, cases[i].name) != 0 && shown++ < 100) {
        print("FAIL: ");
        print(cases[i].name);
        print(", ");
        print(situation.name);
        print(": ");
        print(what);
        print(" differs, case ");
        print(i);
        print("\n");
      }
      last = cases[i].name;
    }
  }
  print(run_count);
  print(" runs of ");
  print(compilations);
  print(" compilations, ");
  print(failures);
  print(" failures, longest code ");
  print(most_bytes);
  print(" bytes\n");
  return failures != 0 || run_count == 0;
}
