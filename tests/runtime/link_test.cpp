// SPDX-License-Identifier: Apache-2.0
// Linking: each way it fails with its message, and symbol tables made at compile time.
#include "host.h"

#define CONFIG_WITH_ABS 1
#define CONFIG_WITHOUT 0
#define ESPB_SYM_FILE "link_test.sym"
#define ESPB_SYM_TABLE link_test
#include "espb/symbols.hpp"

namespace espb::test {

namespace {

std::string link_error(const Builder &builder, const espb_symbols *symbols, espb_status wanted) {
  Aligned bytes(builder.bytes());
  espb_module *module;
  espb_instance *instance;
  espb_error error;
  EXPECT_EQ(ESPB_OK, espb_module_open(bytes.data(), bytes.size(), &module, &error)) << error.message;
  EXPECT_EQ(wanted, espb_instantiate(module, symbols, nullptr, &instance, &error)) << error.message;
  EXPECT_EQ(wanted == ESPB_OK, instance != nullptr);
  espb_destroy(instance, nullptr);
  EXPECT_EQ(ESPB_OK, espb_module_close(module));
  return error.message;
}

// One import from entry `index` of a table `name`, of which the module knows `names`.
Builder fast_module(const std::string &name, const std::vector<std::string> &names, unsigned index) {
  Builder b;
  b.function(1, 0);
  b.op(kOp_RET);
  unsigned import = b.import("", "i(i)");
  b.module.imports[import].table = 0;
  b.module.imports[import].table_index = (uint16_t)index;
  b.module.symbol_tables.push_back(
      {name, format::fingerprint_names(names, names.size()), (uint16_t)names.size()});
  return b;
}

} // namespace

TEST(Link, MissingNamedSymbol) {
  Builder b = sample();
  unsigned index = b.import("xTimerCreate", "p(piipp)");
  HostSymbols symbols;
  EXPECT_EQ("import " + std::to_string(index) + " \"xTimerCreate\": no such symbol",
            link_error(b, &symbols.get(), ESPB_MISSING_SYMBOL));
  EXPECT_EQ("symbol table \"fast\": this firmware has no such table",
            link_error(b, nullptr, ESPB_MISSING_SYMBOL));
}

TEST(Link, DisabledNamedSymbol) {
  Builder b;
  b.function(1, 0);
  b.op(kOp_RET);
  b.import("gone", "v()");
  const espb_symbol named[] = {{"gone", nullptr, 0}};
  const espb_symbols symbols = {named, 1, nullptr, 0, nullptr};
  EXPECT_EQ("import 0 \"gone\" is disabled in this firmware", link_error(b, &symbols, ESPB_MISSING_SYMBOL));
}

TEST(Link, WeakSymbolsMayBeMissing) {
  Builder b;
  b.function(1, 0);
  b.op(kOp_RET);
  b.module.imports.resize(1);
  b.module.imports[0].name = "gone";
  b.module.imports[0].weak = true;
  EXPECT_EQ("", link_error(b, nullptr, ESPB_OK));
}

TEST(Link, FastTables) {
  const espb_symbols symbols = {nullptr, 0, &espb_symtab_link_test, 1, nullptr};
  EXPECT_EQ("", link_error(fast_module("link_test", {"strlen", "abs"}, 1), &symbols, ESPB_OK));
  // A module built with the table when it was shorter.
  EXPECT_EQ("", link_error(fast_module("link_test", {"strlen"}, 0), &symbols, ESPB_OK));
  EXPECT_EQ("symbol table \"other\": this firmware has no such table",
            link_error(fast_module("other", {"strlen"}, 0), &symbols, ESPB_MISSING_SYMBOL));
  EXPECT_EQ("symbol table \"link_test\": first 2 names differ from the ones the module was built with "
            "(reordered or renamed)",
            link_error(fast_module("link_test", {"abs", "strlen"}, 0), &symbols, ESPB_SYMBOL_MISMATCH));
  EXPECT_EQ("symbol table \"link_test\": the module needs the first 5 entries, this firmware has fewer (it "
            "is older than the module)",
            link_error(fast_module("link_test", {"strlen", "abs", "off", "undefined", "new"}, 0), &symbols,
                       ESPB_SYMBOL_MISMATCH));
  for (unsigned disabled : {2u, 3u})
    EXPECT_EQ("symbol table \"link_test\": entry " + std::to_string(disabled) +
                  " is disabled in this firmware",
              link_error(fast_module("link_test", {"strlen", "abs", "off", "undefined"}, disabled), &symbols,
                         ESPB_MISSING_SYMBOL));
}

TEST(Link, TablesMadeAtCompileTime) {
  EXPECT_STREQ("link_test", espb_symtab_link_test.name);
  ASSERT_EQ(4u, espb_symtab_link_test.count);
  const std::vector<std::string> names = {"strlen", "abs", "off", "undefined"};
  for (uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(format::fingerprint_names(names, i + 1), espb_symtab_link_test.entries[i].fingerprint);
    EXPECT_EQ(names[i], espb_named_link_test.named[i].name);
    EXPECT_EQ(i < 2, espb_symtab_link_test.entries[i].address != nullptr);
    EXPECT_EQ(i < 2, espb_named_link_test.named[i].address != nullptr);
  }
  const uint16_t order[] = {1, 2, 0, 3}; // abs, off, strlen, undefined
  for (uint32_t i = 0; i < 4; ++i)
    EXPECT_EQ(order[i], espb_named_link_test.named_order[i]);
}

// Every name of the host's library is found by the binary search, and none that is not there.
TEST(Link, HostLibraryIsInOrder) {
  const espb_symbols *symbols = espb_host_libc();
  for (uint32_t i = 1; i < symbols->named_count; ++i)
    EXPECT_LT(std::string(symbols->named[symbols->named_order[i - 1]].name),
              symbols->named[symbols->named_order[i]].name);
  Builder b;
  b.function(1, 0);
  b.op(kOp_RET);
  for (uint32_t i = 0; i < symbols->named_count; ++i)
    b.import(symbols->named[i].name, "v()");
  EXPECT_EQ("", link_error(b, symbols, ESPB_OK));
  for (const char *name : {"", "a", "memcpyx", "zzz", "_Znwk"}) {
    Builder bad;
    bad.function(1, 0);
    bad.op(kOp_RET);
    bad.import(name, "v()");
    EXPECT_EQ("import 0 \"" + std::string(name) + "\": no such symbol",
              link_error(bad, symbols, ESPB_MISSING_SYMBOL));
  }
}

// The host offers every name that the boards do: a module runs on all of them.
TEST(Link, HostLibraryHasTheBoardsNames) {
  static const char *const names[] = {
#define ESPB_SYM(name, address) name,
#include "firmware/common/espb_libc.sym"
#undef ESPB_SYM
  };
  const espb_symbols *symbols = espb_host_libc();
  for (const char *name : names) {
    bool found = false;
    for (uint32_t i = 0; i < symbols->named_count; ++i)
      found |= strcmp(symbols->named[i].name, name) == 0;
    EXPECT_TRUE(found) << name;
  }
}

// Hostile names stay on one line of the message and leave room for the reason.
TEST(Link, HostileNames) {
  Builder b;
  b.function(1, 0);
  b.op(kOp_RET);
  b.import("two\nlines\x1b[31m" + std::string(200, 'x'), "v()");
  std::string message = link_error(b, nullptr, ESPB_MISSING_SYMBOL);
  EXPECT_EQ(std::string::npos, message.find('\n'));
  EXPECT_EQ(std::string::npos, message.find('\x1b'));
  EXPECT_NE(std::string::npos, message.find("...\": no such symbol"));
}

} // namespace espb::test
