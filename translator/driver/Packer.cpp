// SPDX-License-Identifier: Apache-2.0
// From the object and what code generation recorded to the bytes of a module and of its debug file.
#include "../../format/debug_file.h"
#include "../../format/writer.h"
#include "../backend/EspbTarget.h"
#include "Layout.h"
#include "Stages.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/Analysis/CallGraph.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Support/Endian.h"
#include <algorithm>
#include <map>

using namespace llvm;

namespace espb {

namespace {

class Packer {
public:
  explicit Packer(Translation &T) : T(T), C(T.Codegen) {}
  bool run();

private:
  bool fail(const Twine &What, const Twine &Hint = "") {
    T.Diags.error({}, What, Hint);
    return false;
  }
  bool internal(const Twine &What) {
    return fail("internal error: " + What, "please report this with the input file");
  }

  bool functions();
  bool patchCode();
  bool relocateData();
  bool imports();
  bool callables();
  bool exports();
  bool debugFile();
  bool usesFloat() const;
  void chooseStacks();
  void suggest(StringRef Name, std::string &Hint) const;

  Translation &T;
  EspbCodegenContext &C;
  Layout L;
  format::ModuleModel Model;
  format::DebugFile Debug;
  std::map<uint32_t, std::string> FunctionAt; // code offset -> symbol
};

} // namespace

bool Packer::run() {
  std::string Error;
  if (!L.build(T.Object, Error))
    return internal("the object cannot be read: " + Error);
  if (!functions() || !patchCode() || !relocateData() || !imports() || !callables() || !exports())
    return false;
  chooseStacks();
  for (auto [Names, Out] : {std::pair(&T.Life.Initialisers, &Model.initialisers),
                            std::pair(&T.Life.Finalisers, &Model.finalisers)})
    for (const std::string &Name : *Names) {
      auto It = C.FunctionIndex.find(Name);
      if (It == C.FunctionIndex.end())
        return internal("constructor '" + Name + "' has no code");
      Out->push_back(It->second);
    }
  Model.code = L.Code;
  Model.rodata = L.Rodata;
  Model.data = L.Data;
  Model.data_total = L.DataTotal;
  Model.data_align = L.DataAlign;
  Model.rodata_align = L.RodataAlign;
  Model.signatures = C.Signatures;
  Model.uses_float = usesFloat();

  std::vector<uint8_t> DebugBytes;
  if (T.Options.DebugFile) {
    if (!debugFile())
      return false;
    // The identity covers both files: lines can change where code does not.
    std::vector<uint8_t> All = format::write_module(Model, &Error);
    if (All.empty())
      return fail("the module does not fit the format: " + Error);
    DebugBytes = format::write_debug_file(Debug, &Error);
    if (DebugBytes.empty())
      return fail("the debug file does not fit the format: " + Error);
    All.insert(All.end(), DebugBytes.begin(), DebugBytes.end());
    Model.has_debug_file = true;
    Model.build_identity = Debug.identity = format::identity_of(All);
    T.DebugBytes = format::write_debug_file(Debug, &Error);
  }
  T.ModuleBytes = format::write_module(Model, &Error);
  if (T.ModuleBytes.empty())
    return fail("the module does not fit the format: " + Error);
  return true;
}

bool Packer::functions() {
  // In the order of their indices, which is the order in which they were emitted.
  std::vector<std::string> Symbols(C.FunctionIndex.size());
  for (const auto &F : C.FunctionIndex)
    Symbols[F.second] = F.first().str();
  if (C.Functions.size() != Symbols.size())
    return internal(Twine(C.Functions.size()) + " of " + Twine(Symbols.size()) + " functions were generated");
  for (size_t I = 0; I < Symbols.size(); ++I) {
    const EspbFunctionInfo &Info = C.Functions[I];
    Place P;
    std::string Error;
    if (!L.resolve(Symbols[I], P, Error))
      return internal(Error);
    if (P.Where != Segment::Code || Info.Symbol != Symbols[I])
      return internal("function '" + Symbols[I] + "' is not where it is expected");
    format::ModelFunction F;
    F.code_offset = P.Address;
    FunctionAt[P.Address] = Symbols[I];
    F.window_words = std::max(1u, Info.WindowWords);
    F.argument_words = Info.ArgWords;
    F.result_words = Info.ResultWords;
    F.frame_bytes = alignTo(Info.FrameBytes, format::kFrameUnit);
    F.variadic = Info.Variadic;
    F.hot = Info.Hot;
    F.leaf = Info.Leaf;
    Model.functions.push_back(F);
    if (Info.Hot) {
      const uint32_t Facts = format::kHotFactsKnown | Info.OutCrossing |
                             Info.OutCount << format::kHotOutCountShift |
                             (Info.Routines ? format::kHotRoutines : 0);
      Model.hot_functions.push_back(
          {static_cast<uint16_t>(I), static_cast<uint16_t>(Facts), Info.CallCrossing});
    }
    Debug.function_names.push_back(demangled(Symbols[I]));
  }
  if (Model.functions[0].code_offset != 0)
    return internal("code before the first function");
  return true;
}

bool Packer::patchCode() {
  for (const ElfReloc &R : L.CodeRelocs) {
    if (R.Type == R_ESPB_NONE)
      continue;
    Place P;
    std::string Error;
    if (!L.resolve(R.Symbol, R.Addend, P, Error))
      return internal(Error);
    bool WantsRodata = R.Type == R_ESPB_RO16 || R.Type == R_ESPB_RO32;
    bool Wide = R.Type == R_ESPB_RO32 || R.Type == R_ESPB_DAT32;
    bool IsRodata = P.Where == Segment::Rodata;
    bool IsData = P.Where == Segment::Data || P.Where == Segment::Bss;
    if (R.Type == R_ESPB_32 || (WantsRodata ? !IsRodata : !IsData))
      return internal("the code refers to '" + P.Symbol + "' by relocation " + Twine(R.Type) +
                      ", which does not fit where it lies");
    if (!Wide && P.Address > 0xffff)
      return internal("'" + P.Symbol + "' lies beyond the reach of a 16-bit offset");
    if (R.Offset + (Wide ? 4 : 2) > L.Code.size())
      return internal("a relocation outside the code");
    uint8_t *At = L.Code.data() + R.Offset;
    if (Wide)
      support::endian::write32le(At, P.Address);
    else
      support::endian::write16le(At, P.Address);
  }
  return true;
}

bool Packer::relocateData() {
  std::map<uint32_t, format::RelocationKind> Found;
  for (const Piece &Piece : L.Pieces)
    for (const ElfReloc &R : Piece.Relocs) {
      if (R.Type == R_ESPB_NONE)
        continue;
      Place P;
      std::string Error;
      if (!L.resolve(R.Symbol, R.Addend, P, Error))
        return internal(Error);
      uint32_t At = Piece.Address + R.Offset;
      if (R.Type != R_ESPB_32 || At + 4 > L.Data.size())
        return internal("relocation " + Twine(R.Type) + " against '" + P.Symbol +
                        "' in data is not possible");
      if (At % 4)
        return fail("a variable holds the address of '" + demangled(P.Symbol) +
                        "' at an address that is not a multiple of 4",
                    "do not initialise a pointer in a packed structure statically: assign it at run time");
      uint32_t Word = P.Address;
      format::RelocationKind Kind = format::kRelocationData;
      switch (P.Where) {
      case Segment::Rodata:
        Kind = format::kRelocationRodata;
        break;
      case Segment::Code:
        if (auto F = FunctionAt.find(P.Address); F != FunctionAt.end()) {
          Kind = format::kRelocationFunction;
          Word = C.callableIndex(F->second);
          break;
        }
        return internal("a pointer into the middle of a function, at code offset " + Twine(P.Address));
      case Segment::None: {
        if (R.Addend < 0 || R.Addend > 0xffff)
          return fail("a variable holds the address of the imported '" + demangled(P.Symbol) + "' plus " +
                          Twine(R.Addend) + "; 0 to 65535 is possible",
                      "compute the address at run time");
        Kind = format::kRelocationImport;
        Word = C.importIndex(P.Symbol, "") | static_cast<uint32_t>(R.Addend) << 16;
        break;
      }
      default:
        break;
      }
      support::endian::write32le(L.Data.data() + At, Word);
      Found[At] = Kind;
    }
  for (auto [At, Kind] : Found)
    Model.relocations.push_back({Kind, At});
  return true;
}

// Names that are spelled almost like Name, for a message.
void Packer::suggest(StringRef Name, std::string &Hint) const {
  std::string Best;
  unsigned BestDistance = std::max<unsigned>(1, Name.size() / 3) + 1;
  for (const SymbolFile &S : T.Symbols)
    for (const std::string &Listed : S.names()) {
      unsigned Distance = Name.edit_distance(Listed, true, BestDistance);
      if (Distance < BestDistance) {
        BestDistance = Distance;
        Best = Listed;
      }
    }
  if (!Best.empty())
    Hint = "did you mean " + Best + "?";
}

bool Packer::imports() {
  std::map<size_t, unsigned> TableIndex; // symbol file -> index in the module
  std::vector<std::string> Missing;
  for (const EspbImport &I : C.Imports) {
    format::ModelImport Out;
    Out.name = I.Name;
    const GlobalValue *GV = T.M->getNamedValue(I.Name);
    Out.weak = GV && GV->hasExternalWeakLinkage();
    Out.address_only = I.Signature.empty();
    Out.signature = I.Signature.empty() ? format::kNoSignature : C.signatureIndex(I.Signature);
    bool Listed = false;
    for (size_t K = 0; K < T.Symbols.size() && !Listed; ++K) {
      int Entry = T.Symbols[K].find(I.Name);
      if (Entry < 0)
        continue;
      Listed = true;
      auto [It, New] = TableIndex.try_emplace(K, TableIndex.size());
      if (New)
        Model.symbol_tables.push_back({T.Symbols[K].tableName(), 0, 0});
      format::ModelSymbolTable &Table = Model.symbol_tables[It->second];
      Table.length = std::max<uint16_t>(Table.length, Entry + 1);
      Out.table = It->second;
      Out.table_index = Entry;
    }
    if (!Listed && !Out.weak && T.Options.StrictSymbols &&
        std::find(Missing.begin(), Missing.end(), I.Name) == Missing.end()) {
      Missing.push_back(I.Name);
      std::string Hint;
      suggest(I.Name, Hint);
      SourcePlace At;
      if (GV)
        if (const Instruction *Use = firstUse(*GV))
          At = placeOf(*Use);
      if (Hint.empty())
        Hint = "add ESPB_SYM(\"" + I.Name + "\", ...) to the firmware's symbol file, or define the function";
      T.Diags.error(At, "'" + demangled(I.Name) + "' is in none of the symbol files", Hint);
    }
    Model.imports.push_back(std::move(Out));
  }
  for (auto [K, Index] : TableIndex)
    Model.symbol_tables[Index].fingerprint = T.Symbols[K].fingerprint(Model.symbol_tables[Index].length);
  return Missing.empty();
}

bool Packer::callables() {
  for (const std::string &Symbol : C.Callables) {
    auto It = C.FunctionIndex.find(Symbol);
    if (It == C.FunctionIndex.end())
      return internal("the address of '" + Symbol + "' is taken, but it has no code");
    unsigned Function = It->second;
    Model.callables.push_back({static_cast<uint16_t>(Function),
                               static_cast<uint16_t>(C.signatureIndex(C.Functions[Function].Signature))});
  }
  return true;
}

bool Packer::exports() {
  for (const auto &[Name, Symbol] : T.Exports) {
    format::ModelExport E;
    E.name = Name;
    Place P;
    std::string Error;
    if (!L.resolve(Symbol, P, Error))
      return internal("export: " + Error);
    switch (P.Where) {
    case Segment::Code: {
      E.function = C.FunctionIndex.lookup(Symbol);
      E.signature = C.signatureIndex(C.Functions[E.function].Signature);
      break;
    }
    case Segment::Rodata:
      E.kind = format::kExportRodata;
      E.offset = P.Address;
      break;
    case Segment::Data:
    case Segment::Bss:
      E.kind = format::kExportData;
      E.offset = P.Address;
      break;
    case Segment::None:
      return internal("export '" + Name + "' is not defined in the object");
    }
    Model.exports.push_back(std::move(E));
  }
  return true;
}

// The stacks the program needs at its deepest, as far as that can be said: the deepest chain of calls, an
// indirect call counted as the deepest address-taken function, a recursive one as kRecursion rounds. Zero
// (the runtime's default) when that is enough.
void Packer::chooseStacks() {
  constexpr uint64_t kRecursion = 64;
  constexpr uint64_t kDefaultBytes = 4096, kDefaultWords = 1024; // the runtime's
  constexpr uint64_t kMostBytes = 64 << 10, kMostWords = 8 << 10;
  struct Need {
    uint64_t Bytes = 0, Words = 0;
    void deepest(const Need &O) {
      Bytes = std::max(Bytes, O.Bytes);
      Words = std::max(Words, O.Words);
    }
  };
  CallGraph Graph(*T.M);
  auto DeepestWith = [&](uint64_t Rounds) {
    std::map<const Function *, Need> Needs;
    // Callees come before callers.
    for (auto It = scc_begin(&Graph); !It.isAtEnd(); ++It) {
      Need Members, Below;
      for (const CallGraphNode *Node : *It) {
        const Function *F = Node->getFunction();
        if (!F || F->isDeclaration())
          continue;
        const EspbFunctionInfo &Info = C.Functions[C.FunctionIndex.lookup(F->getName())];
        Members.Bytes += Info.FrameBytes;
        Members.Words += Info.WindowWords + 10;
        for (const auto &[Call, Callee] : *Node)
          if (auto Known = Needs.find(Callee->getFunction()); Known != Needs.end())
            Below.deepest(Known->second);
      }
      uint64_t Times = It.hasCycle() ? Rounds : 1;
      for (const CallGraphNode *Node : *It)
        if (const Function *F = Node->getFunction(); F && !F->isDeclaration())
          Needs[F] = {Members.Bytes * Times + Below.Bytes, Members.Words * Times + Below.Words};
    }
    Need Direct, Indirect;
    for (const auto &[F, N] : Needs) {
      Direct.deepest(N);
      if (F->hasAddressTaken())
        Indirect.deepest(N);
    }
    return Need{Direct.Bytes + Indirect.Bytes, Direct.Words + Indirect.Words};
  };
  const Need Guess = DeepestWith(kRecursion), Sure = DeepestWith(1);
  Model.stack_bytes = T.Options.StackBytes;
  // With a reserve for callbacks from the system, which run on the same stacks.
  if (!Model.stack_bytes && Guess.Bytes + 1024 > kDefaultBytes)
    Model.stack_bytes = alignTo(std::max(std::min(Guess.Bytes, kMostBytes), Sure.Bytes) + 1024, 256);
  if (Guess.Words + 64 > kDefaultWords)
    Model.register_stack_words = alignTo(std::max(std::min(Guess.Words, kMostWords), Sure.Words) + 64, 64);
}

bool Packer::usesFloat() const {
  auto HasFloat = [](const Type *Ty) { return Ty->getScalarType()->isFloatingPointTy(); };
  for (const Function &F : *T.M)
    for (const BasicBlock &BB : F)
      for (const Instruction &I : BB) {
        if (HasFloat(I.getType()))
          return true;
        for (const Value *Op : I.operands())
          if (HasFloat(Op->getType()))
            return true;
      }
  return false;
}

bool Packer::debugFile() {
  if (L.LineOffsets.size() != C.Lines.size() * 4)
    return internal("the line table has " + Twine(L.LineOffsets.size() / 4) + " offsets for " +
                    Twine(C.Lines.size()) + " lines");
  std::map<std::string, unsigned> Files;
  // A function without lines must not inherit those of the one before it.
  std::map<uint32_t, bool> HasStart;
  for (const format::ModelFunction &F : Model.functions)
    HasStart[F.code_offset] = false;
  std::vector<format::DebugRow> Rows;
  for (size_t I = 0; I < C.Lines.size(); ++I) {
    const EspbLine &Line = C.Lines[I];
    auto Function = C.FunctionIndex.find(Line.Function);
    if (Function == C.FunctionIndex.end())
      return internal("a line of '" + Line.Function + "', which has no code");
    auto [It, New] = Files.try_emplace(Line.File, Files.size());
    if (New)
      Debug.files.push_back(Line.File);
    format::DebugRow Row;
    Row.code_offset = Model.functions[Function->second].code_offset +
                      support::endian::read32le(L.LineOffsets.data() + 4 * I);
    Row.file = It->second;
    Row.line = Line.Line <= 0xffff ? Line.Line : 0;
    if (auto Start = HasStart.find(Row.code_offset); Start != HasStart.end())
      Start->second = true;
    Rows.push_back(Row);
  }
  for (auto [Offset, Has] : HasStart)
    if (!Has && !Debug.files.empty())
      Rows.push_back({Offset, 0, 0});
  std::stable_sort(Rows.begin(), Rows.end(),
                   [](const auto &A, const auto &B) { return A.code_offset < B.code_offset; });
  for (const format::DebugRow &Row : Rows) {
    // Several lines at one offset: the last one is the instruction's.
    if (!Debug.rows.empty() && Debug.rows.back().code_offset == Row.code_offset)
      Debug.rows.pop_back();
    if (Debug.rows.empty() || Debug.rows.back().file != Row.file || Debug.rows.back().line != Row.line)
      Debug.rows.push_back(Row);
  }
  if (Files.size() > 0xffff)
    return fail("more than 65535 source files");
  return true;
}

bool pack(Translation &T) { return Packer(T).run(); }

} // namespace espb
