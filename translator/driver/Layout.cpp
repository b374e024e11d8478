// SPDX-License-Identifier: Apache-2.0
// Reads the ELF object and lays variables and constants out.
#include "Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <map>
#include <numeric>

using namespace llvm;
using namespace llvm::object;

namespace espb {

static std::string text(Error E) { return toString(std::move(E)); }

bool Layout::build(ArrayRef<char> Object, std::string &Error) {
  auto F = ElfFile::create(StringRef(Object.data(), Object.size()));
  if (!F) {
    Error = text(F.takeError());
    return false;
  }
  File.emplace(std::move(*F));
  auto S = File->sections();
  if (!S) {
    Error = text(S.takeError());
    return false;
  }
  Sections = *S;
  if (!readSections(Error) || !readRelocations(Error))
    return false;
  placeRodata();
  placeData();
  return true;
}

bool Layout::readSections(std::string &Error) {
  for (unsigned I = 0; I < Sections.size(); ++I) {
    const ElfFile::Elf_Shdr &H = Sections[I];
    if (H.sh_type == ELF::SHT_SYMTAB) {
      auto Syms = File->symbols(&H);
      auto Names = File->getStringTableForSymtab(H);
      if (!Syms || !Names) {
        Error = !Syms ? text(Syms.takeError()) : text(Names.takeError());
        if (Syms && !Names)
          consumeError(Syms.takeError());
        return false;
      }
      Symbols = *Syms;
      SymbolNames = *Names;
      continue;
    }
    auto Name = File->getSectionName(H);
    if (!Name) {
      Error = text(Name.takeError());
      return false;
    }
    ArrayRef<uint8_t> Bytes;
    if (H.sh_type != ELF::SHT_NOBITS && H.sh_type != ELF::SHT_NULL) {
      auto Content = File->getSectionContents(H);
      if (!Content) {
        Error = text(Content.takeError());
        return false;
      }
      Bytes = *Content;
    }
    if (*Name == ".espb.lines") {
      LineOffsets.assign(Bytes.begin(), Bytes.end());
      continue;
    }
    if (!(H.sh_flags & ELF::SHF_ALLOC) || H.sh_size == 0)
      continue;
    if (H.sh_flags & ELF::SHF_EXECINSTR) {
      if (CodeSection) {
        Error = "code in a second section, " + Name->str();
        return false;
      }
      CodeSection = I;
      Code.assign(Bytes.begin(), Bytes.end());
      continue;
    }
    if (H.sh_type != ELF::SHT_PROGBITS && H.sh_type != ELF::SHT_NOBITS) {
      Error = "section " + Name->str() + " of the unexpected type " + std::to_string(H.sh_type);
      return false;
    }
    if (H.sh_addralign > 4096) {
      Error = "section " + Name->str() + " wants an alignment of " + std::to_string(H.sh_addralign) +
              " bytes; 4096 is the limit";
      return false;
    }
    if ((H.sh_flags & ELF::SHF_MERGE) && !(H.sh_flags & ELF::SHF_WRITE) && H.sh_entsize) {
      cutMergeable(I, H, Bytes);
      continue;
    }
    Piece P;
    P.Section = I;
    P.Size = H.sh_size;
    P.Align = std::max<uint32_t>(1, H.sh_addralign);
    P.Bytes = Bytes;
    P.Where = H.sh_type == ELF::SHT_NOBITS  ? Segment::Bss
              : H.sh_flags & ELF::SHF_WRITE ? Segment::Data
                                            : Segment::Rodata;
    BySection[I].push_back(Pieces.size());
    Pieces.push_back(std::move(P));
  }
  for (uint32_t I = 0; I < Symbols.size(); ++I) {
    const ElfFile::Elf_Sym &Sym = Symbols[I];
    auto Name = Sym.getName(SymbolNames);
    if (!Name) {
      Error = text(Name.takeError());
      return false;
    }
    if (!Name->empty())
      SymbolIndex[*Name] = I;
    if (Sym.st_shndx == ELF::SHN_COMMON) {
      Piece P;
      P.Where = Segment::Bss;
      P.Size = Sym.st_size;
      P.Align = std::max<uint32_t>(1, Sym.st_value);
      CommonPiece[I] = Pieces.size();
      Pieces.push_back(std::move(P));
    }
  }
  return true;
}

void Layout::cutMergeable(unsigned Section, const ElfFile::Elf_Shdr &H, ArrayRef<uint8_t> Bytes) {
  uint32_t Unit = H.sh_entsize, Start = 0;
  while (Start < Bytes.size()) {
    uint32_t End = Start + Unit;
    if (H.sh_flags & ELF::SHF_STRINGS) {
      auto IsEnd = [&](uint32_t At) {
        return all_of(Bytes.slice(At, Unit), [](uint8_t B) { return B == 0; });
      };
      End = Start;
      while (End + Unit <= Bytes.size() && !IsEnd(End))
        End += Unit;
      End += Unit;
    }
    End = std::min<uint32_t>(End, Bytes.size());
    Piece P;
    P.Where = Segment::Rodata;
    P.Section = Section;
    P.Offset = Start;
    P.Size = End - Start;
    P.Align = std::max<uint32_t>(1, H.sh_addralign);
    P.Bytes = Bytes.slice(Start, P.Size);
    BySection[Section].push_back(Pieces.size());
    Pieces.push_back(std::move(P));
    Start = End;
  }
}

bool Layout::readRelocations(std::string &Error) {
  for (const ElfFile::Elf_Shdr &H : Sections) {
    if (H.sh_type != ELF::SHT_RELA && H.sh_type != ELF::SHT_REL)
      continue;
    unsigned Target = H.sh_info;
    auto Add = [&](uint32_t Offset, uint32_t Type, uint32_t Symbol, int64_t Addend) {
      ElfReloc R{Offset, Type, Symbol, Addend};
      if (Target == CodeSection) {
        CodeRelocs.push_back(R);
        return true;
      }
      if (auto It = BySection.find(Target); It != BySection.end()) {
        for (unsigned I : It->second)
          if (Offset >= Pieces[I].Offset && Offset < Pieces[I].Offset + Pieces[I].Size) {
            R.Offset -= Pieces[I].Offset;
            Pieces[I].Relocs.push_back(R);
            return true;
          }
        Error = "a relocation outside its section";
        return false;
      }
      return true; // of a section that is not loaded
    };
    if (H.sh_type == ELF::SHT_RELA) {
      auto Relas = File->relas(H);
      if (!Relas) {
        Error = text(Relas.takeError());
        return false;
      }
      for (const auto &R : *Relas)
        if (!Add(R.r_offset, R.getType(false), R.getSymbol(false), R.r_addend))
          return false;
    } else {
      auto Rels = File->rels(H);
      if (!Rels) {
        Error = text(Rels.takeError());
        return false;
      }
      for (const auto &R : *Rels) {
        // The addend is in place.
        ArrayRef<uint8_t> Bytes;
        if (auto Content = File->getSectionContents(Sections[Target]))
          Bytes = *Content;
        int64_t Addend = 0;
        if (R.r_offset + 4 <= Bytes.size())
          Addend = static_cast<int32_t>(support::endian::read32le(Bytes.data() + R.r_offset));
        if (!Add(R.r_offset, R.getType(false), R.getSymbol(false), Addend))
          return false;
      }
    }
  }
  // A constant that holds an address is patched at load, so it lies in RAM.
  for (Piece &P : Pieces)
    if (P.Where == Segment::Rodata && !P.Relocs.empty())
      P.Where = Segment::Data;
  return true;
}

static uint32_t put(std::vector<uint8_t> &Block, const Piece &P) {
  uint32_t At = alignTo(Block.size(), P.Align);
  Block.resize(At);
  Block.insert(Block.end(), P.Bytes.begin(), P.Bytes.end());
  return At;
}

// Strictly aligned ones first: no gaps. Then small ones first.
static bool before(const Piece &A, const Piece &B) {
  return A.Align != B.Align ? A.Align > B.Align : A.Size < B.Size;
}

void Layout::placeRodata() {
  std::vector<unsigned> Fixed, Merged;
  for (unsigned I = 0; I < Pieces.size(); ++I)
    if (Pieces[I].Where == Segment::Rodata) {
      bool Mergeable = Sections[Pieces[I].Section].sh_flags & ELF::SHF_MERGE;
      (Mergeable ? Merged : Fixed).push_back(I);
    }
  auto ByShape = [&](unsigned A, unsigned B) { return before(Pieces[A], Pieces[B]); };
  std::stable_sort(Fixed.begin(), Fixed.end(), ByShape);

  // Equal constants are stored once; a string that is the tail of another has no bytes of its own.
  auto Bytes = [&](unsigned I) {
    return StringRef(reinterpret_cast<const char *>(Pieces[I].Bytes.data()), Pieces[I].Size);
  };
  std::stable_sort(Merged.begin(), Merged.end(), [&](unsigned A, unsigned B) {
    StringRef X = Bytes(A), Y = Bytes(B);
    return std::lexicographical_compare(X.rbegin(), X.rend(), Y.rbegin(), Y.rend());
  });
  std::map<unsigned, unsigned> TailOf; // piece -> the piece that holds its bytes
  for (size_t K = Merged.size(); K-- > 0;) {
    unsigned Own = Merged[K];
    if (K + 1 == Merged.size())
      continue;
    unsigned Next = Merged[K + 1];
    unsigned Holder = TailOf.count(Next) ? TailOf[Next] : Next;
    const Piece &A = Pieces[Own], &B = Pieces[Holder];
    bool Strings = Sections[A.Section].sh_flags & ELF::SHF_STRINGS;
    // A holder of weaker alignment could end up badly placed.
    bool Fits = Bytes(Holder).ends_with(Bytes(Own)) && (A.Size == B.Size || Strings) && A.Align <= B.Align &&
                (B.Size - A.Size) % A.Align == 0;
    if (Fits)
      TailOf[Own] = Holder;
  }
  std::vector<unsigned> Order = Fixed;
  for (unsigned I : Merged)
    if (!TailOf.count(I))
      Order.push_back(I);
  std::stable_sort(Order.begin(), Order.end(), ByShape);
  for (unsigned I : Order) {
    Pieces[I].Address = put(Rodata, Pieces[I]);
    RodataAlign = std::max(RodataAlign, Pieces[I].Align);
  }
  for (auto [Tail, Holder] : TailOf)
    Pieces[Tail].Address = Pieces[Holder].Address + Pieces[Holder].Size - Pieces[Tail].Size;
}

void Layout::placeData() {
  auto TrailingZeros = [](const Piece &P) -> uint32_t {
    // A relocated word is not zero at run time, so the image must hold it.
    uint32_t Last = 0;
    for (const ElfReloc &R : P.Relocs)
      Last = std::max(Last, R.Offset + 4);
    uint32_t N = 0;
    while (N < P.Size && P.Size - N > Last && P.Bytes[P.Size - 1 - N] == 0)
      ++N;
    return N;
  };
  std::vector<unsigned> Initialised, Zero;
  for (unsigned I = 0; I < Pieces.size(); ++I) {
    Piece &P = Pieces[I];
    if (P.Where == Segment::Data && TrailingZeros(P) == P.Size)
      P.Where = Segment::Bss;
    if (P.Where == Segment::Data)
      Initialised.push_back(I);
    else if (P.Where == Segment::Bss)
      Zero.push_back(I);
    if (P.Where == Segment::Data || P.Where == Segment::Bss)
      DataAlign = std::max(DataAlign, P.Align);
  }
  auto ByShape = [&](unsigned A, unsigned B) { return before(Pieces[A], Pieces[B]); };
  std::stable_sort(Initialised.begin(), Initialised.end(), ByShape);
  std::stable_sort(Zero.begin(), Zero.end(), ByShape);
  // The one with the longest tail of zeros comes last: that tail needs no bytes in the module.
  if (!Initialised.empty()) {
    auto Best = std::max_element(Initialised.begin(), Initialised.end(), [&](unsigned A, unsigned B) {
      return TrailingZeros(Pieces[A]) < TrailingZeros(Pieces[B]);
    });
    if (TrailingZeros(Pieces[*Best]) >= 4)
      std::rotate(Best, Best + 1, Initialised.end());
  }
  for (unsigned I : Initialised)
    Pieces[I].Address = put(Data, Pieces[I]);
  DataTotal = Data.size();
  for (unsigned I : Zero) {
    Pieces[I].Address = alignTo(DataTotal, Pieces[I].Align);
    DataTotal = Pieces[I].Address + Pieces[I].Size;
  }
  if (!Initialised.empty()) {
    uint32_t Trim = TrailingZeros(Pieces[Initialised.back()]);
    Data.resize(Data.size() - Trim);
  }
}

const Piece *Layout::pieceAt(unsigned Section, uint32_t Offset) const {
  auto It = BySection.find(Section);
  if (It == BySection.end())
    return nullptr;
  const std::vector<unsigned> &Of = It->second;
  auto After = std::upper_bound(Of.begin(), Of.end(), Offset,
                                [&](uint32_t At, unsigned I) { return At < Pieces[I].Offset; });
  return After == Of.begin() ? nullptr : &Pieces[*std::prev(After)];
}

bool Layout::resolve(uint32_t Index, int64_t Addend, Place &Out, std::string &Error) const {
  if (Index >= Symbols.size()) {
    Error = "a relocation against a symbol that is not there";
    return false;
  }
  const ElfFile::Elf_Sym &Sym = Symbols[Index];
  Out = Place();
  if (auto Name = Sym.getName(SymbolNames))
    Out.Symbol = Name->str();
  else
    consumeError(Name.takeError());
  Out.Weak = Sym.getBinding() == ELF::STB_WEAK;
  if (Sym.st_shndx == ELF::SHN_UNDEF)
    return true;
  if (Sym.st_shndx == ELF::SHN_COMMON) {
    const Piece &P = Pieces[CommonPiece.find(Index)->second];
    Out.Where = P.Where;
    Out.SymbolAddress = P.Address;
    Out.Address = P.Address + static_cast<uint32_t>(Addend);
    Out.PieceEnd = P.Address + P.Size;
    return true;
  }
  uint32_t Value = Sym.st_value;
  if (Sym.st_shndx == CodeSection) {
    Out.Where = Segment::Code;
    Out.SymbolAddress = Value;
    Out.Address = Value + static_cast<uint32_t>(Addend);
    return true;
  }
  // Against a section the addend says which piece is meant.
  bool OfSection = Sym.getType() == ELF::STT_SECTION;
  uint32_t At = OfSection ? Value + static_cast<uint32_t>(Addend) : Value;
  const Piece *P = pieceAt(Sym.st_shndx, At);
  if (!P) {
    Error = "symbol '" + Out.Symbol + "' lies in a section that is not loaded";
    return false;
  }
  Out.Where = P->Where;
  Out.SymbolAddress = P->Address + (Value - P->Offset);
  Out.Address = P->Address + (Value + static_cast<uint32_t>(Addend) - P->Offset);
  Out.PieceEnd = P->Address + P->Size;
  return true;
}

bool Layout::resolve(StringRef Name, Place &Out, std::string &Error) const {
  auto It = SymbolIndex.find(Name);
  if (It == SymbolIndex.end()) {
    Error = "symbol '" + Name.str() + "' is not in the object";
    return false;
  }
  return resolve(It->second, 0, Out, Error);
}

} // namespace espb
