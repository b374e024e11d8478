// SPDX-License-Identifier: Apache-2.0
// Registers of the ESPB machine: the window r0-r31, the out registers o0-o7, and pairs of either. See docs/design.md.

let Namespace = "Espb" in {
  def sub_lo : SubRegIndex<32, 0>;
  def sub_hi : SubRegIndex<32, 32>;
}

class EspbReg<string n, bits<16> enc> : Register<n> {
  let Namespace = "Espb";
  let HWEncoding = enc;
}

class EspbRegPair<string n, list<Register> subregs, bits<16> enc> : RegisterWithSubRegs<n, subregs> {
  let Namespace = "Espb";
  let HWEncoding = enc;
  let SubRegIndices = [sub_lo, sub_hi];
  let CoveredBySubRegs = 1;
}

// Low numbers are the cheap ones: they keep windows small and are the ones a JIT maps to machine registers.
foreach i = 0-7 in
  def R#i : EspbReg<"r"#i, i>, DwarfRegNum<[i]>;
let CostPerUse = [1] in
foreach i = 8-15 in
  def R#i : EspbReg<"r"#i, i>, DwarfRegNum<[i]>;
let CostPerUse = [2] in
foreach i = 16-31 in
  def R#i : EspbReg<"r"#i, i>, DwarfRegNum<[i]>;
// The encoding of an out register is 64 + k here; its place in the window, W + 2 + k, is known once the function is finished.
let CostPerUse = [3] in
foreach i = 0-7 in
  def O#i : EspbReg<"o"#i, !add(64, i)>, DwarfRegNum<[!add(64, i)]>;

// The data stack pointer: not a window register, has instructions of its own.
def SP : EspbReg<"sp", 128>, DwarfRegNum<[128]>;

foreach i = 0-30 in
  def P#i : EspbRegPair<"r"#i, [!cast<Register>("R"#i), !cast<Register>("R"#!add(i, 1))], i>;
foreach i = 0-6 in
  def OP#i : EspbRegPair<"o"#i, [!cast<Register>("O"#i), !cast<Register>("O"#!add(i, 1))], !add(64, i)>;

def GPR : RegisterClass<"Espb", [i32, f32], 32, (add (sequence "R%u", 0, 31), (sequence "O%u", 0, 7))>;
def GPR64 : RegisterClass<"Espb", [i64, f64], 32, (add (sequence "P%u", 0, 30), (sequence "OP%u", 0, 6))>;
def SPR : RegisterClass<"Espb", [i32], 32, (add SP)> { let isAllocatable = 0; }
