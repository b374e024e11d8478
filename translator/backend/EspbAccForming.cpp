// SPDX-License-Identifier: Apache-2.0
// Makes the accumulator, two-address and zero-offset forms, last of all before branches are sized.
//
// The accumulator holds the result of the instruction just executed. When the next instruction reads that
// result it can take it from there (no field, no fetch), and when nobody else reads it the first instruction
// need not store it. Per block, dynamic programming chooses the cheapest form of every instruction; before
// that, instructions are moved within small distances where that brings a producer next to its consumer. All
// forms come from the generated table: an instruction's family is its base operation, and its mode says where
// each operand comes from.
#include "EspbEncoding.h"
#include "EspbInstrInfo.h"
#include "EspbSubtarget.h"
#include "EspbTargetMachine.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"

using namespace llvm;
using Espb::Encoding;

namespace {
// Register units as bits: r0-r31, o0-o7, sp.
using Units = uint64_t;
constexpr Units kOutUnits = Units(0xff) << 32;

Units unitsOf(MCRegister Reg) {
  if (Reg >= Espb::R0 && Reg <= Espb::R31)
    return Units(1) << (Reg - Espb::R0);
  if (Reg >= Espb::O0 && Reg <= Espb::O7)
    return Units(1) << (32 + Reg - Espb::O0);
  if (Reg >= Espb::P0 && Reg <= Espb::P30)
    return Units(3) << (Reg - Espb::P0);
  if (Reg >= Espb::OP0 && Reg <= Espb::OP6)
    return Units(3) << (32 + Reg - Espb::OP0);
  return Reg == Espb::SP ? Units(1) << 40 : 0;
}

// What an instruction costs an engine, in native instructions: dispatch, operand fetches, the second page.
constexpr unsigned kDispatchCost = 8, kFieldCost = 3, kSharedCost = 1, kPageCost = 6, kImpossible = 1u << 30;

struct Node {
  MachineInstr *MI = nullptr;
  const Encoding *E = nullptr; // null: no form to choose
  Units Defs = 0, Uses = 0;
  Units Explicit = 0; // units of the destination operand "rd", if it is one word
  Units CopyOf = 0;   // of a move: its source, whose value acc holds as well
  bool Fixed = false; // must not be moved
  bool Loads = false, Stores = false;
};

struct Form {
  const Encoding *E = nullptr;
  bool Commuted = false;
  unsigned Cost = kImpossible;
};

class EspbAccForming : public MachineFunctionPass {
public:
  static char ID;
  EspbAccForming() : MachineFunctionPass(ID) {}
  StringRef getPassName() const override { return "ESPB accumulator forming"; }
  void getAnalysisUsage(AnalysisUsage &AU) const override {
    AU.setPreservesCFG();
    MachineFunctionPass::getAnalysisUsage(AU);
  }
  bool runOnMachineFunction(MachineFunction &MF) override;

private:
  Node describe(MachineInstr &MI) const;
  Form bestForm(const Node &N, Units Acc, Units MustRead, bool DropDest) const;
  unsigned choose(ArrayRef<const Node *> Nodes, Units LiveOut, SmallVectorImpl<Form> *Chosen) const;
  bool mayPass(const Node &Mover, const Node &Over) const;
  void bringTogether(SmallVectorImpl<Node *> &Order, Units LiveOut) const;
  void rewrite(MachineInstr &MI, const Encoding &From, const Form &To) const;
  bool runOnBlock(MachineBasicBlock &MBB);

  const EspbInstrInfo *TII = nullptr;
};
} // namespace

char EspbAccForming::ID = 0;

static const MachineOperand *operandNamed(const MachineInstr &MI, const Encoding &E, StringRef Name) {
  const int I = E.fieldIndex(Name);
  return I < 0 ? nullptr : &MI.getOperand(I);
}

static Units unitsNamed(const MachineInstr &MI, const Encoding &E, StringRef Name) {
  const MachineOperand *MO = operandNamed(MI, E, Name);
  return MO && MO->isReg() ? unitsOf(MO->getReg().asMCReg()) : 0;
}

static bool isWord(Units U) { return U && (U & (U - 1)) == 0; }

Node EspbAccForming::describe(MachineInstr &MI) const {
  Node N;
  N.MI = &MI;
  N.E = Espb::encodingOf(MI.getOpcode());
  for (const MachineOperand &MO : MI.operands()) {
    if (MO.isRegMask())
      N.Defs |= kOutUnits;
    if (!MO.isReg() || !MO.getReg().isPhysical())
      continue;
    const Units U = unitsOf(MO.getReg().asMCReg());
    if (MO.isDef())
      N.Defs |= U;
    else if (!MO.isUndef())
      N.Uses |= U;
  }
  N.Loads = MI.mayLoad();
  N.Stores = MI.mayStore();
  N.Fixed = MI.isCall() || MI.isTerminator() || MI.hasUnmodeledSideEffects() || MI.isPosition() || !N.E ||
            MI.isInlineAsm() || MI.hasOrderedMemoryRef();
  if (N.E && N.E->WritesAcc) {
    N.Explicit = unitsNamed(MI, *N.E, "rd");
    if (!isWord(N.Explicit))
      N.Explicit = 0;
    if (MI.getOpcode() == Espb::MOV_rr)
      N.CopyOf = unitsNamed(MI, *N.E, "ra");
  }
  return N;
}

// Cost of one form: fields are what an engine has to fetch.
static unsigned costOf(const Encoding &E) {
  unsigned Cost = kDispatchCost + (E.Page ? kPageCost : 0);
  for (unsigned I = 0; I != E.NumFields; ++I)
    if (E.Fields[I].Kind == Espb::FieldKind::Reg)
      Cost += kFieldCost;
    else if (E.Fields[I].Kind != Espb::FieldKind::None)
      Cost += E.Fields[I].Bytes;
  if (E.Kind == 'B' && E.Mode[1] == 'x')
    Cost += kSharedCost;
  return Cost;
}

// The cheapest form of N when acc holds the value of the registers Acc. The registers MustRead (0 or one
// word, part of Acc) have no valid copy outside acc. DropDest: the result is to be left in acc only.
Form EspbAccForming::bestForm(const Node &N, Units Acc, Units MustRead, bool DropDest) const {
  Form Best;
  const Encoding *E = N.E;
  if (!E) {
    if (!DropDest && !(N.Uses & MustRead))
      Best.Cost = kDispatchCost;
    return Best;
  }
  const MachineInstr &MI = *N.MI;
  const Units Implicit = [&] {
    Units U = 0;
    for (const MachineOperand &MO : MI.implicit_operands())
      if (MO.isReg() && MO.isUse() && MO.getReg().isPhysical())
        U |= unitsOf(MO.getReg().asMCReg());
    return U;
  }();
  if (Implicit & MustRead)
    return Best;
  if (DropDest && !N.Explicit)
    return Best;

  auto consider = [&](StringRef Mode, bool Commuted) {
    const Encoding *F = Mode == E->Mode ? E : Espb::encodingOf(E->Base, Mode);
    if (!F)
      return;
    // Every field of the new form must exist in the old one, and none may read what is in acc only.
    for (unsigned I = 0; I != F->NumFields; ++I) {
      StringRef Name = F->Fields[I].Name;
      if (Commuted)
        Name = Name == "ra" ? "rb" : Name == "rb" ? "ra" : Name;
      const MachineOperand *MO = operandNamed(MI, *E, Name);
      if (!MO)
        return;
      if (MO->isReg() && MO->isUse() && (unitsOf(MO->getReg().asMCReg()) & MustRead))
        return;
    }
    const unsigned Cost = costOf(*F);
    if (Cost < Best.Cost)
      Best = {F, Commuted, Cost};
  };

  StringRef M = E->Mode;
  const bool Unusual = M.contains('a') || M.contains('x');
  const Units Rd = unitsNamed(MI, *E, "rd"), Ra = unitsNamed(MI, *E, "ra"), Rb = unitsNamed(MI, *E, "rb");
  auto inAcc = [&](Units U) { return isWord(U) && (U & Acc); };
  if (!DropDest)
    consider(M, false);
  std::string New = M.str();
  switch (E->Kind) {
  case 'B': {
    if (Unusual)
      break;
    for (int Commuted = 0; Commuted <= (E->Commutes && M[2] == 'r' ? 1 : 0); ++Commuted) {
      const Units A = Commuted ? Rb : Ra, B = Commuted ? Ra : Rb;
      New = M.str();
      New[0] = DropDest ? 'a' : 'r';
      consider(New, Commuted);
      if (!DropDest && A == Rd && !(A & MustRead)) {
        New[1] = 'x';
        consider(New, Commuted);
        if (M[2] == 'r' && inAcc(B)) {
          New[2] = 'a';
          consider(New, Commuted);
          New[2] = M[2];
        }
        New[1] = 'r';
      }
      if (inAcc(A)) {
        New[1] = 'a';
        consider(New, Commuted);
        New[1] = 'r';
      }
      if (M[2] == 'r' && inAcc(B)) {
        New[2] = 'a';
        consider(New, Commuted);
      }
    }
    break;
  }
  case 'U':
    New[0] = DropDest ? 'a' : 'r';
    consider(New, false);
    if (inAcc(Ra)) {
      New[1] = 'a';
      consider(New, false);
    }
    break;
  case 'L':
  case 'S': {
    const bool Load = E->Kind == 'L';
    const Units Rv = unitsNamed(MI, *E, "rv");
    SmallVector<char, 4> Addresses = {M[1]};
    const MachineOperand *Off = operandNamed(MI, *E, "off");
    const bool Zero = M[1] == 'o' && Off->isImm() && Off->getImm() == 0;
    if (Zero)
      Addresses.push_back('z');
    SmallVector<char, 4> AccAddresses;
    if ((M[1] == 'o' || M[1] == 'z') && inAcc(Ra)) {
      if (Zero || M[1] == 'z')
        AccAddresses.push_back('c');
      if (M[1] == 'o')
        AccAddresses.push_back('b');
    }
    if (M[1] == 'x' && inAcc(Rb))
      AccAddresses.push_back('y');
    const char Value = Load ? (DropDest ? 'a' : 'r') : 'r';
    if (M[0] != 'r')
      break;
    for (char A : Addresses) {
      consider({std::string{Value, A}}, false);
      if (!Load && inAcc(Rv))
        consider({std::string{'a', A}}, false);
    }
    for (char A : AccAddresses)
      consider({std::string{Value, A}}, false);
    break;
  }
  case 'J':
    if (inAcc(Ra) && M[0] == 'r') {
      New[0] = 'a';
      consider(New, false);
    }
    if (E->Commutes || M == "rr") {
      // Equality compares either way round.
      const bool Symmetric = MI.getOpcode() == Espb::BEQ_rr || MI.getOpcode() == Espb::BNE_rr;
      if (Symmetric && inAcc(Rb))
        consider("ar", true);
    }
    break;
  default:
    if (DropDest && E->WritesAcc && M[0] == 'r') {
      New[0] = 'a';
      const Encoding *F = Espb::encodingOf(E->Base, New);
      if (F && F->NumFields + 1u == E->NumFields)
        consider(New, false);
    }
    if (!DropDest && MI.getOpcode() == Espb::SEL_rrrr && inAcc(unitsNamed(MI, *E, "rc")))
      consider("rarr", false);
    break;
  }
  return Best;
}

// The cheapest forms of a straight sequence; returns their cost.
unsigned EspbAccForming::choose(ArrayRef<const Node *> Nodes, Units LiveOut,
                                SmallVectorImpl<Form> *Chosen) const {
  const size_t N = Nodes.size();
  if (N == 0)
    return 0;
  SmallVector<Units, 64> LiveAfter(N);
  Units Live = LiveOut;
  for (size_t I = N; I-- != 0;) {
    LiveAfter[I] = Live;
    Live = (Live & ~Nodes[I]->Defs) | Nodes[I]->Uses;
  }
  // State: is the result of instruction I in acc only?
  struct State {
    unsigned Cost = kImpossible;
    bool PrevDropped = false;
    Form F;
  };
  SmallVector<std::array<State, 2>, 64> Table(N);
  for (size_t I = 0; I != N; ++I) {
    const Node &Cur = *Nodes[I];
    // May the result live in acc only? Then the next instruction is its only reader.
    bool MayDrop = false;
    if (I + 1 != N && Cur.Explicit) {
      const Node &Next = *Nodes[I + 1];
      MayDrop =
          (Next.Uses & Cur.Explicit) && (!(LiveAfter[I + 1] & Cur.Explicit) || (Next.Defs & Cur.Explicit));
    }
    Units Acc = 0;
    if (I != 0 && Nodes[I - 1]->E && Nodes[I - 1]->E->WritesAcc) {
      const Node &Prev = *Nodes[I - 1];
      Acc = Prev.Explicit | (Prev.CopyOf & ~Prev.Defs);
    }
    for (int PrevDropped = 0; PrevDropped != (I ? 2 : 1); ++PrevDropped) {
      const unsigned Before = I ? Table[I - 1][PrevDropped].Cost : 0;
      if (Before >= kImpossible)
        continue;
      const Units MustRead = PrevDropped ? Nodes[I - 1]->Explicit : 0;
      for (int Drop = 0; Drop != (MayDrop ? 2 : 1); ++Drop) {
        const Form F = bestForm(Cur, Acc, MustRead, Drop);
        if (F.Cost >= kImpossible)
          continue;
        State &S = Table[I][Drop];
        if (Before + F.Cost < S.Cost)
          S = {Before + F.Cost, bool(PrevDropped), F};
      }
    }
  }
  if (Chosen) {
    Chosen->resize(N);
    bool Dropped = false;
    for (size_t I = N; I-- != 0;) {
      (*Chosen)[I] = Table[I][Dropped].F;
      Dropped = Table[I][Dropped].PrevDropped;
    }
  }
  return Table[N - 1][0].Cost;
}

bool EspbAccForming::mayPass(const Node &Mover, const Node &Over) const {
  if (Mover.Fixed || Over.Fixed)
    return false;
  if ((Mover.Defs & (Over.Defs | Over.Uses)) || (Mover.Uses & Over.Defs))
    return false;
  return !((Mover.Stores && (Over.Loads || Over.Stores)) || (Mover.Loads && Over.Stores));
}

// Hill climbing: move a producer down to its consumer, or a consumer up to its producer, when the forms get
// cheaper.
void EspbAccForming::bringTogether(SmallVectorImpl<Node *> &Order, Units LiveOut) const {
  constexpr size_t kReach = 5, kMargin = 3, kMaxBlock = 600;
  const size_t N = Order.size();
  if (N < 3 || N > kMaxBlock)
    return;
  SmallVector<Units, 64> LiveAfter(N);
  auto live = [&] {
    Units Live = LiveOut;
    for (size_t I = N; I-- != 0;) {
      LiveAfter[I] = Live;
      Live = (Live & ~Order[I]->Defs) | Order[I]->Uses;
    }
  };
  live();
  auto costOfWindow = [&](ArrayRef<Node *> Seq, size_t From, size_t To) {
    SmallVector<const Node *, 16> Window(Seq.begin() + From, Seq.begin() + To);
    return choose(Window, LiveAfter[To - 1], nullptr);
  };
  for (size_t I = 0; I + 2 < N; ++I) {
    if (!Order[I]->Explicit)
      continue;
    for (size_t J = I + 2; J < N && J <= I + kReach; ++J) {
      const bool Reads = Order[J]->Uses & Order[I]->Explicit;
      const bool Redefines = Order[J]->Defs & Order[I]->Explicit;
      if (!Reads) {
        if (Redefines)
          break;
        continue;
      }
      const size_t From = I > kMargin ? I - kMargin : 0, To = std::min(N, J + 1 + kMargin);
      const unsigned Old = costOfWindow(Order, From, To);
      bool Down = true, Up = !Order[J]->Fixed;
      for (size_t K = I + 1; K != J; ++K) {
        Down &= mayPass(*Order[I], *Order[K]);
        Up &= mayPass(*Order[J], *Order[K]);
      }
      SmallVector<Node *, 64> Best;
      unsigned BestCost = Old;
      for (int Way = 0; Way != 2; ++Way) {
        if (Way == 0 ? !Down : !Up)
          continue;
        SmallVector<Node *, 64> Try(Order.begin(), Order.end());
        if (Way == 0)
          std::rotate(Try.begin() + I, Try.begin() + I + 1, Try.begin() + J);
        else
          std::rotate(Try.begin() + I + 1, Try.begin() + J, Try.begin() + J + 1);
        const unsigned Cost = costOfWindow(Try, From, To);
        if (Cost < BestCost) {
          BestCost = Cost;
          Best = Try;
        }
      }
      if (!Best.empty()) {
        Order.assign(Best.begin(), Best.end());
        live();
      }
      break; // the first reader decides
    }
  }
}

void EspbAccForming::rewrite(MachineInstr &MI, const Encoding &From, const Form &To) const {
  auto MIB = BuildMI(*MI.getParent(), MI, MI.getDebugLoc(), TII->get(To.E->Opcode));
  for (unsigned I = 0; I != To.E->NumFields; ++I) {
    StringRef Name = To.E->Fields[I].Name;
    if (To.Commuted)
      Name = Name == "ra" ? "rb" : Name == "rb" ? "ra" : Name;
    MachineOperand MO = *operandNamed(MI, From, Name);
    if (MO.isReg() && MO.isTied())
      MO = MachineOperand::CreateReg(MO.getReg(), MO.isDef(), false, false, MO.isDead(), MO.isUndef());
    MIB.add(MO);
  }
  // Two-address forms read what they write.
  if (To.E->Kind == 'B' && To.E->Mode[1] == 'x')
    MIB.addReg(operandNamed(MI, From, "rd")->getReg(),
               RegState::Implicit |
                   getUndefRegState(operandNamed(MI, From, To.Commuted ? "rb" : "ra")->isUndef()));
  MIB.cloneMemRefs(MI);
  MIB.setMIFlags(MI.getFlags());
  for (const MachineOperand &MO : MI.implicit_operands())
    if (!MI.getDesc().hasImplicitUseOfPhysReg(MO.isReg() ? MO.getReg() : Register()) &&
        !MI.getDesc().hasImplicitDefOfPhysReg(MO.isReg() ? MO.getReg() : Register()))
      MIB.add(MO);
  MI.eraseFromParent();
}

bool EspbAccForming::runOnBlock(MachineBasicBlock &MBB) {
  SmallVector<Node, 64> Nodes;
  // What is no instruction of the machine must not end up behind the branches: no branch would be found
  // there.
  for (MachineInstr &MI : llvm::make_early_inc_range(MBB))
    if (MI.isDebugInstr() || MI.isKill())
      MI.eraseFromParent();
    else if (MI.isMetaInstruction())
      MBB.splice(MBB.begin(), &MBB, MI.getIterator());
    else
      Nodes.push_back(describe(MI));
  if (Nodes.empty())
    return false;
  Units LiveOut = 0;
  for (const MachineBasicBlock *Succ : MBB.successors())
    for (const auto &LI : Succ->liveins())
      LiveOut |= unitsOf(LI.PhysReg);
  SmallVector<Node *, 64> Order;
  for (Node &N : Nodes)
    Order.push_back(&N);
  bringTogether(Order, LiveOut);
  // Put the block into the chosen order: everything that was moved goes behind its new predecessor.
  MachineInstr *Prev = nullptr;
  for (Node *N : Order) {
    if (Prev) {
      auto After = std::next(Prev->getIterator());
      if (After != N->MI->getIterator())
        MBB.splice(After, &MBB, N->MI->getIterator());
    } else if (Order[0] != &Nodes[0]) {
      MBB.splice(Nodes[0].MI->getIterator(), &MBB, N->MI->getIterator());
    }
    Prev = N->MI;
  }
  SmallVector<Form, 64> Chosen;
  choose(SmallVector<const Node *, 64>(Order.begin(), Order.end()), LiveOut, &Chosen);
  bool Changed = false;
  for (size_t I = 0; I != Order.size(); ++I)
    if (Order[I]->E && Chosen[I].E && (Chosen[I].E != Order[I]->E || Chosen[I].Commuted)) {
      rewrite(*Order[I]->MI, *Order[I]->E, Chosen[I]);
      Changed = true;
    }
  if (Changed)
    for (MachineInstr &MI : MBB)
      MI.clearKillInfo();
  return Changed;
}

bool EspbAccForming::runOnMachineFunction(MachineFunction &MF) {
  TII = MF.getSubtarget<EspbSubtarget>().getInstrInfo();
  bool Changed = false;
  for (MachineBasicBlock &MBB : MF)
    Changed |= runOnBlock(MBB);
  return Changed;
}

FunctionPass *llvm::createEspbAccFormingPass() { return new EspbAccForming; }
