// SPDX-License-Identifier: Apache-2.0
// The Espb target for LLVM: the machine of isa/ plus what only code generation needs.
include "llvm/Target/Target.td"
include "EspbRegisters.td"
include "EspbFormats.td"
include "EspbInstructions.td"

// Every register of a window survives a call; o0-o7 do not.
def CSR_Window : CalleeSavedRegs<(add (sequence "R%u", 0, 31), SP)>;
// A function has its window to itself and saves nothing.
def CSR_None : CalleeSavedRegs<(add)>;

class EspbPseudo<dag outs, dag ins> : Instruction {
  let Namespace = "Espb";
  let OutOperandList = outs;
  let InOperandList = ins;
  let Pattern = [];
  let AsmString = "";
  let isPseudo = 1;
  let isCodeGenOnly = 1;
  let hasSideEffects = 0;
  let mayLoad = 0;
  let mayStore = 0;
  let Size = 0;
}

let hasSideEffects = 1, Defs = [SP], Uses = [SP] in {
  def ADJCALLSTACKDOWN : EspbPseudo<(outs), (ins i32imm:$a, i32imm:$b)>;
  def ADJCALLSTACKUP   : EspbPseudo<(outs), (ins i32imm:$a, i32imm:$b)>;
}
// The address of a frame object.
let isReMaterializable = 1, isAsCheapAsAMove = 1 in
def PseudoADDFI : EspbPseudo<(outs GPR:$rd), (ins GPR:$fi, i32imm:$off)>;
// Bytes of outgoing stack arguments, which lie below dynamic allocations.
def PseudoDYNAREA : EspbPseudo<(outs GPR:$rd), (ins)>;

include "EspbPatterns.td"

defm : RemapAllTargetPseudoPointerOperands<GPR>;

def EspbInstrInfo : InstrInfo;
def : ProcessorModel<"generic", NoSchedModel, []>;
def Espb : Target { let InstructionSet = EspbInstrInfo; }
