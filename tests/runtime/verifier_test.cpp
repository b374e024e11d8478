// SPDX-License-Identifier: Apache-2.0
// Each check of the verifier: one module that only it refuses, and its message.
#include "espb/espb.h"
#include "format/reader.h"
#include "runtime/port/posix/port.h"
#include "sample.h"
#include <functional>
#include <gtest/gtest.h>

namespace espb::test {

namespace {

std::string refusal_of_bytes(const std::vector<uint8_t> &bytes, espb_status wanted = ESPB_BAD_MODULE) {
  Aligned aligned(bytes);
  espb_module *module;
  espb_error error;
  espb_status status = espb_module_open(aligned.data(), aligned.size(), &module, &error);
  EXPECT_EQ(status, error.status);
  EXPECT_EQ(wanted, status) << error.message;
  EXPECT_EQ(status == ESPB_OK, module != nullptr);
  espb_module_close(module);
  return error.message;
}

// The refusal of a module whose only function is written by `code`; a second one follows, so that the code
// does not end there.
std::string refusal(const std::function<void(Builder &)> &code, unsigned window = 4,
                    unsigned frame_bytes = 0) {
  Builder b;
  b.import("puts", "i(p)");
  b.import("stdout", "");
  b.module.rodata.resize(8);
  b.module.data_total = 16;
  b.function(window, 0, frame_bytes);
  code(b);
  b.function(1, 0);
  b.op(kOp_RET);
  b.callable(1, "v()");
  return refusal_of_bytes(b.bytes());
}

std::string refusal_of_model(const std::function<void(format::ModuleModel &)> &change) {
  Builder b = sample();
  change(b.module);
  return refusal_of_bytes(b.bytes());
}

// The sample with bytes changed after writing: `section` is the kind, `at` the offset in it.
std::string refusal_of_patch(uint8_t section, uint32_t at, std::initializer_list<uint8_t> patch) {
  std::vector<uint8_t> bytes = sample().bytes();
  uint32_t position = 12 + 4 * bytes[6];
  for (uint32_t i = 0; i < bytes[6]; ++i) {
    uint32_t entry = format::read_u32(&bytes[12 + 4 * i]);
    position = (position + 3) & ~3u;
    if (entry >> 24 == section)
      std::copy(patch.begin(), patch.end(), bytes.begin() + position + at);
    position += entry & 0xffffff;
  }
  return refusal_of_bytes(bytes);
}

#define AT0 "function 0, offset 0x0: "

} // namespace

TEST(Verifier, AcceptsTheSample) { refusal_of_bytes(sample().bytes(), ESPB_OK); }

// ---- The container
// -------------------------------------------------------------------------------------------------------------

TEST(Verifier, Header) {
  std::vector<uint8_t> good = sample().bytes();
  auto patched = [&](size_t at, uint8_t value) {
    std::vector<uint8_t> bytes = good;
    bytes[at] = value;
    return bytes;
  };
  EXPECT_EQ("file is shorter than a header", refusal_of_bytes({1, 2, 3}));
  EXPECT_EQ("not an ESPB module (wrong magic)", refusal_of_bytes(patched(0, 0x7f)));
  EXPECT_EQ("made for format version 2", refusal_of_bytes(patched(4, 2), ESPB_BAD_VERSION));
  refusal_of_bytes(patched(5, 9), ESPB_OK); // a higher minor version
  EXPECT_EQ("bad number of sections 0", refusal_of_bytes(patched(6, 0)));
  EXPECT_EQ("unknown flags 131", refusal_of_bytes(patched(7, 0x83)));
  std::vector<uint8_t> shorter(good.begin(), good.end() - 4), longer = good;
  longer.resize(good.size() + 3);
  EXPECT_EQ("file is cut off, bytes: 4", refusal_of_bytes(shorter));
  EXPECT_EQ("bytes behind the end: 3", refusal_of_bytes(longer));
  // The first directory entry is the memory section's.
  EXPECT_EQ("unknown: unknown section 16", refusal_of_bytes(patched(12 + 3, 16)));
  EXPECT_EQ("functions: sections do not ascend", refusal_of_bytes(patched(12 + 3, 200)));
  EXPECT_EQ("memory: bad size 25", refusal_of_bytes(patched(12, 25)));
  EXPECT_EQ("memory: reaches beyond the end of the file", refusal_of_bytes(patched(12 + 2, 0xff)));
}

TEST(Verifier, Alignment) {
  std::vector<uint8_t> bytes = sample().bytes();
  bytes.insert(bytes.begin(), 0);
  Aligned aligned(bytes);
  espb_module *module;
  espb_error error;
  EXPECT_EQ(ESPB_BAD_MODULE, espb_module_open(aligned.data() + 1, aligned.size() - 1, &module, &error));
  EXPECT_STREQ("a module must lie at a multiple of 4", error.message);
}

// ---- Tables
// ---------------------------------------------------------------------------------------------------------------------

TEST(Verifier, Memory) {
  EXPECT_EQ("memory 0: data sizes contradict each other", refusal_of_patch(format::kSectionMemory, 0, {45}));
  EXPECT_EQ("memory 0: data sizes contradict each other", refusal_of_patch(format::kSectionMemory, 4, {1}));
  EXPECT_EQ("memory 0: bad alignment", refusal_of_patch(format::kSectionMemory, 8, {12}));
  EXPECT_EQ("memory 0: bad alignment", refusal_of_patch(format::kSectionMemory, 10, {0}));
  EXPECT_EQ("memory 0: unreasonable size", refusal_of_patch(format::kSectionMemory, 7, {0x80}));
  EXPECT_EQ("memory 0: unreasonable size", refusal_of_patch(format::kSectionMemory, 15, {0x80}));
  EXPECT_EQ("memory 0: unreasonable size", refusal_of_patch(format::kSectionMemory, 19, {0x80}));
}

TEST(Verifier, Functions) {
  EXPECT_EQ("functions 0: bad code offset 1", refusal_of_patch(format::kSectionFunctions, 0, {1}));
  EXPECT_EQ("functions 1: bad code offset 0", refusal_of_patch(format::kSectionFunctions, 8, {0}));
  EXPECT_EQ("functions 0: bad window words 0", refusal_of_patch(format::kSectionFunctions, 3, {0}));
  EXPECT_EQ("functions 0: bad window words 33", refusal_of_patch(format::kSectionFunctions, 3, {33}));
  EXPECT_EQ("functions 0: bad argument words 9", refusal_of_patch(format::kSectionFunctions, 4, {9}));
  EXPECT_EQ("functions 0: bad argument words 3", refusal_of_patch(format::kSectionFunctions, 4, {3}));
  EXPECT_EQ("functions 0: bad flags 3", refusal_of_patch(format::kSectionFunctions, 5, {3}));
  EXPECT_EQ("functions 0: bad flags 32", refusal_of_patch(format::kSectionFunctions, 5, {32}));
}

TEST(Verifier, SignaturesAndImports) {
  EXPECT_EQ("signatures 0: outside the strings 65535",
            refusal_of_patch(format::kSectionSignatures, 0, {0xff, 0xff}));
  EXPECT_EQ("imports 0: outside the strings 65535",
            refusal_of_patch(format::kSectionImports, 0, {0xff, 0xff}));
  EXPECT_EQ("imports 0: outside the symbol tables 1", refusal_of_patch(format::kSectionImports, 2, {1}));
  EXPECT_EQ("imports 0: bad flags 4", refusal_of_patch(format::kSectionImports, 3, {4}));
  EXPECT_EQ("imports 0: outside the signatures 999",
            refusal_of_patch(format::kSectionImports, 4, {lo(999), hi(999)}));
  EXPECT_EQ("imports 5: beyond the used part of its symbol table 2",
            refusal_of_model([](auto &m) { m.imports[5].table_index = 2; }));
  EXPECT_EQ("symbol tables 0: outside the strings 65535",
            refusal_of_patch(format::kSectionSymbolTables, 6, {0xff, 0xff}));
  // A text that is no signature: the empty one at the end of the strings.
  format::ReadModule read;
  std::string error;
  ASSERT_TRUE(format::read_module(sample().bytes(), &read, &error)) << error;
  unsigned end = (unsigned)read.strings.size() - 1;
  EXPECT_EQ("signatures 0: is no signature",
            refusal_of_patch(format::kSectionSignatures, 0, {lo(end), hi(end)}));
}

TEST(Verifier, CallablesExportsAndLists) {
  EXPECT_EQ("callables 0: outside the functions 999",
            refusal_of_model([](auto &m) { m.callables[0].function = 999; }));
  EXPECT_EQ("callables 1: outside the signatures 999",
            refusal_of_model([](auto &m) { m.callables[1].signature = 999; }));
  EXPECT_EQ("exports 0: outside the functions 999",
            refusal_of_model([](auto &m) { m.exports[0].function = 999; }));
  EXPECT_EQ("exports 0: outside the signatures 999",
            refusal_of_model([](auto &m) { m.exports[0].signature = 999; }));
  EXPECT_EQ("exports 0: unknown kind 3", refusal_of_patch(format::kSectionExports, 2, {3}));
  EXPECT_EQ("exports 0: outside the strings 65535",
            refusal_of_patch(format::kSectionExports, 0, {0xff, 0xff}));
  auto last_export = [](auto &m) -> auto & { return m.exports.back(); };
  EXPECT_NE(std::string::npos,
            refusal_of_model([&](auto &m) { last_export(m).offset = 1000; }).find("outside the rodata 1000"));
  EXPECT_EQ("initialisers 0: outside the functions 999",
            refusal_of_model([](auto &m) { m.initialisers[0] = 999; }));
  EXPECT_EQ("finalisers 0: takes arguments 0", refusal_of_model([](auto &m) { m.finalisers[0] = 0; }));
  EXPECT_EQ("hot functions 0: outside the functions 999",
            refusal_of_model([](auto &m) { m.hot_functions[0].function = 999; }));
}

TEST(Verifier, Relocations) {
  EXPECT_EQ("relocations 0: damaged", refusal_of_patch(format::kSectionRelocations, 0, {4}));
  EXPECT_EQ("relocations 3: damaged", refusal_of_patch(format::kSectionRelocations, 7, {0x84}));
  EXPECT_EQ("relocations 0: bad position 2", refusal_of_patch(format::kSectionRelocations, 1, {2}));
  EXPECT_EQ("relocations 3: bad position 44", refusal_of_patch(format::kSectionRelocations, 7, {8}));
  EXPECT_EQ("relocations 1: bad position 28", refusal_of_patch(format::kSectionRelocations, 3, {0}));
  EXPECT_EQ("relocations 2: outside the callables 9", refusal_of_patch(format::kSectionData, 36, {9}));
  EXPECT_EQ("relocations 3: outside the imports 99", refusal_of_patch(format::kSectionData, 40, {99}));
}

// ---- Instructions
// -----------------------------------------------------------------------------------------------------------------

TEST(Verifier, Opcodes) {
  auto raw = [](std::vector<uint8_t> bytes) {
    return [bytes](Builder &b) { b.module.code.insert(b.module.code.end(), bytes.begin(), bytes.end()); };
  };
  EXPECT_EQ(AT0 "unknown instruction 254", refusal(raw({0xfe})));
  EXPECT_EQ(AT0 "unknown instruction 254", refusal(raw({0xff, 0xfe}))); // page 1
  // An instruction is read before it is known whether all of it is the function's: these bytes are followed
  // by others of the file, which make it a bad one or one that is cut off.
  EXPECT_EQ(0u, refusal(raw({0xff})).find(AT0));
  EXPECT_EQ(0u, refusal(raw({kOp_ADD_rrr, 0, 0})).find(AT0));
  EXPECT_EQ(AT0 "cut off by the end of the function", refusal(raw({kOp_LI_ri, 0})));
  EXPECT_EQ("function 0, offset 0x3: cut off by the end of the function",
            refusal(raw({kOp_LI_ri, 0, 0, kOp_LI_rl, 0})));
  EXPECT_EQ(AT0 "unknown instruction 62", refusal([](Builder &b) { b.op(kOp_EXIT); }));
  EXPECT_EQ("function 0, offset 0x2: control falls off the end of the function",
            refusal([](Builder &b) { b.op(kOp_NOP); }));
  EXPECT_EQ(
      "function 0, offset 0x5: control falls off the end of the function", // a conditional branch is no end
      refusal([](Builder &b) { b.op(kOp_NOP).op(kOp_BEQ_rz, {r(0), s8(-2)}); }));
}

TEST(Verifier, Registers) {
  EXPECT_EQ(AT0 "register outside the window",
            refusal([](Builder &b) { b.op(kOp_MOV_rr, {r(4), r(0)}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "register outside the window",
            refusal([](Builder &b) { b.op(kOp_MOV_rr, {r(0), r(5)}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "register outside the window",
            refusal([](Builder &b) { b.op(kOp_MOV_rr, {r(0), o(4, 8)}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "register outside the window",
            refusal([](Builder &b) { b.op(kOp_MOV_rr, {1, r(0)}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "register outside the window",
            refusal([](Builder &b) { b.op(kOp_MOVD_rr, {r(3), r(0)}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "register outside the window",
            refusal([](Builder &b) { b.op(kOp_MOVD_rr, {r(0), o(4, 7)}).op(kOp_RET); }));
  // Every window admits exactly its own registers.
  for (unsigned window = 1; window <= 32; ++window)
    for (unsigned field = 0; field < 256; ++field) {
      bool admitted =
          field % 4 == 0 && (field / 4 < window || (field / 4 >= window + 2 && field / 4 < window + 10));
      bool pair = field % 4 == 0 &&
                  (field / 4 + 1 < window || (field / 4 >= window + 2 && field / 4 + 1 < window + 10));
      Builder b;
      for (unsigned before : {32u, 1u, window}) { // windows of earlier functions must leave nothing behind
        b.function(before, 0);
        b.op(kOp_RET);
      }
      b.function(window, 0);
      b.op(kOp_LI_ri, {(uint8_t)field, 0}).op(kOp_RET);
      refusal_of_bytes(b.bytes(), admitted ? ESPB_OK : ESPB_BAD_MODULE);
      Builder p;
      p.function(window, 0);
      p.op(kOp_LID_ri, {(uint8_t)field, 0}).op(kOp_RET);
      refusal_of_bytes(p.bytes(), pair ? ESPB_OK : ESPB_BAD_MODULE);
    }
}

TEST(Verifier, Acc) {
  const char *message = "function 0, offset 0x2: acc is not written just before";
  EXPECT_EQ(AT0 "acc is not written just before",
            refusal([](Builder &b) { b.op(kOp_MOV_ra, {r(0)}).op(kOp_RET); }));
  EXPECT_EQ(message, refusal([](Builder &b) { b.op(kOp_NOP).op(kOp_MOV_ra, {r(0)}).op(kOp_RET); }));
  // An instruction that reads acc is no place to branch to.
  EXPECT_EQ("function 0, offset 0x6: no place to branch to", refusal([](Builder &b) {
              b.op(kOp_BEQ_rz, {r(0), 6}).op(kOp_LI_ri, {r(0), 1}).op(kOp_MOV_ra, {r(1)}).op(kOp_RET);
            }));
  EXPECT_EQ("function 0, offset 0x3: no place to branch to", refusal([](Builder &b) {
              b.op(kOp_LI_ri, {r(0), 1}).op(kOp_MOV_ra, {r(1)}).op(kOp_JMP8, {s8(-2)});
            }));
}

TEST(Verifier, Branches) {
  const char *middle = "no place to branch to";
  EXPECT_EQ("function 0, offset 0x3: " + std::string(middle),
            refusal([](Builder &b) { b.op(kOp_JMP8, {3}).op(kOp_LI_ri, {r(0), 1}).op(kOp_RET); }));
  EXPECT_EQ("function 0, offset 0x1: " + std::string(middle),
            refusal([](Builder &b) { b.op(kOp_LI_ri, {r(0), 1}).op(kOp_JMP8, {s8(-2)}); }));
  EXPECT_EQ("function 0, offset 0x1: " + std::string(middle),
            refusal([](Builder &b) { b.op(kOp_JMP8, {1}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "branch leaves the function", refusal([](Builder &b) { b.op(kOp_JMP8, {2}); }));
  EXPECT_EQ(AT0 "branch leaves the function", refusal([](Builder &b) { b.op(kOp_JMP8, {s8(-1)}); }));
  EXPECT_EQ(AT0 "branch leaves the function",
            refusal([](Builder &b) { b.op(kOp_JMP32, {0xff, 0xff, 0xff, 0x7f}); }));
  EXPECT_EQ(AT0 "branch leaves the function", refusal([](Builder &b) { b.op(kOp_JMP16, {0, 0x80}); }));
  EXPECT_EQ(AT0 "branch to itself", refusal([](Builder &b) { b.op(kOp_JMP8, {0}); }));
  // Targets far apart: beyond one word of the verifier's bitmap, forwards and backwards.
  for (int wrong : {0, 1}) {
    std::string said = refusal([&](Builder &b) {
      b.op(kOp_JMP16, {(uint8_t)(3 + 3 * 40 + wrong), 0});
      for (int i = 0; i < 40; ++i)
        b.op(kOp_LI_ri, {r(0), 1});
      b.op(kOp_JMP16, {lo((unsigned)(-3 * 40 + wrong)), hi((unsigned)(-3 * 40 + wrong))});
      b.op(kOp_NOP); // never reached; not a barrier: only for the good case to be refused by this alone
    });
    EXPECT_EQ(wrong == 0 ? "function 0, offset 0x80: control falls off the end of the function"
                         : "function 0, offset 0x4: " + std::string(middle),
              said);
  }
}

// Only functions of more than 2 KB need memory for being checked.
TEST(Verifier, NoMemoryForALargeFunction) {
  for (uint32_t bytes : {2000u, 3000u}) { // NOP takes two
    Builder b;
    b.function(4, 0);
    for (uint32_t i = 1; i < bytes / 2; ++i)
      b.op(kOp_NOP);
    b.op(kOp_RET);
    Aligned aligned(b.bytes());
    const uint32_t before = espb_posix_allocations();
    espb_posix_fail_allocation(2);
    espb_module *module;
    espb_error error;
    const espb_status status = espb_module_open(aligned.data(), aligned.size(), &module, &error);
    espb_posix_fail_allocation(0);
    EXPECT_EQ(bytes < 2048 ? ESPB_OK : ESPB_NO_MEMORY, status);
    if (status != ESPB_OK) {
      EXPECT_EQ(0u, std::string(error.message).find("no memory for checking the code: ")) << error.message;
    }
    espb_module_close(module);
    EXPECT_EQ(before, espb_posix_allocations());
  }
}

TEST(Verifier, Switches) {
  EXPECT_EQ(AT0 "cut off by the end of the function",
            refusal([](Builder &b) { b.op(kOp_SWITCH, {r(0), 2, 0, 4, 0}); }));
  EXPECT_EQ(AT0 "cut off by the end of the function",
            refusal([](Builder &b) { b.op(kOp_SWITCH32, {r(0), 0xff, 0xff, 4, 0}); }));
  EXPECT_EQ(AT0 "branch leaves the function",
            refusal([](Builder &b) { b.op(kOp_SWITCH, {r(0), 1, 0, 8, 0, 0x70, 0}).op(kOp_RET); }));
  // Into its own table.
  EXPECT_EQ("function 0, offset 0x4: no place to branch to",
            refusal([](Builder &b) { b.op(kOp_SWITCH, {r(0), 1, 0, 8, 0, 4, 0}).op(kOp_RET); }));
}

TEST(Verifier, Fields) {
  EXPECT_EQ(AT0 "shift by 32", refusal([](Builder &b) { b.op(kOp_SHL_rri, {r(0), r(0), 32}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "shift by 64", refusal([](Builder &b) { b.op(kOp_SHLD_rri, {r(0), r(0), 64}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "bad bit field 17",
            refusal([](Builder &b) { b.op(kOp_EXTU_rr, {r(0), r(0), 16, 17}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "bad bit field 0",
            refusal([](Builder &b) { b.op(kOp_EXTU_rr, {r(0), r(0), 4, 0}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "unknown trap code 2", refusal([](Builder &b) { b.op(kOp_TRAP, {2}); }));
  EXPECT_EQ(AT0 "wrong window step 20", refusal([](Builder &b) { b.op(kOp_CALL8, {20, 1}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the functions 2",
            refusal([](Builder &b) { b.op(kOp_CALL8, {win(4), 2}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the functions 256",
            refusal([](Builder &b) { b.op(kOp_CALL16, {win(4), 0, 1}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the imports 2",
            refusal([](Builder &b) { b.op(kOp_CALLN8, {win(4), 2}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the imports 256",
            refusal([](Builder &b) { b.op(kOp_CALLN16, {win(4), 0, 1}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "import cannot be called 1",
            refusal([](Builder &b) { b.op(kOp_CALLN8, {win(4), 1}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the imports 7",
            refusal([](Builder &b) { b.op(kOp_LAIMP, {r(0), 7, 0}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the signatures 9",
            refusal([](Builder &b) { b.op(kOp_CALLI8, {win(4), r(0), 9}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the signatures 265",
            refusal([](Builder &b) { b.op(kOp_CALLI16, {win(4), r(0), 9, 1}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the callables 1",
            refusal([](Builder &b) { b.op(kOp_LAFN, {r(0), 1, 0}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the data 17",
            refusal([](Builder &b) { b.op(kOp_LADATA_r, {r(0), 17, 0}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the data 65536",
            refusal([](Builder &b) { b.op(kOp_LADATA_l, {r(0), 0, 0, 1, 0}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the rodata 9",
            refusal([](Builder &b) { b.op(kOp_LW_rk, {r(0), 9, 0}).op(kOp_RET); }));
  EXPECT_EQ(AT0 "outside the rodata 16777216",
            refusal([](Builder &b) { b.op(kOp_LARO_l, {r(0), 0, 0, 0, 1}).op(kOp_RET); }));
}

TEST(Verifier, Frames) {
  EXPECT_EQ(AT0 "wrong frame size 2",
            refusal([](Builder &b) { b.op(kOp_ENTER, {2}).op(kOp_RETN, {1}); }, 4, 16));
  EXPECT_EQ("function 0, offset 0x2: wrong frame size 2",
            refusal([](Builder &b) { b.op(kOp_ENTER, {1}).op(kOp_RETN, {2}); }, 4, 16));
  EXPECT_EQ("function 0, offset 0x2: return does not fit the frame",
            refusal([](Builder &b) { b.op(kOp_ENTER, {1}).op(kOp_RET); }, 4, 16));
  EXPECT_EQ(AT0 "return does not fit the frame", refusal([](Builder &b) { b.op(kOp_RETN, {1}); }, 4, 16));
  EXPECT_EQ(AT0 "wrong frame size 1", refusal([](Builder &b) { b.op(kOp_ENTER, {1}).op(kOp_RET); }));
  EXPECT_EQ("function 0, offset 0x2: misplaced enter 1",
            refusal([](Builder &b) { b.op(kOp_ENTER, {1}).op(kOp_ENTER, {1}).op(kOp_RETN, {1}); }, 4, 16));
  EXPECT_EQ(
      "function 0, offset 0x3: misplaced enter 1",
      refusal([](Builder &b) { b.op(kOp_BEQ_rz, {r(0), 5}).op(kOp_ENTER, {1}).op(kOp_RETN, {1}); }, 4, 16));
  EXPECT_EQ("function 0, offset 0x2: branch leaves the function",
            refusal([](Builder &b) { b.op(kOp_ENTER, {1}).op(kOp_JMP8, {s8(-2)}); }, 4, 16));
}

} // namespace espb::test
