// SPDX-License-Identifier: Apache-2.0
// Reads the input files and links them into one module.
#include "../backend/EspbTarget.h"
#include "GuestRuntime.h"
#include "Stages.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/IR/AutoUpgrade.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Verifier.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;

namespace espb {

bool readSymbols(Translation &T) {
  bool Good = true;
  std::vector<Diagnostic> Found;
  for (const std::string &Path : T.Options.SymbolFiles) {
    SymbolFile S;
    Good &= S.read(Path, Found);
    for (const SymbolFile &Other : T.Symbols)
      if (Good && Other.tableName() == S.tableName()) {
        T.Diags.error({Path, 0, ""}, "a second symbol table is called '" + S.tableName() + "'",
                      "tables are named after their files: rename one");
        Good = false;
      }
    T.Symbols.push_back(std::move(S));
  }
  for (Diagnostic &D : Found)
    T.Diags.add(std::move(D));
  if (T.Symbols.size() > 255) {
    T.Diags.error({}, "a module can use at most 255 symbol tables", "");
    return false;
  }
  return Good;
}

// What the file is, when it is no IR.
static std::string describeForeignFile(StringRef Bytes) {
  switch (identify_magic(Bytes)) {
  case file_magic::elf:
  case file_magic::elf_relocatable:
  case file_magic::elf_executable:
  case file_magic::elf_shared_object:
    return "an ELF file (machine code)";
  case file_magic::archive:
    return "an archive";
  case file_magic::wasm_object:
    return "a WebAssembly module";
  default:
    break;
  }
  if (Bytes.starts_with("\xE5PB\n"))
    return "a translated module already";
  if (Bytes.contains('\0'))
    return "binary data of another kind";
  return "";
}

static constexpr char kBitcodeHint[] =
    "give LLVM bitcode: clang --target=riscv32-unknown-none-elf -march=rv32im -mabi=ilp32 -emit-llvm -c, or "
    "use `espb build` on the source";

static std::unique_ptr<Module> parseFile(Translation &T, const std::string &Path) {
  SourcePlace At{Path, 0, ""};
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer) {
    T.Diags.error(At, "cannot read the file: " + Buffer.getError().message(), "");
    return nullptr;
  }
  StringRef Bytes = (*Buffer)->getBuffer();
  if (Bytes.empty()) {
    T.Diags.error(At, "the file is empty", kBitcodeHint);
    return nullptr;
  }
  bool Bitcode = identify_magic(Bytes) == file_magic::bitcode;
  if (!Bitcode) {
    std::string What = describeForeignFile(Bytes);
    if (!What.empty()) {
      T.Diags.error(At, "this is " + What + ", not LLVM bitcode", kBitcodeHint);
      return nullptr;
    }
  }
  SMDiagnostic Err;
  std::unique_ptr<Module> M = parseIR((*Buffer)->getMemBufferRef(), Err, T.Context);
  if (!M) {
    unsigned Line = Err.getLineNo() > 0 ? Err.getLineNo() : 0;
    T.Diags.error({Path, Line, ""},
                  (Bitcode ? "damaged or unreadable bitcode: " : "not readable as LLVM IR: ") +
                      Err.getMessage(),
                  Bitcode ? "clang 15 to 22 write bitcode that can be read" : kBitcodeHint);
    return nullptr;
  }
  std::string Text;
  raw_string_ostream OS(Text);
  bool BrokenDebugInfo = false;
  if (verifyModule(*M, &OS, &BrokenDebugInfo)) {
    T.Diags.error(At, "not valid LLVM IR: " + StringRef(Text).split('\n').first,
                  Bitcode ? "compile the file again" : "");
    return nullptr;
  }
  if (BrokenDebugInfo) {
    StripDebugInfo(*M);
    T.Diags.warning(At, "its debug information is broken and was dropped");
  }
  return M;
}

// The program must have been compiled for a 32-bit little-endian chip whose layout of types is ours.
static bool checkTarget(Translation &T, Module &M, const std::string &Path) {
  SourcePlace At{Path, 0, ""};
  const Triple &TT = M.getTargetTriple();
  const DataLayout &DL = M.getDataLayout();
  bool Anonymous = TT.str().empty() || TT.getArch() == Triple::UnknownArch;
  bool Known = TT.getArch() == Triple::riscv32 || TT.getArch() == Triple::xtensa;
  if (!Known && !Anonymous) {
    T.Diags.error(At, "compiled for '" + TT.str() + "', which is not a 32-bit ESP32-class target",
                  "compile for riscv32: clang --target=riscv32-unknown-none-elf -march=rv32im -mabi=ilp32");
    return false;
  }
  std::string Layout = M.getDataLayoutStr();
  bool DefaultLayout = Layout.empty();
  if ((!DefaultLayout && (DL.getPointerSizeInBits(0) != 32 || DL.isBigEndian())) ||
      (Anonymous && !TT.str().empty() && DefaultLayout)) {
    T.Diags.error(At,
                  "the data layout '" + Layout + "' of triple '" + TT.str() +
                      "' is not that of a little-endian machine with 32-bit pointers",
                  "compile for riscv32: clang --target=riscv32-unknown-none-elf -march=rv32im -mabi=ilp32");
    return false;
  }
  if (TT.getArch() == Triple::xtensa)
    for (const Function &F : M)
      if (F.getIntrinsicID() == Intrinsic::vastart)
        for (const User *U : F.users())
          if (const auto *I = dyn_cast<Instruction>(U)) {
            T.Diags.error(placeOf(*I),
                          "va_start in code that was compiled for Xtensa is not supported: its va_list is "
                          "laid out by that compiler",
                          "compile this file with --target=riscv32-unknown-none-elf");
            return false;
          }
  if (auto *ABI = dyn_cast_or_null<MDString>(M.getModuleFlag("target-abi")))
    if (ABI->getString() == "ilp32e") {
      T.Diags.error(At, "compiled for the ABI 'ilp32e', whose calls differ", "compile with -mabi=ilp32");
      return false;
    }
  M.setTargetTriple(Triple(kEspbTriple));
  M.setDataLayout(kEspbDataLayout);
  return true;
}

// The linker's own message names neither file.
static bool checkDuplicates(Translation &T, Module &M, const std::string &Path,
                            StringMap<std::pair<std::string, SourcePlace>> &Defined) {
  bool Good = true;
  for (GlobalValue &GV : M.global_values()) {
    if (GV.isDeclaration() || GV.hasLocalLinkage() || GV.isWeakForLinker() || GV.hasAppendingLinkage() ||
        GV.hasAvailableExternallyLinkage())
      continue;
    SourcePlace At = placeOf(GV);
    auto [It, New] = Defined.try_emplace(GV.getName(), Path, At);
    if (New)
      continue;
    Good = false;
    auto Where = [](const std::string &File, const SourcePlace &P) {
      return P.File.empty() || P.File == File ? File
                                              : File + " (" + P.File + ":" + std::to_string(P.Line) + ")";
    };
    T.Diags.error({At.File.empty() ? Path : At.File, At.Line, ""},
                  "'" + demangled(GV.getName()) + "' is defined twice: in " +
                      Where(It->second.first, It->second.second) + " and in " + Where(Path, At),
                  "make one of them static, or declare it extern");
  }
  return Good;
}

namespace {
// LLVM reports through the context; the last error of the linker is kept for our own message.
struct LinkReports : DiagnosticHandler {
  std::string &Text;
  explicit LinkReports(std::string &Text) : Text(Text) {}
  bool handleDiagnostics(const DiagnosticInfo &DI) override {
    if (DI.getSeverity() == DS_Error) {
      raw_string_ostream OS(Text);
      DiagnosticPrinterRawOStream Printer(OS);
      DI.print(Printer);
    }
    return true;
  }
};
} // namespace

bool loadInputs(Translation &T) {
  if (T.Options.Inputs.empty()) {
    T.Diags.error({}, "no input files", kBitcodeHint);
    return false;
  }
  std::string LinkErrors;
  T.Context.setDiagnosticHandler(std::make_unique<LinkReports>(LinkErrors));
  T.M = std::make_unique<Module>("espb", T.Context);
  T.M->setTargetTriple(Triple(kEspbTriple));
  T.M->setDataLayout(kEspbDataLayout);
  Linker L(*T.M);
  StringMap<std::pair<std::string, SourcePlace>> Defined;
  for (const std::string &Path : T.Options.Inputs) {
    std::unique_ptr<Module> M = parseFile(T, Path);
    if (!M || !checkTarget(T, *M, Path))
      continue;
    lowerInlineAsm(*M, [&](StringRef Name) { return T.isListed(Name); });
    stripTarget(*M);
    recordStructs(*M);
    if (!checkDuplicates(T, *M, Path, Defined))
      continue;
    LinkErrors.clear();
    std::string Source = M->getSourceFileName();
    if (L.linkInModule(std::move(M)))
      T.Diags.error({Path, 0, ""},
                    "cannot be linked with the files before it: " +
                        (LinkErrors.empty() ? std::string("incompatible module") : LinkErrors));
    if (!Source.empty())
      T.M->setSourceFileName(Source);
  }
  return !T.Diags.hasErrors();
}

bool linkGuestRuntime(Translation &T) {
  std::vector<bool> Linked(guestRuntime().size());
  // Most members are never needed: of those only the names are read, and once.
  std::vector<std::unique_ptr<Module>> Members(Linked.size());
  for (bool Again = true; Again;) {
    Again = false;
    for (size_t I = 0; I < Linked.size(); ++I) {
      if (Linked[I])
        continue;
      const GuestRuntimeMember &Member = guestRuntime()[I];
      std::unique_ptr<Module> &R = Members[I];
      SMDiagnostic Err;
      if (!R)
        R = getLazyIRModule(
            MemoryBuffer::getMemBuffer(StringRef(reinterpret_cast<const char *>(Member.Data), Member.Size),
                                       Member.Name),
            Err, T.Context);
      if (!R) {
        T.Diags.error({}, Twine("the translator's own support library is damaged (") + Member.Name +
                              "): " + Err.getMessage());
        return false;
      }
      bool Wanted = StringRef(Member.Name).starts_with("half.") && usesHalf(*T.M);
      for (GlobalValue &GV : R->global_values())
        if (!GV.isDeclaration() && !GV.hasLocalLinkage())
          if (GlobalValue *Use = T.M->getNamedValue(GV.getName()))
            Wanted |= Use->isDeclarationForLinker() && !Use->use_empty() && !T.isListed(GV.getName());
      if (!Wanted)
        continue;
      if (Error E = R->materializeAll()) {
        T.Diags.error({}, Twine("the translator's own support library is damaged (") + Member.Name +
                              "): " + toString(std::move(E)));
        return false;
      }
      R->setTargetTriple(Triple(kEspbTriple));
      R->setDataLayout(kEspbDataLayout);
      stripTarget(*R);
      StripDebugInfo(*R);
      // The program's own definition wins.
      for (GlobalValue &GV : R->global_values())
        if (!GV.isDeclaration() && GV.hasExternalLinkage())
          GV.setLinkage(GlobalValue::WeakODRLinkage);
      if (Linker::linkModules(*T.M, std::move(R))) {
        T.Diags.error({}, Twine("the translator's support library (") + Member.Name +
                              ") does not fit the program's declarations");
        return false;
      }
      Linked[I] = Again = true;
    }
  }
  return true;
}

} // namespace espb
