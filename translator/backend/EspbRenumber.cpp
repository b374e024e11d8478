// SPDX-License-Identifier: Apache-2.0
// Renumbers a function's window registers after allocation: the most used get the lowest numbers (a JIT maps
// those to machine registers) and the window has no holes. Arguments and results stay where they are; pairs
// stay consecutive.
#include "EspbInstrInfo.h"
#include "EspbSubtarget.h"
#include "EspbTargetMachine.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/MachineBlockFrequencyInfo.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"

using namespace llvm;

namespace {
constexpr unsigned kWindow = 32;

class EspbRenumber : public MachineFunctionPass {
public:
  static char ID;
  EspbRenumber() : MachineFunctionPass(ID) {}
  StringRef getPassName() const override { return "ESPB register renumbering"; }
  void getAnalysisUsage(AnalysisUsage &AU) const override {
    AU.addRequired<MachineBlockFrequencyInfoWrapperPass>();
    AU.setPreservesCFG();
    MachineFunctionPass::getAnalysisUsage(AU);
  }
  bool runOnMachineFunction(MachineFunction &MF) override;
};

// The window registers that Reg covers: first and count, count 0 if none.
std::pair<unsigned, unsigned> windowRegs(MCRegister Reg) {
  if (Reg >= Espb::R0 && Reg <= Espb::R31)
    return {Reg - Espb::R0, 1};
  if (Reg >= Espb::P0 && Reg <= Espb::P30)
    return {Reg - Espb::P0, 2};
  return {0, 0};
}
} // namespace

char EspbRenumber::ID = 0;

bool EspbRenumber::runOnMachineFunction(MachineFunction &MF) {
  const auto &MBFI = getAnalysis<MachineBlockFrequencyInfoWrapperPass>().getMBFI();
  double Weight[kWindow] = {};
  bool Fixed[kWindow] = {}, Joined[kWindow] = {},
       Used[kWindow] = {}; // Joined[i]: i and i+1 are a pair somewhere
  auto fix = [&](MCRegister Reg) {
    auto [First, Count] = windowRegs(Reg);
    for (unsigned I = 0; I != Count; ++I)
      Fixed[First + I] = Used[First + I] = true;
    if (Count == 2)
      Joined[First] = true;
  };
  if (!MF.empty())
    for (const auto &LI : MF.front().liveins())
      fix(LI.PhysReg);
  for (auto [Reg, VReg] : MF.getRegInfo().liveins())
    fix(Reg);
  for (const MachineBasicBlock &MBB : MF) {
    const double Frequency = MBFI.getBlockFreqRelativeToEntryBlock(&MBB);
    for (const MachineInstr &MI : MBB)
      for (const MachineOperand &MO : MI.operands()) {
        if (!MO.isReg() || !MO.getReg().isPhysical())
          continue;
        auto [First, Count] = windowRegs(MO.getReg().asMCReg());
        for (unsigned I = 0; I != Count; ++I) {
          Weight[First + I] += MI.isDebugInstr() ? 0 : Frequency;
          Used[First + I] = true;
        }
        if (Count == 2)
          Joined[First] = true;
        if (MI.isReturn())
          fix(MO.getReg().asMCReg());
      }
  }

  // Runs of registers that must stay together, heaviest (per register) first.
  struct Run {
    unsigned First, Count;
    double Weight;
  };
  SmallVector<Run, kWindow> Runs;
  unsigned To[kWindow];
  bool Taken[kWindow] = {};
  for (unsigned I = 0; I != kWindow;) {
    unsigned Count = 1;
    bool IsFixed = Fixed[I], IsUsed = Used[I];
    double W = Weight[I];
    while (Joined[I + Count - 1] && I + Count < kWindow) {
      IsFixed |= Fixed[I + Count];
      IsUsed |= Used[I + Count];
      W += Weight[I + Count];
      ++Count;
    }
    if (IsFixed)
      for (unsigned J = 0; J != Count; ++J) {
        To[I + J] = I + J;
        Taken[I + J] = true;
      }
    else if (IsUsed)
      Runs.push_back({I, Count, W / Count});
    else
      To[I] = I;
    I += Count;
  }
  llvm::stable_sort(Runs, [](const Run &A, const Run &B) { return A.Weight > B.Weight; });
  bool Changed = false;
  for (const Run &R : Runs) {
    unsigned At = 0;
    for (;; ++At) {
      // A place always exists within the window unless fixed pairs fragment it; then keep everything as it
      // is.
      if (At + R.Count > kWindow)
        return false;
      bool Free = true;
      for (unsigned J = 0; J != R.Count; ++J)
        Free &= !Taken[At + J];
      if (Free)
        break;
    }
    for (unsigned J = 0; J != R.Count; ++J) {
      To[R.First + J] = At + J;
      Taken[At + J] = true;
      Changed |= At != R.First;
    }
  }
  if (!Changed)
    return false;
  auto renamed = [&](MCRegister Reg) -> MCRegister {
    auto [First, Count] = windowRegs(Reg);
    if (!Count)
      return Reg;
    return (Count == 2 ? Espb::P0 : Espb::R0) + To[First];
  };
  for (MachineBasicBlock &MBB : MF) {
    for (MachineInstr &MI : MBB)
      for (MachineOperand &MO : MI.operands())
        if (MO.isReg() && MO.getReg().isPhysical())
          if (MCRegister New = renamed(MO.getReg().asMCReg()); New != MO.getReg().asMCReg())
            MO.setReg(New);
    std::vector<MachineBasicBlock::RegisterMaskPair> LiveIns;
    for (const auto &LI : MBB.liveins_dbg())
      LiveIns.push_back({renamed(LI.PhysReg), LI.LaneMask});
    // As a reserved register the kept sp was in no list; under its new number it is a register like any
    // other.
    if (MF.getFrameInfo().hasVarSizedObjects() && &MBB != &MF.front())
      LiveIns.push_back({renamed(EspbRegisterInfo::framePointer()), LaneBitmask::getAll()});
    MBB.clearLiveIns();
    for (const auto &LI : LiveIns)
      MBB.addLiveIn(LI);
    MBB.sortUniqueLiveIns();
  }
  return true;
}

FunctionPass *llvm::createEspbRenumberPass() { return new EspbRenumber; }
