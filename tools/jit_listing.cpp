// SPDX-License-Identifier: Apache-2.0
// Runs the chip's compiler on this machine and has its output disassembled by the RISC-V binutils, or by
// LLVM's.
#include "tools/jit_listing.h"
#include "runtime/jit/compiler.h"
#include "tools/common.h"
#include "tools/process.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <sstream>

namespace espb::tools {

namespace {

struct Step {
  uint32_t offset, code;
};

// Where machine code belongs, function by function.
struct Steps {
  std::vector<Step> steps;
  static void add(void *context, uint32_t offset, uint32_t code) {
    static_cast<Steps *>(context)->steps.push_back({offset, code});
  }
};

// Address and text of every instruction, by running a disassembler; empty when there is none.
std::map<uint32_t, std::string> disassemble(const std::vector<uint8_t> &code) {
  std::string program;
  for (const char *name :
       {"riscv64-unknown-elf-objdump", "riscv32-esp-elf-objdump", "riscv64-linux-gnu-objdump"})
    if (program.empty())
      program = find_program(name);
  std::map<uint32_t, std::string> lines;
  if (program.empty())
    return lines;
  TempDir temp;
  const std::string binary = temp.file("code.bin"), script = temp.file("code.txt");
  write_file(binary, code.data(), code.size());
  const std::string command =
      "'" + program + "' -D -z -b binary -m riscv:rv32 '" + binary + "' >'" + script + "'";
  if (run_process({"/bin/sh", "-c", command}, {}).exit_status != 0)
    return lines;
  const std::vector<uint8_t> text = read_file(script);
  std::istringstream stream(std::string(text.begin(), text.end()));
  for (std::string line; std::getline(stream, line);) {
    // "   1c:\t8522\tmv\ta0,s0"
    char *end;
    const unsigned long at = std::strtoul(line.c_str(), &end, 16);
    const size_t tab = line.find('\t', line.find('\t') + 1);
    if (*end != ':' || tab == std::string::npos)
      continue;
    std::string instruction = line.substr(tab + 1);
    for (char &c : instruction)
      c = c == '\t' ? ' ' : c;
    lines[uint32_t(at)] = instruction;
  }
  return lines;
}

} // namespace

JitListing list_jit_code(const std::string &path) {
  const std::vector<uint8_t> bytes = read_file(path);
  // A module lies at a multiple of 4, and a little may be read behind it.
  std::vector<uint32_t> aligned(bytes.size() / 4 + 4);
  std::memcpy(aligned.data(), bytes.data(), bytes.size());
  espb_error error;
  espb_module *opened;
  if (espb_module_open(aligned.data(), bytes.size(), &opened, &error) != ESPB_OK)
    throw Failure(kExitLoad, path + ": " + error.message);
  const std::unique_ptr<espb_module, espb_status (*)(espb_module *)> module(opened, espb_module_close);

  const uint32_t count = module->function_count();
  bool any_hot = false;
  for (uint32_t i = 0; i < count; i++)
    any_hot |= (module->function(i).flags & format::kFunctionHot) != 0;
  std::vector<uint32_t> entries(2 * count);
  for (uint32_t i = 0; i < count; i++)
    entries[2 * i + 1] =
        !any_hot || (module->function(i).flags & format::kFunctionHot) != 0 ? jit::kEntryWanted : 0;

  const jit::Chip &chip = jit::kRv32;
  std::vector<uint32_t> arena(jit::room_for(module->code_bytes()) / 4 + 64 * count);
  Steps steps;
  const jit::Progress progress = {Steps::add, &steps};
  constexpr uint32_t kFirst = 8; // bytes: no function begins at 0
  jit::Compiler compiler = {*module, jit::Output(arena.data(), uint32_t(4 * arena.size() / chip.unit)),
                            entries.data(), 0, &progress};
  compiler.out.rewind(kFirst / chip.unit);
  JitListing listing;
  std::map<uint32_t, std::pair<uint32_t, std::vector<Step>>> compiled; // function: begin, steps
  uint32_t cursor = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (entries[2 * i + 1] == 0)
      continue;
    const uint32_t begin = chip.unit * compiler.out.at();
    const jit::HotInfo info = jit::hot_info(*module, i, &cursor);
    steps.steps.clear();
    if (chip.compile(compiler, i, info) != jit::Outcome::done) {
      compiler.out.clear_full();
      chip.give_up(compiler, i);
      continue;
    }
    // A second try, for functions with long branches, begins again.
    size_t first = steps.steps.size();
    while (first > 0 &&
           (first == steps.steps.size() || steps.steps[first].offset > steps.steps[first - 1].offset))
      --first;
    if (first < steps.steps.size() && steps.steps[first].offset != module->function(i).code_offset)
      ++first;
    compiled[i] = {begin, {steps.steps.begin() + long(first), steps.steps.end()}};
    listing.functions[i].bytes = chip.unit * compiler.out.at() - begin;
  }
  listing.code_bytes = chip.unit * compiler.out.at() - kFirst;

  std::vector<uint8_t> code(chip.unit * compiler.out.at());
  std::memcpy(code.data(), arena.data(), code.size());
  const std::map<uint32_t, std::string> text = disassemble(code);
  listing.disassembled = !text.empty();
  for (auto &[index, what] : compiled) {
    auto &[begin, list] = what;
    JitListing::Function &function = listing.functions[index];
    const uint32_t end = begin + function.bytes;
    for (uint32_t at = begin, step = 0; at < end;) {
      while (step + 1 < list.size() && list[step + 1].code <= at)
        ++step;
      const uint32_t half = code[at] | uint32_t(code[at + 1]) << 8;
      const uint32_t length = (half & 3) == 3 ? 4 : 2;
      uint32_t word = half;
      if (length == 4)
        word |= uint32_t(code[at + 2]) << 16 | uint32_t(code[at + 3]) << 24;
      auto found = text.find(at);
      const uint32_t place =
          list.empty() || at < list[0].code ? module->function(index).code_offset : list[step].offset;
      function.lines[place].push_back(
          {at, hex(word, 2 * length).substr(2), found != text.end() ? found->second : std::string()});
      at += length;
    }
  }
  return listing;
}

} // namespace espb::tools
