// SPDX-License-Identifier: Apache-2.0
// The one subtarget there is.
#include "EspbSubtarget.h"
#include "EspbTargetMachine.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/DebugInfoMetadata.h"

using namespace llvm;

#define GET_SUBTARGETINFO_TARGET_DESC
#define GET_SUBTARGETINFO_CTOR
#include "EspbGenSubtargetInfo.inc"

EspbSubtarget::EspbSubtarget(const Triple &TT, const EspbTargetMachine &TM, espb::EspbCodegenContext &Context)
    : EspbGenSubtargetInfo(TT, "generic", "generic", ""), Context(Context), InstrInfo(*this),
      TLInfo(TM, *this) {}

void EspbSubtarget::reportError(const Function &F, const DebugLoc *Loc, const Twine &Message) const {
  std::string Text;
  if (Loc && *Loc)
    Text = (Loc->get()->getFilename() + ":" + Twine(Loc->getLine()) + ": ").str();
  else if (const DISubprogram *SP = F.getSubprogram())
    Text = (SP->getFilename() + ":" + Twine(SP->getLine()) + ": ").str();
  Text += "in function " + demangle(F.getName()) + ": " + Message.str();
  Context.Errors.push_back(std::move(Text));
}
