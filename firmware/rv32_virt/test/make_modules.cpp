// SPDX-License-Identifier: Apache-2.0
// Writes the hand-assembled modules that board_test.py runs on the emulated board: make_modules DIRECTORY.
#include "format/writer.h"
#include "isa/generated/espb_opcodes.h"
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <string>

namespace {

using namespace espb;
using namespace espb::format;

// One function's code: opcode and fields, byte by byte.
class Code {
public:
  explicit Code(unsigned window) : window_(window) {}
  uint8_t r(unsigned k) const { return uint8_t(4 * k); }
  uint8_t o(unsigned k) const { return uint8_t(4 * (window_ + 2 + k)); }
  uint8_t win() const { return uint8_t(4 * (window_ + 2)); }
  Code &op(unsigned opcode, std::initializer_list<unsigned> fields = {}) {
    if (opcode >= 0x100)
      bytes.push_back(0xff);
    bytes.push_back(uint8_t(opcode));
    for (unsigned field : fields)
      bytes.push_back(uint8_t(field));
    return *this;
  }
  std::vector<uint8_t> bytes;
  unsigned window_;
};

struct Program {
  ModuleModel model;
  Program() { model.stack_bytes = 1024; }
  void function(const Code &code, unsigned arguments, unsigned results) {
    ModelFunction f;
    f.code_offset = uint32_t(model.code.size());
    f.window_words = code.window_;
    f.argument_words = arguments;
    f.result_words = results;
    model.functions.push_back(f);
    model.code.insert(model.code.end(), code.bytes.begin(), code.bytes.end());
  }
  uint16_t signature(const std::string &text) {
    model.signatures.push_back(text);
    return uint16_t(model.signatures.size() - 1);
  }
  void import(const std::string &name, const std::string &type) {
    ModelImport i;
    i.name = name;
    i.signature = signature(type);
    model.imports.push_back(i);
  }
  void main(const std::string &type) {
    ModelExport e;
    e.name = "main";
    e.signature = signature(type);
    model.exports.push_back(e);
  }
  void rodata(const std::string &text) { model.rodata.assign(text.c_str(), text.c_str() + text.size() + 1); }
};

std::string directory;

void write(const std::string &name, const Program &program) {
  std::string error;
  std::vector<uint8_t> bytes = write_module(program.model, &error);
  std::ofstream out(directory + "/" + name + ".espb", std::ios::binary);
  out.write(reinterpret_cast<const char *>(bytes.data()), std::streamsize(bytes.size()));
  if (bytes.empty() || !out.flush()) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), bytes.empty() ? error.c_str() : "cannot write the file");
    std::exit(1);
  }
}

// Calls one imported function with small numbers, then returns 7.
Program calls(const std::string &name, const std::string &type, std::initializer_list<int> arguments) {
  Program p;
  p.import(name, type);
  Code code(1);
  unsigned k = 0;
  for (int argument : arguments)
    code.op(kOp_LI_ri, {code.o(k++), unsigned(argument)});
  code.op(kOp_CALLN8, {code.win(), 0}).op(kOp_LI_ri, {code.r(0), 7}).op(kOp_RET);
  p.function(code, 0, 1);
  p.main("i()");
  return p;
}

void write_hello() {
  Program p;
  p.import("printf", "i(p.i)");
  Code code(1);
  code.op(kOp_LARO_r, {code.o(0), 0, 0}).op(kOp_LI_ri, {code.o(1), 42}).op(kOp_CALLN8, {code.win(), 0});
  code.op(kOp_LI_ri, {code.r(0), 7}).op(kOp_RET);
  p.function(code, 0, 1);
  p.main("i()");
  p.rodata("hello %d\n");
  write("hello", p);
}

// qsort of five words with a comparison in the guest, called through its thunk.
void write_callback() {
  Program p;
  p.import("qsort", "v(piip)");
  p.import("printf", "i(p.iiiii)");
  Code code(1);
  code.op(kOp_LADATA_r, {code.o(0), 0, 0}).op(kOp_LI_ri, {code.o(1), 5}).op(kOp_LI_ri, {code.o(2), 4});
  code.op(kOp_LAFN, {code.o(3), 0, 0}).op(kOp_CALLN8, {code.win(), 0});
  code.op(kOp_LADATA_r, {code.r(0), 0, 0});
  for (unsigned i = 0; i < 5; i++)
    code.op(kOp_LW_ro, {code.o(1 + i), code.r(0), 4 * i});
  code.op(kOp_LARO_r, {code.o(0), 0, 0}).op(kOp_CALLN8, {code.win(), 1});
  code.op(kOp_LI_ri, {code.r(0), 0}).op(kOp_RET);
  p.function(code, 0, 1);
  Code compare(2);
  compare.op(kOp_LW_rz, {compare.r(0), compare.r(0)}).op(kOp_LW_rz, {compare.r(1), compare.r(1)});
  compare.op(kOp_SUB_rrr, {compare.r(0), compare.r(0), compare.r(1)}).op(kOp_RET);
  p.function(compare, 2, 1);
  p.model.callables.push_back({1, p.signature("i(pp)")});
  p.main("i()");
  p.rodata("%d %d %d %d %d\n");
  for (int value : {30, -5, 12, 100, 7})
    for (int shift = 0; shift < 32; shift += 8)
      p.model.data.push_back(uint8_t(unsigned(value) >> shift));
  p.model.data_total = uint32_t(p.model.data.size());
  write("callback", p);
}

void write_divide() {
  Program p;
  Code code(2);
  code.op(kOp_LI_ri, {code.r(0), 1}).op(kOp_LI_ri, {code.r(1), 0});
  code.op(kOp_DIV_rrr, {code.r(0), code.r(0), code.r(1)}).op(kOp_RET);
  p.function(code, 0, 1);
  p.main("i()");
  write("divide", p);
}

void write_loop() {
  Program p;
  Code code(1);
  code.op(kOp_NOP).op(kOp_JMP8, {0xfe});
  p.function(code, 0, 0);
  p.main("v()");
  write("loop", p);
}

void write_recursion() {
  Program p;
  Code code(1);
  code.op(kOp_CALL8, {code.win(), 0}).op(kOp_RET);
  p.function(code, 0, 0);
  p.main("v()");
  write("recursion", p);
}

// puts(argv[1]); return argc
void write_arguments() {
  Program p;
  p.import("puts", "i(p)");
  Code code(2);
  code.op(kOp_LW_ro, {code.o(0), code.r(1), 4}).op(kOp_CALLN8, {code.win(), 0}).op(kOp_RET);
  p.function(code, 2, 1);
  p.main("i(ip)");
  write("arguments", p);
}

// A store to the null address.
void write_fault() {
  Program p;
  Code code(1);
  code.op(kOp_LI_ri, {code.r(0), 0}).op(kOp_LW_rz, {code.r(0), code.r(0)}).op(kOp_RET);
  p.function(code, 0, 1);
  p.main("i()");
  write("fault", p);
}

// More address-taken functions than the firmware has thunks.
void write_thunks() {
  Program p;
  Code code(1);
  code.op(kOp_LAFN, {code.r(0), 0, 0}).op(kOp_RET);
  p.function(code, 0, 1);
  p.main("i()");
  for (int i = 0; i < 2000; i++)
    p.model.callables.push_back({0, 0});
  write("thunks", p);
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_modules DIRECTORY\n");
    return 2;
  }
  directory = argv[1];
  write_hello();
  write_callback();
  write_divide();
  write_loop();
  write_recursion();
  write_arguments();
  write_fault();
  write_thunks();
  write("exit", calls("exit", "v(i)", {33}));
  write("abort", calls("abort", "v()", {}));
  write("missing", calls("no_such_function", "i(i)", {1}));
  return 0;
}
