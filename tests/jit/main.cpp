// SPDX-License-Identifier: Apache-2.0
// Compiles and runs the cases of tests/interp on a chip, in its situations of the registers, and prints what
// differs. Exit status 0 when nothing does. Calls and returns between guest functions are left to programs: a
// case's frame is the test's, not the compiler's.
#include "runtime/jit/operations.h"
#include "situations.h"
#include "tests/interp/report.h"
#include "tests/interp/run_case.h"

using namespace interp_test;
using namespace jit_test;

namespace {

namespace tables = espb::jit;
using espb::jit::kThisChip;

constexpr uint32_t kArenaBytes = 8192;
uint32_t *arena;
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

bool compile(const Situation &situation, espb::Module &module, uint8_t *code) {
  static uint32_t functions[2];
  espb::jit::HotInfo hot = situation.hot;
  const bool calls = fill_gaps(code);
  if (calls)
    hot = {~0u, 0xff, hot.routines ? hot.out_count : 8, true};
  functions[0] = kWindow << 24;
  functions[1] = situation.leaf && !calls ? espb::format::kFunctionLeaf << 8 : 0;
  module.image.sections[espb::format::kSectionCode] = {code, kCodeBytes};
  module.image.sections[espb::format::kSectionFunctions] = {reinterpret_cast<uint8_t *>(functions), 8};
  espb::jit::Compiler compiler = {module, espb::jit::Output(arena, kArenaBytes / kThisChip.unit), entries,
                                  situation.flags | espb::jit::kWholeState, nullptr};
  compiler.out.rewind(4);
  entries[1] = espb::jit::kEntryWanted;
  if (kThisChip.compile(compiler, 0, hot) != espb::jit::Outcome::done)
    return false;
  if (kThisChip.unit * compiler.out.at() > most_bytes)
    most_bytes = kThisChip.unit * compiler.out.at();
  code_written();
  ++compilations;
  return true;
}

const char *run(const Case &c, const Situation &situation, espb::Instance &instance, espb::Module &module) {
  static uint8_t code[kCodeBytes + 8], compiled_code[kCodeBytes];
  static const Situation *compiled_situation;
  // Neighbours mostly differ in the operands' values only.
  if (compiled_situation != &situation || memcmp(compiled_code, c.code, kCodeBytes) != 0) {
    memcpy(code, c.code, kCodeBytes);
    compiled_situation = nullptr;
    if (!compile(situation, module, code))
      return "compiling";
    compiled_situation = &situation;
    memcpy(compiled_code, c.code, kCodeBytes);
  }

  const bool fuel = situation.flags & espb::jit::kCheckFuel;
  static const uint32_t functions[2] = {kWindow << 24, 0};
  espb::Thread thread{};
  uint32_t *const fp = prepare(c, thread, code, functions, nullptr);
  fp[-2] = reinterpret_cast<uint32_t>(espb::kExitStub);
  fp[-1] = reinterpret_cast<uint32_t>(fp);
  thread.instance = &instance;
  // The entry is charged as a call.
  thread.budget = fuel ? thread.budget + 16 : 1000;
  thread.stop &= fuel;
  thread.jit_stubs = espb::espb_jit_stubs;
  thread.pc = espb::espb_jit_enter_code;
  thread.acc = reinterpret_cast<uint32_t>(arena) + entries[1] / 2 * kThisChip.unit;
  const espb_trap trap = espb::interpret(thread);
  const bool stopped = c.expected_trap == ESPB_TRAP_STOPPED;
  if (trap != (stopped && !fuel ? ESPB_TRAP_NONE : static_cast<espb_trap>(c.expected_trap)))
    return "trap";
  if (trap != ESPB_TRAP_NONE && static_cast<uint32_t>(thread.pc - code) != c.expected_pc)
    return "pc";
  if (!(stopped && fuel) && registers_differ(c, fp, begins(c.name, "CALLN") ? kOut + 2 : kRegisters))
    return "registers";
  if (memory_differs(c, nullptr))
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
  const CaseFile *const file = load_cases();
  if (!file)
    return 2;
  arena = code_memory(kArenaBytes);
  if (!arena) {
    print("no memory that code may run in\n");
    return 2;
  }
  const Case *const cases = reinterpret_cast<const Case *>(file + 1);
  static espb::Module module;
  espb::Instance &instance = case_instance(module);
  // Imports are weak: those are called by way of the runtime, for which the test has a stand-in.
  static uint8_t imports[8 * 400];
  for (uint32_t i = 0; i < sizeof imports; i += 8)
    imports[i + 3] = espb::format::kImportWeak;
  module.image.sections[espb::format::kSectionImports] = {imports, sizeof imports};

  Report report;
  uint32_t run_count = 0;
  for (uint32_t s = 0; s < kSituationCount; ++s) {
    report.another_situation();
    for (uint32_t i = s % kSituationStep; i < file->count; i += kSituationStep) {
      if ((begins(cases[i].name, "CALL") && !begins(cases[i].name, "CALLN")) || begins(cases[i].name, "RET"))
        continue;
      ++run_count;
      if (const char *const what = run(cases[i], kSituations[s], instance, module))
        report.differs(cases[i], i, kSituations[s].name, what);
    }
  }
  print(run_count);
  print(" runs of ");
  print(compilations);
  print(" compilations, ");
  print(report.failures());
  print(" failures, longest code ");
  print(most_bytes);
  print(" bytes\n");
  return report.failures() != 0 || run_count == 0;
}
