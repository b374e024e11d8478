// SPDX-License-Identifier: Apache-2.0
// long double is double in guests, while the board's printf and scanf may have a wider one: their formats say
// double.
#include "Passes.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace espb {

// The position of the format among the arguments.
static int formatOf(StringRef Name) {
  return StringSwitch<int>(Name)
      .Cases({"printf", "vprintf", "scanf", "vscanf"}, 0)
      .Cases({"fprintf", "vfprintf", "sprintf", "vsprintf", "asprintf", "vasprintf", "dprintf", "vdprintf",
              "fscanf", "vfscanf", "sscanf", "vsscanf", "esp_rom_printf"},
             1)
      .Cases({"snprintf", "vsnprintf", "esp_log_write", "esp_log_writev"}, 2)
      .Default(-1);
}

// %Lf becomes %f for printf and %lf for scanf.
static std::string withoutLong(StringRef Format, bool Scan) {
  std::string Out;
  for (size_t I = 0; I < Format.size(); ++I) {
    Out += Format[I];
    if (Format[I] != '%')
      continue;
    size_t End = Format.find_first_not_of("-+ #0123456789.*", I + 1);
    if (End == StringRef::npos)
      End = Format.size();
    Out += Format.slice(I + 1, End);
    if (End < Format.size() && Format[End] == 'L') {
      if (Scan)
        Out += 'l';
      ++End;
    }
    if (End < Format.size())
      Out += Format[End];
    I = End;
  }
  return Out;
}

void lowerLongDoubleFormats(Module &M) {
  for (Function &F : M) {
    int Position = formatOf(F.getName());
    if (Position < 0 || !F.isDeclaration())
      continue;
    for (User *U : F.users()) {
      auto *Call = dyn_cast<CallBase>(U);
      StringRef Format;
      if (!Call || Call->getCalledFunction() != &F || Call->arg_size() <= unsigned(Position) ||
          !getConstantStringInfo(Call->getArgOperand(Position), Format) || !Format.contains('L'))
        continue;
      std::string Plain = withoutLong(Format, F.getName().contains("scan"));
      if (Plain != Format)
        Call->setArgOperand(Position, IRBuilder<>(Call).CreateGlobalString(Plain));
    }
  }
}

} // namespace espb
