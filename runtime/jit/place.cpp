// SPDX-License-Identifier: Apache-2.0
// Which instruction of the guest a place in machine code belongs to, for reports of faults: the function is
// compiled once more, to memory that is freed again. A firmware that does not ask has none of this.
#include "../module/instance.h"
#include "compiler.h"
#include "espb/port.h"

namespace espb {

using namespace format;

#if ESPB_JIT

namespace {

constexpr const jit::Chip &kChip = jit::kThisChip;

struct Search {
  uint32_t begin, code; // the function's begin, the place that is looked for
  uint32_t offset;
  static void step(void *context, uint32_t offset, uint32_t code) {
    auto *const search = static_cast<Search *>(context);
    if (code <= search->code || offset == search->begin)
      search->offset = offset;
  }
};

bool holds(const jit::Block &block, uint32_t address) { return address - (uint32_t)&block < block.bytes; }

// As Job::wanted was when the block was compiled, but for those that were compiled before.
bool was_wanted(const Instance &instance, const jit::Block &block, uint32_t i) {
  if (block.function != ESPB_NO_FUNCTION)
    return i == block.function;
  return (block.flags & ESPB_JIT_ALL) != 0 || (instance.module->function(i).flags & kFunctionHot) != 0;
}

} // namespace

#endif

} // namespace espb

using namespace espb;

bool espb_jit_place(const espb_instance *instance, uintptr_t pc, uint32_t *function, uint32_t *code_offset) {
#if ESPB_JIT
  const uint32_t count = instance->module->function_count(), at = (uint32_t)pc;
  const uint32_t *const table = instance->compiled;
  const jit::Block *block = instance->jit_blocks;
  while (block != nullptr && (!holds(*block, at) || at - (uint32_t)block < sizeof *block))
    block = block->next;
  if (block == nullptr)
    return false;
  const uint32_t base = (uint32_t)block;
  uint32_t index = count, length;
  for (uint32_t i = 0; i < count; ++i)
    if ((table[2 * i] & kCompiled) != 0 && holds(*block, table[2 * i + 1]) && table[2 * i + 1] <= at &&
        (index == count || table[2 * i + 1] > table[2 * index + 1]))
      index = i;
  if (index == count || espb_jit_code(instance, index, &length) == nullptr)
    return false;
  Search search = {instance->module->function(index).code_offset, at - base, 0};
  *function = index;
  *code_offset = search.offset = search.begin;

  // Everything is at the same distances from it as it was then.
  const uint32_t begin = table[2 * index + 1] - base;
  const uint32_t room = (length + length / 2 + 1024) & ~3u;
  auto *const entries = static_cast<uint32_t *>(allocate(8 * count + room, 4));
  if (entries == nullptr)
    return true; // at least the function
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t address = table[2 * i + 1];
    bool compiled = (table[2 * i] & kCompiled) != 0;
    entries[2 * i] = entries[2 * i + 1] = 0;
    if (compiled && holds(*block, address)) {
      entries[2 * i + 1] = i < index ? 2 * ((address - base) / kChip.unit) : jit::kEntryWanted;
      continue;
    }
    for (const jit::Block *newer = instance->jit_blocks; newer != block; newer = newer->next)
      compiled = compiled && !holds(*newer, address);
    if (!compiled && i > index && was_wanted(*instance, *block, i))
      entries[2 * i + 1] = jit::kEntryWanted;
  }
  uint32_t *const code = entries + 2 * count;
  const jit::Progress progress = {Search::step, &search};
  // A chip may write constants before the code: then once more, so much earlier.
  for (uint32_t at = begin, wanted = entries[2 * index + 1];;) {
    const uint32_t aligned = at & ~3u;
    *code = 0;
    jit::Compiler compiler = {*instance->module,
                              jit::Output(code - aligned / 4, (aligned + room) / kChip.unit), entries,
                              block->flags >> 1 & (jit::kCheckFuel | jit::kCheckStop), &progress};
    compiler.out.rewind(at / kChip.unit);
    for (uint32_t i = 0; i < jit::kTraps; ++i)
      compiler.traps[i] = kChip.unit * block->traps[i] < begin ? block->traps[i] : 0;
    entries[2 * index + 1] = wanted;
    for (uint32_t i = index + 1; i < count; ++i) // calls of the try before wait no more
      if (entries[2 * i + 1] & jit::kEntryWanted)
        entries[2 * i + 1] = jit::kEntryWanted;
    uint32_t cursor = 0;
    if (kChip.compile(compiler, index, jit::hot_info(*instance->module, index, &cursor)) !=
        jit::Outcome::done)
      break;
    const uint32_t before = compiler.entry(index) / 2 * kChip.unit - at;
    if (at + before == begin) {
      *code_offset = search.offset;
      break;
    }
    at -= before;
    search.offset = search.begin;
  }
  release(entries);
  return true;
#else
  (void)instance;
  (void)pc;
  (void)function;
  (void)code_offset;
  return false;
#endif
}
