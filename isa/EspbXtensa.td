// SPDX-License-Identifier: Apache-2.0
// The base operations in assembly of the Xtensa LX6/LX7, for the generated interpreter: what Base::Rv32 is for RISC-V, with the same names
// ($d $a $b, pairs $dl $dh $al $ah $bl $bh, scratch $t0 $t1; lines are split at ';'). Operations without a template here are written by
// hand (isa/gen/xtensa_special.py) or, on page 1, left to C++.
class XtensaTemplate<Base op, string text> {
  Base Op = op;
  string Text = text;
}

def : XtensaTemplate<opADD, "add $d, $a, $b">;
def : XtensaTemplate<opAND, "and $d, $a, $b">;
def : XtensaTemplate<opOR, "or $d, $a, $b">;
def : XtensaTemplate<opXOR, "xor $d, $a, $b">;
def : XtensaTemplate<opMUL, "mull $d, $a, $b">;
def : XtensaTemplate<opSEQ, "xor $d, $a, $b; nsau $d, $d; srli $d, $d, 5">;
def : XtensaTemplate<opSNE, "xor $t0, $a, $b; movi $d, 1; moveqz $d, $t0, $t0">;
def : XtensaTemplate<opMIN, "min $d, $a, $b">;
def : XtensaTemplate<opMAX, "max $d, $a, $b">;
def : XtensaTemplate<opMINU, "minu $d, $a, $b">;
def : XtensaTemplate<opMAXU, "maxu $d, $a, $b">;
def : XtensaTemplate<opSUB, "sub $d, $a, $b">;
def : XtensaTemplate<opRSUB, "sub $d, $b, $a">;
def : XtensaTemplate<opSHL, "ssl $b; sll $d, $a">;
def : XtensaTemplate<opSHR, "ssr $b; srl $d, $a">;
def : XtensaTemplate<opSAR, "ssr $b; sra $d, $a">;
def : XtensaTemplate<opROTR, "ssr $b; src $d, $a, $a">;
def : XtensaTemplate<opSLT, "movi $t0, 1; blt $a, $b, 1f; movi $t0, 0; 1: mov $d, $t0">;
def : XtensaTemplate<opSLTU, "movi $t0, 1; bltu $a, $b, 1f; movi $t0, 0; 1: mov $d, $t0">;

def : XtensaTemplate<opMOV, "mov $d, $a">;
def : XtensaTemplate<opSEXTB, "sext $d, $a, 7">;
def : XtensaTemplate<opSEXTH, "sext $d, $a, 15">;
def : XtensaTemplate<opZEXTH, "extui $d, $a, 0, 16">;

def : XtensaTemplate<opSHADD1, "addx2 $d, $b, $a">;
def : XtensaTemplate<opSHADD2, "addx4 $d, $b, $a">;
def : XtensaTemplate<opSHADD3, "addx8 $d, $b, $a">;

def : XtensaTemplate<opLW, "l32i $d, $a, 0">;
def : XtensaTemplate<opSW, "s32i $v, $a, 0">;
def : XtensaTemplate<opLHU, "l16ui $d, $a, 0">;
def : XtensaTemplate<opLH, "l16si $d, $a, 0">;
def : XtensaTemplate<opSH, "s16i $v, $a, 0">;
def : XtensaTemplate<opLBU, "l8ui $d, $a, 0">;
def : XtensaTemplate<opLB, "l8ui $d, $a, 0; sext $d, $d, 7">;
def : XtensaTemplate<opSB, "s8i $v, $a, 0">;
def : XtensaTemplate<opLDD, "l32i $dl, $a, 0; l32i $dh, $a, 4">;
def : XtensaTemplate<opSDD, "s32i $vl, $a, 0; s32i $vh, $a, 4">;

def : XtensaTemplate<opADDD, "add $dl, $al, $bl; add $dh, $ah, $bh; bgeu $dl, $al, 1f; addi $dh, $dh, 1; 1:">;
def : XtensaTemplate<opSUBD, "sub $dh, $ah, $bh; sub $dl, $al, $bl; bgeu $al, $bl, 1f; addi $dh, $dh, -1; 1:">;
def : XtensaTemplate<opANDD, "and $dl, $al, $bl; and $dh, $ah, $bh">;
def : XtensaTemplate<opORD, "or $dl, $al, $bl; or $dh, $ah, $bh">;
def : XtensaTemplate<opXORD, "xor $dl, $al, $bl; xor $dh, $ah, $bh">;
def : XtensaTemplate<opSEQD, "xor $t0, $al, $bl; xor $t1, $ah, $bh; or $d, $t0, $t1; nsau $d, $d; srli $d, $d, 5">;
def : XtensaTemplate<opSNED, "xor $t0, $al, $bl; xor $t1, $ah, $bh; or $t0, $t0, $t1; movi $d, 1; moveqz $d, $t0, $t0">;
def : XtensaTemplate<opMOVD, "mov $dl, $al; mov $dh, $ah">;
def : XtensaTemplate<opSEXTD, "mov $dl, $a; srai $dh, $a, 31">;
def : XtensaTemplate<opZEXTD, "mov $dl, $a; movi $dh, 0">;

def : XtensaTemplate<opBEQ, "beq $a, $b">;
def : XtensaTemplate<opBNE, "bne $a, $b">;
def : XtensaTemplate<opBLT, "blt $a, $b">;
def : XtensaTemplate<opBGE, "bge $a, $b">;
def : XtensaTemplate<opBLTU, "bltu $a, $b">;
def : XtensaTemplate<opBGEU, "bgeu $a, $b">;
def : XtensaTemplate<opBTZ, "bnone $a, $b">;
def : XtensaTemplate<opBTNZ, "bany $a, $b">;
