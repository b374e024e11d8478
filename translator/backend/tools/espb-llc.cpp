// SPDX-License-Identifier: Apache-2.0
// Developer tool: compiles one IR file with the backend alone. `espb-llc [-O0..3] [-S] [-verify] [-info]
// in.ll -o out`.
#include "EspbTarget.h"
#include "llvm/CodeGen/Passes.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

static cl::opt<std::string> Input(cl::Positional, cl::desc("<input>"), cl::init("-"));
static cl::opt<std::string> Output("o", cl::desc("Output file"), cl::init("-"));
static cl::opt<char> OptLevel("O", cl::desc("Optimisation level"), cl::Prefix, cl::init('2'));
static cl::opt<bool> Listing("S", cl::desc("Write a listing instead of an object"));
static cl::opt<bool> PrintInfo("info", cl::desc("Print what the packer is told"));
static cl::opt<bool> LargeData("large-data", cl::desc("Use 32-bit data offsets"));

int main(int argc, char **argv) {
  espb::EspbCodegenContext Context;
  std::unique_ptr<TargetMachine> TM;
  {
    // Machine pass options exist once the passes are registered, which the first target machine does.
    TM = espb::createEspbTargetMachine(CodeGenOptLevel::Default, Context);
  }
  cl::ParseCommandLineOptions(argc, argv, "ESPB backend\n");
  TM = espb::createEspbTargetMachine(CodeGenOpt::parseLevel(OptLevel).value_or(CodeGenOptLevel::Default),
                                     Context);
  Context.LargeData = LargeData;

  LLVMContext LLVM;
  SMDiagnostic Diag;
  std::unique_ptr<Module> M = parseIRFile(Input, Diag, LLVM);
  if (!M) {
    Diag.print(argv[0], errs());
    return 1;
  }
  M->setTargetTriple(Triple(espb::kEspbTriple));
  M->setDataLayout(espb::kEspbDataLayout);
  for (Function &F : *M) {
    F.removeFnAttr("target-cpu");
    F.removeFnAttr("target-features");
    F.removeFnAttr("tune-cpu");
    if (!F.isDeclaration())
      Context.FunctionIndex.try_emplace(F.getName(), Context.FunctionIndex.size());
  }
  if (verifyModule(*M, &errs()))
    return 1;

  std::error_code EC;
  ToolOutputFile Out(Output, EC, sys::fs::OF_None);
  if (EC) {
    errs() << Output << ": " << EC.message() << '\n';
    return 1;
  }
  SmallString<0> Buffer;
  raw_svector_ostream Stream(Buffer);
  legacy::PassManager PM;
  if (TM->addPassesToEmitFile(PM, Stream, nullptr,
                              Listing ? CodeGenFileType::AssemblyFile : CodeGenFileType::ObjectFile)) {
    errs() << "no object output\n";
    return 1;
  }
  PM.run(*M);
  for (const std::string &E : Context.Errors)
    errs() << "error: " << E << '\n';
  if (PrintInfo)
    for (const auto &F : Context.Functions)
      errs() << F.Symbol << ' ' << F.Signature << " window " << F.WindowWords << " args " << F.ArgWords
             << " results " << F.ResultWords << " frame " << F.FrameBytes << " crossing "
             << format_hex(F.CallCrossing, 10) << (F.Leaf ? " leaf" : "") << (F.Variadic ? " variadic" : "")
             << (F.Hot ? " hot" : "") << '\n';
  if (!Context.Errors.empty())
    return 1;
  Out.os() << Buffer;
  Out.keep();
  return 0;
}
