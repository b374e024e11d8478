// SPDX-License-Identifier: Apache-2.0
// symbols.hpp - makes symbol tables out of a .sym file, at compile time. Include it once per file:
//
//     #define ESPB_SYM_FILE "idf_fast.sym"   // ESPB_SYM("name", address) and ESPB_SYM_OPT(CONFIG_X, "name",
//     address) lines #define ESPB_SYM_TABLE idf_fast        // the table's name, in modules too #include
//     "espb/symbols.hpp"
//
// Then `espb_symtab_idf_fast` is the espb_fast_table, and `espb_named_idf_fast` an espb_symbols (without fast
// tables) that offers the same symbols by name, quick to search. What is not used takes no flash.
//
// An entry whose CONFIG is undefined or 0 keeps its index with a null address; its address expression is not
// compiled at all, so it need not be declared. Enabled is what is defined as 1.
#ifndef ESPB_SYMBOLS_HPP
#define ESPB_SYMBOLS_HPP

#include "espb/espb.h"

// 1 when the macro `config` is defined as 1, else 0.
#define ESPB_SYM_ENABLED(config) ESPB_SYM_ENABLED_1(config)
#define ESPB_SYM_ENABLED_1(value) ESPB_SYM_ENABLED_2(ESPB_SYM_PAD_##value)
#define ESPB_SYM_PAD_1 unused,
#define ESPB_SYM_ENABLED_2(pad) ESPB_SYM_SECOND(pad 1, 0)
#define ESPB_SYM_SECOND(...) ESPB_SYM_SECOND_1(__VA_ARGS__, unused)
#define ESPB_SYM_SECOND_1(first, second, ...) second

#define ESPB_SYM_JOIN(a, b) ESPB_SYM_JOIN_1(a, b)
#define ESPB_SYM_JOIN_1(a, b) a##b
#define ESPB_SYM_TEXT(a) ESPB_SYM_TEXT_1(a)
#define ESPB_SYM_TEXT_1(a) #a

// The address of an entry: the expression when enabled, else nothing of it.
#define ESPB_SYM_ADDRESS(enabled, address) ESPB_SYM_JOIN(ESPB_SYM_ADDRESS_, enabled)(address)
#define ESPB_SYM_ADDRESS_0(address) nullptr
#define ESPB_SYM_ADDRESS_1(address) (const void *)(address)

namespace espb::symbols {

// Prefix fingerprints and the order of N names.
template <uint32_t N> struct Derived {
  uint32_t fingerprints[N];
  uint16_t order[N];
  bool duplicates;
};

constexpr int compare(const char *a, const char *b) {
  for (; *a == *b; ++a, ++b)
    if (*a == '\0')
      return 0;
  return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
}

template <uint32_t N> constexpr Derived<N> derive(const char *const (&names)[N]) {
  static_assert(N <= 0xffff, "a symbol table has at most 65535 entries");
  Derived<N> d{};
  uint32_t fingerprint = 2166136261u; // FNV-1a: docs/format.md
  for (uint32_t i = 0; i < N; ++i) {
    const char *c = names[i];
    do {
      fingerprint = (fingerprint ^ (unsigned char)*c) * 16777619u;
    } while (*c++ != '\0');
    d.fingerprints[i] = fingerprint;
  }
  // A merge sort of indices: hundreds of names must not exhaust the compiler's steps.
  uint16_t other[N] = {};
  for (uint32_t i = 0; i < N; ++i)
    d.order[i] = (uint16_t)i;
  for (uint32_t width = 1; width < N; width *= 2) {
    for (uint32_t begin = 0; begin < N; begin += 2 * width) {
      uint32_t middle = begin + width < N ? begin + width : N,
               end = begin + 2 * width < N ? begin + 2 * width : N;
      uint32_t a = begin, b = middle;
      for (uint32_t i = begin; i < end; ++i)
        other[i] = a < middle && (b >= end || compare(names[d.order[a]], names[d.order[b]]) <= 0)
                       ? d.order[a++]
                       : d.order[b++];
    }
    for (uint32_t i = 0; i < N; ++i)
      d.order[i] = other[i];
  }
  for (uint32_t i = 1; i < N; ++i)
    d.duplicates |= compare(names[d.order[i - 1]], names[d.order[i]]) == 0;
  return d;
}

} // namespace espb::symbols

#endif // ESPB_SYMBOLS_HPP

#ifdef ESPB_SYM_FILE
#ifndef ESPB_SYM_TABLE
#error "define ESPB_SYM_TABLE, the name of the symbol table, before including espb/symbols.hpp"
#endif

#define ESPB_SYM_DERIVED ESPB_SYM_JOIN(espb_symbols_derived_, ESPB_SYM_TABLE)
#define ESPB_SYM_NAMES ESPB_SYM_JOIN(espb_symbols_names_, ESPB_SYM_TABLE)
#define ESPB_SYM_ENTRIES ESPB_SYM_JOIN(espb_symbols_entries_, ESPB_SYM_TABLE)
#define ESPB_SYM_LIST ESPB_SYM_JOIN(espb_symbols_list_, ESPB_SYM_TABLE)

#define ESPB_SYM(name, address) name,
#define ESPB_SYM_OPT(config, name, address) name,
static constexpr const char *ESPB_SYM_NAMES[] = {
#include ESPB_SYM_FILE
};
#undef ESPB_SYM
#undef ESPB_SYM_OPT
static constexpr auto ESPB_SYM_DERIVED = espb::symbols::derive(ESPB_SYM_NAMES);
static_assert(!ESPB_SYM_DERIVED.duplicates, "a name stands twice in " ESPB_SYM_FILE);

// Every use of the counter from here on is one entry's index, in order.
enum { ESPB_SYM_JOIN(espb_symbols_base_, ESPB_SYM_TABLE) = __COUNTER__ + 1 };
#define ESPB_SYM_FINGERPRINT                                                                                 \
  ESPB_SYM_DERIVED.fingerprints[__COUNTER__ - ESPB_SYM_JOIN(espb_symbols_base_, ESPB_SYM_TABLE)]
#define ESPB_SYM(name, address) {(const void *)(address), ESPB_SYM_FINGERPRINT},
#define ESPB_SYM_OPT(config, name, address)                                                                  \
  {ESPB_SYM_ADDRESS(ESPB_SYM_ENABLED(config), address), ESPB_SYM_FINGERPRINT},
[[maybe_unused]] static const espb_fast_symbol ESPB_SYM_ENTRIES[] = {
#include ESPB_SYM_FILE
};
#undef ESPB_SYM
#undef ESPB_SYM_OPT
[[maybe_unused]] static constexpr espb_fast_table ESPB_SYM_JOIN(espb_symtab_, ESPB_SYM_TABLE) = {
    ESPB_SYM_TEXT(ESPB_SYM_TABLE), ESPB_SYM_ENTRIES, sizeof ESPB_SYM_NAMES / sizeof ESPB_SYM_NAMES[0], 0};

#define ESPB_SYM(name, address) {name, (const void *)(address), 0},
#define ESPB_SYM_OPT(config, name, address) {name, ESPB_SYM_ADDRESS(ESPB_SYM_ENABLED(config), address), 0},
[[maybe_unused]] static const espb_symbol ESPB_SYM_LIST[] = {
#include ESPB_SYM_FILE
};
#undef ESPB_SYM
#undef ESPB_SYM_OPT
[[maybe_unused]] static constexpr espb_symbols ESPB_SYM_JOIN(espb_named_, ESPB_SYM_TABLE) = {
    ESPB_SYM_LIST, sizeof ESPB_SYM_NAMES / sizeof ESPB_SYM_NAMES[0], nullptr, 0, ESPB_SYM_DERIVED.order};

#undef ESPB_SYM_DERIVED
#undef ESPB_SYM_NAMES
#undef ESPB_SYM_ENTRIES
#undef ESPB_SYM_LIST
#undef ESPB_SYM_FINGERPRINT
#undef ESPB_SYM_TABLE
#undef ESPB_SYM_FILE
#endif // ESPB_SYM_FILE
