// SPDX-License-Identifier: Apache-2.0
// The object's variables and constants, laid out in the module's data block and rodata.
#ifndef ESPB_TRANSLATOR_DRIVER_LAYOUT_H
#define ESPB_TRANSLATOR_DRIVER_LAYOUT_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Object/ELF.h"
#include <cstdint>
#include <string>
#include <vector>

namespace espb {

using ElfFile = llvm::object::ELFFile<llvm::object::ELF32LE>;

// Where a piece lives at run time.
enum class Segment : uint8_t { None, Code, Rodata, Data, Bss };

struct ElfReloc {
  uint32_t Offset = 0; // in its section
  uint32_t Type = 0;
  uint32_t Symbol = 0; // index in the symbol table
  int64_t Addend = 0;
};

// What can be moved as a whole: a variable, a string of a mergeable section.
struct Piece {
  Segment Where = Segment::None;
  unsigned Section = 0;
  uint32_t Offset = 0; // in the section
  uint32_t Size = 0;
  uint32_t Align = 1;
  llvm::ArrayRef<uint8_t> Bytes; // empty for bss
  std::vector<ElfReloc> Relocs;  // Offset from the start of the piece
  uint32_t Address = 0;          // offset in its segment's block (bss counts on after data)
};

// A place an expression "symbol + addend" stands for.
struct Place {
  Segment Where = Segment::None; // None: undefined in the object
  uint32_t Address = 0;          // offset in code, rodata or the data block
  std::string Symbol;
  uint32_t SymbolAddress = 0; // without the addend
  uint32_t PieceEnd = 0;      // end of the piece it belongs to
  bool Weak = false;
};

class Layout {
public:
  // Reads the object and gives every piece its place. Returns false and sets Error when the object is not as
  // expected.
  bool build(llvm::ArrayRef<char> Object, std::string &Error);

  bool resolve(uint32_t Symbol, int64_t Addend, Place &Out, std::string &Error) const;
  bool resolve(llvm::StringRef Name, Place &Out, std::string &Error) const;

  std::vector<uint8_t> Code, Rodata, Data; // not yet patched
  std::vector<ElfReloc> CodeRelocs;
  std::vector<uint8_t> LineOffsets; // content of .espb.lines
  std::vector<Piece> Pieces;
  uint32_t DataTotal = 0, DataAlign = 4, RodataAlign = 4;

private:
  bool readSections(std::string &Error);
  bool readRelocations(std::string &Error);
  void cutMergeable(unsigned Section, const ElfFile::Elf_Shdr &Header, llvm::ArrayRef<uint8_t> Bytes);
  void placeRodata();
  void placeData();
  const Piece *pieceAt(unsigned Section, uint32_t Offset) const;

  std::optional<ElfFile> File;
  ElfFile::Elf_Shdr_Range Sections;
  ElfFile::Elf_Sym_Range Symbols;
  llvm::StringRef SymbolNames;
  llvm::StringMap<uint32_t> SymbolIndex;
  unsigned CodeSection = 0;
  // Per section, its pieces ascending by offset (indices into Pieces).
  llvm::DenseMap<unsigned, std::vector<unsigned>> BySection;
  llvm::DenseMap<uint32_t, unsigned> CommonPiece; // symbol index of a common variable
};

} // namespace espb

#endif
