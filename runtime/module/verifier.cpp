// SPDX-License-Identifier: Apache-2.0
// The verifier: one linear pass over a module that is hostile until it has passed. Each check stands in one
// place; docs/verifier.md lists them. It shares nothing with the code generators; what an instruction looks
// like comes from isa/isa.h.
#include "../../isa/isa.h"
#include "espb/port.h"
#include "instance.h"
#include "message.h"
#include <string.h>

namespace espb {

namespace {

using namespace format;

// Sizes beyond these are refused before anything is allocated.
constexpr uint32_t kMaxDataBytes = 1u << 26;
constexpr uint32_t kMaxStackBytes = 1u << 24;
constexpr uint32_t kMaxRegisterWords = 1u << 22;

// What the walk over the fields of one instruction begins with: how many of its first fields are single
// registers, which are most of all fields. Derived from the formats at compile time.
struct LeadingRegisters {
  uint8_t count[sizeof kInstructionFormats / sizeof kInstructionFormats[0]];
};
constexpr LeadingRegisters count_leading_registers() {
  LeadingRegisters leading{};
  for (size_t i = 0; i < sizeof leading.count; ++i)
    while (leading.count[i] < kMaxFields && kInstructionFormats[i].fields[leading.count[i]] == FieldKind::r)
      ++leading.count[i];
  return leading;
}
constexpr LeadingRegisters kLeading = count_leading_registers();

// The field walk relies on a `none` after the last field.
constexpr bool all_formats_end() {
  for (const InstructionInfo &info : kInstructionFormats)
    if (info.fields[kMaxFields - 1] != FieldKind::none)
      return false;
  return true;
}
static_assert(all_formats_end(), "an instruction has kMaxFields fields: raise kMaxFields");

class Verifier {
public:
  Verifier(const Module &module, espb_error *error) : module_(module), error_(error) {}

  espb_status run() {
    using Step = bool (Verifier::*)();
    static constexpr Step steps[] = {
        &Verifier::check_memory,  &Verifier::check_functions, &Verifier::check_signatures,
        &Verifier::check_imports, &Verifier::check_callables, &Verifier::check_relocations,
        &Verifier::check_exports, &Verifier::check_lists,     &Verifier::check_code};
    for (Step step : steps)
      if (!(this->*step)())
        return status_;
    return ESPB_OK;
  }

private:
  // ---- Reporting
  // ------------------------------------------------------------------------------------------------------------

  // "import 3: what" and a number when it says more.
  bool fail(const char *table, uint32_t index, const char *what, uint32_t value = kNoValue) {
    Message message(error_, ESPB_BAD_MODULE);
    message.text(table);
    if (index != kNoValue)
      message.text(" ").number(index);
    message.text(": ").text(what);
    if (value != kNoValue)
      message.text(" ").number(value);
    status_ = message;
    return false;
  }

  // Code: `at` is the first byte of the instruction.
  bool fail_code(const uint8_t *at, const char *what, uint32_t value = kNoValue) {
    Message message(error_, ESPB_BAD_MODULE);
    message.at(function_, (uint32_t)(at - module_.code())).text(": ").text(what);
    if (value != kNoValue)
      message.text(" ").number(value);
    status_ = message;
    return false;
  }

  // ---- Tables
  // ---------------------------------------------------------------------------------------------------------------

  bool is_string(uint32_t offset) const { return offset < module_.image.section_bytes(kSectionStrings); }

  static bool is_alignment(uint32_t align) {
    return align >= 4 && align <= 4096 && (align & (align - 1)) == 0;
  }

  bool check_memory() {
    const MemoryInfo &m = module_.memory;
    if (m.data_bytes != module_.image.section_bytes(kSectionData) || m.data_bytes > m.data_total)
      return fail("memory", kNoValue, "data sizes contradict each other");
    if (!is_alignment(m.data_align) || !is_alignment(m.rodata_align))
      return fail("memory", kNoValue, "alignment is not a power of two from 4 to 4096");
    if (m.data_total > kMaxDataBytes || m.stack_bytes > kMaxStackBytes ||
        m.register_stack_words > kMaxRegisterWords)
      return fail("memory", kNoValue, "unreasonable size of data or stacks");
    return true;
  }

  bool check_functions() {
    uint32_t count = module_.function_count();
    if (count > 0xffff)
      return fail("functions", kNoValue, "too many:", count);
    uint32_t previous = 0;
    for (uint32_t i = 0; i < count; ++i) {
      FunctionInfo f = module_.function(i);
      if (i == 0 ? f.code_offset != 0 : f.code_offset <= previous)
        return fail("function", i, "code offset does not ascend:", f.code_offset);
      if (f.code_offset >= module_.code_bytes())
        return fail("function", i, "begins behind the end of the code:", f.code_offset);
      previous = f.code_offset;
      if (f.window_words - 1 >= kMaxWindowWords)
        return fail("function", i, "bad window words", f.window_words);
      if (f.argument_words > kMaxArgumentWords || f.argument_words > f.window_words)
        return fail("function", i, "bad argument words", f.argument_words);
      if ((f.flags & kFunctionResultMask) > 2 || f.flags >= 2 * kFunctionLeaf)
        return fail("function", i, "bad flags", f.flags);
    }
    return true;
  }

  bool check_signatures() {
    uint32_t count = module_.signature_count();
    if (count >= kNoSignature)
      return fail("signatures", kNoValue, "too many:", count);
    const uint8_t *p = module_.image.section(kSectionSignatures);
    for (uint32_t i = 0; i < count; ++i, p += kSignatureBytes) {
      if (!is_string(read_u16(p)))
        return fail("signature", i, "outside the strings");
      if (!is_signature(module_.string(read_u16(p))))
        return fail("signature", i, "is none");
    }
    return true;
  }

  bool check_imports() {
    for (uint32_t i = 0; i < module_.symbol_table_count(); ++i)
      if (!is_string(read_u16(module_.symbol_table_entry(i) + 6)))
        return fail("symbol table", i, "name is outside the strings");
    if (module_.import_count() > 0xffff)
      return fail("imports", kNoValue, "too many:", module_.import_count());
    for (uint32_t i = 0; i < module_.import_count(); ++i) {
      const uint8_t *p = module_.import_entry(i);
      if (p[2] == kImportNamed) {
        if (!is_string(read_u16(p)))
          return fail("import", i, "name is outside the strings");
      } else if (p[2] >= module_.symbol_table_count()) {
        return fail("import", i, "no such symbol table:", p[2]);
      } else if (read_u16(p) >= read_u16(module_.symbol_table_entry(p[2]) + 4)) {
        return fail("import", i,
                    "beyond the prefix of its symbol table that the module was built with:", read_u16(p));
      }
      uint32_t signature = read_u16(p + 4);
      if (signature != kNoSignature && signature >= module_.signature_count())
        return fail("import", i, "no such signature:", signature);
      if ((p[3] & ~(kImportWeak | kImportAddressOnly)) != 0 || read_u16(p + 6) != 0)
        return fail("import", i, "unknown flags");
    }
    return true;
  }

  bool check_callables() {
    if (module_.callable_count() > 0xffff)
      return fail("callables", kNoValue, "too many:", module_.callable_count());
    for (uint32_t i = 0; i < module_.callable_count(); ++i) {
      const uint8_t *p = module_.callable_entry(i);
      if (read_u16(p) >= module_.function_count())
        return fail("callable", i, "no such function:", read_u16(p));
      if (read_u16(p + 2) >= module_.signature_count())
        return fail("callable", i, "no such signature:", read_u16(p + 2));
    }
    return true;
  }

  bool check_relocations() {
    const uint8_t *p = module_.image.section(kSectionRelocations),
                  *end = p + module_.image.section_bytes(kSectionRelocations);
    const uint8_t *data = module_.image.section(kSectionData);
    uint32_t position = 0;
    for (uint32_t i = 0; p < end; ++i) {
      uint32_t kind = *p++, delta, length = read_uleb(p, end, &delta);
      if (length == 0 || kind > kRelocationImport)
        return fail("relocation", i, "damaged");
      p += length;
      // Both are at most 2^26, so the sum does not wrap.
      if (delta > kMaxDataBytes || (position += delta) % 4 != 0 || position + 4 > module_.memory.data_bytes ||
          (i != 0 && delta == 0))
        return fail("relocation", i, "position is unaligned, repeated or outside the data:", position);
      uint32_t word = read_u32(data + position);
      if (kind == kRelocationFunction && word >= module_.callable_count())
        return fail("relocation", i, "no such callable:", word);
      if (kind == kRelocationImport && (word & 0xffff) >= module_.import_count())
        return fail("relocation", i, "no such import:", word & 0xffff);
    }
    return true;
  }

  bool check_exports() {
    for (uint32_t i = 0; i < module_.export_count(); ++i) {
      const uint8_t *p = module_.export_entry(i);
      if (!is_string(read_u16(p)))
        return fail("export", i, "name is outside the strings");
      if (p[3] != 0 || p[2] > kExportRodata)
        return fail("export", i, "unknown kind", p[2]);
      if (p[2] == kExportFunction) {
        if (read_u16(p + 4) >= module_.function_count())
          return fail("export", i, "no such function:", read_u16(p + 4));
        if (read_u16(p + 6) >= module_.signature_count())
          return fail("export", i, "no such signature:", read_u16(p + 6));
      } else if (read_u32(p + 4) > segment_bytes(p[2] == kExportData)) {
        return fail("export", i, "outside its segment:", read_u32(p + 4));
      }
    }
    return true;
  }

  // Initialisers and finalisers are called without arguments; hot functions only have to exist.
  bool check_lists() {
    static constexpr SectionKind lists[] = {kSectionInitialisers, kSectionFinalisers, kSectionHotFunctions};
    for (SectionKind kind : lists) {
      uint32_t entry = kind == kSectionHotFunctions ? kHotFunctionBytes : kInitialiserBytes;
      for (uint32_t i = 0; i < module_.count(kind, entry); ++i) {
        uint32_t index = read_u16(module_.image.section(kind) + entry * i);
        if (index >= module_.function_count())
          return fail(section_name(kind), i, "no such function:", index);
        if (kind != kSectionHotFunctions && module_.function(index).argument_words != 0)
          return fail(section_name(kind), i, "takes arguments: function", index);
      }
    }
    return true;
  }

  uint32_t segment_bytes(bool data) const {
    return data ? module_.memory.data_total : module_.image.section_bytes(kSectionRodata);
  }

  // ---- Code
  // -------------------------------------------------------------------------------------------------------------------

  // One bit per byte of the function at hand. A word ahead of the walk holds the targets of forward branches;
  // behind it, the places a branch may go to: instructions that do not read acc.
  uint32_t *bits_ = nullptr;
  uint32_t bits_index_; // the word the walk is in
  uint32_t bits_word_;  // its places so far, not yet in bits_

  bool check_code() {
    uint32_t largest = 0;
    for (uint32_t i = 0; i < module_.function_count(); ++i) {
      uint32_t bytes = module_.function_end(i) - module_.function(i).code_offset;
      largest = bytes > largest ? bytes : largest;
    }
    uint32_t words = largest / 32 + 1;
    bits_ = static_cast<uint32_t *>(allocate(4 * words, 4));
    if (bits_ == nullptr) {
      status_ = no_memory(error_, "checking the code", 4 * words);
      return false;
    }
    bool good = true;
    for (function_ = 0; good && function_ < module_.function_count(); ++function_)
      good = check_function();
    release(bits_);
    return good;
  }

  // Which byte values name a register of the window, indexed by the byte: bit 0 for a single one, bit 1 for
  // the first of a pair.
  void map_registers(uint32_t window_words) {
    uint32_t beyond = window_words + kLinkWords + kOutWords;
    for (uint32_t i = mapped_window_; i < beyond; ++i)
      registers_[4 * i] = 3;
    for (uint32_t i = window_words; i < window_words + kLinkWords; ++i)
      registers_[4 * i] = 0;
    for (uint32_t i = beyond; i < mapped_beyond_; ++i)
      registers_[4 * i] = 0;
    registers_[4 * (window_words - 1)] = 1;
    registers_[4 * (beyond - 1)] = 1;
    // What the next call has to set again: from the first entry that is not 3 as an inner register's.
    mapped_window_ = window_words - 1;
    mapped_beyond_ = beyond;
  }

  bool check_function() {
    info_ = module_.function(function_);
    begin_ = body_ = module_.code() + info_.code_offset;
    end_ = module_.code() + module_.function_end(function_);
    branched_ = entered_ = false;
    map_registers(info_.window_words);
    memset(bits_, 0, 4 * ((uint32_t)(end_ - begin_) / 32 + 1));
    bits_index_ = bits_word_ = 0;

    uint32_t flags = 0; // of the instruction before
    for (const uint8_t *at = begin_; at < end_;) {
      uint32_t page = 0, opcode = *at;
      uint32_t format = opcode < sizeof kPage0Formats ? kPage0Formats[opcode] : 0xffu;
      if (opcode == 0xff) {
        page = 1;
        opcode = at + 1 < end_ ? at[1] : 0xff;
        format = opcode < sizeof kPage1Formats ? kPage1Formats[opcode] : 0xffu;
      }
      if (format == 0xff)
        return fail_code(at, "unknown instruction", page * 0xff00 + opcode);
      const InstructionInfo &info = kInstructionFormats[format];
      if (info.length > (uint32_t)(end_ - at))
        return fail_code(at, "instruction is cut off by the end of the function");

      uint32_t offset = (uint32_t)(at - begin_);
      if (offset >> 5 != bits_index_ && !flush_bits(offset >> 5))
        return false;
      if ((info.flags & (kReadsAcc | kInternal)) == 0)
        bits_word_ |= 1u << (offset & 31);
      else if ((info.flags & kInternal) != 0)
        return fail_code(at, "instruction is reserved for the runtime");
      else if ((flags & kWritesAcc) == 0)
        return fail_code(at, "acc is read but the instruction before does not write it");
      flags = info.flags;

      const uint8_t *field = at + opcode_bytes(page);
      const FieldKind *kind = info.fields;
      uint32_t good = 1;
      for (uint32_t n = kLeading.count[format]; n != 0; --n, ++kind)
        good &= registers_[*field++];
      if (good == 0)
        return fail_code(at, "register outside the window of words:", info_.window_words);
      at_ = at;
      length_ = info.length;
      for (; *kind != FieldKind::none; field += field_bytes(*kind), ++kind)
        if ((uint32_t)*kind - (uint32_t)FieldKind::s8 > (uint32_t)FieldKind::l32 - (uint32_t)FieldKind::s8 &&
            !check_field(*kind, field))
          return false;
      if ((flags & kTerminator) != 0) {
        branched_ = true;
        // `ret` without an operand leaves the frame standing; one with it has been checked against the table
        // already.
        if ((flags & kReturn) != 0 && info_.frame_units != 0 && info_.frame_units != kFrameTooLarge &&
            (!entered_ || info.fields[0] == FieldKind::none))
          return fail_code(at, "return does not fit the frame");
      }
      at += length_;
    }
    if ((flags & kBarrier) == 0)
      return fail_code(end_ - 1, "control falls off the end of the function");
    return flush_bits((uint32_t)(end_ - begin_) / 32 + 1);
  }

  // Ends the words up to `next`: what they hold as targets must be places.
  bool flush_bits(uint32_t next) {
    for (; bits_index_ < next; ++bits_index_) {
      uint32_t wrong = bits_[bits_index_] & ~bits_word_;
      if (wrong != 0)
        return fail_code(begin_ + 32 * bits_index_ + (uint32_t)__builtin_ctz(wrong), kBadTarget);
      bits_[bits_index_] = bits_word_;
      bits_word_ = 0;
    }
    return true;
  }

  bool check_target(int32_t displacement) {
    // Where a branch may go: behind enter, which must run once. Compared as offsets: a displacement can be
    // anything.
    int32_t target = (int32_t)(at_ - begin_) + displacement;
    if (target < (int32_t)(body_ - begin_) || target >= (int32_t)(end_ - begin_))
      return fail_code(at_, "branch leaves the function's body");
    // Fuel is charged by distance: such a branch would be free, so it could spin past fuel and stop. `nop`
    // before it does.
    if (displacement == 0)
      return fail_code(at_, "branch to itself could not be stopped");
    uint32_t index = (uint32_t)target >> 5, bit = 1u << (target & 31);
    if (displacement > 0)
      bits_[index] |= bit;
    else if (((index == bits_index_ ? bits_word_ : bits_[index]) & bit) == 0)
      return fail_code(begin_ + target, kBadTarget);
    return true;
  }

  bool check_table(uint32_t entry_bytes, uint32_t count) {
    uint32_t table = (count + 1) * entry_bytes; // default and cases
    const uint8_t *p = at_ + length_;
    if (table > (uint32_t)(end_ - p))
      return fail_code(at_, "switch table is cut off by the end of the function; cases:", count);
    for (const uint8_t *table_end = p + table; p < table_end; p += entry_bytes)
      if (!check_target(entry_bytes == 2 ? read_s16(p) : read_s32(p)))
        return false;
    length_ += table;
    return true;
  }

  bool check_frame(uint32_t units) {
    if (units != info_.frame_units || info_.frame_units == kFrameTooLarge)
      return fail_code(at_, "frame differs from the function table's; 16-byte units:", units);
    return true;
  }

  bool check_index(uint32_t index, uint32_t count, const char *what) {
    return index < count || fail_code(at_, what, index);
  }

  bool check_field(FieldKind kind, const uint8_t *field) {
    switch (kind) {
    case FieldKind::r:
      return (registers_[*field] & 1) != 0 || fail_code(at_, "register outside the window:", *field / 4u);
    case FieldKind::p:
      return (registers_[*field] & 2) != 0 ||
             fail_code(at_, "register pair outside the window:", *field / 4u);
    case FieldKind::sh5:
      return *field < 32 || fail_code(at_, "shift by", *field);
    case FieldKind::sh6:
      return *field < 64 || fail_code(at_, "shift by", *field);
    case FieldKind::wid: // the field before is the lowest bit
      return (*field >= 1 && field[-1] + *field <= 32) ||
             fail_code(at_, "bit field ends at bit", field[-1] + *field);
    case FieldKind::spo:
      return true;
    case FieldKind::frm:
    case FieldKind::frm16: {
      if (!check_frame(kind == FieldKind::frm ? *field : read_u16(field)))
        return false;
      if ((info_of_at().flags & kReturn) != 0)
        return true;
      if (branched_ || entered_)
        return fail_code(at_, "enter is not in the function's first block, or repeated");
      entered_ = true;
      body_ = at_ + length_;
      return true;
    }
    case FieldKind::d8:
      return check_target(read_s8(field));
    case FieldKind::d16:
      return check_target(read_s16(field));
    case FieldKind::d32:
      return check_target(read_s32(field));
    case FieldKind::win:
      return *field == 4 * (info_.window_words + kLinkWords) ||
             fail_code(at_, "call with a wrong window step:", *field);
    case FieldKind::fn8:
      return check_index(*field, module_.function_count(), kNoFunction);
    case FieldKind::fn16:
      return check_index(read_u16(field), module_.function_count(), kNoFunction);
    case FieldKind::imp8:
      return check_import(*field, true);
    case FieldKind::imp16:
      return check_import(read_u16(field), (info_of_at().flags & kCall) != 0);
    case FieldKind::sig8:
      return check_index(*field, module_.signature_count(), kNoSuchSignature);
    case FieldKind::sig16:
      return check_index(read_u16(field), module_.signature_count(), kNoSuchSignature);
    case FieldKind::cal16:
      return check_index(read_u16(field), module_.callable_count(), "no such callable:");
    case FieldKind::dat16:
      return check_offset(read_u16(field), true);
    case FieldKind::dat32:
      return check_offset(read_u32(field), true);
    case FieldKind::ro16:
      return check_offset(read_u16(field), false);
    case FieldKind::ro32:
      return check_offset(read_u32(field), false);
    case FieldKind::tab16:
    case FieldKind::tab32:
      return check_table(table_entry_bytes(kind), read_u16(field));
    case FieldKind::trp:
      return *field <= 1 || fail_code(at_, "unknown trap code", *field);
    default:
      // A field kind that was added to the instruction set and not here: refuse rather than let pass.
      return fail_code(at_, "field the verifier does not know:", (uint32_t)kind);
    }
  }

  const InstructionInfo &info_of_at() const {
    return *instruction_info(*at_ == 0xff ? 1 : 0, *at_ == 0xff ? at_[1] : *at_);
  }

  bool check_import(uint32_t index, bool called) {
    if (!check_index(index, module_.import_count(), "no such import:"))
      return false;
    const uint8_t *import = module_.import_entry(index);
    if (called && ((import[3] & kImportAddressOnly) != 0 || read_u16(import + 4) == kNoSignature))
      return fail_code(at_, "call of an import that has no signature:", index);
    return true;
  }

  bool check_offset(uint32_t offset, bool data) {
    return offset <= segment_bytes(data) ||
           fail_code(at_, data ? "outside the data:" : "outside rodata:", offset);
  }

  static constexpr char kBadTarget[] = "branch into the middle of an instruction or to one that reads acc";
  static constexpr char kNoFunction[] = "no such function:";
  static constexpr char kNoSuchSignature[] = "no such signature:";

  const Module &module_;
  espb_error *error_;
  espb_status status_ = ESPB_OK;

  // The function and instruction at hand.
  uint32_t function_ = ESPB_NO_FUNCTION;
  FunctionInfo info_{};
  const uint8_t *begin_ = nullptr, *body_ = nullptr, *end_ = nullptr;
  const uint8_t *at_ = nullptr;
  uint32_t length_ = 0;
  bool branched_ = false, entered_ = false;

  uint32_t mapped_window_ = 0, mapped_beyond_ = 0;
  uint8_t registers_[256] = {};
};

} // namespace

espb_status verify(const Module &module, espb_error *error) { return Verifier(module, error).run(); }

} // namespace espb
