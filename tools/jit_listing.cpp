// SPDX-License-Identifier: Apache-2.0
// Runs a chip's compiler on this machine and lists its output: RISC-V's by the binutils for it, Xtensa's by
// xtensa_text.h.
#include "tools/jit_listing.h"
#include "runtime/jit/compiler.h"
#include "tools/common.h"
#include "tools/process.h"
#include "tools/xtensa_text.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <set>
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

// What was compiled of a function; its code may begin behind its first byte, with literals before it.
struct Compiled {
  uint32_t begin, entry, end;
  std::vector<Step> steps;
};

// Address and text of every RISC-V instruction, by running a disassembler; empty when there is none.
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

MachineLine machine_line(const std::vector<uint8_t> &code, uint32_t at, uint32_t bytes,
                         const std::string &text) {
  std::string number; // the last byte first
  for (uint32_t i = bytes; i-- > 0;)
    number += hex(code[at + i], 2).substr(2);
  return {at, number, text};
}

std::vector<MachineLine> list_rv32(const std::vector<uint8_t> &code, const Compiled &function,
                                   const std::map<uint32_t, std::string> &text) {
  std::vector<MachineLine> lines;
  for (uint32_t at = function.begin; at < function.end; at += uint32_t(lines.back().bytes.size() / 2)) {
    auto found = text.find(at);
    lines.push_back(machine_line(code, at, (code[at] & 3) == 3 ? 4 : 2,
                                 found != text.end() ? found->second : std::string()));
  }
  return lines;
}

// Literals lie between instructions: what is an instruction is found along the ways that control takes.
std::vector<MachineLine> list_xtensa(const std::vector<uint8_t> &code, const Compiled &function) {
  std::map<uint32_t, XtensaInstruction> instructions;
  std::map<uint32_t, std::set<uint32_t>> literals; // with those that load them
  std::vector<uint32_t> waiting = {function.entry};
  for (const Step &step : function.steps)
    waiting.push_back(step.code);
  while (!waiting.empty()) {
    uint32_t at = waiting.back();
    waiting.pop_back();
    for (bool table = false; at >= function.begin && at < function.end && !instructions.count(at);) {
      const XtensaInstruction i = xtensa_instruction(code.data() + at, at);
      if (i.text.empty())
        break;
      // A call forward within the function is over a table of jumps and tells where that is.
      const bool over = i.flow == XtensaInstruction::kCall && i.target > at && i.target < function.end;
      instructions[at] = i;
      if (i.flow == XtensaInstruction::kLiteral)
        literals[i.target].insert(at);
      else if (i.target != 0)
        waiting.push_back(i.target);
      at += i.length;
      const bool ends = over || i.flow == XtensaInstruction::kJump || i.flow == XtensaInstruction::kAway;
      table = (table || over) && (code[at] & 0x3f) == 0x06;
      if (ends && !table)
        break;
    }
  }
  for (const auto &[place, users] : literals)
    instructions.erase(instructions.lower_bound(place - 2), instructions.lower_bound(place + 4));
  std::vector<MachineLine> lines;
  for (uint32_t at = function.begin; at < function.end; at += uint32_t(lines.back().bytes.size() / 2)) {
    const auto word = [&](uint32_t place) {
      uint32_t value;
      std::memcpy(&value, code.data() + place, 4);
      return hex(value);
    };
    if (auto found = instructions.find(at); found != instructions.end()) {
      const XtensaInstruction &i = found->second;
      const bool loads = i.flow == XtensaInstruction::kLiteral && i.target + 4 <= code.size();
      lines.push_back(machine_line(code, at, i.length, loads ? i.text + " = " + word(i.target) : i.text));
    } else if (auto literal = literals.find(at); literal != literals.end()) {
      std::string text = ".word " + word(at) + ", for";
      for (uint32_t user : literal->second)
        text += " " + hex(user).substr(2);
      lines.push_back(machine_line(code, at, 4, text));
    } else {
      uint32_t end = at + 1;
      while (end < function.end && end % 4 != 0 && !instructions.count(end))
        ++end;
      lines.push_back(machine_line(code, at, end - at, "(unused)"));
    }
  }
  return lines;
}

} // namespace

JitListing list_jit_code(const std::string &path, const std::string &chip_name) {
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

  const bool xtensa = chip_name == "xtensa";
  const jit::Chip &chip = xtensa ? jit::kXtensa : jit::kRv32;
  const uint32_t block_bytes = (xtensa ? 124u : 1024u) * 1024; // what jumps reach: as on the chip
  std::vector<uint32_t> arena(2 * jit::room_for(module->code_bytes()) / 4 + 64 * count);
  const auto limit_from = [&](uint32_t begin) {
    return uint32_t(std::min<size_t>(begin + block_bytes, 4 * arena.size())) / chip.unit;
  };
  Steps steps;
  const jit::Progress progress = {Steps::add, &steps};
  constexpr uint32_t kFirst = 8; // bytes: no function begins at 0
  jit::Compiler compiler = {*module, jit::Output(arena.data(), limit_from(0)), entries.data(), 0, &progress};
  compiler.out.rewind(kFirst / chip.unit);
  JitListing listing;
  std::map<uint32_t, Compiled> compiled;
  uint32_t cursor = 0, block = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (entries[2 * i + 1] == 0)
      continue;
    const uint32_t begin = chip.unit * compiler.out.at();
    const jit::HotInfo info = jit::hot_info(*module, i, &cursor);
    steps.steps.clear();
    const jit::Outcome outcome = chip.compile(compiler, i, info);
    if (outcome != jit::Outcome::done) {
      compiler.out.clear_full();
      if (outcome != jit::Outcome::no_room || compiled.empty() || block == begin) {
        chip.give_up(compiler, i);
        continue;
      }
      // The rest goes to another block: what is behind calls the interpreter's way into it.
      compiler.out.set_limit(uint32_t(4 * arena.size() / chip.unit));
      for (uint32_t k = i; k < count; k++)
        if (entries[2 * k + 1] != 0) {
          chip.give_up(compiler, k);
          entries[2 * k + 1] = jit::kEntryWanted;
        }
      for (auto &[k, function] : compiled) {
        entries[2 * k] = jit::kElsewhere;
        entries[2 * k + 1] = 0;
      }
      std::memset(compiler.traps, 0, sizeof compiler.traps);
      block = chip.unit * compiler.out.at();
      compiler.out.set_limit(limit_from(block));
      --i;
      continue;
    }
    // A second try, for functions with long branches, begins again.
    size_t first = steps.steps.size();
    while (first > 0 &&
           (first == steps.steps.size() || steps.steps[first].offset > steps.steps[first - 1].offset))
      --first;
    if (first < steps.steps.size() && steps.steps[first].offset != module->function(i).code_offset)
      ++first;
    const uint32_t end = chip.unit * compiler.out.at();
    compiled[i] = {begin,
                   entries[2 * i + 1] / 2 * chip.unit,
                   end,
                   {steps.steps.begin() + long(first), steps.steps.end()}};
    listing.functions[i].bytes = end - begin;
  }
  listing.code_bytes = chip.unit * compiler.out.at() - kFirst;

  std::vector<uint8_t> code(listing.code_bytes + kFirst + 4); // what looks at an instruction reads 3 bytes
  std::memcpy(code.data(), arena.data(), listing.code_bytes + kFirst);
  const std::map<uint32_t, std::string> text = xtensa ? std::map<uint32_t, std::string>() : disassemble(code);
  listing.disassembled = xtensa || !text.empty();
  for (auto &[index, what] : compiled) {
    size_t step = 0;
    for (MachineLine &line : xtensa ? list_xtensa(code, what) : list_rv32(code, what, text)) {
      while (step + 1 < what.steps.size() && what.steps[step + 1].code <= line.offset)
        ++step;
      const bool before = what.steps.empty() || line.offset < what.steps[0].code;
      const uint32_t place = before ? module->function(index).code_offset : what.steps[step].offset;
      listing.functions[index].lines[place].push_back(std::move(line));
    }
  }
  return listing;
}

} // namespace espb::tools
