// SPDX-License-Identifier: Apache-2.0
// Simplifications on SSA machine code that need to see more than one block: extensions of values that are
// extended already, and loop bounds put into registers, so that a counting loop ends in one add-and-branch.
#include "EspbInstrInfo.h"
#include "EspbSubtarget.h"
#include "EspbTargetMachine.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineLoopInfo.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

namespace {
class EspbSimplify : public MachineFunctionPass {
public:
  static char ID;
  EspbSimplify() : MachineFunctionPass(ID) {}
  StringRef getPassName() const override { return "ESPB simplification"; }
  void getAnalysisUsage(AnalysisUsage &AU) const override {
    AU.addRequired<MachineLoopInfoWrapperPass>();
    AU.addPreserved<MachineLoopInfoWrapperPass>();
    AU.setPreservesCFG();
    MachineFunctionPass::getAnalysisUsage(AU);
  }
  bool runOnMachineFunction(MachineFunction &MF) override;

private:
  using Seen = SmallSet<Register, 16>;
  bool fits(Register Reg, unsigned Bits, bool Signed, unsigned Depth, Seen &Visited) const;
  bool fits(Register Reg, unsigned Bits, bool Signed) const {
    Seen Visited;
    return fits(Reg, Bits, Signed, 0, Visited);
  }
  bool removeExtension(MachineInstr &MI);
  bool hoistBound(MachineLoop &L);

  MachineRegisterInfo *MRI = nullptr;
  const EspbInstrInfo *TII = nullptr;
};
} // namespace

char EspbSimplify::ID = 0;

// Whether the value of Reg is its own zero (or sign) extension from Bits bits.
bool EspbSimplify::fits(Register Reg, unsigned Bits, bool Signed, unsigned Depth, Seen &Visited) const {
  constexpr unsigned kMaxDepth = 12;
  if (!Reg.isVirtual() || Depth == kMaxDepth || MRI->getRegClass(Reg) != &Espb::GPRRegClass)
    return false;
  if (!Visited.insert(Reg).second)
    return true; // around a loop: what enters it decides
  const MachineInstr *MI = MRI->getVRegDef(Reg);
  if (!MI || MI->getOperand(0).getReg() != Reg || MI->getOperand(0).getSubReg())
    return false;
  // Unsigned values of fewer bits are signed ones of more.
  auto width = [&](unsigned Unsigned) { return Signed ? Unsigned < Bits : Unsigned <= Bits; };
  auto operand = [&](unsigned I) {
    return MI->getOperand(I).isReg() && !MI->getOperand(I).getSubReg() &&
           fits(MI->getOperand(I).getReg(), Bits, Signed, Depth + 1, Visited);
  };
  switch (MI->getOpcode()) {
  case Espb::LBU_ro:
  case Espb::LBU_rp:
  case Espb::LBU_rx:
  case Espb::LBUX_rd:
  case Espb::LBUX_rk:
  case Espb::LBUQ_rq:
    return width(8);
  case Espb::LHU_ro:
  case Espb::LHU_rp:
  case Espb::LHU_rx:
  case Espb::LHUX_rd:
  case Espb::ZEXTH_rr:
    return width(16);
  case Espb::LB_ro:
  case Espb::LBX_rp:
  case Espb::LBX_rx:
  case Espb::SEXTB_rr:
    return Signed && Bits >= 8;
  case Espb::LH_ro:
  case Espb::LH_rp:
  case Espb::LH_rx:
  case Espb::LHX_rd:
  case Espb::SEXTH_rr:
    return Signed && Bits >= 16;
  case Espb::EXTS_rr:
    return Signed && (unsigned)MI->getOperand(3).getImm() <= Bits;
  case Espb::EXTU_rr:
    return width(MI->getOperand(3).getImm());
  case Espb::SHR_rri:
    return width(32 - MI->getOperand(2).getImm());
  case Espb::AND_rri:
    return width(32 - llvm::countl_zero((uint32_t)MI->getOperand(2).getImm()));
  case Espb::CLZ_rr:
  case Espb::CTZ_rr:
  case Espb::POPCNT_rr:
    return width(6);
  case Espb::SEQ_rri:
  case Espb::SNE_rri:
  case Espb::SLT_rri:
  case Espb::SLTU_rri:
  case Espb::SLT_rrr:
  case Espb::SLTU_rrr:
  case Espb::SEQR_rrr:
  case Espb::SNER_rrr:
    return width(1);
  case Espb::LI_ri:
  case Espb::LI_rw:
  case Espb::LI_rl: {
    const int64_t V = (int32_t)MI->getOperand(1).getImm();
    return Signed ? isIntN(Bits, V) : V >= 0 && isUIntN(Bits, V);
  }
  case TargetOpcode::COPY:
    return operand(1);
  case Espb::SEL_rrrr:
    return operand(2) && operand(3);
  case Espb::OR_rrr:
  case Espb::XOR_rrr:
    return operand(1) && operand(2);
  case TargetOpcode::PHI:
    for (unsigned I = 1; I < MI->getNumOperands(); I += 2)
      if (!operand(I))
        return false;
    return true;
  default:
    return false;
  }
}

bool EspbSimplify::removeExtension(MachineInstr &MI) {
  bool Needless = false;
  switch (MI.getOpcode()) {
  case Espb::AND_rri:
    Needless = isMask_32(MI.getOperand(2).getImm()) &&
               fits(MI.getOperand(1).getReg(), llvm::popcount((uint32_t)MI.getOperand(2).getImm()), false);
    break;
  case Espb::ZEXTH_rr:
    Needless = fits(MI.getOperand(1).getReg(), 16, false);
    break;
  case Espb::EXTU_rr:
    Needless =
        MI.getOperand(2).getImm() == 0 && fits(MI.getOperand(1).getReg(), MI.getOperand(3).getImm(), false);
    break;
  case Espb::SEXTB_rr:
    Needless = fits(MI.getOperand(1).getReg(), 8, true);
    break;
  case Espb::SEXTH_rr:
    Needless = fits(MI.getOperand(1).getReg(), 16, true);
    break;
  default:
    break;
  }
  const Register Dst = MI.getOperand(0).isReg() ? MI.getOperand(0).getReg() : Register();
  if (!Needless || !Dst.isVirtual() || MI.getOperand(1).getSubReg() ||
      MRI->getRegClass(Dst) != &Espb::GPRRegClass)
    return false;
  const Register Src = MI.getOperand(1).getReg();
  MI.eraseFromParent();
  MRI->replaceRegWith(Dst, Src);
  MRI->clearKillFlags(Src);
  return true;
}

// i2 = i + c; if (i2 != bound) goto header, bound a constant: with the bound in a register it is one
// instruction.
bool EspbSimplify::hoistBound(MachineLoop &L) {
  MachineBasicBlock *Latch = L.getLoopLatch(), *Entry = L.getLoopPreheader();
  if (!Latch || !Entry)
    return false;
  auto T = Latch->getFirstTerminator();
  if (T == Latch->end() || T->getOpcode() != Espb::BNE_ri || TII->getBranchDestBlock(*T) != L.getHeader())
    return false;
  const Register Sum = T->getOperand(0).getReg();
  MachineInstr *Add = MRI->getVRegDef(Sum);
  if (!Add || Add->getParent() != Latch || Add->getOpcode() != Espb::ADD_rri)
    return false;
  // Only the loop's phi may read the sum besides, and nothing the old value behind the addition: else they
  // cannot share a register.
  for (const MachineInstr &Use : MRI->use_nodbg_instructions(Sum))
    if (&Use != &*T && !(Use.isPHI() && Use.getParent() == L.getHeader()))
      return false;
  for (auto I = std::next(Add->getIterator()); I != Latch->end(); ++I)
    if (I->readsRegister(Add->getOperand(1).getReg(), nullptr))
      return false;
  const Register Bound = MRI->createVirtualRegister(&Espb::GPRRegClass);
  TII->loadImmediate(*Entry, Entry->getFirstTerminator(), T->getDebugLoc(), Bound, T->getOperand(1).getImm());
  BuildMI(*Latch, T, T->getDebugLoc(), TII->get(Espb::BNE_rr))
      .addReg(Sum)
      .addReg(Bound)
      .addMBB(L.getHeader());
  T->eraseFromParent();
  return true;
}

bool EspbSimplify::runOnMachineFunction(MachineFunction &MF) {
  MRI = &MF.getRegInfo();
  TII = MF.getSubtarget<EspbSubtarget>().getInstrInfo();
  bool Changed = false;
  for (MachineBasicBlock &MBB : MF)
    for (MachineInstr &MI : llvm::make_early_inc_range(MBB))
      if (MI.getNumOperands() > 1 && MI.getOperand(1).isReg())
        Changed |= removeExtension(MI);
  if (!MF.getFunction().hasOptSize())
    for (MachineLoop *L : getAnalysis<MachineLoopInfoWrapperPass>().getLI().getLoopsInPreorder())
      Changed |= hoistBound(*L);
  return Changed;
}

FunctionPass *llvm::createEspbSimplifyPass() { return new EspbSimplify; }
