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
    if (espb_status status = check_tables(); status != ESPB_OK)
      return status;
    if (espb_status status = fill_imports(); status != ESPB_OK)
      return status;
    relocate();
    return ESPB_OK;
  }

private:
  const espb_fast_table *find_table(const char *name) const {
    for (uint32_t i = 0; i < symbols_.fast_count; ++i)
      if (compare_names(symbols_.fast[i].name, name) == 0)
        return &symbols_.fast[i];
    return nullptr;
  }

  const char *table_name(uint32_t index) const {
    return module_.string(read_u16(module_.symbol_table_entry(index) + 6));
  }

  Message &table_error(Message &message, uint32_t index) {
    return message.text("symbol table ").quoted(table_name(index)).text(": ");
  }

  // Every table the module was built with must be here, at least as long, and begin with the same names.
  espb_status check_tables() {
    for (uint32_t i = 0; i < module_.symbol_table_count(); ++i) {
      const uint8_t *entry = module_.symbol_table_entry(i);
      uint32_t length = read_u16(entry + 4);
      const espb_fast_table *table = find_table(table_name(i));
      if (table == nullptr) {
        Message message(error_, ESPB_MISSING_SYMBOL);
        return table_error(message, i).text("this firmware has no such table");
      }
      if (table->count < length) {
        Message message(error_, ESPB_SYMBOL_MISMATCH);
        return table_error(message, i)
            .text("has ")
            .number(table->count)
            .text(" entries, the module needs ")
            .number(length)
            .text(" (firmware older than the module)");
      }
      if (length != 0 && table->entries[length - 1].fingerprint != read_u32(entry)) {
        Message message(error_, ESPB_SYMBOL_MISMATCH);
        return table_error(message, i)
            .text("first ")
            .number(length)
            .text(" names differ from the ones the module was built with (reordered or renamed)");
      }
    }
    return ESPB_OK;
  }

  espb_status fill_imports() {
    for (uint32_t i = 0; i < module_.import_count(); ++i) {
      const uint8_t *entry = module_.import_entry(i);
      ImportSlot &slot = instance_.imports[i];
      slot = {nullptr, (uint16_t)read_u16(entry + 4), 0};
      espb_symbol wrapped;
      const espb_symbol *symbol;
      if (entry[2] == kImportNamed) {
        symbol = find_named(symbols_, module_.string(read_u16(entry)));
      } else {
        const espb_fast_table *table = find_table(table_name(entry[2]));
        wrapped = {nullptr, table->entries[read_u16(entry)].address, 0};
        symbol = (table->flags & ESPB_FAST_TABLE_OF_SYMBOLS) != 0
                     ? static_cast<const espb_symbol *>(wrapped.address)
                     : &wrapped;
      }
      if (symbol != nullptr && symbol->address != nullptr) {
        slot.address = symbol->address;
        if ((symbol->flags & ESPB_SYMBOL_HOST_FUNCTION) != 0)
          slot.flags = kImportHostFunction;
#if !ESPB_PROFILE_NATIVE
        if ((symbol->flags & ESPB_SYMBOL_GUEST_OBJECT) != 0)
          if (espb_status status = place_object(i, *static_cast<const espb_guest_object *>(symbol->address));
              status != ESPB_OK)
            return status;
#endif
      } else if ((entry[3] & kImportWeak) != 0) {
        slot.flags = kImportMissing;
      } else {
        Message message(error_, ESPB_MISSING_SYMBOL);
        if (entry[2] == kImportNamed) {
          message.text("import ").number(i).text(" ").quoted(module_.string(read_u16(entry)));
          return message.text(symbol == nullptr ? ": no such symbol" : ": disabled in this firmware");
        }
        return table_error(message, entry[2])
            .text("entry ")
            .number(read_u16(entry))
            .text(" is disabled in this firmware");
      }
    }
    return ESPB_OK;
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
             static_cast<const espb_symbol *>(table->entries[read_u16(entry)].address)->address == source;
    }
    const espb_symbol *symbol = find_named(symbols_, module_.string(read_u16(entry)));
    return symbol != nullptr && symbol->address == source;
  }
#endif

  void relocate() {
    const uint8_t *p = module_.image.section(kSectionRelocations),
                  *end = p + module_.image.section_bytes(kSectionRelocations);
    uint8_t *place = instance_.data;
    Thread &thread = instance_.main;
    while (p < end) {
      uint32_t kind = *p++, delta = 0;
      p += read_uleb(p, end, &delta);
      place += delta;
      uint32_t word;
      memcpy(&word, place, 4);
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
      memcpy(place, &word, 4);
    }
  }

  Instance &instance_;
  const Module &module_;
  const espb_symbols &symbols_;
  espb_error *error_;
};

} // namespace

espb_status link(Instance &instance, const espb_symbols &symbols, espb_error *error) {
  return Linker(instance, symbols, error).run();
}

} // namespace espb
