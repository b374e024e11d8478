// SPDX-License-Identifier: Apache-2.0
// Every instruction of the machine, once. Numbers of page 0 are written as running sums so that a gap is seen.

//===-- Base operations: 32-bit integer -----------------------------------------------------------------------------===//
defvar U2 = ["u32", "u32", "u32"];
defvar S2 = ["s32", "s32", "s32"];
let Commutes = 1 in {
  def opADD  : Base<"add", "bin", U2, "d = a + b", "add $d, $a, $b", "Sum.">;
  def opAND  : Base<"and", "bin", U2, "d = a & b", "and $d, $a, $b", "Bitwise and. The immediate is zero-extended.", u8>;
  def opOR   : Base<"or", "bin", U2, "d = a | b", "or $d, $a, $b", "Bitwise or. The immediate is zero-extended.", u8>;
  def opXOR  : Base<"xor", "bin", U2, "d = a ^ b", "xor $d, $a, $b", "Bitwise exclusive or. The immediate is sign-extended, so -1 is not.">;
  def opMUL  : Base<"mul", "bin", U2, "d = a * b", "mul $d, $a, $b", "Low 32 bits of the product.">;
  def opMULHU : Base<"mulhu", "bin", U2, "d = (uint32_t)(((uint64_t)a * b) >> 32)", "mulhu $d, $a, $b", "High 32 bits of the unsigned product.">;
  def opMULHS : Base<"mulh", "bin", ["s32", "s32", "s32"], "d = (int32_t)(((int64_t)a * b) >> 32)", "mulh $d, $a, $b", "High 32 bits of the signed product.">;
  def opSEQ  : Base<"seq", "bin", U2, "d = a == b", "xor $d, $a, $b; seqz $d, $d", "1 if equal, else 0. The immediate is sign-extended.">;
  def opSNE  : Base<"sne", "bin", U2, "d = a != b", "xor $d, $a, $b; snez $d, $d", "1 if not equal, else 0. The immediate is sign-extended.">;
  def opMIN  : Base<"min", "bin", S2, "d = a < b ? a : b", "blt $a, $b, 1f; mv $a, $b; 1: mv $d, $a", "Signed minimum.">;
  def opMAX  : Base<"max", "bin", S2, "d = a > b ? a : b", "bge $a, $b, 1f; mv $a, $b; 1: mv $d, $a", "Signed maximum.">;
  def opMINU : Base<"minu", "bin", U2, "d = a < b ? a : b", "bltu $a, $b, 1f; mv $a, $b; 1: mv $d, $a", "Unsigned minimum.", u8>;
  def opMAXU : Base<"maxu", "bin", U2, "d = a > b ? a : b", "bgeu $a, $b, 1f; mv $a, $b; 1: mv $d, $a", "Unsigned maximum.", u8>;
}
def opSUB  : Base<"sub", "bin", U2, "d = a - b", "sub $d, $a, $b", "Difference.">;
def opRSUB : Base<"rsub", "bin", U2, "d = b - a", "sub $d, $b, $a", "Reverse difference: immediate minus register.">;
def opSHL  : Base<"shl", "bin", U2, "d = a << (b & 31)", "sll $d, $a, $b", "Shift left by the low five bits of b.", sh5>;
def opSHR  : Base<"shr", "bin", U2, "d = a >> (b & 31)", "srl $d, $a, $b", "Logical shift right by the low five bits of b.", sh5>;
def opSAR  : Base<"sar", "bin", ["s32", "s32", "u32"], "d = a >> (b & 31)", "sra $d, $a, $b", "Arithmetic shift right by the low five bits of b.", sh5>;
let EarlyClobber = 1 in
def opROTR : Base<"rotr", "bin", U2, "d = (a >> (b & 31)) | (a << (-b & 31))", "neg $t0, $b; srl $t1, $a, $b; sll $t0, $a, $t0; or $d, $t0, $t1", "Rotate right by the low five bits of b.", sh5>;
def opSLT  : Base<"slt", "bin", ["u32", "s32", "s32"], "d = a < b", "slt $d, $a, $b", "1 if a < b signed, else 0.">;
def opSLTU : Base<"sltu", "bin", U2, "d = a < b", "sltu $d, $a, $b", "1 if a < b unsigned, else 0.", u8>;
def opDIV  : Base<"div", "bin", S2, "TRAP_IF(b == 0, DivideByZero); d = b == -1 ? (int32_t)(0u - (uint32_t)a) : a / b", "", "Signed quotient, truncated; the smallest integer by -1 gives itself.">;
def opDIVU : Base<"divu", "bin", U2, "TRAP_IF(b == 0, DivideByZero); d = a / b", "", "Unsigned quotient.">;
def opREM  : Base<"rem", "bin", S2, "TRAP_IF(b == 0, DivideByZero); d = b == -1 ? 0 : a % b", "", "Signed remainder, sign of a.">;
def opREMU : Base<"remu", "bin", U2, "TRAP_IF(b == 0, DivideByZero); d = a % b", "", "Unsigned remainder.">;

def opMOV   : Base<"mov", "un", ["u32", "u32"], "d = a", "mv $d, $a", "Copy.">;
def opSEXTB : Base<"sextb", "un", ["u32", "u32"], "d = (uint32_t)(int32_t)(int8_t)a", "slli $d, $a, 24; srai $d, $d, 24", "Sign-extend the low 8 bits.">;
def opSEXTH : Base<"sexth", "un", ["u32", "u32"], "d = (uint32_t)(int32_t)(int16_t)a", "slli $d, $a, 16; srai $d, $d, 16", "Sign-extend the low 16 bits.">;
def opZEXTH : Base<"zexth", "un", ["u32", "u32"], "d = a & 0xffffu", "slli $d, $a, 16; srli $d, $d, 16", "Zero-extend the low 16 bits.">;
let Routine = "espb_jit_clz" in
def opCLZ   : Base<"clz", "un", ["u32", "u32"], "d = espb_clz32(a)", "", "Leading zero bits; 32 for zero.">;
let Routine = "espb_jit_ctz" in
def opCTZ   : Base<"ctz", "un", ["u32", "u32"], "d = espb_ctz32(a)", "", "Trailing zero bits; 32 for zero.">;
let Routine = "espb_jit_popcnt" in
def opPOPCNT : Base<"popcnt", "un", ["u32", "u32"], "d = espb_popcnt32(a)", "", "Number of one bits.">;
let Routine = "espb_jit_bswap" in
def opBSWAP : Base<"bswap", "un", ["u32", "u32"], "d = espb_bswap32(a)", "", "Byte order reversed.">;

// Special value operations: operands are described by their instruction; semantics by Cxx in terms of the operand names.
def opMLA    : Base<"mla", "special", [], "rd = rd + ra * rb", "", "Multiply and add.">;
def opSHADD1 : Base<"shadd1", "bin", U2, "d = a + (b << 1)", "slli $t0, $b, 1; add $d, $a, $t0", "a + 2 b.">;
def opSHADD2 : Base<"shadd2", "bin", U2, "d = a + (b << 2)", "slli $t0, $b, 2; add $d, $a, $t0", "a + 4 b.">;
def opSHADD3 : Base<"shadd3", "bin", U2, "d = a + (b << 3)", "slli $t0, $b, 3; add $d, $a, $t0", "a + 8 b.">;
def opEXTU   : Base<"extu", "special", [], "rd = (ra >> lsb) & ((1 << width) - 1)", "", "Bit field, zero-extended. lsb + width <= 32 (the verifier checks).">;
def opEXTS   : Base<"exts", "special", [], "rd = sign_extend((ra >> lsb), width)", "", "Bit field, sign-extended. lsb + width <= 32.">;
def opSEL    : Base<"sel", "special", [], "rd = rc != 0 ? ra : rb", "", "Select.">;
def opMOV2   : Base<"mov2", "special", [], "rd = ra; rd2 = ra2, in this order", "", "Two copies, the first before the second.">;
def opLI     : Base<"li", "special", [], "rd = imm", "", "Load an immediate (8 and 16 bits are sign-extended).">;
def opLID    : Base<"li.d", "special", [], "rd = sign_extend64(imm)", "", "Load a 64-bit immediate.">;
def opLADATA : Base<"la.data", "special", [], "rd = data + off", "", "Address in the data block.">;
def opLARO   : Base<"la.ro", "special", [], "rd = rodata + off", "", "Address in rodata.">;
let Routine = "espb_jit_callable_address" in
def opLAFN   : Base<"la.fn", "special", [], "rd = address of callable function k", "", "Native-callable address of a guest function.">;
let Routine = "espb_jit_import_address" in
def opLAIMP  : Base<"la.imp", "special", [], "rd = address of import k", "", "Address of an imported object or function.">;
def opADDSP  : Base<"addsp", "special", [], "rd = sp + off", "", "Address in the frame.">;
def opGETSP  : Base<"getsp", "special", [], "rd = sp", "", "Read the data stack pointer.">;
def opSETSP  : Base<"setsp", "special", [], "sp = ra", "", "Set the data stack pointer; traps when outside the data stack.">;
def opADDM   : Base<"addm", "special", [], "load32(ra + off) += imm", "", "Add an immediate to a word in memory.">;

//===-- Base operations: memory -------------------------------------------------------------------------------------===//
let AccessBytes = 4 in {
  def opLW  : Base<"lw", "load", ["u32"], "d = LOAD(uint32_t, addr)", "lw $d, 0($a)", "Load word.">;
  def opSW  : Base<"sw", "store", ["u32"], "STORE(uint32_t, addr, v)", "sw $v, 0($a)", "Store word.">;
}
let AccessBytes = 2 in {
  def opLHU : Base<"lhu", "load", ["u32"], "d = LOAD(uint16_t, addr)", "lhu $d, 0($a)", "Load half word, zero-extended.">;
  def opLH  : Base<"lh", "load", ["u32"], "d = (uint32_t)(int32_t)LOAD(int16_t, addr)", "lh $d, 0($a)", "Load half word, sign-extended.">;
  def opSH  : Base<"sh", "store", ["u32"], "STORE(uint16_t, addr, v)", "sh $v, 0($a)", "Store half word.">;
}
let AccessBytes = 1 in {
  def opLBU : Base<"lbu", "load", ["u32"], "d = LOAD(uint8_t, addr)", "lbu $d, 0($a)", "Load byte, zero-extended.">;
  def opLB  : Base<"lb", "load", ["u32"], "d = (uint32_t)(int32_t)LOAD(int8_t, addr)", "lb $d, 0($a)", "Load byte, sign-extended.">;
  def opSB  : Base<"sb", "store", ["u32"], "STORE(uint8_t, addr, v)", "sb $v, 0($a)", "Store byte.">;
}
let AccessBytes = 8 in {
  def opLDD : Base<"l.d", "load", ["u64"], "d = LOAD(uint64_t, addr)", "lw $dl, 0($a); lw $dh, 4($a)", "Load 64 bits; needs word alignment only.">;
  def opSDD : Base<"s.d", "store", ["u64"], "STORE(uint64_t, addr, v)", "sw $vl, 0($a); sw $vh, 4($a)", "Store 64 bits; needs word alignment only.">;
}

//===-- Base operations: 64-bit integer ------------------------------------------------------------------------------===//
defvar D2 = ["u64", "u64", "u64"];
let Commutes = 1 in {
  let EarlyClobber = 1 in
  def opADDD : Base<"add.d", "bin", D2, "d = a + b", "add $dl, $al, $bl; sltu $t0, $dl, $al; add $dh, $ah, $bh; add $dh, $dh, $t0", "64-bit sum.">;
  def opANDD : Base<"and.d", "bin", D2, "d = a & b", "and $dl, $al, $bl; and $dh, $ah, $bh", "64-bit and.">;
  def opORD  : Base<"or.d", "bin", D2, "d = a | b", "or $dl, $al, $bl; or $dh, $ah, $bh", "64-bit or.">;
  def opXORD : Base<"xor.d", "bin", D2, "d = a ^ b", "xor $dl, $al, $bl; xor $dh, $ah, $bh", "64-bit exclusive or.">;
  def opMULD : Base<"mul.d", "bin", D2, "d = a * b", "", "Low 64 bits of the product.">;
  let EarlyClobber = 1 in {
    def opMULUD : Base<"mulu.d", "bin", ["u64", "u32", "u32"], "d = (uint64_t)a * b", "mul $dl, $a, $b; mulhu $dh, $a, $b", "32 x 32 -> 64 unsigned product.">;
    def opMULSD : Base<"muls.d", "bin", ["s64", "s32", "s32"], "d = (int64_t)a * b", "mul $dl, $a, $b; mulh $dh, $a, $b", "32 x 32 -> 64 signed product.">;
  }
  def opSEQD : Base<"seq.d", "bin", ["u32", "u64", "u64"], "d = a == b", "xor $t0, $al, $bl; xor $t1, $ah, $bh; or $d, $t0, $t1; seqz $d, $d", "1 if equal.">;
  def opSNED : Base<"sne.d", "bin", ["u32", "u64", "u64"], "d = a != b", "xor $t0, $al, $bl; xor $t1, $ah, $bh; or $d, $t0, $t1; snez $d, $d", "1 if not equal.">;
}
let EarlyClobber = 1 in
def opSUBD : Base<"sub.d", "bin", D2, "d = a - b", "sltu $t0, $al, $bl; sub $dl, $al, $bl; sub $dh, $ah, $bh; sub $dh, $dh, $t0", "64-bit difference.">;
def opSLTD : Base<"slt.d", "bin", ["u32", "s64", "s64"], "d = a < b", "", "1 if a < b signed.">;
def opSLTUD : Base<"sltu.d", "bin", ["u32", "u64", "u64"], "d = a < b", "", "1 if a < b unsigned.">;
def opSHLD : Base<"shl.d", "bin", ["u64", "u64", "u32"], "d = a << (b & 63)", "", "64-bit shift left.", sh6>;
def opSHRD : Base<"shr.d", "bin", ["u64", "u64", "u32"], "d = a >> (b & 63)", "", "64-bit logical shift right.", sh6>;
def opSARD : Base<"sar.d", "bin", ["s64", "s64", "u32"], "d = a >> (b & 63)", "", "64-bit arithmetic shift right.", sh6>;
let Routine = "__divdi3" in
def opDIVD : Base<"div.d", "bin", ["s64", "s64", "s64"], "TRAP_IF(b == 0, DivideByZero); d = b == -1 ? (int64_t)(0u - (uint64_t)a) : a / b", "", "64-bit signed quotient.">;
let Routine = "__udivdi3" in
def opDIVUD : Base<"divu.d", "bin", D2, "TRAP_IF(b == 0, DivideByZero); d = a / b", "", "64-bit unsigned quotient.">;
let Routine = "__moddi3" in
def opREMD : Base<"rem.d", "bin", ["s64", "s64", "s64"], "TRAP_IF(b == 0, DivideByZero); d = b == -1 ? 0 : a % b", "", "64-bit signed remainder.">;
let Routine = "__umoddi3" in
def opREMUD : Base<"remu.d", "bin", D2, "TRAP_IF(b == 0, DivideByZero); d = a % b", "", "64-bit unsigned remainder.">;
def opMOVD : Base<"mov.d", "un", ["u64", "u64"], "d = a", "mv $dl, $al; mv $dh, $ah", "Copy a pair.">;
def opSEXTD : Base<"sext.d", "un", ["s64", "s32"], "d = a", "mv $dl, $a; srai $dh, $a, 31", "Sign-extend 32 to 64 bits.">;
def opZEXTD : Base<"zext.d", "un", ["u64", "u32"], "d = a", "mv $dl, $a; li $dh, 0", "Zero-extend 32 to 64 bits.">;
def opADDID : Base<"addi.d", "bin", ["u64", "u64", "s64"], "d = a + (uint64_t)b", "", "Add a sign-extended immediate to 64 bits.">;
let Routine = "espb_jit_clzd" in
def opCLZD  : Base<"clz.d", "un", ["u32", "u64"], "d = espb_clz64(a)", "", "Leading zero bits of 64.">;
let Routine = "espb_jit_ctzd" in
def opCTZD  : Base<"ctz.d", "un", ["u32", "u64"], "d = espb_ctz64(a)", "", "Trailing zero bits of 64.">;

//===-- Base operations: floating point (IEEE 754, round to nearest even) ----------------------------------------------===//
multiclass FloatOps<string suffix, string n, string ty> {
  defvar lib = !if(!eq(n, "f32"), "sf", "df");
  let Routine = "__add"#lib#"3" in
  def opFADD#suffix : Base<"fadd."#n, "bin", [ty, ty, ty], "d = a + b", "", "Sum.">;
  let Routine = "__sub"#lib#"3" in
  def opFSUB#suffix : Base<"fsub."#n, "bin", [ty, ty, ty], "d = a - b", "", "Difference.">;
  let Routine = "__mul"#lib#"3" in
  def opFMUL#suffix : Base<"fmul."#n, "bin", [ty, ty, ty], "d = a * b", "", "Product.">;
  let Routine = "__div"#lib#"3" in
  def opFDIV#suffix : Base<"fdiv."#n, "bin", [ty, ty, ty], "d = a / b", "", "Quotient.">;
  let Routine = "__eq"#lib#"2" in
  def opFEQ#suffix  : Base<"feq."#n, "bin", ["u32", ty, ty], "d = a == b", "", "1 if equal, 0 if not or unordered.">;
  let Routine = "__lt"#lib#"2" in
  def opFLT#suffix  : Base<"flt."#n, "bin", ["u32", ty, ty], "d = a < b", "", "1 if less, 0 if not or unordered.">;
  let Routine = "__le"#lib#"2" in
  def opFLE#suffix  : Base<"fle."#n, "bin", ["u32", ty, ty], "d = a <= b", "", "1 if less or equal, 0 if not or unordered.">;
  let Routine = "__unord"#lib#"2" in
  def opFUN#suffix  : Base<"fun."#n, "bin", ["u32", ty, ty], "d = a != a || b != b", "", "1 if unordered.">;
  // Out of range and NaN saturate (NaN gives 0) so that every engine answers the same; C leaves them undefined.
  let Routine = "espb_jit_ftos"#suffix in
  def opFTOS#suffix : Base<"fto.s32."#n, "un", ["s32", ty], "d = espb_ftos32(a)", "", "To signed 32 bits, truncated, saturating.">;
  let Routine = "espb_jit_ftou"#suffix in
  def opFTOU#suffix : Base<"fto.u32."#n, "un", ["u32", ty], "d = espb_ftou32(a)", "", "To unsigned 32 bits, truncated, saturating.">;
  let Routine = "espb_jit_ftosd"#suffix in
  def opFTOSD#suffix : Base<"fto.s64."#n, "un", ["s64", ty], "d = espb_ftos64(a)", "", "To signed 64 bits, truncated, saturating.">;
  let Routine = "espb_jit_ftoud"#suffix in
  def opFTOUD#suffix : Base<"fto.u64."#n, "un", ["u64", ty], "d = espb_ftou64(a)", "", "To unsigned 64 bits, truncated, saturating.">;
  let Routine = "__floatsi"#lib in
  def opSTOF#suffix : Base<"s32.to."#n, "un", [ty, "s32"], "d = a", "", "From signed 32 bits.">;
  let Routine = "__floatunsi"#lib in
  def opUTOF#suffix : Base<"u32.to."#n, "un", [ty, "u32"], "d = a", "", "From unsigned 32 bits.">;
  let Routine = "__floatdi"#lib in
  def opSDTOF#suffix : Base<"s64.to."#n, "un", [ty, "s64"], "d = a", "", "From signed 64 bits.">;
  let Routine = "__floatundi"#lib in
  def opUDTOF#suffix : Base<"u64.to."#n, "un", [ty, "u64"], "d = a", "", "From unsigned 64 bits.">;
}
defm "" : FloatOps<"", "f32", "f32">;
defm "" : FloatOps<"_D", "f64", "f64">;
let Routine = "__extendsfdf2" in
def opFEXT   : Base<"f32.to.f64", "un", ["f64", "f32"], "d = a", "", "Widen.">;
let Routine = "__truncdfsf2" in
def opFTRUNC : Base<"f64.to.f32", "un", ["f32", "f64"], "d = (float)a", "", "Narrow.">;

//===-- Base operations: control -------------------------------------------------------------------------------------===//
let Commutes = 1 in
def opBEQ  : Base<"beq", "branch", ["u32", "u32"], "a == b", "beq $a, $b", "Branch if equal.">;
let Commutes = 1 in
def opBNE  : Base<"bne", "branch", ["u32", "u32"], "a != b", "bne $a, $b", "Branch if not equal.">;
def opBLT  : Base<"blt", "branch", ["s32", "s32"], "a < b", "blt $a, $b", "Branch if less, signed.">;
def opBGE  : Base<"bge", "branch", ["s32", "s32"], "a >= b", "bge $a, $b", "Branch if greater or equal, signed.">;
def opBLTU : Base<"bltu", "branch", ["u32", "u32"], "a < b", "bltu $a, $b", "Branch if less, unsigned.", u8>;
def opBGEU : Base<"bgeu", "branch", ["u32", "u32"], "a >= b", "bgeu $a, $b", "Branch if greater or equal, unsigned.", u8>;
def opBTZ  : Base<"btz", "branch", ["u32", "u32"], "(a & b) == 0", "and $a, $a, $b; beqz $a", "Branch if all masked bits are zero.", u8>;
def opBTNZ : Base<"btnz", "branch", ["u32", "u32"], "(a & b) != 0", "and $a, $a, $b; bnez $a", "Branch if any masked bit is set.", u8>;
def opADDBNE : Base<"addbne", "special", [], "rd += imm; if (rd != rb) goto target", "", "Add and branch if not equal.">;
def opADDBNZ : Base<"addbnz", "special", [], "rd += imm; if (rd != 0) goto target", "", "Add and branch if not zero.">;
def opJMP    : Base<"jmp", "special", [], "goto target", "", "Jump.">;
def opSWITCH : Base<"switch", "special", [], "goto ra < n ? case[ra] : default", "", "Jump through the table that follows: default first, then n cases, displacements from the start of the instruction.">;
def opCALL   : Base<"call", "special", [], "call function", "", "Call a guest function.">;
def opCALLN  : Base<"calln", "special", [], "call import", "", "Call an imported native function.">;
def opCALLI  : Base<"calli", "special", [], "call *ra with signature sig", "", "Call through a pointer, guest or native.">;
def opENTER  : Base<"enter", "special", [], "sp -= 16 * n", "", "Make a frame; traps when the data stack is exhausted.">;
def opRET    : Base<"ret", "special", [], "sp += 16 * n; return", "", "Return.">;
def opTRAP   : Base<"trap", "special", [], "trap(code)", "", "Stop with a trap: 0 unreachable, 1 abort.">;
def opNOP    : Base<"nop", "special", [], "", "", "Nothing.">;
def opEXIT   : Base<"exit", "special", [], "return to the native caller", "", "Only in the runtime's own return stub; the verifier refuses it in modules.">;

//===-- Base operations: memory blocks and atomics --------------------------------------------------------------------===//
let Routine = "memmove" in
def opMEMCPY  : Base<"memcpy", "special", [], "copy rc bytes from rb to ra", "", "Copy bytes; the blocks may overlap (memmove).">;
let Routine = "memset" in
def opMEMSET  : Base<"memset", "special", [], "set rc bytes at ra to rb", "", "Set bytes.">;
def opFENCE   : Base<"fence", "special", [], "full fence", "", "Sequentially consistent memory fence.">;
foreach op = ["SWAP", "ADD", "AND", "OR", "XOR", "MIN", "MAX", "MINU", "MAXU"] in
  let Routine = "espb_jit_amo" in
  def opAMO#op : Base<"amo."#!tolower(op), "special", [], "rd = *ra; *ra = rd "#!tolower(op)#" rb, atomically", "", "Atomic read-modify-write of a word.">;
let Routine = "espb_jit_cas" in
def opCAS  : Base<"cas", "special", [], "rd = *ra; if (rd == rb) *ra = rc, atomically", "", "Atomic compare and swap of a word.">;
let Routine = "espb_jit_casd" in
def opCASD : Base<"cas.d", "special", [], "rd = *ra; if (rd == rb) *ra = rc, atomically", "", "Atomic compare and swap of 64 bits.">;

//===-- Page 0 --------------------------------------------------------------------------------------------------------===//
defvar ALU11 = ["rrr", "rxr", "rar", "arr", "aar", "rxa", "rri", "rxi", "rai", "ari", "aai"];
defvar ALU7 = ["rrr", "rxr", "rar", "arr", "aar", "rxa", "rri"];
defvar SHIFT7 = ["rri", "rxi", "rai", "ari", "aai", "rrr", "aar"];
defm ADD  : Bin<0, 0, opADD, ALU11>;      // 0..10
defm AND  : Bin<0, 11, opAND, ALU11>;     // 11..21
defm SUB  : Bin<0, 22, opSUB, ["rrr", "rxr", "rar", "arr", "aar", "rxa", "rra", "ara"]>; // 22..29
defm OR   : Bin<0, 30, opOR, ALU7>;       // 30..36
defm XOR  : Bin<0, 37, opXOR, ALU7>;      // 37..43
defm SHL  : Bin<0, 44, opSHL, SHIFT7>;    // 44..50
defm SHR  : Bin<0, 51, opSHR, SHIFT7>;    // 51..57
defm SAR  : Bin<0, 58, opSAR, SHIFT7>;    // 58..64
defm MUL  : Bin<0, 65, opMUL, ALU7>;      // 65..71
defm ROTR : Bin<0, 72, opROTR, ["rri", "rxi", "rai", "ari", "aai"]>; // 72..76
defm SLT  : Bin<0, 77, opSLT, ["rrr", "rri"]>;    // 77, 78
defm SLTU : Bin<0, 79, opSLTU, ["rrr", "rri"]>;   // 79, 80
defm SEQ  : Bin<0, 81, opSEQ, ["rri"]>;
defm SNE  : Bin<0, 82, opSNE, ["rri"]>;
defm MIN  : Bin<0, 83, opMIN, ["rrr"]>;
defm MAX  : Bin<0, 84, opMAX, ["rrr"]>;
defm MINU : Bin<0, 85, opMINU, ["rrr"]>;
defm MAXU : Bin<0, 86, opMAXU, ["rrr"]>;
defm SHADD1 : Bin<0, 87, opSHADD1, ["rrr"]>;
defm SHADD2 : Bin<0, 88, opSHADD2, ["rrr"]>;
defm SHADD3 : Bin<0, 89, opSHADD3, ["rrr"]>;
let WritesAcc = 1, hasSideEffects = 0 in {
  let Constraints = "$rd = $rd_in" in
  def MLA_xrr  : SpecialInst<0, 90, opMLA, "xrr", (outs GPR:$rd), (ins GPR:$rd_in, GPR:$ra, GPR:$rb)>;
  def EXTU_rr  : SpecialInst<0, 91, opEXTU, "rr", (outs GPR:$rd), (ins GPR:$ra, sh5:$lsb, wid:$width)>;
  def EXTU_ar  : SpecialInst<0, 92, opEXTU, "ar", (outs), (ins GPR:$ra, sh5:$lsb, wid:$width)>;
}
defm SEXTB : Un<0, 93, opSEXTB, ["rr", "aa"]>; // 93, 94
defm SEXTH : Un<0, 95, opSEXTH, ["rr", "aa"]>; // 95, 96
defm ZEXTH : Un<0, 97, opZEXTH, ["rr", "aa"]>; // 97, 98
let WritesAcc = 1, hasSideEffects = 0 in {
  def SEL_rrrr : SpecialInst<0, 99, opSEL, "rrrr", (outs GPR:$rd), (ins GPR:$rc, GPR:$ra, GPR:$rb)>;
  let ReadsAcc = 1 in
  def SEL_rarr : SpecialInst<0, 100, opSEL, "rarr", (outs GPR:$rd), (ins GPR:$ra, GPR:$rb)>; // the condition is acc
}
defm MOV : Un<0, 101, opMOV, ["rr", "ra"]>;   // 101, 102
let hasSideEffects = 0 in {
  def MOV2_rr : SpecialInst<0, 103, opMOV2, "rr", (outs GPR:$rd, GPR:$rd2), (ins GPR:$ra, GPR:$ra2)>;
}
defm MOVD : Un<0, 104, opMOVD, ["rr"]>;
let WritesAcc = 1, hasSideEffects = 0, isReMaterializable = 1, isAsCheapAsAMove = 1, isMoveImm = 1 in {
  def LI_ri : SpecialInst<0, 105, opLI, "ri", (outs GPR:$rd), (ins s8:$imm)>;
  def LI_rw : SpecialInst<0, 106, opLI, "rw", (outs GPR:$rd), (ins s16:$imm)>;
  def LI_rl : SpecialInst<0, 107, opLI, "rl", (outs GPR:$rd), (ins l32:$imm)>;
  def LI_ai : SpecialInst<0, 108, opLI, "ai", (outs), (ins s8:$imm)>;
  def LI_aw : SpecialInst<0, 109, opLI, "aw", (outs), (ins s16:$imm)>;
  def LI_al : SpecialInst<0, 110, opLI, "al", (outs), (ins l32:$imm)>;
}
let hasSideEffects = 0, isReMaterializable = 1, isAsCheapAsAMove = 1 in {
  def LID_ri : SpecialInst<0, 111, opLID, "ri", (outs GPR64:$rd), (ins s8:$imm)>;
  let WritesAcc = 1 in {
    def LADATA_r : SpecialInst<0, 112, opLADATA, "r", (outs GPR:$rd), (ins dat16:$off)>;
    def LADATA_a : SpecialInst<0, 113, opLADATA, "a", (outs), (ins dat16:$off)>;
    def LARO_r   : SpecialInst<0, 114, opLARO, "r", (outs GPR:$rd), (ins ro16:$off)>;
    def LARO_a   : SpecialInst<0, 115, opLARO, "a", (outs), (ins ro16:$off)>;
    let Uses = [SP] in {
      def ADDSP_r  : SpecialInst<0, 116, opADDSP, "r", (outs GPR:$rd), (ins u16:$off)>;
      def ADDSP_a  : SpecialInst<0, 117, opADDSP, "a", (outs), (ins u16:$off)>;
    }
  }
}
defm LW  : Load<0, 118, opLW, ["ro", "rz", "rp", "rx", "ry", "rb", "rc", "rs", "rd", "rk",
                             "ao", "az", "ap", "ax", "ab", "ac", "as", "ad"]>;          // 118..135
defm LBU : Load<0, 136, opLBU, ["ro", "rz", "rp", "rx", "rb", "rc", "ao", "az", "ap", "ax", "ac"]>; // 136..146
defm LHU : Load<0, 147, opLHU, ["ro", "rp", "rx", "rc", "ao", "ax"]>;     // 147..152
defm LH  : Load<0, 153, opLH, ["ro", "rp", "rx", "ao", "ap", "ax"]>;      // 153..158
defm LB  : Load<0, 159, opLB, ["ro", "ao"]>;                              // 159, 160
defm SW  : Store<0, 161, opSW, ["ro", "rz", "rp", "rx", "rc", "rs", "rd", "ao", "az", "ap", "ax", "as", "ad"]>; // 161..173
defm SB  : Store<0, 174, opSB, ["ro", "rz", "rp", "rx", "ao", "az", "ap", "ax"]>; // 174..181
defm SH  : Store<0, 182, opSH, ["ro", "rp", "rx", "ao", "ap", "ax"]>;     // 182..187
defm LDD : Load<0, 188, opLDD, ["ro", "rs"]>;                             // 188, 189
defm SDD : Store<0, 190, opSDD, ["ro", "rs"]>;                            // 190, 191
let mayLoad = 1, mayStore = 1, hasSideEffects = 0 in
def ADDM_oi : SpecialInst<0, 192, opADDM, "oi", (outs), (ins GPR:$ra, s8:$off, s8:$imm)>;

defvar BR4 = ["rr", "ar", "ri", "ai"];
defm BEQ  : Br<0, 193, opBEQ, !listconcat(BR4, ["rz", "az"])>;    // 193..198
defm BNE  : Br<0, 199, opBNE, !listconcat(BR4, ["rz", "az"])>;    // 199..204
defm BLT  : Br<0, 205, opBLT, !listconcat(BR4, ["rz"])>;          // 205..209
defm BGE  : Br<0, 210, opBGE, !listconcat(BR4, ["rz"])>;          // 210..214
defm BLTU : Br<0, 215, opBLTU, BR4>;                              // 215..218
defm BGEU : Br<0, 219, opBGEU, BR4>;                              // 219..222
defm BTZ  : Br<0, 223, opBTZ, ["ri"]>;
defm BTNZ : Br<0, 224, opBTNZ, ["ri"]>;
let hasSideEffects = 0, isTerminator = 1, isBranch = 1 in {
  let Constraints = "$rd = $rd_in" in {
    def ADDBNE : SpecialInst<0, 225, opADDBNE, "xirt", (outs GPR:$rd), (ins GPR:$rd_in, s8:$imm, GPR:$rb, d8:$target)>;
    def ADDBNZ : SpecialInst<0, 226, opADDBNZ, "xit", (outs GPR:$rd), (ins GPR:$rd_in, s8:$imm, d8:$target)>;
  }
  let isBarrier = 1 in {
    def JMP8  : SpecialInst<0, 227, opJMP, "t8", (outs), (ins d8:$target)>;
    def JMP16 : SpecialInst<0, 228, opJMP, "t16", (outs), (ins d16:$target)>;
    let isIndirectBranch = 1 in
    def SWITCH : SpecialInst<0, 229, opSWITCH, "rt", (outs), (ins GPR:$ra, tab16:$table)>;
  }
}
let isCall = 1 in {
  def CALL8  : SpecialInst<0, 230, opCALL, "wf8", (outs), (ins win:$win, fn8:$fn)>;
  def CALL16 : SpecialInst<0, 231, opCALL, "wf16", (outs), (ins win:$win, fn16:$fn)>;
  def CALLN8 : SpecialInst<0, 232, opCALLN, "wn8", (outs), (ins win:$win, imp8:$fn)>;
  def CALLI8 : SpecialInst<0, 233, opCALLI, "wrs8", (outs), (ins win:$win, GPR:$ra, sig8:$sig)>;
}
def ENTER : SpecialInst<0, 234, opENTER, "n8", (outs), (ins frm:$n)>;
let isReturn = 1, isTerminator = 1, isBarrier = 1 in {
  def RET   : SpecialInst<0, 235, opRET, "", (outs), (ins)>;
  def RETN  : SpecialInst<0, 236, opRET, "n8", (outs), (ins frm:$n)>;
}
defm ADDD  : Bin<0, 237, opADDD, ["rrr", "rxr"]>; // 237, 238
defm SUBD  : Bin<0, 239, opSUBD, ["rrr"]>;
defm MULUD : Bin<0, 240, opMULUD, ["rrr"]>;
defm MULSD : Bin<0, 241, opMULSD, ["rrr"]>;
// 242..254 are free: reserved for fused forms that the training corpus earns. 255 leads to page 1.

//===-- Page 1 --------------------------------------------------------------------------------------------------------===//
defm RSUB  : Bin<1, 0, opRSUB, ["rri", "aai"]>;   // 0, 1
let hasSideEffects = 1 in { // they may trap: not to be executed speculatively
  defm DIV   : Bin<1, 2, opDIV, ["rrr"]>;
  defm DIVU  : Bin<1, 3, opDIVU, ["rrr"]>;
  defm REM   : Bin<1, 4, opREM, ["rrr"]>;
  defm REMU  : Bin<1, 5, opREMU, ["rrr"]>;
}
defm MULHU : Bin<1, 6, opMULHU, ["rrr"]>;
defm MULHS : Bin<1, 7, opMULHS, ["rrr"]>;
defm SEQR  : Bin<1, 8, opSEQ, ["rrr"]>;
defm SNER  : Bin<1, 9, opSNE, ["rrr"]>;
defm ROTRR : Bin<1, 10, opROTR, ["rrr"]>;
defm CLZ   : Un<1, 11, opCLZ, ["rr"]>;
defm CTZ   : Un<1, 12, opCTZ, ["rr"]>;
defm POPCNT : Un<1, 13, opPOPCNT, ["rr"]>;
defm BSWAP : Un<1, 14, opBSWAP, ["rr"]>;
let WritesAcc = 1, hasSideEffects = 0 in
def EXTS_rr : SpecialInst<1, 15, opEXTS, "rr", (outs GPR:$rd), (ins GPR:$ra, sh5:$lsb, wid:$width)>;
let WritesAcc = 1, hasSideEffects = 0, isReMaterializable = 1 in {
  def LADATA_l : SpecialInst<1, 16, opLADATA, "l", (outs GPR:$rd), (ins dat32:$off)>;
  def LARO_l   : SpecialInst<1, 17, opLARO, "l", (outs GPR:$rd), (ins ro32:$off)>;
  def LAFN     : SpecialInst<1, 18, opLAFN, "r", (outs GPR:$rd), (ins cal16:$fn)>;
  def LAIMP    : SpecialInst<1, 19, opLAIMP, "r", (outs GPR:$rd), (ins imp16:$imp)>;
  let hasSideEffects = 1, isReMaterializable = 0, Uses = [SP] in
  def GETSP    : SpecialInst<1, 20, opGETSP, "r", (outs GPR:$rd), (ins)>;
  let Uses = [SP] in
  def ADDSP_l  : SpecialInst<1, 21, opADDSP, "l", (outs GPR:$rd), (ins l32:$off)>;
}
let Defs = [SP] in
def SETSP : SpecialInst<1, 22, opSETSP, "r", (outs), (ins GPR:$ra)>;
defm ORX  : Bin<1, 23, opOR, ["rxi", "rai", "ari", "aai"]>;   // 23..26
defm XORX : Bin<1, 27, opXOR, ["rxi", "rai", "ari", "aai"]>;  // 27..30
defm LBUX : Load<1, 31, opLBU, ["rd", "rk", "ad", "as", "rs"]>;  // 31..35
defm SBX  : Store<1, 36, opSB, ["rd", "ad"]>;                 // 36, 37
defm LHUX : Load<1, 38, opLHU, ["rd", "ap"]>;                 // 38, 39
defm LHX  : Load<1, 40, opLH, ["rd"]>;
defm SHX  : Store<1, 41, opSH, ["rd", "ad"]>;                 // 41, 42
defm LBX  : Load<1, 43, opLB, ["rp", "rx"]>;                  // 43, 44
defm LWX  : Load<1, 45, opLW, ["rq"]>;
defm SWX  : Store<1, 46, opSW, ["rq"]>;
defm LBUQ : Load<1, 47, opLBU, ["rq"]>;
defm SBQ  : Store<1, 48, opSB, ["rq"]>;
defm LDDX : Load<1, 49, opLDD, ["rx", "rp", "rd"]>;           // 49..51
defm SDDX : Store<1, 52, opSDD, ["rx", "rp", "rd"]>;          // 52..54
let isTerminator = 1, isBranch = 1, isBarrier = 1, hasSideEffects = 0 in {
  def JMP32 : SpecialInst<1, 55, opJMP, "t32", (outs), (ins d32:$target)>;
  let isIndirectBranch = 1 in
  def SWITCH32 : SpecialInst<1, 56, opSWITCH, "rt32", (outs), (ins GPR:$ra, tab32:$table)>;
}
let isCall = 1 in {
  def CALLN16 : SpecialInst<1, 57, opCALLN, "wn16", (outs), (ins win:$win, imp16:$fn)>;
  def CALLI16 : SpecialInst<1, 58, opCALLI, "wrs16", (outs), (ins win:$win, GPR:$ra, sig16:$sig)>;
}
def ENTER16 : SpecialInst<1, 59, opENTER, "n16", (outs), (ins frm16:$n)>;
let isReturn = 1, isTerminator = 1, isBarrier = 1 in
def RETN16 : SpecialInst<1, 60, opRET, "n16", (outs), (ins frm16:$n)>;
let isTerminator = 1, isBarrier = 1 in {
  def TRAP : SpecialInst<1, 61, opTRAP, "c", (outs), (ins trp:$code)>;
  def EXIT : SpecialInst<1, 62, opEXIT, "", (outs), (ins)>;
}
def NOP : SpecialInst<1, 63, opNOP, "", (outs), (ins)>;
let mayLoad = 1, mayStore = 1 in {
  def MEMCPY : SpecialInst<1, 64, opMEMCPY, "rrr", (outs), (ins GPR:$ra, GPR:$rb, GPR:$rc)>;
  def MEMSET : SpecialInst<1, 65, opMEMSET, "rrr", (outs), (ins GPR:$ra, GPR:$rb, GPR:$rc)>;
  let mayLoad = 0, mayStore = 0 in // hasSideEffects orders it
  def FENCE  : SpecialInst<1, 66, opFENCE, "", (outs), (ins)>;
  foreach i = !range(9) in {
    defvar op = ["SWAP", "ADD", "AND", "OR", "XOR", "MIN", "MAX", "MINU", "MAXU"][i];
    def AMO#op : SpecialInst<1, !add(67, i), !cast<Base>("opAMO"#op), "rrr", (outs GPR:$rd), (ins GPR:$ra, GPR:$rb)>; // 67..75
  }
  def CAS  : SpecialInst<1, 76, opCAS, "rrrr", (outs GPR:$rd), (ins GPR:$ra, GPR:$rb, GPR:$rc)>;
  def CASD : SpecialInst<1, 77, opCASD, "rrrr", (outs GPR64:$rd), (ins GPR:$ra, GPR64:$rb, GPR64:$rc)>;
}
defm ANDD  : Bin<1, 78, opANDD, ["rrr"]>;
defm ORD   : Bin<1, 79, opORD, ["rrr"]>;
defm XORD  : Bin<1, 80, opXORD, ["rrr"]>;
defm MULD  : Bin<1, 81, opMULD, ["rrr"]>;
defm SEQD  : Bin<1, 82, opSEQD, ["rrr"]>;
defm SNED  : Bin<1, 83, opSNED, ["rrr"]>;
defm SLTD  : Bin<1, 84, opSLTD, ["rrr"]>;
defm SLTUD : Bin<1, 85, opSLTUD, ["rrr"]>;
defm SHLD  : Bin<1, 86, opSHLD, ["rrr", "rri"]>;  // 86, 87
defm SHRD  : Bin<1, 88, opSHRD, ["rrr", "rri"]>;  // 88, 89
defm SARD  : Bin<1, 90, opSARD, ["rrr", "rri"]>;  // 90, 91
let hasSideEffects = 1 in {
  defm DIVD  : Bin<1, 92, opDIVD, ["rrr"]>;
  defm DIVUD : Bin<1, 93, opDIVUD, ["rrr"]>;
  defm REMD  : Bin<1, 94, opREMD, ["rrr"]>;
  defm REMUD : Bin<1, 95, opREMUD, ["rrr"]>;
}
defm SEXTD : Un<1, 96, opSEXTD, ["rr"]>;
defm ZEXTD : Un<1, 97, opZEXTD, ["rr"]>;
defm ADDID : Bin<1, 98, opADDID, ["rri"]>;
defm CLZD  : Un<1, 99, opCLZD, ["rr"]>;
defm CTZD  : Un<1, 100, opCTZD, ["rr"]>;
multiclass FloatInsts<int op, string s> {
  defm FADD#s : Bin<1, !add(op, 0), !cast<Base>("opFADD"#s), ["rrr"]>;
  defm FSUB#s : Bin<1, !add(op, 1), !cast<Base>("opFSUB"#s), ["rrr"]>;
  defm FMUL#s : Bin<1, !add(op, 2), !cast<Base>("opFMUL"#s), ["rrr"]>;
  defm FDIV#s : Bin<1, !add(op, 3), !cast<Base>("opFDIV"#s), ["rrr"]>;
  defm FEQ#s : Bin<1, !add(op, 4), !cast<Base>("opFEQ"#s), ["rrr"]>;
  defm FLT#s : Bin<1, !add(op, 5), !cast<Base>("opFLT"#s), ["rrr"]>;
  defm FLE#s : Bin<1, !add(op, 6), !cast<Base>("opFLE"#s), ["rrr"]>;
  defm FUN#s : Bin<1, !add(op, 7), !cast<Base>("opFUN"#s), ["rrr"]>;
  defm FTOS#s : Un<1, !add(op, 8), !cast<Base>("opFTOS"#s), ["rr"]>;
  defm FTOU#s : Un<1, !add(op, 9), !cast<Base>("opFTOU"#s), ["rr"]>;
  defm FTOSD#s : Un<1, !add(op, 10), !cast<Base>("opFTOSD"#s), ["rr"]>;
  defm FTOUD#s : Un<1, !add(op, 11), !cast<Base>("opFTOUD"#s), ["rr"]>;
  defm STOF#s : Un<1, !add(op, 12), !cast<Base>("opSTOF"#s), ["rr"]>;
  defm UTOF#s : Un<1, !add(op, 13), !cast<Base>("opUTOF"#s), ["rr"]>;
  defm SDTOF#s : Un<1, !add(op, 14), !cast<Base>("opSDTOF"#s), ["rr"]>;
  defm UDTOF#s : Un<1, !add(op, 15), !cast<Base>("opUDTOF"#s), ["rr"]>;
}
defm "" : FloatInsts<101, "">;   // 101..116
defm "" : FloatInsts<117, "_D">; // 117..132
defm FEXT   : Un<1, 133, opFEXT, ["rr"]>;
defm FTRUNC : Un<1, 134, opFTRUNC, ["rr"]>;
defm SLTX   : Bin<1, 135, opSLT, ["arr", "ari", "rai", "aai"]>;  // 135..138
defm SLTUX  : Bin<1, 139, opSLTU, ["arr", "ari", "rai", "aai"]>; // 139..142
// 143..254 are free.
