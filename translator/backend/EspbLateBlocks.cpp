// SPDX-License-Identifier: Apache-2.0
// After block placement: a trap where control would fall off the end of a function, distance for branches to
// themselves, and wide jumps where a function is large.
#include "EspbInstrInfo.h"
#include "EspbMachineFunctionInfo.h"
#include "EspbSubtarget.h"
#include "EspbTargetMachine.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineJumpTableInfo.h"

using namespace llvm;

namespace {
class EspbLateBlocks : public MachineFunctionPass {
public:
  static char ID;
  EspbLateBlocks() : MachineFunctionPass(ID) {}
  StringRef getPassName() const override { return "ESPB late blocks"; }
  bool runOnMachineFunction(MachineFunction &MF) override;
};
} // namespace

char EspbLateBlocks::ID = 0;

// May MI, the first instruction of its block, branch to itself? Blocks without instructions that lie before
// its own are the same place.
static bool branchesToItself(const MachineInstr &MI) {
  const MachineFunction &MF = *MI.getMF();
  auto isHere = [&](const MachineBasicBlock *Target) {
    for (auto Block = MI.getParent()->getIterator();; --Block) {
      if (&*Block == Target)
        return true;
      if (Block == MF.begin() || std::prev(Block)->getFirstNonDebugInstr() != std::prev(Block)->end())
        return false;
    }
  };
  for (const MachineOperand &MO : MI.operands()) {
    if (MO.isMBB() && isHere(MO.getMBB()))
      return true;
    if (MO.isJTI() && any_of(MF.getJumpTableInfo()->getJumpTables()[MO.getIndex()].MBBs, isHere))
      return true;
  }
  return false;
}

// Whether Target, or the empty blocks from it on, lead straight into MBB.
static bool isAtSamePlace(MachineBasicBlock &Target, MachineBasicBlock &MBB) {
  for (auto I = Target.getIterator(), E = Target.getParent()->end(); I != E; ++I) {
    if (&*I == &MBB)
      return true;
    if (llvm::any_of(*I, [](const MachineInstr &MI) { return !MI.isMetaInstruction(); }))
      return false;
  }
  return false;
}

bool EspbLateBlocks::runOnMachineFunction(MachineFunction &MF) {
  const EspbInstrInfo &TII = *MF.getSubtarget<EspbSubtarget>().getInstrInfo();
  auto *FI = MF.getInfo<EspbMachineFunctionInfo>();
  for (MachineBasicBlock &MBB : MF) {
    if (!MBB.succ_empty())
      continue;
    auto Last = MBB.getLastNonDebugInstr();
    if (Last != MBB.end() && Last->isBarrier())
      continue;
    // Nothing returns from a call that ends a block with no way on; only the end of the function has to be
    // guarded.
    if (Last != MBB.end() && Last->isCall() && &MBB != &MF.back())
      continue;
    BuildMI(&MBB, Last == MBB.end() ? DebugLoc() : Last->getDebugLoc(), TII.get(Espb::TRAP)).addImm(0);
  }
  // Fuel is charged by distance, so the verifier refuses a branch to itself: it gets a nop in front.
  for (MachineBasicBlock &MBB : MF) {
    auto First = MBB.getFirstNonDebugInstr();
    if (First != MBB.end() && First->isBranch() && branchesToItself(*First))
      BuildMI(MBB, First, First->getDebugLoc(), TII.get(Espb::NOP));
  }
  // Fuel is charged by the distance of a backward branch: a branch to itself would be free, and the verifier
  // refuses it.
  for (MachineBasicBlock &MBB : MF)
    for (MachineInstr &MI : MBB) {
      if (MI.isMetaInstruction())
        continue;
      if (MI.isBranch() && !EspbInstrInfo::isSwitch(MI.getOpcode()) &&
          isAtSamePlace(*TII.getBranchDestBlock(MI), MBB))
        BuildMI(MBB, MI, MI.getDebugLoc(), TII.get(Espb::NOP));
      break; // only the first instruction of a block can be its own target
    }
  uint64_t Size = 0;
  for (MachineBasicBlock &MBB : MF)
    for (MachineInstr &MI : MBB)
      Size += TII.getInstSizeInBytes(MI);
  // Relaxation adds at most a jump to every conditional branch.
  FI->Large = Size > 16000;
  if (FI->Large)
    for (MachineBasicBlock &MBB : MF)
      for (MachineInstr &MI : MBB)
        if (MI.getOpcode() == Espb::SWITCH)
          MI.setDesc(TII.get(Espb::SWITCH32));
  return true;
}

FunctionPass *llvm::createEspbLateBlocksPass() { return new EspbLateBlocks; }
