// SPDX-License-Identifier: Apache-2.0
// From the linked module to the object: what is exported, what is refused, optimisation, code generation.
#include "../backend/EspbTarget.h"
#include "Stages.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Verifier.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Transforms/IPO/ElimAvailExtern.h"
#include "llvm/Transforms/IPO/GlobalDCE.h"
#include "llvm/Transforms/IPO/Internalize.h"
#include "llvm/Transforms/IPO/StripDeadPrototypes.h"

using namespace llvm;

namespace espb {

namespace {

// Errors that LLVM's own passes report, as diagnostics of ours.
struct PassReports : DiagnosticHandler {
  DiagnosticList &Diags;
  explicit PassReports(DiagnosticList &Diags) : Diags(Diags) {}
  bool handleDiagnostics(const DiagnosticInfo &DI) override {
    if (DI.getSeverity() != DS_Error)
      return true;
    std::string Text;
    raw_string_ostream OS(Text);
    DiagnosticPrinterRawOStream Printer(OS);
    SourcePlace At;
    if (const auto *U = dyn_cast<DiagnosticInfoUnsupported>(&DI)) {
      At = placeOf(U->getFunction());
      if (U->isLocationAvailable()) {
        StringRef Path;
        unsigned Line, Column;
        U->getLocation(Path, Line, Column);
        At.File = Path.str();
        At.Line = Line;
      }
      Text = U->getMessage().str();
    } else {
      DI.print(Printer);
    }
    Diags.error(At, Text);
    return true;
  }
  bool isAnalysisRemarkEnabled(StringRef) const override { return false; }
  bool isMissedOptRemarkEnabled(StringRef) const override { return false; }
  bool isPassedOptRemarkEnabled(StringRef) const override { return false; }
  bool isAnyRemarkEnabled() const override { return false; }
};

constexpr const char *kHalfFunctions[] = {"__extendhfsf2", "__truncsfhf2", "__truncdfhf2", "__truncsfbf2",
                                          "__truncdfbf2"};

// Everything that LLVM's passes must know before they run.
struct Managers {
  LoopAnalysisManager LAM;
  FunctionAnalysisManager FAM;
  CGSCCAnalysisManager CGAM;
  ModuleAnalysisManager MAM;
  PassBuilder PB;

  Managers(TargetMachine *TM, const TargetLibraryInfoImpl &TLII, PipelineTuningOptions PTO = {})
      : PB(TM, PTO) {
    FAM.registerPass([&] { return TargetLibraryAnalysis(TLII); });
    PB.registerModuleAnalyses(MAM);
    PB.registerCGSCCAnalyses(CGAM);
    PB.registerFunctionAnalyses(FAM);
    PB.registerLoopAnalyses(LAM);
    PB.crossRegisterProxies(LAM, FAM, CGAM, MAM);
  }
};

} // namespace

// The optimiser turns one library call into another (printf into puts). It may do so only where the other one
// is sure to exist: used by the program already, listed in a symbol file, or one of those that every board's
// C library has.
static TargetLibraryInfoImpl libraryInfo(const Translation &T) {
  static const StringSet<> Everywhere = {
      "memcpy", "memmove", "memset", "memcmp",  "memchr", "strlen",  "strcpy", "strncpy", "strcat",
      "strcmp", "strncmp", "strchr", "strrchr", "strstr", "strnlen", "puts",   "putchar", "calloc",
      "sqrt",   "sqrtf",   "fabs",   "fabsf",   "floor",  "floorf",  "ceil",   "ceilf",   "exp2",
      "exp2f",  "ldexp",   "ldexpf", "fmin",    "fminf",  "fmax",    "fmaxf",  "sinf",    "cosf",
      "expf",   "logf",    "powf",   "tanf",    "roundf", "truncf"};
  TargetLibraryInfoImpl TLII(T.M->getTargetTriple());
  TargetLibraryInfo All(TLII);
  const bool Tables = !T.Symbols.empty();
  SmallVector<LibFunc, 64> Hidden;
  for (unsigned I = 0; I < NumLibFuncs; ++I) {
    auto Func = static_cast<LibFunc>(I);
    StringRef Name = All.getName(Func);
    if (!Name.empty() && !T.M->getFunction(Name) && !T.isListed(Name) &&
        (Tables || !Everywhere.contains(Name)))
      Hidden.push_back(Func);
  }
  for (LibFunc Func : Hidden)
    TLII.setUnavailable(Func);
  return TLII;
}

static CodeGenOptLevel codegenLevel(char Level) {
  switch (Level) {
  case '0':
    return CodeGenOptLevel::None;
  case '1':
    return CodeGenOptLevel::Less;
  case '3':
    return CodeGenOptLevel::Aggressive;
  default:
    return CodeGenOptLevel::Default;
  }
}

static OptimizationLevel pipelineLevel(char Level) {
  switch (Level) {
  case '0':
    return OptimizationLevel::O0;
  case '1':
    return OptimizationLevel::O1;
  case '3':
    return OptimizationLevel::O3;
  case 's':
    return OptimizationLevel::Os;
  case 'z':
    return OptimizationLevel::Oz;
  default:
    return OptimizationLevel::O2;
  }
}

// main, app_main, what is marked ESPB_EXPORT and what the command line names; all of external linkage if that
// is nothing.
static bool chooseExports(Translation &T, const StringSet<> &Marked) {
  Module &M = *T.M;
  StringSet<> Chosen;
  auto Export = [&](StringRef Name, GlobalValue &GV) {
    if (!Chosen.insert(Name).second)
      return;
    T.Exports.emplace_back(Name.str(), GV.getName().str());
    GV.setVisibility(GlobalValue::DefaultVisibility);
    // An inline function that is exported must stay.
    if (GV.hasLinkOnceLinkage())
      GV.setLinkage(GlobalValue::WeakODRLinkage);
    if (GV.hasLocalLinkage())
      GV.setLinkage(GlobalValue::ExternalLinkage);
  };
  for (const char *Entry : {"main", "app_main"}) {
    GlobalValue *GV = M.getNamedValue(Entry);
    // extern "C" was forgotten: app_main(), (int, char **), (int, char **, char **).
    for (const char *Forgotten : {"_Z8app_mainv", "_Z8app_mainiPPc", "_Z8app_mainiPPcS0_"})
      if (!GV && StringRef(Entry) == "app_main")
        GV = M.getNamedValue(Forgotten);
    if (GV && !GV->isDeclaration() && !GV->hasLocalLinkage())
      Export(Entry, *GV);
  }
  for (const auto &Name : Marked)
    if (GlobalValue *GV = M.getNamedValue(Name.getKey()); GV && !GV->isDeclaration())
      Export(Name.getKey(), *GV);
  for (const std::string &Name : T.Options.Exports) {
    GlobalValue *GV = M.getNamedValue(Name);
    if (!GV || GV->isDeclaration()) {
      T.Diags.error({}, "cannot export '" + Name + "': the program does not define it",
                    "C++ functions are exported under their own name when declared extern \"C\"");
      return false;
    }
    Export(Name, *GV);
  }
  if (T.Exports.empty())
    for (GlobalValue &GV : M.global_values())
      if (isa<Function>(GV) && !GV.isDeclaration() && GV.hasExternalLinkage() && GV.hasDefaultVisibility())
        Export(GV.getName(), GV);
  if (T.Exports.empty()) {
    T.Diags.error({}, "the program has no function that could be called from outside",
                  "define main or app_main, or mark a function ESPB_EXPORT (#include <espb/guest.h>)");
    return false;
  }
  return true;
}

bool prepare(Translation &T) {
  Module &M = *T.M;
  StringSet<> Marked;
  readAnnotations(M, Marked);
  if (!chooseExports(T, Marked))
    return false;
  lowerUnusedExceptions(M);

  T.TM = createEspbTargetMachine(codegenLevel(T.Options.OptLevel), T.Codegen);
  if (!T.TM) {
    T.Diags.error({}, "the code generator could not be set up", "");
    return false;
  }
  // Each global in a section of its own: the packer lays them out.
  T.TM->Options.DataSections = true;
  T.TM->Options.UniqueSectionNames = true;

  StringSet<> Keep;
  for (const auto &E : T.Exports)
    Keep.insert(E.second);
  {
    TargetLibraryInfoImpl TLII(M.getTargetTriple());
    Managers Mgr(T.TM.get(), TLII);
    ModulePassManager MPM;
    MPM.addPass(InternalizePass([&](const GlobalValue &GV) { return Keep.contains(GV.getName()); }));
    MPM.addPass(GlobalDCEPass());
    MPM.run(M, Mgr.MAM);
  }
  lowerLongDoubleFormats(M);
  checkConstructs(M, T.Diags);
  if (T.Diags.hasErrors())
    return false;
  lowerIndirectBranches(M);
  lowerConstrainedFloat(M);

  bool SomeUnoptimised = false;
  for (Function &F : M) {
    if (F.isDeclaration())
      continue;
    if (T.Options.Jit == JitMode::All)
      F.addFnAttr("espb-hot");
    else if (T.Options.Jit == JitMode::None)
      F.removeFnAttr("espb-hot");
    if (F.hasOptNone()) {
      SomeUnoptimised = true;
      continue;
    }
    if (T.Options.OptLevel == 's' || T.Options.OptLevel == 'z')
      F.addFnAttr(Attribute::OptimizeForSize);
    if (T.Options.OptLevel == 'z')
      F.addFnAttr(Attribute::MinSize);
  }
  if (SomeUnoptimised && T.Options.OptLevel != '0')
    T.Diags.add({Severity::Warning, "", 0, "", "some functions were compiled at -O0 and are kept unoptimised",
                 "compile with -O1 or higher"});
  return true;
}

static bool verify(Translation &T, const char *When) {
  std::string Text;
  raw_string_ostream OS(Text);
  if (!verifyModule(*T.M, &OS))
    return true;
  T.Diags.error({}, Twine("internal error: invalid IR ") + When + ": " + StringRef(Text).split('\n').first,
                "please report this with the input file");
  return false;
}

bool optimise(Translation &T) {
  Module &M = *T.M;
  PrettyStackTraceString Crumb("optimising the program");
  T.Context.setDiagnosticHandler(std::make_unique<PassReports>(T.Diags));
  if (!verify(T, "before optimisation"))
    return false;
  PipelineTuningOptions PTO;
  // There are no vector registers: widening would only be taken apart again.
  PTO.LoopVectorization = false;
  PTO.SLPVectorization = false;
  PTO.LoopInterleaving = false;
  PTO.MergeFunctions = T.Options.OptLevel == 's' || T.Options.OptLevel == 'z';
  TargetLibraryInfoImpl TLII = libraryInfo(T);
  {
    Managers Mgr(T.TM.get(), TLII, PTO);
    OptimizationLevel Level = pipelineLevel(T.Options.OptLevel);
    ModulePassManager MPM = Level == OptimizationLevel::O0 ? Mgr.PB.buildO0DefaultPipeline(Level)
                                                           : Mgr.PB.buildPerModuleDefaultPipeline(Level);
    MPM.run(M, Mgr.MAM);
    lowerCoroutineTailCalls(M);
  }
  // What was only marked used is used no longer once nothing can remove it.
  StringMap<std::string> Renamed;
  resolveAliases(M, Renamed);
  for (auto &E : T.Exports)
    if (auto It = Renamed.find(E.second); It != Renamed.end())
      E.second = It->second;
  T.Life = takeLifecycle(M, T.Diags);
  // Code generation calls them without the IR saying so.
  for (const char *Name : kHalfFunctions)
    if (Function *F = M.getFunction(Name); F && !F->isDeclaration() && usesHalf(M))
      F->setLinkage(GlobalValue::ExternalLinkage);
  for (const char *Name : {"llvm.used", "llvm.compiler.used"})
    if (GlobalVariable *V = M.getGlobalVariable(Name))
      V->eraseFromParent();
  StringSet<> Keep;
  for (const auto &E : T.Exports)
    Keep.insert(E.second);
  for (const auto *List : {&T.Life.Initialisers, &T.Life.Finalisers})
    for (const std::string &Name : *List)
      if (Function *F = M.getFunction(Name)) {
        F->setLinkage(GlobalValue::ExternalLinkage);
        F->setComdat(nullptr);
      }
  {
    Managers Mgr(T.TM.get(), TLII);
    ModulePassManager MPM;
    MPM.addPass(EliminateAvailableExternallyPass());
    MPM.addPass(GlobalDCEPass());
    MPM.addPass(StripDeadPrototypesPass());
    MPM.run(M, Mgr.MAM);
  }
  placeConstants(M);
  orderFunctions(M);
  if (!T.Options.EmitIR.empty()) {
    std::error_code EC;
    raw_fd_ostream OS(T.Options.EmitIR, EC, sys::fs::OF_Text);
    if (EC)
      T.Diags.error({T.Options.EmitIR, 0, ""}, "cannot write: " + EC.message());
    else
      M.print(OS, nullptr);
  }
  return !T.Diags.hasErrors() && verify(T, "after optimisation");
}

// "file:line: in function f: message" as the backend writes it.
static Diagnostic fromBackend(StringRef Text) {
  Diagnostic D;
  StringRef Rest = Text;
  auto [Head, Tail] = Rest.split(": ");
  auto [File, Line] = Head.rsplit(':');
  unsigned N;
  if (!Tail.empty() && !Line.empty() && !Line.getAsInteger(10, N)) {
    D.File = File.str();
    D.Line = N;
    Rest = Tail;
  }
  if (Rest.consume_front("in function ")) {
    auto [Name, Message] = Rest.split(": ");
    if (!Message.empty()) {
      D.Function = demangled(Name);
      Rest = Message;
    } else {
      Rest = Text;
    }
  }
  D.Message = Rest.str();
  return D;
}

bool generate(Translation &T) {
  Module &M = *T.M;
  unsigned Index = 0;
  uint64_t DataBytes = 0;
  const DataLayout &DL = M.getDataLayout();
  for (Function &F : M)
    if (!F.isDeclaration()) {
      if (!F.hasName())
        F.setName("espb.function");
      T.Codegen.FunctionIndex[F.getName()] = Index++;
    }
  if (Index == 0) {
    T.Diags.error({}, "nothing is left of the program: no exported function has code", "");
    return false;
  }
  if (Index > 0xffff) {
    T.Diags.error({}, Twine(Index) + " functions; a module holds 65535", "");
    return false;
  }
  // Room for alignment and for constants that code generation adds.
  for (GlobalVariable &V : M.globals())
    if (!V.isDeclaration())
      DataBytes += DL.getTypeAllocSize(V.getValueType()) + 16;
  T.Codegen.LargeData = DataBytes > 60000;
  if (DataBytes > 0x7fffffff) {
    T.Diags.error(
        {}, "the program's variables take " + Twine(DataBytes) + " bytes; that does not fit a 32-bit machine",
        "");
    return false;
  }

  raw_svector_ostream OS(T.Object);
  legacy::PassManager PM;
  TargetLibraryInfoImpl TLII = libraryInfo(T);
  PM.add(new TargetLibraryInfoWrapperPass(TLII));
  if (T.TM->addPassesToEmitFile(PM, OS, nullptr, CodeGenFileType::ObjectFile, !T.Options.VerifyMachine)) {
    T.Diags.error({}, "the code generator cannot write objects", "");
    return false;
  }
  PM.run(M);
  for (const std::string &Text : T.Codegen.Errors)
    T.Diags.add(fromBackend(Text));
  if (!T.Options.EmitObject.empty()) {
    std::error_code EC;
    raw_fd_ostream File(T.Options.EmitObject, EC);
    if (EC)
      T.Diags.error({T.Options.EmitObject, 0, ""}, "cannot write: " + EC.message());
    else
      File << StringRef(T.Object.data(), T.Object.size());
  }
  return !T.Diags.hasErrors();
}

} // namespace espb
