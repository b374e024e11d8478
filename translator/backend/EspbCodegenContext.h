// SPDX-License-Identifier: Apache-2.0
// What code generation and the packer tell each other about one module, besides the ELF object: the indices
// that instructions carry, and what the function table needs to know of each function.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBCODEGENCONTEXT_H
#define ESPB_TRANSLATOR_BACKEND_ESPBCODEGENCONTEXT_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace espb {

// A signature is `R(A...)`: R is `v` or one or two type letters (two: results in two words), A the
// parameters, `.` marks where the variadic arguments of this call begin. Letters: b/B s8/u8, h/H s16/u16, i
// s32/u32, l 64-bit integer, f f32, d f64, p pointer. Small integers are passed extended to 32 bits, as the
// psABI says. Example: printf("%f", x) is "i(p.d)". What follows the bracket tells of structures by value
// (docs/format.md).

struct EspbFunctionInfo {
  std::string Symbol;
  std::string Signature;     // of the definition
  unsigned WindowWords = 0;  // W
  unsigned ArgWords = 0;     // words of r0-r7 that carry arguments (8 if variadic)
  unsigned ResultWords = 0;  // 0..2
  uint32_t FrameBytes = 0;   // of enter; 0 if none
  uint32_t CallCrossing = 0; // bit k: r(k) is live across a call or a routine (EspbFormats.td)
  uint32_t OutCrossing = 0;  // bit k: o(k) is live across a routine
  unsigned OutCount = 0;     // out registers that are named: the highest + 1
  bool Routines = false;     // has routines
  bool Hot = false;          // JIT_HOT
  bool Leaf = false;         // makes no call
  bool Variadic = false;
};

struct EspbLine {
  std::string Function; // symbol of the function the row belongs to
  uint32_t Offset;      // from the start of the function's code
  std::string File;
  unsigned Line;
};

struct EspbImport {
  std::string Name;
  std::string Signature; // of the call site; one import per (name, signature). Empty: the address is taken
                         // (LAIMP, data) only
};

class EspbCodegenContext {
public:
  // Function indices: given by the driver before codegen starts for every definition, most-called first.
  llvm::StringMap<unsigned> FunctionIndex;
  std::vector<EspbFunctionInfo> Functions; // by index; filled by the AsmPrinter
  std::vector<EspbLine> Lines;             // filled by the AsmPrinter, in code order
  std::vector<EspbImport> Imports;
  std::vector<std::string> Signatures;
  std::vector<std::string> Callables; // address-taken functions (symbols)
  bool LargeData = false;             // data or rodata above 64 KB: use the 32-bit address forms
  std::vector<std::string> Errors;    // "file:line: in function f: what and how to avoid it"

  unsigned importIndex(llvm::StringRef Name, llvm::StringRef Signature) {
    return intern(ImportIndex, (Name + "\x01" + Signature).str(),
                  [&] { Imports.push_back({Name.str(), Signature.str()}); });
  }
  unsigned signatureIndex(llvm::StringRef S) {
    return intern(SignatureIndex, S, [&] { Signatures.push_back(S.str()); });
  }
  unsigned callableIndex(llvm::StringRef Symbol) {
    return intern(CallableIndex, Symbol, [&] { Callables.push_back(Symbol.str()); });
  }

private:
  template <typename Add>
  static unsigned intern(llvm::StringMap<unsigned> &M, llvm::StringRef Key, Add AddNew) {
    auto [It, New] = M.try_emplace(Key, M.size());
    if (New)
      AddNew();
    return It->second;
  }
  llvm::StringMap<unsigned> ImportIndex, SignatureIndex, CallableIndex;
};

} // namespace espb

#endif
