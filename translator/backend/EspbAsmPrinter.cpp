// SPDX-License-Identifier: Apache-2.0
// From machine instructions to MC: fills in what is known only when a function is finished (its window),
// emits jump tables behind their switch, the line table, and what the packer wants to know of each function.
#include "EspbEncoding.h"
#include "EspbInstrInfo.h"
#include "EspbMachineFunctionInfo.h"
#include "EspbSignature.h"
#include "EspbSubtarget.h"
#include "EspbTargetMachine.h"
#include "MCTargetDesc/EspbMCTargetDesc.h"
#include "llvm/CodeGen/AsmPrinter.h"
#include "llvm/CodeGen/LivePhysRegs.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineJumpTableInfo.h"
#include "llvm/CodeGen/MachineModuleInfo.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCSectionELF.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/MC/MCSymbol.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace {
class EspbAsmPrinter : public AsmPrinter {
public:
  static char ID;
  EspbAsmPrinter(TargetMachine &TM, std::unique_ptr<MCStreamer> Streamer)
      : AsmPrinter(TM, std::move(Streamer), ID) {}
  StringRef getPassName() const override { return "ESPB assembly printer"; }

  bool runOnMachineFunction(MachineFunction &MF) override;
  void emitInstruction(const MachineInstr *MI) override;
  void emitFunctionBodyEnd() override;

private:
  espb::EspbCodegenContext &context() const { return static_cast<EspbTargetMachine &>(TM).context(); }
  void describeFunction();
  void recordLine(const MachineInstr &MI);
  void addLine(const DIFile *File, unsigned Line);
  MCOperand lower(const MachineOperand &MO);
  void emitSwitchTable(const MachineInstr &MI, MCSymbol *Start);

  unsigned WindowWords = 0;
  MCSymbol *TrapLabel = nullptr; // where switches without a default go
  const DILocation *LastLoc = nullptr;
  bool HasLine = false; // in the function at hand
};
} // namespace

char EspbAsmPrinter::ID = 0;

AsmPrinter *llvm::createEspbAsmPrinter(TargetMachine &TM, std::unique_ptr<MCStreamer> &&Streamer) {
  return new EspbAsmPrinter(TM, std::move(Streamer));
}

//===-- Functions
//---------------------------------------------------------------------------------------------------===//
// The registers in Live from First on as a bit mask.
static uint32_t maskOf(const LivePhysRegs &Live, unsigned First, unsigned Count) {
  uint32_t Mask = 0;
  for (unsigned I = 0; I != Count; ++I)
    if (Live.contains(First + I))
      Mask |= 1u << I;
  return Mask;
}
static uint32_t windowMask(const LivePhysRegs &Live) { return maskOf(Live, Espb::R0, 32); }
static uint32_t outMask(const LivePhysRegs &Live) { return maskOf(Live, Espb::O0, 8); }

// The instruction is a call of a function in compiled code (Routine in EspbFormats.td).
static bool isRoutine(const MachineInstr &MI) { return MI.getDesc().TSFlags & 1; }

void EspbAsmPrinter::describeFunction() {
  const Function &F = MF->getFunction();
  const auto *FI = MF->getInfo<EspbMachineFunctionInfo>();
  const TargetRegisterInfo &TRI = *MF->getSubtarget().getRegisterInfo();
  espb::EspbFunctionInfo Info;
  Info.Symbol = F.getName().str();
  Info.Signature = espbSignature(F);
  Info.ArgWords = FI->ArgWords;
  Info.ResultWords = espbResultWords(F.getReturnType(), F.getDataLayout());
  if (Info.ResultWords > 2)
    Info.ResultWords = 0;
  Info.FrameBytes = MF->getFrameInfo().getStackSize();
  Info.Hot = F.hasFnAttribute("espb-hot");
  Info.Variadic = F.isVarArg();
  Info.Leaf = true;

  unsigned Window = std::max({1u, Info.ArgWords, Info.ResultWords});
  LivePhysRegs Live(TRI);
  for (const MachineBasicBlock &MBB : *MF) {
    Live.clear();
    Live.addLiveOuts(MBB);
    for (const MachineInstr &MI : llvm::reverse(MBB)) {
      if (MI.isDebugInstr())
        continue;
      if (MI.isCall()) {
        Info.Leaf = false;
        Info.CallCrossing |= windowMask(Live);
      }
      if (isRoutine(MI)) {
        Info.Routines = true;
        LivePhysRegs Across(TRI); // what lives behind it and does not come from it
        for (MCPhysReg Reg : Live)
          Across.addReg(Reg);
        Across.removeDefs(MI);
        Info.CallCrossing |= windowMask(Across);
        Info.OutCrossing |= outMask(Across);
      }
      Live.stepBackward(MI);
      for (const MachineOperand &MO : MI.operands())
        if (MO.isReg() && MO.getReg().isPhysical()) {
          const MCRegister Reg = MO.getReg().asMCReg();
          if (Reg >= Espb::R0 && Reg <= Espb::R31)
            Window = std::max(Window, unsigned(Reg - Espb::R0) + 1);
          else if (Reg >= Espb::P0 && Reg <= Espb::P30)
            Window = std::max(Window, unsigned(Reg - Espb::P0) + 2);
          else if (Reg >= Espb::O0 && Reg <= Espb::O7)
            Info.OutCount = std::max(Info.OutCount, unsigned(Reg - Espb::O0) + 1);
          else if (Reg >= Espb::OP0 && Reg <= Espb::OP6)
            Info.OutCount = std::max(Info.OutCount, unsigned(Reg - Espb::OP0) + 2);
        }
    }
  }
  Info.WindowWords = WindowWords = Window;
  espb::EspbCodegenContext &Ctx = context();
  auto It = Ctx.FunctionIndex.find(Info.Symbol);
  if (It == Ctx.FunctionIndex.end()) {
    MF->getSubtarget<EspbSubtarget>().reportError(F, nullptr, "the function has no index (translator error)");
    return;
  }
  if (Ctx.Functions.size() <= It->second)
    Ctx.Functions.resize(It->second + 1);
  Ctx.Functions[It->second] = std::move(Info);
}

bool EspbAsmPrinter::runOnMachineFunction(MachineFunction &Function) {
  SetupMachineFunction(Function);
  TrapLabel = nullptr;
  LastLoc = nullptr;
  HasLine = false;
  describeFunction();
  emitFunctionBody();
  return false;
}

void EspbAsmPrinter::emitFunctionBodyEnd() {
  if (!TrapLabel)
    return;
  OutStreamer->emitLabel(TrapLabel);
  MCInst Trap;
  Trap.setOpcode(Espb::TRAP);
  Trap.addOperand(MCOperand::createImm(0));
  EmitToStreamer(*OutStreamer, Trap);
}

//===-- Lines
//-------------------------------------------------------------------------------------------------------===//
void EspbAsmPrinter::recordLine(const MachineInstr &MI) {
  const DILocation *Loc = MI.getDebugLoc().get();
  if (!Loc || Loc->getLine() == 0 || MI.getFlag(MachineInstr::FrameSetup)) {
    // What enters the function stands at its head: a stack overflow names that line.
    if (const DISubprogram *Head = MF->getFunction().getSubprogram(); Head && Head->getLine() && !HasLine)
      addLine(Head->getFile(), Head->getLine());
    return;
  }
  if (LastLoc && LastLoc->getLine() == Loc->getLine() && LastLoc->getFile() == Loc->getFile())
    return;
  LastLoc = Loc;
  addLine(Loc->getFile(), Loc->getLine());
}

void EspbAsmPrinter::addLine(const DIFile *File, unsigned Line) {
  HasLine = true;
  MCSymbol *Here = OutContext.createTempSymbol();
  OutStreamer->emitLabel(Here);
  SmallString<128> Path;
  if (!sys::path::is_absolute(File->getFilename()))
    Path = File->getDirectory();
  sys::path::append(Path, File->getFilename());
  context().Lines.push_back({MF->getFunction().getName().str(), 0, Path.str().str(), Line});
  // The packer reads the offsets, in the same order, from this section.
  MCSection *Lines = OutContext.getELFSection(".espb.lines", ELF::SHT_PROGBITS, 0);
  OutStreamer->pushSection();
  OutStreamer->switchSection(Lines);
  OutStreamer->emitAbsoluteSymbolDiff(Here, CurrentFnSym, 4);
  OutStreamer->popSection();
}

//===-- Instructions
//------------------------------------------------------------------------------------------------===//
MCOperand EspbAsmPrinter::lower(const MachineOperand &MO) {
  const MCExpr *Expr = nullptr;
  switch (MO.getType()) {
  case MachineOperand::MO_Register:
    return MCOperand::createReg(MO.getReg().asMCReg());
  case MachineOperand::MO_Immediate:
    return MCOperand::createImm(MO.getImm());
  case MachineOperand::MO_MachineBasicBlock:
    return MCOperand::createExpr(MCSymbolRefExpr::create(MO.getMBB()->getSymbol(), OutContext));
  case MachineOperand::MO_GlobalAddress:
    Expr = MCSymbolRefExpr::create(getSymbol(MO.getGlobal()), OutContext);
    break;
  case MachineOperand::MO_ConstantPoolIndex:
    Expr = MCSymbolRefExpr::create(GetCPISymbol(MO.getIndex()), OutContext);
    break;
  case MachineOperand::MO_JumpTableIndex:
    return MCOperand::createImm(0); // replaced by the number of cases
  default:
    OutContext.reportError(SMLoc(), "cannot encode an operand of kind " + Twine(MO.getType()));
    return MCOperand::createImm(0);
  }
  if (MO.getOffset())
    Expr = MCBinaryExpr::createAdd(Expr, MCConstantExpr::create(MO.getOffset(), OutContext), OutContext);
  return MCOperand::createExpr(Expr);
}

// Default first, then the cases, as displacements from the switch.
void EspbAsmPrinter::emitSwitchTable(const MachineInstr &MI, MCSymbol *Start) {
  const unsigned JTI = MI.getOperand(1).getIndex();
  const auto &Cases = MF->getJumpTableInfo()->getJumpTables()[JTI].MBBs;
  const unsigned Bytes = MI.getOpcode() == Espb::SWITCH32 ? 4 : 2;
  const MachineBasicBlock *Default = MF->getInfo<EspbMachineFunctionInfo>()->SwitchDefault.lookup(JTI);
  auto entry = [&](const MCSymbol *Target) {
    OutStreamer->emitValue(MCBinaryExpr::createSub(MCSymbolRefExpr::create(Target, OutContext),
                                                   MCSymbolRefExpr::create(Start, OutContext), OutContext),
                           Bytes);
  };
  if (!Default && !TrapLabel)
    TrapLabel = OutContext.createTempSymbol();
  entry(Default ? Default->getSymbol() : TrapLabel);
  for (const MachineBasicBlock *Target : Cases)
    entry(Target->getSymbol());
}

void EspbAsmPrinter::emitInstruction(const MachineInstr *MI) {
  const Espb::Encoding *E = Espb::encodingOf(MI->getOpcode());
  if (!E) {
    if (!MI->isInlineAsm() && !MI->isMetaInstruction() && MI->getOpcode() != TargetOpcode::MEMBARRIER)
      MF->getSubtarget<EspbSubtarget>().reportError(MF->getFunction(), &MI->getDebugLoc(),
                                                    "no encoding for machine operation " +
                                                        Twine(MI->getOpcode()));
    return;
  }
  recordLine(*MI);
  MCInst Inst;
  Inst.setOpcode(MI->getOpcode());
  Inst.setFlags(WindowWords);
  for (unsigned I = 0; I != E->NumFields; ++I) {
    if (StringRef(E->Fields[I].Name) == "win")
      Inst.addOperand(MCOperand::createImm(4 * (WindowWords + 2)));
    else
      Inst.addOperand(lower(MI->getOperand(I)));
  }
  if (!EspbInstrInfo::isSwitch(MI->getOpcode())) {
    EmitToStreamer(*OutStreamer, Inst);
    return;
  }
  const unsigned JTI = MI->getOperand(1).getIndex();
  Inst.getOperand(1).setImm(MF->getJumpTableInfo()->getJumpTables()[JTI].MBBs.size());
  MCSymbol *Start = OutContext.createTempSymbol();
  OutStreamer->emitLabel(Start);
  EmitToStreamer(*OutStreamer, Inst);
  emitSwitchTable(*MI, Start);
}
