// SPDX-License-Identifier: Apache-2.0
// Lookups in the generated encoding table.
#include "EspbEncoding.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include <array>

using namespace llvm;

static const Espb::Encoding Rows[] = {
#define GET_ESPB_ENCODING_ROWS
#define FieldKind Espb::FieldKind
#include "EspbGenEncoding.inc"
#undef FieldKind
#undef GET_ESPB_ENCODING_ROWS
};

unsigned Espb::Encoding::size() const {
  unsigned Size = opcodeBytes();
  for (unsigned I = 0; I != NumFields; ++I)
    Size += Fields[I].Bytes;
  return Size;
}

int Espb::Encoding::fieldIndex(StringRef FieldName) const {
  for (unsigned I = 0; I != NumFields; ++I)
    if (FieldName == Fields[I].Name)
      return I;
  return -1;
}

namespace {
struct Index {
  std::array<const Espb::Encoding *, Espb::INSTRUCTION_LIST_END> ByOpcode{};
  DenseMap<unsigned, StringMap<const Espb::Encoding *>> ByFamily;
  Index() {
    for (const Espb::Encoding &E : Rows) {
      ByOpcode[E.Opcode] = &E;
      // The first definition wins: page 0 comes before page 1.
      ByFamily[E.Base].try_emplace(E.Mode, &E);
    }
  }
};
} // namespace

static const Index &index() {
  static const Index I;
  return I;
}

const Espb::Encoding *Espb::encodingOf(unsigned Opcode) {
  return Opcode < INSTRUCTION_LIST_END ? index().ByOpcode[Opcode] : nullptr;
}

const Espb::Encoding *Espb::encodingOf(unsigned Base, StringRef Mode) {
  auto It = index().ByFamily.find(Base);
  return It == index().ByFamily.end() ? nullptr : It->second.lookup(Mode);
}
