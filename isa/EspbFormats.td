// SPDX-License-Identifier: Apache-2.0
// Operand fields, value types, base operations and operand modes: what an instruction definition is made of.
// An instruction is one opcode byte (page 0) or 0xff and one byte (page 1), then the fields of its out operands and its
// in operands, in order, little-endian, without padding. An in operand whose name ends in "_in" is tied to an out operand and has
// no field of its own.

//===-- Operand fields ----------------------------------------------------------------------------------------------===//
// Field is the kind that verifier, disassembler and engines know; Bytes its size in the encoding.
class EspbField<string kind, int bytes, ValueType vt = i32> : Operand<vt> {
  string Field = kind;
  int Bytes = bytes;
}
def s8     : EspbField<"s8", 1>;        // signed immediate
def u8     : EspbField<"u8", 1>;        // unsigned immediate
def s16    : EspbField<"s16", 2>;
def u16    : EspbField<"u16", 2>;
def l32    : EspbField<"l32", 4>;       // any 32 bits
def sh5    : EspbField<"sh5", 1>;       // shift amount 0..31 (0..63 for pairs is sh6)
def sh6    : EspbField<"sh6", 1>;
def wid    : EspbField<"wid", 1>;       // width of a bit field, 1..32
def spo    : EspbField<"spo", 1>;       // offset from sp in words, 0..255
def frm    : EspbField<"frm", 1>;       // frame size in 16-byte units
def frm16  : EspbField<"frm16", 2>;     // the same, 16 bits
def d8     : EspbField<"d8", 1, OtherVT>;   // branch displacement from the start of the instruction
def d16    : EspbField<"d16", 2, OtherVT>;
def d32    : EspbField<"d32", 4, OtherVT>;
def win    : EspbField<"win", 1>;       // 4 * (W + 2): from the caller's fp to the callee's
def fn8    : EspbField<"fn8", 1>;       // index into the function table
def fn16   : EspbField<"fn16", 2>;
def imp8   : EspbField<"imp8", 1>;      // index into the import table
def imp16  : EspbField<"imp16", 2>;
def sig8   : EspbField<"sig8", 1>;      // index into the signature table
def sig16  : EspbField<"sig16", 2>;
def cal16  : EspbField<"cal16", 2>;     // index into the callable list (address-taken functions)
def dat16  : EspbField<"dat16", 2>;     // byte offset from the data base
def dat32  : EspbField<"dat32", 4>;
def ro16   : EspbField<"ro16", 2>;      // byte offset from the rodata base
def ro32   : EspbField<"ro32", 4>;
def tab16  : EspbField<"tab16", 2>;     // number n of cases; d16 default and n d16 displacements follow in the instruction
def tab32  : EspbField<"tab32", 2>;     // the same with d32 displacements
def trp    : EspbField<"trp", 1>;       // trap code

//===-- Base operations ---------------------------------------------------------------------------------------------===//
// Cxx is the operation in C++: it assigns d from a, b, c (typed as said by Types, destination first). TRAP_IF(cond, kind) may precede.
// Rv32 is the same in RV32IM assembly for the generated interpreter: $d $a $b $c are machine registers; lines are split at ';';
// pairs are $dl $dh $al $ah $bl $bh; $t0 $t1 are scratch. Empty: the engine calls the C++ semantics.
// $d may be the same machine register as $a or $b unless EarlyClobber.
class Base<string mn, string kind, list<string> types, string cxx, string rv32, string doc, Operand imm = s8> {
  string Mnemonic = mn;
  // bin, un, tri: value operations. load, store, branch, and special: see the modes; special ones are written by hand in every engine.
  string Kind = kind;
  list<string> Types = types;
  string Cxx = cxx;
  string Rv32 = rv32;
  string Doc = doc;
  Operand Imm = imm;
  bit EarlyClobber = 0;
  bit Commutes = 0;
  int AccessBytes = 0; // of loads and stores
  // What compiled code calls for it, a C function: registers that a call does not keep are lost, so the translator counts such
  // instructions as calls when it says which registers live across calls (docs/format.md, hot functions). Empty: a few instructions do.
  string Routine = "";
}

class RC<string ty> { RegisterClass C = !cond(!eq(ty, "u64"): GPR64, !eq(ty, "s64"): GPR64, !eq(ty, "f64"): GPR64, true: GPR); }
class Is64<string ty> { bit V = !cond(!eq(ty, "u64"): true, !eq(ty, "s64"): true, !eq(ty, "f64"): true, true: false); }
class Has<string s, string c> { bit V = !ge(!find(s, c), 0); }

//===-- Instructions ------------------------------------------------------------------------------------------------===//
class EspbInst<int page, int op, Base b, string mode, dag outs, dag ins> : Instruction {
  let Namespace = "Espb";
  int Page = page;
  int Opcode = op;
  Base BaseOp = b;
  string Mode = mode;
  bit ReadsAcc = 0;
  bit WritesAcc = 0;
  let OutOperandList = outs;
  let InOperandList = ins;
  let AsmString = "";
  let Pattern = [];
  let hasSideEffects = 0;
  let mayLoad = 0;
  let mayStore = 0;
  let Size = !if(!eq(page, 0), 1, 2); // of the opcode alone; the fields are added by the generated tables
  int OpcodeBytes = !if(!eq(page, 0), 1, 2);
  let TSFlags{0} = !ne(b.Routine, "");
}

// d = a op b. Mode: destination r|a, first source r|x|a, second source r|a|i|x.
class BinInst<int page, int op, Base b, string m>
    : EspbInst<page, op, b, m,
        !if(!eq(!substr(m, 0, 1), "r"), (outs RC<b.Types[0]>.C:$rd), (outs)),
        !cond(!eq(m, "rrr"): (ins RC<b.Types[1]>.C:$ra, RC<b.Types[2]>.C:$rb),
              !eq(m, "arr"): (ins RC<b.Types[1]>.C:$ra, RC<b.Types[2]>.C:$rb),
              !eq(m, "rxr"): (ins RC<b.Types[2]>.C:$rb),
              !eq(m, "rar"): (ins RC<b.Types[2]>.C:$rb),
              !eq(m, "aar"): (ins RC<b.Types[2]>.C:$rb),
              !eq(m, "rra"): (ins RC<b.Types[1]>.C:$ra),
              !eq(m, "ara"): (ins RC<b.Types[1]>.C:$ra),
              !eq(m, "rxa"): (ins),
              !eq(m, "rri"): (ins RC<b.Types[1]>.C:$ra, b.Imm:$imm),
              !eq(m, "ari"): (ins RC<b.Types[1]>.C:$ra, b.Imm:$imm),
              !eq(m, "rxi"): (ins b.Imm:$imm),
              !eq(m, "rai"): (ins b.Imm:$imm),
              !eq(m, "aai"): (ins b.Imm:$imm))> {
  let ReadsAcc = !or(!eq(!substr(m, 1, 1), "a"), !eq(!substr(m, 2, 1), "a"));
  let WritesAcc = !not(Is64<b.Types[0]>.V);
  let isCommutable = !and(b.Commutes, !eq(m, "rrr"));
}

// d = op a. Mode: destination r|a, source r|a|x.
class UnInst<int page, int op, Base b, string m>
    : EspbInst<page, op, b, m,
        !if(!eq(!substr(m, 0, 1), "r"), (outs RC<b.Types[0]>.C:$rd), (outs)),
        !if(!eq(!substr(m, 1, 1), "r"), (ins RC<b.Types[1]>.C:$ra), (ins))> {
  let ReadsAcc = !eq(!substr(m, 1, 1), "a");
  let WritesAcc = !not(Is64<b.Types[0]>.V);
}

// Memory. Mode: value r|a, then the address letter (see docs/design.md). The value of a load is an out operand, of a store an in operand.
class MemInst<int page, int op, Base b, string m, bit isLoad>
    : EspbInst<page, op, b, m,
        !cond(!and(isLoad, !eq(!substr(m, 0, 1), "r")): !if(!or(!eq(!substr(m, 1, 1), "p"), !eq(!substr(m, 1, 1), "q")), (outs RC<b.Types[0]>.C:$rd, GPR:$wb), (outs RC<b.Types[0]>.C:$rd)),
              !or(!eq(!substr(m, 1, 1), "p"), !eq(!substr(m, 1, 1), "q")): (outs GPR:$wb),
              true: (outs)),
        !con(!if(!and(!not(isLoad), !eq(!substr(m, 0, 1), "r")), (ins RC<b.Types[0]>.C:$rv), (ins)),
             !cond(!eq(!substr(m, 1, 1), "o"): (ins GPR:$ra, s8:$off),
                   !eq(!substr(m, 1, 1), "z"): (ins GPR:$ra),
                   !eq(!substr(m, 1, 1), "p"): (ins GPR:$wb_in),
                   !eq(!substr(m, 1, 1), "q"): (ins GPR:$wb_in, s8:$off),
                   !eq(!substr(m, 1, 1), "x"): (ins GPR:$ra, GPR:$rb),
                   !eq(!substr(m, 1, 1), "y"): (ins GPR:$ra),
                   !eq(!substr(m, 1, 1), "b"): (ins s8:$off),
                   !eq(!substr(m, 1, 1), "c"): (ins),
                   !eq(!substr(m, 1, 1), "s"): (ins spo:$off),
                   !eq(!substr(m, 1, 1), "d"): (ins dat16:$off),
                   !eq(!substr(m, 1, 1), "k"): (ins ro16:$off)))> {
  let Constraints = !if(!or(!eq(!substr(m, 1, 1), "p"), !eq(!substr(m, 1, 1), "q")), "$wb = $wb_in", "");
  let mayLoad = isLoad;
  let mayStore = !not(isLoad);
  let ReadsAcc = !or(!and(!not(isLoad), !eq(!substr(m, 0, 1), "a")), !eq(!substr(m, 1, 1), "y"), !eq(!substr(m, 1, 1), "b"),
                     !eq(!substr(m, 1, 1), "c"));
  let WritesAcc = !and(isLoad, !not(Is64<b.Types[0]>.V));
}

// if (a cond b) goto d. Mode: first source r|a, second r|i|z.
class BrInst<int page, int op, Base b, string m, Operand disp = d8>
    : EspbInst<page, op, b, m, (outs),
        !cond(!eq(m, "rr"): (ins GPR:$ra, GPR:$rb, disp:$target),
              !eq(m, "ar"): (ins GPR:$rb, disp:$target),
              !eq(m, "ri"): (ins GPR:$ra, b.Imm:$imm, disp:$target),
              !eq(m, "ai"): (ins b.Imm:$imm, disp:$target),
              !eq(m, "rz"): (ins GPR:$ra, disp:$target),
              !eq(m, "az"): (ins disp:$target))> {
  let ReadsAcc = !eq(!substr(m, 0, 1), "a");
  let isBranch = 1;
  let isTerminator = 1;
}

class SpecialInst<int page, int op, Base b, string m, dag outs, dag ins> : EspbInst<page, op, b, m, outs, ins> {
  let hasSideEffects = 1;
}

// One definition per mode, opcodes counted up from op.
multiclass Bin<int page, int op, Base b, list<string> modes> {
  foreach i = !range(!size(modes)) in
    def _#modes[i] : BinInst<page, !add(op, i), b, modes[i]>;
}
multiclass Un<int page, int op, Base b, list<string> modes> {
  foreach i = !range(!size(modes)) in
    def _#modes[i] : UnInst<page, !add(op, i), b, modes[i]>;
}
multiclass Load<int page, int op, Base b, list<string> modes> {
  foreach i = !range(!size(modes)) in
    def _#modes[i] : MemInst<page, !add(op, i), b, modes[i], 1>;
}
multiclass Store<int page, int op, Base b, list<string> modes> {
  foreach i = !range(!size(modes)) in
    def _#modes[i] : MemInst<page, !add(op, i), b, modes[i], 0>;
}
multiclass Br<int page, int op, Base b, list<string> modes> {
  foreach i = !range(!size(modes)) in
    def _#modes[i] : BrInst<page, !add(op, i), b, modes[i]>;
}
