// SPDX-License-Identifier: Apache-2.0
// The linker: finds the address of every import, by name or by its index in a fast symbol table, and patches
// the pointers of the data block.
#include "instance.h"
#include "message.h"
#include <string.h>

namespace espb {

namespace {

using namespace format;

int32_t compare_names(const char *a, const char *b) {
  for (; *a == *b; ++a, ++b)
    if (*a == '\0')
      return 0;
  return (uint8_t)*a < (uint8_t)*b ? -1 : 1;
}

const espb_symbol *find_named(const espb_symbols &symbols, const char *name) {
  if (symbols.named_order == nullptr) {
    for (uint32_t i = 0; i < symbols.named_count; ++i)
      if (compare_names(symbols.named[i].name, name) == 0)
        return &symbols.named[i];
    return nullptr;
  }
  uint32_t low = 0, high = symbols.named_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    const espb_symbol *symbol = &symbols.named[symbols.named_order[middle]];
    int32_t order = compare_names(symbol->name, name);
    if (order == 0)
      return symbol;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return nullptr;
}

class Linker {
public:
  Linker(Instance &instance, const espb_symbols &symbols, espb_error *error)
      : instance_(instance), module_(*instance.module), symbols_(symbols), error_(error) {}

  espb_status run() {
    check_tables();
    for (uint32_t i = 0; status_ == ESPB_OK && i < module_.import_count(); ++i)
      fill_import(i);
    if (status_ == ESPB_OK)
      relocate();
    return status_;
  }

private:
  // What is wrong with a table, worded around a number when there is one.
  [[gnu::noinline]] void fail_table(espb_status status, uint32_t table, const char *before, uint32_t number,
                                    const char *behind) {
    status_ = report(error_, status, "symbol table %q: %s%v%s", table_name(table), before, number, behind);
  }

  const espb_fast_table *find_table(const char *name) const {
    for (uint32_t i = 0; i < symbols_.fast_count; ++i)
      if (compare_names(symbols_.fast[i].name, name) == 0)
        return &symbols_.fast[i];
    return nullptr;
  }

  const char *table_name(uint32_t index) const {
    return module_.string(table_u16(module_.symbol_table_entry(index) + 6));
  }

  // Every table the module was built with must be here, at least as long, and begin with the same names.
  void check_tables() {
    for (uint32_t i = 0; status_ == ESPB_OK && i < module_.symbol_table_count(); ++i) {
      const uint8_t *entry = module_.symbol_table_entry(i);
      uint32_t length = table_u16(entry + 4);
      const espb_fast_table *table = find_table(table_name(i));
      if (table == nullptr)
        fail_table(ESPB_MISSING_SYMBOL, i, "this firmware has no such table", kNoValue, "");
      else if (table->count < length)
        fail_table(ESPB_SYMBOL_MISMATCH, i, "the module needs the first", length,
                   " entries, this firmware has fewer (it is older than the module)");
      else if (length != 0 && table->entries[length - 1].fingerprint != table_u32(entry))
        fail_table(ESPB_SYMBOL_MISMATCH, i, "first", length,
                   " names differ from the ones the module was built with (reordered or renamed)");
    }
  }

  void fill_import(uint32_t i) {
    const uint8_t *entry = module_.import_entry(i);
    uint32_t name = table_u16(entry), table_index = entry[2];
    ImportSlot &slot = instance_.imports[i];
    // A function that is called with several signatures has several imports.
    for (uint32_t j = 0; j < i; ++j)
      if (memcmp(module_.import_entry(j), entry, 4) == 0) {
        slot = instance_.imports[j];
        slot.signature = (uint16_t)table_u16(entry + 4);
        return;
      }
    slot.signature = (uint16_t)table_u16(entry + 4);
    espb_symbol wrapped = {};
    const espb_symbol *symbol = &wrapped;
    if (table_index == kImportNamed) {
      symbol = find_named(symbols_, module_.string(name));
    } else {
      const espb_fast_table *table = find_table(table_name(table_index));
      wrapped.address = table->entries[name].address;
      if ((table->flags & ESPB_FAST_TABLE_OF_SYMBOLS) != 0)
        symbol = static_cast<const espb_symbol *>(wrapped.address);
    }
    if (symbol != nullptr && symbol->address != nullptr) {
      slot.address = symbol->address;
      static_assert(kImportHostFunction == ESPB_SYMBOL_HOST_FUNCTION);
      slot.flags = symbol->flags & ESPB_SYMBOL_HOST_FUNCTION;
#if !ESPB_PROFILE_NATIVE
      if ((symbol->flags & ESPB_SYMBOL_GUEST_OBJECT) != 0)
        status_ = place_object(i, *static_cast<const espb_guest_object *>(symbol->address));
#endif
    } else if ((entry[3] & kImportWeak) != 0) {
      slot.flags = kImportMissing;
    } else if (table_index != kImportNamed) {
      fail_table(ESPB_MISSING_SYMBOL, table_index, "entry", name, kDisabled);
    } else {
      status_ = report(error_, ESPB_MISSING_SYMBOL, "import %u %q%s", i, module_.string(name),
                       symbol == nullptr ? ": no such symbol" : kDisabled);
    }
  }

#if !ESPB_PROFILE_NATIVE
  // Copies an object into the guest's memory, below the heap; imports of the same object share one copy.
  espb_status place_object(uint32_t index, const espb_guest_object &object) {
    ImportSlot &slot = instance_.imports[index];
    slot.flags |= kImportGuestObject;
    for (uint32_t i = 0; i < index; ++i)
      if ((instance_.imports[i].flags & kImportGuestObject) != 0 && object_sources_match(i, slot.address)) {
        slot.address = instance_.imports[i].address;
        return ESPB_OK;
      }
    GuestAddress address = (instance_.heap_base + 7) & ~7u;
    if (address > instance_.heap_end || object.size > instance_.heap_end - address)
      return no_memory(error_, "an imported object", object.size);
    memcpy(instance_.memory + address, object.bytes, object.size);
    instance_.heap_base = address + object.size;
    slot.address = instance_.memory + address;
    return ESPB_OK;
  }

  // Whether import `index`, already linked, names the symbol whose descriptor is `source`.
  bool object_sources_match(uint32_t index, const void *source) {
    const uint8_t *entry = module_.import_entry(index);
    if (entry[2] != kImportNamed) {
      const espb_fast_table *table = find_table(table_name(entry[2]));
      return (table->flags & ESPB_FAST_TABLE_OF_SYMBOLS) != 0 &&
             static_cast<const espb_symbol *>(table->entries[table_u16(entry)].address)->address == source;
    }
    const espb_symbol *symbol = find_named(symbols_, module_.string(table_u16(entry)));
    return symbol != nullptr && symbol->address == source;
  }
#endif

  static constexpr char kDisabled[] = " is disabled in this firmware";

  void relocate() {
    const uint8_t *p = module_.image.section(kSectionRelocations),
                  *end = p + module_.image.section_bytes(kSectionRelocations);
    uint8_t *place = instance_.data;
    Thread &thread = instance_.main;
    while (p < end) {
      uint32_t kind = *p++, delta = 0;
      p += read_uleb(p, end, &delta);
      place += delta;
      // The verifier has seen to it that the position is a multiple of 4, and the data block is aligned.
      typedef uint32_t __attribute__((may_alias)) Cell;
      Cell &cell = *static_cast<Cell *>(static_cast<void *>(place));
      uint32_t word = cell;
      switch (kind) {
      case kRelocationData:
        word += thread.data_base;
        break;
      case kRelocationRodata:
        word += thread.rodata_base;
        break;
      case kRelocationFunction:
        word = callable_address(thread, word);
        break;
      default:
        word = import_address(thread, word & 0xffff) + (word >> 16);
        break;
      }
      cell = word;
    }
  }

  Instance &instance_;
  const Module &module_;
  const espb_symbols &symbols_;
  espb_error *error_;
  espb_status status_ = ESPB_OK;
};

} // namespace

espb_status link(Instance &instance, const espb_symbols &symbols, espb_error *error) {
  return Linker(instance, symbols, error).run();
}

} // namespace espb
