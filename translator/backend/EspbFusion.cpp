// SPDX-License-Identifier: Apache-2.0
// Fused instructions that instruction selection cannot see, because they span blocks or exist only after
// register allocation: add-and-branch, memory += immediate, double moves, and the range check in front of a
// switch.
#include "EspbInstrInfo.h"
#include "EspbMachineFunctionInfo.h"
#include "EspbSubtarget.h"
#include "EspbTargetMachine.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/LivePhysRegs.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineJumpTableInfo.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"

using namespace llvm;

namespace {
class EspbFusion : public MachineFunctionPass {
public:
  static char ID;
  EspbFusion() : MachineFunctionPass(ID) {}
  StringRef getPassName() const override { return "ESPB fusion"; }
  bool runOnMachineFunction(MachineFunction &MF) override;

private:
  bool fuseAddBranch(MachineBasicBlock &MBB);
  bool fuseMemoryAdd(MachineBasicBlock &MBB);
  bool fuseMoves(MachineBasicBlock &MBB);
  bool foldSwitchRange(MachineFunction &MF);
  bool liveAfter(MachineInstr &MI, Register Reg) const;

  const EspbInstrInfo *TII = nullptr;
  const TargetRegisterInfo *TRI = nullptr;
};
} // namespace

char EspbFusion::ID = 0;

static bool isPlain(const MachineInstr &MI) { return !MI.isDebugInstr() && !MI.isMetaInstruction(); }

bool EspbFusion::liveAfter(MachineInstr &MI, Register Reg) const {
  LivePhysRegs Live(*TRI);
  const MachineBasicBlock &MBB = *MI.getParent();
  Live.addLiveOuts(MBB);
  for (const MachineInstr &I : llvm::reverse(MBB)) {
    if (&I == &MI)
      return !Live.available(MI.getMF()->getRegInfo(), Reg.asMCReg());
    if (isPlain(I))
      Live.stepBackward(I);
  }
  return true;
}

// add r, r, imm ... bne r, s / bnez r  =>  addbne r, imm, s / addbnz r, imm. What lies between must not touch
// r.
bool EspbFusion::fuseAddBranch(MachineBasicBlock &MBB) {
  auto T = MBB.getFirstTerminator();
  if (T == MBB.end() || (T->getOpcode() != Espb::BNE_rr && T->getOpcode() != Espb::BNE_rz))
    return false;
  const bool Zero = T->getOpcode() == Espb::BNE_rz;
  for (int Side = 0; Side != (Zero ? 1 : 2); ++Side) {
    const Register Reg = T->getOperand(Side).getReg();
    const Register Other = Zero ? Register() : T->getOperand(1 - Side).getReg();
    if (Reg == Other)
      continue;
    for (auto I = T; I != MBB.begin();) {
      --I;
      if (!isPlain(*I))
        continue;
      if (I->getOpcode() == Espb::ADD_rri && I->getOperand(0).getReg() == Reg &&
          I->getOperand(1).getReg() == Reg) {
        auto MIB = BuildMI(MBB, T, T->getDebugLoc(), TII->get(Zero ? Espb::ADDBNZ : Espb::ADDBNE), Reg)
                       .addReg(Reg)
                       .add(I->getOperand(2));
        if (!Zero)
          MIB.addReg(Other);
        MachineBasicBlock *Target = TII->getBranchDestBlock(*T);
        MIB.addMBB(Target);
        T->eraseFromParent();
        I->eraseFromParent();
        // An empty loop must keep a distance: see EspbLateBlocks.
        if (Target == &MBB && &*MBB.getFirstNonDebugInstr() == MIB.getInstr())
          BuildMI(MBB, MIB.getInstr(), MIB->getDebugLoc(), TII->get(Espb::NOP));
        return true;
      }
      if (I->readsRegister(Reg, TRI) || I->modifiesRegister(Reg, TRI))
        break;
    }
  }
  return false;
}

// lw t, [a + o]; add t, t, imm; sw t, [a + o], t dead  =>  addm [a + o], imm
bool EspbFusion::fuseMemoryAdd(MachineBasicBlock &MBB) {
  bool Changed = false;
  for (MachineInstr &Store : llvm::make_early_inc_range(MBB)) {
    if (Store.getOpcode() != Espb::SW_ro || Store.hasOrderedMemoryRef())
      continue;
    auto previous = [&](MachineInstr &MI) -> MachineInstr * {
      for (auto I = MI.getIterator(); I != MBB.begin();)
        if (isPlain(*--I))
          return &*I;
      return nullptr;
    };
    MachineInstr *Add = previous(Store);
    if (!Add || Add->getOpcode() != Espb::ADD_rri)
      continue;
    MachineInstr *Load = previous(*Add);
    if (!Load || Load->getOpcode() != Espb::LW_ro || Load->hasOrderedMemoryRef())
      continue;
    const Register Sum = Add->getOperand(0).getReg(), Old = Add->getOperand(1).getReg();
    const Register Base = Store.getOperand(1).getReg();
    if (Store.getOperand(0).getReg() != Sum || Load->getOperand(0).getReg() != Old ||
        Load->getOperand(1).getReg() != Base || Sum == Base || Old == Base ||
        Load->getOperand(2).getImm() != Store.getOperand(2).getImm())
      continue;
    if (liveAfter(Store, Sum) || (Old != Sum && liveAfter(Store, Old)))
      continue;
    BuildMI(MBB, Store, Store.getDebugLoc(), TII->get(Espb::ADDM_oi))
        .addReg(Base)
        .add(Store.getOperand(2))
        .add(Add->getOperand(2))
        .cloneMergedMemRefs({Load, &Store});
    Load->eraseFromParent();
    Add->eraseFromParent();
    Store.eraseFromParent();
    Changed = true;
  }
  return Changed;
}

// Two adjacent moves, in their order, are one.
bool EspbFusion::fuseMoves(MachineBasicBlock &MBB) {
  bool Changed = false;
  MachineInstr *First = nullptr;
  for (MachineInstr &MI : llvm::make_early_inc_range(MBB)) {
    if (!isPlain(MI))
      continue;
    if (MI.getOpcode() != Espb::MOV_rr) {
      First = nullptr;
      continue;
    }
    if (!First) {
      First = &MI;
      continue;
    }
    const Register D1 = First->getOperand(0).getReg(), S1 = First->getOperand(1).getReg();
    const Register D2 = MI.getOperand(0).getReg();
    // The second move may read what the first wrote: the machine copies in order. For LLVM it then reads the
    // first's source.
    const Register S2 = MI.getOperand(1).getReg() == D1 ? S1 : MI.getOperand(1).getReg();
    if (D1 == D2 || D1 == S2) {
      First = &MI;
      continue;
    }
    BuildMI(MBB, *First, MI.getDebugLoc(), TII->get(Espb::MOV2_rr))
        .addReg(D1, RegState::Define)
        .addReg(D2, RegState::Define)
        .addReg(S1)
        .addReg(S2);
    First->eraseFromParent();
    MI.eraseFromParent();
    First = nullptr;
    Changed = true;
  }
  return Changed;
}

// A block that ends in `bgeu x, n, out` (fall through or jump to a block that is only a switch on x with n
// cases): the switch has a default of its own.
bool EspbFusion::foldSwitchRange(MachineFunction &MF) {
  auto *FI = MF.getInfo<EspbMachineFunctionInfo>();
  bool Changed = false;
  for (MachineBasicBlock &SwitchBlock : MF) {
    auto S = SwitchBlock.getLastNonDebugInstr();
    if (S == SwitchBlock.end() || !EspbInstrInfo::isSwitch(S->getOpcode()) || SwitchBlock.pred_size() != 1)
      continue;
    const unsigned JTI = S->getOperand(1).getIndex();
    if (FI->SwitchDefault.contains(JTI))
      continue;
    MachineBasicBlock &Check = **SwitchBlock.pred_begin();
    MachineBasicBlock *TBB, *FBB;
    SmallVector<MachineOperand, 4> Cond;
    if (&Check == &SwitchBlock || TII->analyzeBranch(Check, TBB, FBB, Cond) || Cond.empty())
      continue;
    const auto &Tables = MF.getJumpTableInfo()->getJumpTables();
    const uint64_t Cases = Tables[JTI].MBBs.size();
    MachineBasicBlock *Out;
    if (Cond[0].getImm() == Espb::BGEU_ri && TBB != &SwitchBlock)
      Out = TBB;
    else if (Cond[0].getImm() == Espb::BLTU_ri && TBB == &SwitchBlock)
      Out = FBB ? FBB : Check.getFallThrough(false);
    else
      continue;
    if (!Out || Out == &SwitchBlock || (uint64_t)Cond[2].getImm() != Cases ||
        Cond[1].getReg() != S->getOperand(0).getReg())
      continue;
    // What is computed in front of the switch would now be computed on the way out as well.
    bool Harmless = true;
    for (MachineInstr &MI : make_range(SwitchBlock.begin(), S)) {
      if (!isPlain(MI))
        continue;
      Harmless &= !MI.mayLoadOrStore() && !MI.isCall() && !MI.hasUnmodeledSideEffects();
      for (const MachineOperand &MO : MI.all_defs()) {
        Harmless &= !TRI->regsOverlap(MO.getReg(), S->getOperand(0).getReg());
        for (const auto &LI : Out->liveins())
          Harmless &= !TRI->regsOverlap(MO.getReg(), LI.PhysReg);
      }
    }
    if (!Harmless)
      continue;
    // The same table must not serve another switch.
    unsigned Users = 0;
    for (MachineBasicBlock &B : MF)
      for (MachineInstr &MI : B.terminators())
        Users += EspbInstrInfo::isSwitch(MI.getOpcode()) && (unsigned)MI.getOperand(1).getIndex() == JTI;
    if (Users != 1)
      continue;
    TII->removeBranch(Check);
    Check.splice(Check.end(), &SwitchBlock, SwitchBlock.begin(), SwitchBlock.end());
    while (!Check.succ_empty())
      Check.removeSuccessor(Check.succ_begin());
    SmallPtrSet<MachineBasicBlock *, 16> Added;
    auto addSuccessor = [&](MachineBasicBlock *B) {
      if (Added.insert(B).second)
        Check.addSuccessorWithoutProb(B);
    };
    for (MachineBasicBlock *Case : Tables[JTI].MBBs)
      addSuccessor(Case);
    addSuccessor(Out);
    while (!SwitchBlock.succ_empty())
      SwitchBlock.removeSuccessor(SwitchBlock.succ_begin());
    FI->SwitchDefault[JTI] = Out;
    Changed = true;
  }
  // Blocks that lost their switch are empty and unreachable.
  for (MachineBasicBlock &MBB : llvm::make_early_inc_range(MF))
    if (&MBB != &MF.front() && MBB.empty() && MBB.pred_empty() && !MBB.hasAddressTaken())
      MBB.eraseFromParent();
  return Changed;
}

bool EspbFusion::runOnMachineFunction(MachineFunction &MF) {
  TII = MF.getSubtarget<EspbSubtarget>().getInstrInfo();
  TRI = MF.getSubtarget().getRegisterInfo();
  bool Changed = false;
  if (MF.getJumpTableInfo())
    Changed |= foldSwitchRange(MF);
  for (MachineBasicBlock &MBB : MF) {
    Changed |= fuseAddBranch(MBB);
    Changed |= fuseMemoryAdd(MBB);
    Changed |= fuseMoves(MBB);
  }
  return Changed;
}

FunctionPass *llvm::createEspbFusionPass() { return new EspbFusion; }
