// SPDX-License-Identifier: Apache-2.0
// Removes extensions of values that are extended already. Instruction selection sees one block at a time, so
// a byte that comes round a loop is masked again although every definition of it was a byte; here the whole
// function is looked at, through phis.
#include "EspbInstrInfo.h"
#include "EspbSubtarget.h"
#include "EspbTargetMachine.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"

using namespace llvm;

namespace {
class EspbExtensions : public MachineFunctionPass {
public:
  static char ID;
  EspbExtensions() : MachineFunctionPass(ID) {}
  StringRef getPassName() const override { return "ESPB redundant extensions"; }
  bool runOnMachineFunction(MachineFunction &MF) override;

private:
  using Visited = SmallPtrSet<const MachineInstr *, 16>;
  // Whether the value is below 2^Bits; whether it is one of Bits bits with its sign. Phis that lead back to
  // themselves prove nothing against it.
  bool zeroExtended(const MachineOperand &Op, unsigned Bits, Visited &Seen) const;
  bool signExtended(const MachineOperand &Op, unsigned Bits, Visited &Seen) const;
  const MachineInstr *definition(const MachineOperand &Op) const;

  const MachineRegisterInfo *MRI = nullptr;
  const TargetInstrInfo *TII = nullptr;
};
} // namespace

char EspbExtensions::ID = 0;

static constexpr unsigned MaxVisited = 64;

const MachineInstr *EspbExtensions::definition(const MachineOperand &Op) const {
  if (!Op.isReg() || !Op.getReg().isVirtual() || Op.getSubReg())
    return nullptr;
  const MachineInstr *MI = MRI->getVRegDef(Op.getReg());
  // The first result only: the others are addresses that were stepped on.
  if (!MI || !MI->getOperand(0).isReg() || MI->getOperand(0).getReg() != Op.getReg() ||
      MI->getOperand(0).getSubReg())
    return nullptr;
  return MI;
}

bool EspbExtensions::zeroExtended(const MachineOperand &Op, unsigned Bits, Visited &Seen) const {
  const MachineInstr *MI = definition(Op);
  if (!MI)
    return false;
  if (Seen.size() >= MaxVisited)
    return false;
  const auto Imm = [&](unsigned I, int64_t Low, int64_t High) {
    const MachineOperand &O = MI->getOperand(I);
    return O.isImm() && O.getImm() >= Low && O.getImm() < High;
  };
  const int64_t Limit = int64_t(1) << Bits;
  const StringRef Name = TII->getName(MI->getOpcode());
  if (Name.starts_with("LBU"))
    return Bits >= 8;
  if (Name.starts_with("LHU"))
    return Bits >= 16;
  switch (MI->getOpcode()) {
  case TargetOpcode::COPY:
    return zeroExtended(MI->getOperand(1), Bits, Seen);
  case TargetOpcode::PHI:
    if (!Seen.insert(MI).second)
      return true;
    for (unsigned I = 1; I < MI->getNumOperands(); I += 2)
      if (!zeroExtended(MI->getOperand(I), Bits, Seen))
        return false;
    return true;
  case Espb::AND_rri:
    return Imm(2, 0, Limit) || zeroExtended(MI->getOperand(1), Bits, Seen);
  case Espb::AND_rrr: {
    Visited Copy = Seen; // what a failed attempt has seen is not proved
    return zeroExtended(MI->getOperand(1), Bits, Copy) || zeroExtended(MI->getOperand(2), Bits, Seen);
  }
  case Espb::OR_rri:
    return Imm(2, 0, Limit) && zeroExtended(MI->getOperand(1), Bits, Seen);
  case Espb::XOR_rri:
    return Imm(2, 0, Limit) && zeroExtended(MI->getOperand(1), Bits, Seen);
  case Espb::OR_rrr:
  case Espb::XOR_rrr:
    return zeroExtended(MI->getOperand(1), Bits, Seen) && zeroExtended(MI->getOperand(2), Bits, Seen);
  case Espb::SHR_rri:
    return Imm(2, 32 - int64_t(Bits), 32) || zeroExtended(MI->getOperand(1), Bits, Seen);
  case Espb::SHR_rrr:
    return zeroExtended(MI->getOperand(1), Bits, Seen);
  case Espb::EXTU_rr:
    return Imm(3, 1, int64_t(Bits) + 1);
  case Espb::ZEXTH_rr:
    return Bits >= 16 || zeroExtended(MI->getOperand(1), Bits, Seen);
  case Espb::LI_ri:
  case Espb::LI_rw:
  case Espb::LI_rl:
    return Imm(1, 0, Limit);
  case Espb::SEL_rrrr:
    return zeroExtended(MI->getOperand(2), Bits, Seen) && zeroExtended(MI->getOperand(3), Bits, Seen);
  case Espb::SLT_rrr:
  case Espb::SLT_rri:
  case Espb::SLTU_rrr:
  case Espb::SLTU_rri:
  case Espb::SEQ_rri:
  case Espb::SNE_rri:
    return true;
  default:
    return false;
  }
}

bool EspbExtensions::signExtended(const MachineOperand &Op, unsigned Bits, Visited &Seen) const {
  const MachineInstr *MI = definition(Op);
  if (!MI)
    return false;
  if (Seen.size() >= MaxVisited)
    return false;
  const int64_t Half = int64_t(1) << (Bits - 1);
  const StringRef Name = TII->getName(MI->getOpcode());
  if (Name.starts_with("LBU"))
    return Bits > 8;
  if (Name.starts_with("LHU"))
    return Bits > 16;
  if (Name.starts_with("LH_") || Name.starts_with("LHX_"))
    return Bits >= 16;
  if (Name.starts_with("LB_") || Name.starts_with("LBX_"))
    return Bits >= 8;
  switch (MI->getOpcode()) {
  case TargetOpcode::COPY:
    return signExtended(MI->getOperand(1), Bits, Seen);
  case TargetOpcode::PHI:
    if (!Seen.insert(MI).second)
      return true;
    for (unsigned I = 1; I < MI->getNumOperands(); I += 2)
      if (!signExtended(MI->getOperand(I), Bits, Seen))
        return false;
    return true;
  case Espb::SEXTB_rr:
    return Bits >= 8;
  case Espb::SEXTH_rr:
    return Bits >= 16 || signExtended(MI->getOperand(1), Bits, Seen);
  case Espb::SAR_rri:
    return (MI->getOperand(2).isImm() && MI->getOperand(2).getImm() >= 32 - int64_t(Bits)) ||
           signExtended(MI->getOperand(1), Bits, Seen);
  case Espb::LI_ri:
  case Espb::LI_rw:
  case Espb::LI_rl:
    return MI->getOperand(1).isImm() && MI->getOperand(1).getImm() >= -Half &&
           MI->getOperand(1).getImm() < Half;
  case Espb::SEL_rrrr:
    return signExtended(MI->getOperand(2), Bits, Seen) && signExtended(MI->getOperand(3), Bits, Seen);
  case Espb::MIN_rrr:
  case Espb::MAX_rrr:
    return signExtended(MI->getOperand(1), Bits, Seen) && signExtended(MI->getOperand(2), Bits, Seen);
  default: {
    Visited Fresh;
    return zeroExtended(Op, Bits - 1, Fresh);
  }
  }
}

bool EspbExtensions::runOnMachineFunction(MachineFunction &MF) {
  if (skipFunction(MF.getFunction()))
    return false;
  MachineRegisterInfo &Registers = MF.getRegInfo();
  MRI = &Registers;
  TII = MF.getSubtarget().getInstrInfo();
  bool Changed = false;
  for (MachineBasicBlock &MBB : MF)
    for (MachineInstr &MI : make_early_inc_range(MBB)) {
      Visited Seen;
      bool Redundant = false;
      switch (MI.getOpcode()) {
      case Espb::AND_rri: {
        if (!MI.getOperand(2).isImm())
          break;
        const uint64_t Mask = uint64_t(MI.getOperand(2).getImm());
        Redundant = isMask_64(Mask) && zeroExtended(MI.getOperand(1), unsigned(llvm::bit_width(Mask)), Seen);
        break;
      }
      case Espb::ZEXTH_rr:
        Redundant = zeroExtended(MI.getOperand(1), 16, Seen);
        break;
      case Espb::SEXTH_rr:
        Redundant = signExtended(MI.getOperand(1), 16, Seen);
        break;
      case Espb::SEXTB_rr:
        Redundant = signExtended(MI.getOperand(1), 8, Seen);
        break;
      default:
        break;
      }
      if (!Redundant)
        continue;
      const Register Result = MI.getOperand(0).getReg(), Source = MI.getOperand(1).getReg();
      if (!Result.isVirtual() || !Registers.constrainRegClass(Source, Registers.getRegClass(Result)))
        continue;
      Registers.replaceRegWith(Result, Source);
      Registers.clearKillFlags(Source);
      MI.eraseFromParent();
      Changed = true;
    }
  return Changed;
}

FunctionPass *llvm::createEspbExtensionsPass() { return new EspbExtensions(); }
