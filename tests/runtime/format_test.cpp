// SPDX-License-Identifier: Apache-2.0
// The container: what is written is read back; what does not fit is refused with a reason.
#include "format/debug_file.h"
#include "format/reader.h"
#include "sample.h"
#include <gtest/gtest.h>

namespace espb::test {

using namespace format;

TEST(Format, ReadsBackWhatWasWritten) {
  ModuleModel model = sample().module;
  ReadModule read;
  std::string error;
  ASSERT_TRUE(read_module(sample().bytes(), &read, &error)) << error;
  EXPECT_EQ(model.code, read.model.code);
  EXPECT_EQ(model.rodata, read.model.rodata);
  EXPECT_EQ(model.data, read.model.data);
  EXPECT_EQ(model.data_total, read.model.data_total);
  EXPECT_EQ(model.signatures, read.model.signatures);
  EXPECT_EQ(model.initialisers, read.model.initialisers);
  EXPECT_EQ(model.finalisers, read.model.finalisers);
  EXPECT_EQ(model.build_identity, read.model.build_identity);
  EXPECT_EQ(0x1000u, read.max_frame_bytes);
  ASSERT_EQ(model.functions.size(), read.model.functions.size());
  for (size_t i = 0; i < model.functions.size(); ++i) {
    EXPECT_EQ(model.functions[i].code_offset, read.model.functions[i].code_offset);
    EXPECT_EQ(model.functions[i].window_words, read.model.functions[i].window_words);
    EXPECT_EQ(model.functions[i].frame_bytes, read.model.functions[i].frame_bytes);
    EXPECT_EQ(i, read.function_at(model.functions[i].code_offset));
  }
  EXPECT_EQ(model.functions.size(), read.function_at((uint32_t)model.code.size()));
  ASSERT_EQ(model.relocations.size(), read.model.relocations.size());
  for (size_t i = 0; i < model.relocations.size(); ++i) {
    EXPECT_EQ(model.relocations[i].kind, read.model.relocations[i].kind);
    EXPECT_EQ(model.relocations[i].offset, read.model.relocations[i].offset);
  }
  ASSERT_EQ(model.imports.size(), read.model.imports.size());
  for (size_t i = 0; i < model.imports.size(); ++i) {
    EXPECT_EQ(model.imports[i].name, read.model.imports[i].name);
    EXPECT_EQ(model.imports[i].table, read.model.imports[i].table);
    EXPECT_EQ(model.imports[i].weak, read.model.imports[i].weak);
    EXPECT_EQ(model.imports[i].address_only, read.model.imports[i].address_only);
    EXPECT_EQ(model.imports[i].signature, read.model.imports[i].signature);
  }
  ASSERT_EQ(model.exports.size(), read.model.exports.size());
  for (size_t i = 0; i < model.exports.size(); ++i)
    EXPECT_EQ(model.exports[i].name, read.model.exports[i].name);
  EXPECT_EQ(model.symbol_tables[0].fingerprint, read.model.symbol_tables[0].fingerprint);
}

TEST(Format, WritingReadModuleGivesTheSameBytes) {
  std::vector<uint8_t> bytes = sample().bytes();
  ReadModule read;
  std::string error;
  ASSERT_TRUE(read_module(bytes, &read, &error)) << error;
  EXPECT_EQ(bytes, write_module(read.model, &error)) << error;
}

TEST(Format, StringsShareTails) {
  Builder b;
  b.export_function("longest_name", b.function(1, 0), "v()");
  b.op(kOp_RET);
  for (const char *name : {"name", "st_name", "me"})
    b.export_function(name, 0, "v()");
  ReadModule read;
  std::string error;
  ASSERT_TRUE(read_module(b.bytes(), &read, &error)) << error;
  EXPECT_EQ(sizeof "longest_name" + sizeof "v()", read.strings.size());
}

TEST(Format, EveryTruncationIsNoticed) {
  std::vector<uint8_t> bytes = sample().bytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    ReadModule read;
    std::string error;
    EXPECT_FALSE(read_module({bytes.begin(), bytes.begin() + (long)size}, &read, &error)) << size;
    EXPECT_FALSE(error.empty());
  }
}

// The host's reader must survive whatever the runtime's does.
TEST(Format, EveryCorruptionIsSafeToRead) {
  std::vector<uint8_t> bytes = sample().bytes();
  for (size_t i = 0; i < bytes.size(); ++i)
    for (uint8_t flip : {0x01, 0x80, 0xff}) {
      std::vector<uint8_t> damaged = bytes;
      damaged[i] ^= flip;
      ReadModule read;
      std::string error;
      bool good = read_module(damaged, &read, &error);
      EXPECT_EQ(good, error.empty());
    }
}

TEST(Format, RefusesWhatDoesNotFit) {
  auto refusal = [](auto change) {
    ModuleModel model = sample().module;
    change(model);
    std::string error;
    EXPECT_TRUE(write_module(model, &error).empty());
    return error;
  };
  EXPECT_EQ("function 0: window words: 33 is above the format's limit of 32",
            refusal([](auto &m) { m.functions[0].window_words = 33; }));
  EXPECT_EQ("function 1: functions do not ascend in the code",
            refusal([](auto &m) { m.functions[1].code_offset = 0; }));
  EXPECT_EQ("data alignment 3 is not a power of two from 4 to 4096",
            refusal([](auto &m) { m.data_align = 3; }));
  EXPECT_EQ("data_total is smaller than the initial data", refusal([](auto &m) { m.data_total = 3; }));
  EXPECT_EQ("\"i(q)\" is no signature", refusal([](auto &m) { m.signatures[0] = "i(q)"; }));
  EXPECT_EQ("relocation 0 at data offset 2 is unaligned, not ascending or outside the initial data",
            refusal([](auto &m) { m.relocations[0].offset = 2; }));
  EXPECT_EQ("number of functions: 65536 is above the format's limit of 65535",
            refusal([](auto &m) { m.functions.resize(65536); }));
}

TEST(Format, Signatures) {
  for (const char *good : {"v()", "i(p.d)", "l(ll)", "ii(fd)", "d(bBhHilfdp)", "v(.)", "i(p)w0:12",
                           "v(ppp)r0:16q1:32d2:24", "i(ii.lp)w0:8c3:16", "v(iip)w0:8w2:9"})
    EXPECT_TRUE(is_signature(good)) << good;
  for (const char *bad : {"",
                          "v",
                          "v(",
                          "(i)",
                          "i(i",
                          "vi()",
                          "iii()",
                          "li()",
                          "i(v)",
                          "i(..)",
                          "i()x",
                          "x()",
                          "i(p)w",
                          "i(p)w0",
                          "i(p)w0:",
                          "i(p)w0:0",
                          "i(p)w00:12",
                          "i(p)w0:12w0:12",
                          "i(p)w1:12",
                          "i(i)w0:12",
                          "i(ii)w0:12",
                          "v(p)r0:8",
                          "v(p)r0:17",
                          "v(pp)r1:12",
                          "v(pp)w1:12w0:12",
                          "v(p)w0:99999999999",
                          "v(p)w0 12",
                          "v(p)x0:12"})
    EXPECT_FALSE(is_signature(bad)) << bad;
  EXPECT_FALSE(is_signature(("v(" + std::string(256, 'i') + ")").c_str()));
}

TEST(Format, OnlyModulesWithStructuresAreOfTheMinorVersion) {
  std::string error;
  EXPECT_EQ(0, sample().bytes()[5]);
  ModuleModel model = sample().module;
  model.signatures.push_back("v(p)w0:12");
  const std::vector<uint8_t> bytes = write_module(model, &error);
  EXPECT_EQ(1, bytes.at(5)) << error;
  ReadModule read;
  ASSERT_TRUE(read_module(bytes, &read, &error)) << error;
  EXPECT_EQ("v(p)w0:12", read.model.signatures.back());
}

TEST(Format, Uleb) {
  uint32_t value;
  const uint8_t largest[] = {0xff, 0xff, 0xff, 0xff, 0x0f}, too_large[] = {0xff, 0xff, 0xff, 0xff, 0x1f},
                open[] = {0x80};
  EXPECT_EQ(5u, read_uleb(largest, largest + 5, &value));
  EXPECT_EQ(UINT32_MAX, value);
  EXPECT_EQ(0u, read_uleb(too_large, too_large + 5, &value));
  EXPECT_EQ(0u, read_uleb(open, open + 1, &value));
  EXPECT_EQ(0u, read_uleb(open, open, &value));
}

// The value is the FNV-1a of "strlen\0abs\0" and must never change: it is in modules.
TEST(Format, FingerprintIsStable) {
  EXPECT_EQ(2166136261u, fingerprint_names({}, 0));
  EXPECT_EQ(0xe40c292cu * 16777619u, fingerprint_names({"a"}, 1));
  EXPECT_NE(fingerprint_names({"ab", "c"}, 2), fingerprint_names({"a", "bc"}, 2));
}

TEST(DebugFile, ReadsBackWhatWasWritten) {
  DebugFile debug;
  debug.identity = {1, 2, 3, 4, 5, 6, 7, 8};
  debug.files = {"a.c", "dir/b.c"};
  debug.rows = {{0, 0, 10}, {4, 0, 11}, {20, 1, 3}};
  debug.function_names = {"main", "helper", "main"};
  std::string error;
  std::vector<uint8_t> bytes = write_debug_file(debug, &error);
  DebugFile read;
  ASSERT_TRUE(read_debug_file(bytes, &read, &error)) << error;
  EXPECT_EQ(debug.identity, read.identity);
  EXPECT_EQ(debug.files, read.files);
  EXPECT_EQ(debug.function_names, read.function_names);
  ASSERT_EQ(3u, read.rows.size());
  EXPECT_EQ(11, read.row_at(19)->line);
  EXPECT_EQ(3, read.row_at(1000)->line);
  EXPECT_EQ(10, read.row_at(0)->line);
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(read_debug_file({bytes.begin(), bytes.begin() + (long)size}, &read, &error));
  for (size_t i = 0; i < bytes.size(); ++i)
    for (uint8_t flip : {0x01, 0x80, 0xff}) {
      std::vector<uint8_t> damaged = bytes;
      damaged[i] ^= flip;
      read_debug_file(damaged, &read, &error);
    }
}

TEST(DebugFile, RefusesRowsThatDoNotAscend) {
  DebugFile debug;
  debug.files = {"a.c"};
  debug.rows = {{4, 0, 1}, {0, 0, 2}};
  std::string error;
  EXPECT_TRUE(write_debug_file(debug, &error).empty());
  EXPECT_EQ("debug row 1 names no file or does not ascend", error);
}

} // namespace espb::test
