// SPDX-License-Identifier: Apache-2.0
// The table of everything the host offers to guests, with the part of the library that concerns the run
// itself: memory, exit, errno, time, random numbers, sorting, C++ operators.
#include "espb/host_libc.h"
#include "libc.h"
#include "streams.h"
#include <new>
#include <stdlib.h>
#include <string>
#include <time.h>
#include <vector>

namespace espb::libc {

namespace {

// ---- Memory
// -------------------------------------------------------------------------------------------------------------------------------

constexpr uint32_t kGuestNoMemory = 12; // ENOMEM of newlib and picolibc

GuestAddress allocate_or_errno(Call &call, uint64_t bytes, uint32_t alignment = 16) {
  GuestAddress block = bytes <= UINT32_MAX ? call.allocate((uint32_t)bytes, alignment) : 0;
  if (block == 0)
    call.set_errno(kGuestNoMemory);
  return block;
}

espb_status g_malloc(espb_host_call *c) {
  Call call(c);
  return call.return_u32(allocate_or_errno(call, call.u32()));
}
espb_status g_calloc(espb_host_call *c) {
  Call call(c);
  uint64_t count = call.u32(), bytes = count * call.u32();
  GuestAddress block = allocate_or_errno(call, bytes);
  if (block != 0 && bytes != 0) {
    ESPB_WRITE(p, block, (uint32_t)bytes);
    memset(p, 0, bytes);
  }
  return call.return_u32(block);
}
espb_status resize(Call &call, GuestAddress old, uint64_t bytes) {
  uint32_t old_bytes = 0;
  if (old != 0 && !call.block_bytes(old, &old_bytes))
    return ESPB_TRAP;
  if (old != 0 && bytes <= old_bytes && bytes > old_bytes / 2)
    return call.return_u32(old);
  GuestAddress block = allocate_or_errno(call, bytes);
  if (block != 0 && old != 0) {
    uint32_t kept = bytes < old_bytes ? (uint32_t)bytes : old_bytes;
    memcpy(call.instance().memory + block, call.instance().memory + old, kept);
    call.free(old);
  }
  return call.return_u32(block);
}
espb_status g_realloc(espb_host_call *c) {
  Call call(c);
  GuestAddress old = call.u32();
  return resize(call, old, call.u32());
}
espb_status g_reallocarray(espb_host_call *c) {
  Call call(c);
  GuestAddress old = call.u32();
  uint64_t count = call.u32();
  return resize(call, old, count * call.u32());
}
espb_status g_free(espb_host_call *c) {
  Call call(c);
  GuestAddress block = call.u32();
  return block == 0 || call.free(block) ? ESPB_OK : ESPB_TRAP;
}
espb_status g_memalign(espb_host_call *c) {
  Call call(c);
  uint32_t alignment = call.u32(), bytes = call.u32();
  if (alignment == 0 || (alignment & (alignment - 1)) != 0 || alignment > (1u << 24))
    return call.return_u32(0);
  return call.return_u32(allocate_or_errno(call, bytes, alignment < 16 ? 16 : alignment));
}
espb_status g_new(espb_host_call *c) {
  Call call(c);
  GuestAddress block = call.allocate(call.u32());
  return block != 0 ? call.return_u32(block) : espb_host_abort(c, "operator new: out of memory");
}

// ---- The end of the run, and what is between a guest and its surroundings
// --------------------------------------------------------------------

espb_status g_exit(espb_host_call *c) { return espb_host_exit(c, Call(c).i32()); }
espb_status g_abort(espb_host_call *c) { return espb_host_abort(c, "abort() was called"); }
espb_status g_pure_virtual(espb_host_call *c) { return espb_host_abort(c, "pure virtual function called"); }

espb_status g_assert(espb_host_call *c) {
  Call call(c);
  GuestAddress file = call.u32();
  uint32_t line = call.u32();
  GuestAddress function = call.u32(), expression = call.u32();
  auto text = [&](GuestAddress s) { return s != 0 ? call.string(s) : "?"; };
  const char *file_text = text(file), *function_text = text(function), *expression_text = text(expression);
  if (call.failed())
    return ESPB_TRAP;
  // Must last until the native caller has read it: one per thread of the host.
  static thread_local char message[120];
  snprintf(message, sizeof message, "assertion \"%s\" failed in %s at %s:%u", expression_text, function_text,
           file_text, line);
  return espb_host_abort(c, message);
}

espb_status g_errno(espb_host_call *c) {
  Call call(c);
  if (!call.cell(&call.library().errno_cell, 4))
    return espb_host_abort(c, "no memory for errno");
  return call.return_u32(call.library().errno_cell);
}

espb_status g_clock(espb_host_call *c) { // CLOCKS_PER_SEC is 1000000 on the boards
  return Call(c).return_u32((uint32_t)((uint64_t)clock() * 1000000 / CLOCKS_PER_SEC));
}
espb_status g_time(espb_host_call *c) { // time_t has 64 bits
  Call call(c);
  GuestAddress cell = call.u32();
  uint64_t now = (uint64_t)time(nullptr);
  if (cell != 0) {
    ESPB_WRITE(p, cell, 8);
    memcpy(p, &now, 8);
  }
  return call.return_u64(now);
}

// The boards' C library's generator, so that a program draws the same numbers everywhere.
uint32_t next_random(uint64_t &state) {
  state = state * 6364136223846793005u + 1;
  return (uint32_t)(state >> 32) & 0x7fffffff;
}
espb_status g_rand(espb_host_call *c) {
  Call call(c);
  return call.return_u32(next_random(call.library().random_state));
}
espb_status g_srand(espb_host_call *c) {
  Call call(c);
  call.library().random_state = call.u32();
  return ESPB_OK;
}
espb_status g_rand_r(espb_host_call *c) {
  Call call(c);
  ESPB_WRITE(p, call.u32(), 4);
  uint32_t seed;
  memcpy(&seed, p, 4);
  int64_t s = (int32_t)seed == 0 ? 0x12345987 : (int32_t)seed;
  s = 16807 * (s - (s / 127773) * 127773) - 2836 * (s / 127773);
  if (s < 0)
    s += 0x7fffffff;
  seed = (uint32_t)s;
  memcpy(p, &seed, 4);
  return call.return_u32(seed & 0x7fffffff);
}

// ---- Searching and sorting: the guest compares
// ------------------------------------------------------------------------------------------------

class Comparator {
public:
  Comparator(espb_host_call *c, GuestAddress function) : call_(c), function_(function) {}
  Comparator(espb_host_call *c, GuestAddress function, GuestAddress context)
      : call_(c), function_(function), context_(context), has_context_(true) {}
  // False when the guest trapped.
  bool compare(GuestAddress a, GuestAddress b, int32_t *order) {
    espb_value args[3], result;
    args[0].guest = a;
    args[1].guest = b;
    args[2].guest = context_;
    if (espb_host_call_guest(call_, function_, has_context_ ? "i(ppp)" : "i(pp)", args, 2 + has_context_,
                             &result) != ESPB_OK)
      return false;
    *order = result.i32;
    return true;
  }

private:
  espb_host_call *call_;
  GuestAddress function_, context_ = 0;
  bool has_context_ = false;
};

// Heap sort: in place, no worst case, and never outside the array whatever the guest's function answers.
espb_status sort(Call &call, GuestAddress base, uint32_t count, uint32_t size, Comparator comparator) {
  if (count < 2 || size == 0)
    return ESPB_OK;
  if ((uint64_t)count * size > UINT32_MAX)
    return call.out_of_bounds();
  ESPB_WRITE(bytes, base, count * size);
  auto swap = [&](uint32_t i, uint32_t j) {
    uint8_t *p = bytes + i * size, *q = bytes + j * size;
    for (uint32_t k = 0; k < size; ++k) {
      uint8_t t = p[k];
      p[k] = q[k];
      q[k] = t;
    }
  };
  auto sink = [&](uint32_t root, uint32_t end) {
    for (uint32_t child; (child = 2 * root + 1) < end; root = child) {
      int32_t order;
      if (child + 1 < end) {
        if (!comparator.compare(base + child * size, base + (child + 1) * size, &order))
          return false;
        child += order < 0;
      }
      if (!comparator.compare(base + root * size, base + child * size, &order))
        return false;
      if (order >= 0)
        return true;
      swap(root, child);
    }
    return true;
  };
  for (uint32_t root = count / 2; root-- > 0;)
    if (!sink(root, count))
      return ESPB_TRAP;
  for (uint32_t end = count; --end > 0;) {
    swap(0, end);
    if (!sink(0, end))
      return ESPB_TRAP;
  }
  return ESPB_OK;
}

espb_status g_qsort(espb_host_call *c) {
  Call call(c);
  GuestAddress base = call.u32();
  uint32_t count = call.u32(), size = call.u32();
  return sort(call, base, count, size, Comparator(c, call.u32()));
}
espb_status g_qsort_r(espb_host_call *c) {
  Call call(c);
  GuestAddress base = call.u32();
  uint32_t count = call.u32(), size = call.u32(), function = call.u32();
  return sort(call, base, count, size, Comparator(c, function, call.u32()));
}

espb_status g_bsearch(espb_host_call *c) {
  Call call(c);
  GuestAddress key = call.u32(), base = call.u32();
  uint32_t low = 0, high = call.u32(), size = call.u32();
  Comparator comparator(c, call.u32());
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int32_t order;
    if (!comparator.compare(key, base + middle * size, &order))
      return ESPB_TRAP;
    if (order == 0)
      return call.return_u32(base + middle * size);
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return call.return_u32(0);
}

// ---- Objects
// -----------------------------------------------------------------------------------------------------------------------------------

const uint32_t kStreamWords[3] = {kStdin, kStdout, kStderr};

// newlib's table of character classes: one entry for EOF, then one per byte.
struct CharacterTable {
  uint8_t bytes[257];
};
constexpr CharacterTable make_characters() {
  constexpr uint8_t upper = 1, lower = 2, digit = 4, space = 8, punctuation = 16, control = 32, hex = 64,
                    blank = 128;
  CharacterTable table{};
  for (uint32_t c = 0; c < 128; ++c) {
    uint8_t value = 0;
    if (c == ' ')
      value = space | blank;
    else if (c >= '\t' && c <= '\r')
      value = control | space;
    else if (c < 32 || c == 127)
      value = control;
    else if (c >= '0' && c <= '9')
      value = digit;
    else if (c >= 'A' && c <= 'Z')
      value = c <= 'F' ? upper | hex : upper;
    else if (c >= 'a' && c <= 'z')
      value = c <= 'f' ? lower | hex : lower;
    else
      value = punctuation;
    table.bytes[c + 1] = value;
  }
  return table;
}
constexpr CharacterTable kCharacters = make_characters();

const struct {
  const char *name;
  espb_guest_object object;
} kObjects[] = {{"stdin", {&kStreamWords[0], 4}},
                {"stdout", {&kStreamWords[1], 4}},
                {"stderr", {&kStreamWords[2], 4}},
                {"_ctype_", {&kCharacters, sizeof kCharacters}}};

// The order of names, for the linker's binary search, is made when first asked for.
struct Symbols {
  std::vector<espb_symbol> named;
  std::vector<uint16_t> order;
  espb_symbols symbols;

  Symbols() {
    for (const Entry *list :
         {kFormatEntries, kMathEntries, kComplexEntries, kTimeEntries, kStringEntries, kSystemEntries})
      for (; list->name != nullptr; ++list)
        named.push_back(
            {list->name, reinterpret_cast<const void *>(list->function), ESPB_SYMBOL_HOST_FUNCTION});
    for (const auto &object : kObjects)
      named.push_back({object.name, &object.object, ESPB_SYMBOL_GUEST_OBJECT});
    for (size_t i = 0; i < named.size(); ++i) {
      size_t at = order.size();
      while (at != 0 && strcmp(named[order[at - 1]].name, named[i].name) > 0)
        --at;
      order.insert(order.begin() + (ptrdiff_t)at, (uint16_t)i);
    }
    symbols = {named.data(), (uint32_t)named.size(), nullptr, 0, order.data()};
  }
  const espb_symbol *find(const char *name) const {
    for (const espb_symbol &symbol : named)
      if (strcmp(symbol.name, name) == 0)
        return &symbol;
    return nullptr;
  }
};

const Symbols &all_symbols() {
  static const Symbols symbols;
  return symbols;
}

struct FastTable : espb_fast_table {
  std::string owned_name;
  std::vector<espb_fast_symbol> owned_entries;
};

} // namespace

const Entry kSystemEntries[] = {
    {"malloc", g_malloc},
    {"calloc", g_calloc},
    {"realloc", g_realloc},
    {"reallocarray", g_reallocarray},
    {"free", g_free},
    {"aligned_alloc", g_memalign},
    {"memalign", g_memalign},
    {"exit", g_exit},
    {"_Exit", g_exit},
    {"_exit", g_exit},
    {"abort", g_abort},
    {"__assert_func", g_assert},
    {"__errno", g_errno},
    {"clock", g_clock},
    {"time", g_time},
    {"rand", g_rand},
    {"srand", g_srand},
    {"random", g_rand},
    {"srandom", g_srand},
    {"rand_r", g_rand_r},
    {"qsort", g_qsort},
    {"qsort_r", g_qsort_r},
    {"bsearch", g_bsearch},
    {"_Znwj", g_new},
    {"_Znaj", g_new},
    {"_ZnwjRKSt9nothrow_t", g_malloc},
    {"_ZnajRKSt9nothrow_t", g_malloc},
    {"_ZdlPv", g_free},
    {"_ZdaPv", g_free},
    {"_ZdlPvj", g_free},
    {"_ZdaPvj", g_free},
    {"__cxa_pure_virtual", g_pure_virtual},
    {nullptr, nullptr},
};

} // namespace espb::libc

using namespace espb;

const espb_symbols *espb_host_libc(void) { return &libc::all_symbols().symbols; }

espb_fast_table *espb_host_fast_table(const char *name, const char *const *names, uint32_t count) {
  auto *table = new (std::nothrow) libc::FastTable;
  if (table == nullptr)
    return nullptr;
  table->owned_name = name;
  uint32_t fingerprint = format::kFingerprintBasis;
  for (uint32_t i = 0; i < count; ++i) {
    fingerprint = format::extend_fingerprint(fingerprint, names[i]);
    table->owned_entries.push_back({libc::all_symbols().find(names[i]), fingerprint});
  }
  static_cast<espb_fast_table &>(*table) = {table->owned_name.c_str(), table->owned_entries.data(), count,
                                            ESPB_FAST_TABLE_OF_SYMBOLS};
  return table;
}

void espb_host_fast_table_free(espb_fast_table *table) { delete static_cast<libc::FastTable *>(table); }

void espb_host_set_streams(FILE *in, FILE *out, FILE *err) { libc::streams = {{in, out, err}}; }
