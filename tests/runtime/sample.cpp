// SPDX-License-Identifier: Apache-2.0
// The sample module and the little assembler it is made with.
#include "sample.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace espb::test {

unsigned Builder::function(unsigned window, unsigned argument_words, unsigned frame_bytes) {
  format::ModelFunction f;
  f.code_offset = (uint32_t)module.code.size();
  f.window_words = window;
  f.argument_words = argument_words;
  f.result_words = 1;
  f.frame_bytes = frame_bytes;
  module.functions.push_back(f);
  return (unsigned)module.functions.size() - 1;
}

Builder &Builder::op(Opcode opcode, std::initializer_list<uint8_t> fields) {
  if (opcode >= 0x100)
    module.code.push_back(0xff);
  module.code.push_back((uint8_t)opcode);
  module.code.insert(module.code.end(), fields);
  return *this;
}

unsigned Builder::signature(const std::string &text) {
  for (unsigned i = 0; i < module.signatures.size(); ++i)
    if (module.signatures[i] == text)
      return i;
  module.signatures.push_back(text);
  return (unsigned)module.signatures.size() - 1;
}

unsigned Builder::import(const std::string &name, const std::string &text) {
  format::ModelImport i;
  i.name = name;
  if (text.empty())
    i.address_only = true;
  else
    i.signature = (uint16_t)signature(text);
  module.imports.push_back(i);
  return (unsigned)module.imports.size() - 1;
}

unsigned Builder::callable(unsigned function, const std::string &text) {
  module.callables.push_back({(uint16_t)function, (uint16_t)signature(text)});
  return (unsigned)module.callables.size() - 1;
}

void Builder::export_function(const std::string &name, unsigned function, const std::string &text) {
  format::ModelExport e;
  e.name = name;
  e.function = (uint16_t)function;
  e.signature = (uint16_t)signature(text);
  module.exports.push_back(e);
}

std::vector<uint8_t> Builder::bytes() const {
  std::string error;
  std::vector<uint8_t> bytes = format::write_module(module, &error);
  if (bytes.empty()) {
    fprintf(stderr, "the test's module does not fit the format: %s\n", error.c_str());
    abort();
  }
  return bytes;
}

Builder sample() {
  Builder b;
  auto &m = b.module;
  const char text[] = "Hello\0%d-%s-%.2f\n\0abc";
  m.rodata.assign(text, text + sizeof text); // greeting at 0, format at 6, "abc" at 18
  // data: counter, init mark, array of 5, then pointers: to the array, to rodata, to a callable, to an
  // import; bss behind.
  const uint32_t words[] = {0, 0, 5, 3, 9, 1, 7, 8, 18, 1, 1};
  m.data.resize(sizeof words);
  memcpy(m.data.data(), words, sizeof words);
  m.data_total = sizeof words + 100;
  m.data_align = 8;
  m.relocations = {{format::kRelocationData, 28},
                   {format::kRelocationRodata, 32},
                   {format::kRelocationFunction, 36},
                   {format::kRelocationImport, 40}};
  unsigned puts_ = b.import("puts", "i(p)");
  unsigned qsort_ = b.import("qsort", "v(piip)");
  unsigned stdout_ = b.import("stdout", "");
  unsigned snprintf_ = b.import("snprintf", "i(pip.ipd)");
  unsigned weak_ = b.import("is_not_there", "v()");
  m.imports[weak_].weak = true;
  m.symbol_tables.push_back({"fast", format::fingerprint_names({"strlen", "abs"}, 2), 2});
  unsigned strlen_ = b.import("", "i(p)");
  m.imports[strlen_].table = 0;
  m.imports[strlen_].table_index = 0;

  b.export_function("add", b.function(2, 2), "i(ii)");
  b.op(kOp_ADD_rrr, {r(0), r(0), r(1)}).op(kOp_RET);

  b.export_function("sum_to", b.function(3, 1), "i(i)");
  b.op(kOp_LI_ri, {r(1), 0});
  unsigned loop = b.here();
  b.op(kOp_ADD_rxr, {r(1), r(0)});
  b.op(kOp_ADDBNZ, {r(0), s8(-1), s8((int)loop - (int)b.here())}).op(kOp_MOV_rr, {r(0), r(1)}).op(kOp_RET);

  b.export_function("divide", b.function(2, 2), "i(ii)");
  b.op(kOp_DIV_rrr, {r(0), r(0), r(1)}).op(kOp_RET);

  unsigned recurse = b.function(1, 1);
  b.export_function("recurse", recurse, "i(i)");
  b.op(kOp_ADD_rri, {o(1, 0), r(0), 1})
      .op(kOp_CALL8, {win(1), (uint8_t)recurse})
      .op(kOp_MOV_rr, {r(0), o(1, 0)})
      .op(kOp_RET);

  b.export_function("pick", b.function(1, 1), "i(i)");
  // switch at 0 takes 4 + 3 * 2 bytes; each arm is li (3) and ret (1)
  b.op(kOp_SWITCH, {r(0), 2, 0, 18, 0, 10, 0, 14, 0});
  for (int value : {10, 20, 99})
    b.op(kOp_LI_ri, {r(0), s8(value)}).op(kOp_RET);

  b.export_function("count", b.function(1, 0), "i()");
  b.op(kOp_LW_rd, {r(0), 0, 0}).op(kOp_ADD_rxi, {r(0), 1}).op(kOp_SW_rd, {r(0), 0, 0}).op(kOp_RET);

  b.export_function("greet", b.function(1, 0), "i()");
  b.op(kOp_LARO_r, {o(1, 0), 0, 0})
      .op(kOp_CALLN8, {win(1), (uint8_t)puts_})
      .op(kOp_MOV_rr, {r(0), o(1, 0)})
      .op(kOp_RET);

  unsigned compare = b.function(2, 2);
  unsigned compare_callable = b.callable(compare, "i(pp)");
  b.op(kOp_LW_rz, {r(0), r(0)}).op(kOp_LW_rz, {r(1), r(1)}).op(kOp_SUB_rrr, {r(0), r(0), r(1)}).op(kOp_RET);

  b.export_function("sort", b.function(1, 0), "i()");
  b.op(kOp_LADATA_r, {o(1, 0), 8, 0}).op(kOp_LI_ri, {o(1, 1), 5}).op(kOp_LI_ri, {o(1, 2), 4});
  b.op(kOp_LAFN, {o(1, 3), lo(compare_callable), hi(compare_callable)})
      .op(kOp_CALLN8, {win(1), (uint8_t)qsort_});
  b.op(kOp_LW_rd, {r(0), 8, 0}).op(kOp_RET);

  b.export_function("frame", b.function(2, 1, 16), "i(i)");
  b.op(kOp_ENTER, {1})
      .op(kOp_SW_rs, {r(0), 0})
      .op(kOp_LW_rs, {r(1), 0})
      .op(kOp_ADD_aai, {2})
      .op(kOp_MOV_ra, {r(0)})
      .op(kOp_RETN, {1});

  unsigned add_callable = b.callable(0, "i(ii)");
  b.export_function("indirect", b.function(3, 2), "i(ii)");
  b.op(kOp_LW_rd, {r(2), 36, 0}).op(kOp_MOV2_rr, {o(3, 0), o(3, 1), r(0), r(1)});
  b.op(kOp_CALLI8, {win(3), r(2), (uint8_t)b.signature("i(ii)")}).op(kOp_MOV_rr, {r(0), o(3, 0)}).op(kOp_RET);
  (void)add_callable;

  b.export_function("wide", b.function(4, 4), "l(ll)");
  m.functions.back().result_words = 2;
  b.op(kOp_ADDD_rrr, {r(0), r(0), r(2)}).op(kOp_RET);

  b.export_function("forever", b.function(1, 0), "v()");
  b.op(kOp_NOP).op(kOp_JMP8, {s8(-2)});

  // snprintf(bss, 40, "%d-%s-%.2f\n", i, "abc", d) : seven words and a pair at an even place
  b.export_function("format", b.function(3, 3), "i(id)");
  b.op(kOp_LADATA_r, {o(3, 0), 44, 0}).op(kOp_LI_ri, {o(3, 1), 40}).op(kOp_LARO_r, {o(3, 2), 6, 0});
  b.op(kOp_MOV_rr, {o(3, 3), r(0)}).op(kOp_LW_rd, {o(3, 4), 32, 0}).op(kOp_MOVD_rr, {o(3, 6), r(1)});
  b.op(kOp_CALLN8, {win(3), (uint8_t)snprintf_}).op(kOp_MOV_rr, {r(0), o(3, 0)}).op(kOp_RET);

  b.export_function("length", b.function(1, 0), "i()");
  b.op(kOp_LW_rd, {o(1, 0), 32, 0})
      .op(kOp_CALLN8, {win(1), (uint8_t)strlen_})
      .op(kOp_MOV_rr, {r(0), o(1, 0)})
      .op(kOp_RET);

  b.export_function("call_weak", b.function(1, 0), "v()");
  b.op(kOp_CALLN8, {win(1), (uint8_t)weak_}).op(kOp_RET);

  b.export_function("stdout_word", b.function(1, 0), "i()");
  b.op(kOp_LAIMP, {r(0), lo(stdout_), 0}).op(kOp_LW_rz, {r(0), r(0)}).op(kOp_RET);

  b.export_function("poke", b.function(2, 2), "v(pi)");
  b.op(kOp_SW_rz, {r(1), r(0)}).op(kOp_RET);

  b.export_function("peek", b.function(1, 1), "i(p)");
  b.op(kOp_LW_rz, {r(0), r(0)}).op(kOp_RET);

  b.export_function("call_through", b.function(1, 1), "i(p)");
  b.op(kOp_CALLI8, {win(1), r(0), (uint8_t)b.signature("i(ii)")}).op(kOp_MOV_rr, {r(0), o(1, 0)}).op(kOp_RET);

  b.export_function("unreachable", b.function(1, 0), "v()");
  b.op(kOp_TRAP, {0});

  // nine words: the last on the stack
  b.export_function("ninth", b.function(8, 8, 16), "i(iiiiiiiii)");
  b.op(kOp_ENTER, {1}).op(kOp_LW_rs, {r(0), 4}).op(kOp_RETN, {1});

  unsigned big = b.function(1, 0, 0x1000);
  b.export_function("big_frame", big, "v()");
  b.op(kOp_ENTER16, {0, 1}).op(kOp_CALL8, {win(1), (uint8_t)big}).op(kOp_RETN16, {0, 1});

  m.initialisers.push_back((uint16_t)b.function(1, 0));
  b.op(kOp_LI_ri, {r(0), 77}).op(kOp_SW_rd, {r(0), 4, 0}).op(kOp_RET);
  m.finalisers.push_back((uint16_t)b.function(1, 0));
  b.op(kOp_LARO_r, {o(1, 0), 18, 0}).op(kOp_CALLN8, {win(1), (uint8_t)puts_}).op(kOp_RET);

  b.export_function("mark", b.function(1, 0), "i()");
  b.op(kOp_LW_rd, {r(0), 4, 0}).op(kOp_RET);
  m.exports.push_back({"counter", format::kExportData, 0, 0, 0});
  m.exports.push_back({"greeting", format::kExportRodata, 0, 0, 0});
  m.hot_functions.push_back({1, 0, 3});
  m.stack_bytes = 1024;
  m.register_stack_words = 256;
  m.build_identity = format::identity_of(m.code);
  m.has_debug_file = true;
  return b;
}

Aligned::Aligned(const std::vector<uint8_t> &bytes) : size_(bytes.size()) {
  void *block = nullptr;
  // Of exactly the size, so that AddressSanitizer sees a read behind the end.
  if (posix_memalign(&block, 16, size_ != 0 ? size_ : 1) != 0)
    abort();
  data_ = static_cast<uint8_t *>(block);
  if (size_ != 0)
    memcpy(data_, bytes.data(), size_);
}
Aligned::~Aligned() { free(data_); }

} // namespace espb::test
