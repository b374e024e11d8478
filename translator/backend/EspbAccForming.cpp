// SPDX-License-Identifier: Apache-2.0
#include "EspbTargetMachine.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
using namespace llvm;
namespace {
class EspbAccForming : public MachineFunctionPass {
public:
  static char ID;
  EspbAccForming() : MachineFunctionPass(ID) {}
  bool runOnMachineFunction(MachineFunction &MF) override { return false; }
};
} // namespace
char EspbAccForming::ID = 0;
FunctionPass *llvm::createEspbAccFormingPass() { return new EspbAccForming; }
