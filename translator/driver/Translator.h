// SPDX-License-Identifier: Apache-2.0
// The translator as a library: LLVM bitcode in, an .espb module and its debug file out. This header needs no
// LLVM header.
#ifndef ESPB_TRANSLATOR_DRIVER_TRANSLATOR_H
#define ESPB_TRANSLATOR_DRIVER_TRANSLATOR_H

#include <cstdint>
#include <string>
#include <vector>

namespace espb {

enum class Severity : uint8_t { Error, Warning, Note };

// One thing the translator has to say. Everything but Level and Message may be missing.
struct Diagnostic {
  Severity Level = Severity::Error;
  std::string File;
  unsigned Line = 0;
  std::string Function; // demangled
  std::string Message;  // what and why
  std::string Hint;     // how to avoid it

  // "file:line: error: in function f: message" and, on a second line, the hint.
  std::string render() const;
};

// Which functions are compiled to machine code when they are loaded.
enum class JitMode : uint8_t { None, Hot, All };

struct TranslateOptions {
  std::vector<std::string> Inputs;      // .bc or .ll files
  std::vector<std::string> SymbolFiles; // .sym files, in the order in which a name is looked for
  std::vector<std::string> Exports;     // names to export beside main, app_main and ESPB_EXPORT
  char OptLevel = '2';                  // 0 1 2 3 s z
  JitMode Jit = JitMode::Hot;
  bool StrictSymbols = false;    // a name that no symbol file lists is an error
  bool DebugFile = true;         // produce the .espbdbg
  bool Timing = false;           // fill TranslateResult::Phases
  bool VerifyMachine = false;    // run LLVM's machine verifier (for the project's own tests)
  unsigned TimeoutSeconds = 120; // 0: none
  uint32_t StackBytes = 0;       // data stack the module asks for; 0: the runtime's default
  std::string EmitIR;            // when set: the optimised IR is written to this file
  std::string EmitObject;        // when set: the ELF object before packing is written to this file
};

struct TranslateResult {
  bool Ok = false;
  std::vector<uint8_t> Module;
  std::vector<uint8_t> Debug; // empty when not wanted
  std::vector<Diagnostic> Diagnostics;
  struct Phase {
    std::string Name;
    double Milliseconds;
  };
  std::vector<Phase> Phases;
};

// Never throws, aborts or hangs: the work is done in a child process, and its crash or time-out becomes a
// diagnostic.
TranslateResult translate(const TranslateOptions &Options);

} // namespace espb

#endif
