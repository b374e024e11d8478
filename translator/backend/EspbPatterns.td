// SPDX-License-Identifier: Apache-2.0
// Instruction selection patterns. Only canonical forms are selected (registers and immediates); EspbAccForming makes the
// accumulator, two-address and zero-offset forms after register allocation.

//===-- Immediates --------------------------------------------------------------------------------------------------===//
def immS8  : ImmLeaf<i32, [{ return isInt<8>(Imm); }]>;
def immU8  : ImmLeaf<i32, [{ return isUInt<8>(Imm); }]>;
def immS16 : ImmLeaf<i32, [{ return isInt<16>(Imm); }]>;
def immS8m1 : ImmLeaf<i32, [{ return Imm != 2147483647 && isInt<8>(Imm + 1); }]>;            // imm + 1 fits
def immU8m1 : ImmLeaf<i32, [{ return isUInt<8>((uint64_t)(uint32_t)Imm + 1) && Imm != -1; }]>;
def immS8neg : ImmLeaf<i32, [{ return isInt<8>(-Imm); }]>;
def immSh5 : ImmLeaf<i32, [{ return isUInt<5>(Imm); }]>;
def immSh6 : ImmLeaf<i32, [{ return isUInt<6>(Imm); }]>;
def immS8_64 : ImmLeaf<i64, [{ return isInt<8>(Imm); }]>;

def IncImm : SDNodeXForm<imm, [{
  return CurDAG->getSignedTargetConstant((int64_t)(int32_t)((uint32_t)N->getSExtValue() + 1), SDLoc(N), MVT::i32);
}]>;
def NegRotate : SDNodeXForm<imm, [{ return CurDAG->getTargetConstant((32 - N->getZExtValue()) & 31, SDLoc(N), MVT::i32); }]>;
def LowWord : SDNodeXForm<imm, [{
  return CurDAG->getSignedTargetConstant((int32_t)N->getZExtValue(), SDLoc(N), MVT::i32);
}]>;

//===-- Target nodes ------------------------------------------------------------------------------------------------===//
def SDT_Addr : SDTypeProfile<1, 1, [SDTCisVT<0, i32>]>;
def espb_ladata : SDNode<"ESPBISD::LADATA", SDT_Addr>;
def espb_laro   : SDNode<"ESPBISD::LARO", SDT_Addr>;
def espb_ladatal : SDNode<"ESPBISD::LADATAL", SDT_Addr>;
def espb_larol   : SDNode<"ESPBISD::LAROL", SDT_Addr>;
def espb_lafn   : SDNode<"ESPBISD::LAFN", SDT_Addr>;
def espb_laimp  : SDNode<"ESPBISD::LAIMP", SDT_Addr>;
def SDT_Block : SDTypeProfile<0, 3, [SDTCisVT<0, i32>, SDTCisVT<1, i32>, SDTCisVT<2, i32>]>;
def espb_memcpy : SDNode<"ESPBISD::MEMCPY", SDT_Block, [SDNPHasChain, SDNPMayLoad, SDNPMayStore]>;
def espb_memset : SDNode<"ESPBISD::MEMSET", SDT_Block, [SDNPHasChain, SDNPMayStore]>;
def SDT_Wide : SDTypeProfile<1, 2, [SDTCisVT<0, i64>, SDTCisVT<1, i32>, SDTCisVT<2, i32>]>;
def espb_mulu : SDNode<"ESPBISD::MULUD", SDT_Wide, [SDNPCommutative]>;
def espb_muls : SDNode<"ESPBISD::MULSD", SDT_Wide, [SDNPCommutative]>;
def espb_switch : SDNode<"ESPBISD::SWITCH", SDTypeProfile<0, 2, [SDTCisVT<0, i32>]>, [SDNPHasChain]>;
def espb_switch32 : SDNode<"ESPBISD::SWITCH32", SDTypeProfile<0, 2, [SDTCisVT<0, i32>]>, [SDNPHasChain]>;
def espb_getsp : SDNode<"ESPBISD::GETSP", SDTypeProfile<1, 0, [SDTCisVT<0, i32>]>, [SDNPHasChain, SDNPSideEffect]>;
def espb_setsp : SDNode<"ESPBISD::SETSP", SDTypeProfile<0, 1, [SDTCisVT<0, i32>]>, [SDNPHasChain, SDNPSideEffect]>;
def espb_dynarea : SDNode<"ESPBISD::DYNAREA", SDTypeProfile<1, 0, [SDTCisVT<0, i32>]>>;

def espb_callseq_start : SDNode<"ISD::CALLSEQ_START", SDCallSeqStart<[SDTCisVT<0, i32>, SDTCisVT<1, i32>]>, [SDNPHasChain, SDNPOutGlue]>;
def espb_callseq_end : SDNode<"ISD::CALLSEQ_END", SDCallSeqEnd<[SDTCisVT<0, i32>, SDTCisVT<1, i32>]>,
                              [SDNPHasChain, SDNPOptInGlue, SDNPOutGlue]>;

//===-- Addresses ---------------------------------------------------------------------------------------------------===//
let WantsParent = true in
def AddrRO : ComplexPattern<i32, 2, "selectAddrRO">;      // register or frame object + s8
def AddrRX1 : ComplexPattern<i32, 2, "selectAddrRX<0>", [add, or]>;
def AddrRX2 : ComplexPattern<i32, 2, "selectAddrRX<1>", [add, or]>;
def AddrRX4 : ComplexPattern<i32, 2, "selectAddrRX<2>", [add, or]>;
def AddrRX8 : ComplexPattern<i32, 2, "selectAddrRX<3>", [add, or]>;
def AddrD : ComplexPattern<i32, 1, "selectAddrData">;     // symbol in the data block
def AddrSP : ComplexPattern<i32, 1, "selectAddrSP">;     // outgoing stack argument
def AddrK : ComplexPattern<i32, 1, "selectAddrRo">;       // symbol in rodata

//===-- Constants and addresses -------------------------------------------------------------------------------------===//
def : Pat<(i32 immS8:$i), (LI_ri imm:$i)>;
def : Pat<(i32 immS16:$i), (LI_rw imm:$i)>;
def : Pat<(i32 imm:$i), (LI_rl imm:$i)>;
def : Pat<(i64 immS8_64:$i), (LID_ri (LowWord imm:$i))>;
def : Pat<(espb_ladata tglobaladdr:$a), (LADATA_r tglobaladdr:$a)>;
def : Pat<(espb_laro tglobaladdr:$a), (LARO_r tglobaladdr:$a)>;
def : Pat<(espb_laro tconstpool:$a), (LARO_r tconstpool:$a)>;
def : Pat<(espb_ladatal tglobaladdr:$a), (LADATA_l tglobaladdr:$a)>;
def : Pat<(espb_larol tglobaladdr:$a), (LARO_l tglobaladdr:$a)>;
def : Pat<(espb_larol tconstpool:$a), (LARO_l tconstpool:$a)>;
def : Pat<(espb_lafn (i32 timm:$i)), (LAFN timm:$i)>;
def : Pat<(espb_laimp (i32 timm:$i)), (LAIMP timm:$i)>;

//===-- 32-bit integers ---------------------------------------------------------------------------------------------===//
class BinRR<SDPatternOperator op, Instruction i> : Pat<(i32 (op (i32 GPR:$a), (i32 GPR:$b))), (i GPR:$a, GPR:$b)>;
class BinRI<SDPatternOperator op, Instruction i, ImmLeaf leaf> : Pat<(i32 (op (i32 GPR:$a), leaf:$b)), (i GPR:$a, imm:$b)>;
def : BinRR<add, ADD_rrr>;
def : BinRR<sub, SUB_rrr>;
def : BinRR<and, AND_rrr>;
def : BinRR<or, OR_rrr>;
def : BinRR<xor, XOR_rrr>;
def : BinRR<mul, MUL_rrr>;
def : BinRR<shl, SHL_rrr>;
def : BinRR<srl, SHR_rrr>;
def : BinRR<sra, SAR_rrr>;
def : BinRR<rotr, ROTRR_rrr>;
def : BinRR<sdiv, DIV_rrr>;
def : BinRR<udiv, DIVU_rrr>;
def : BinRR<srem, REM_rrr>;
def : BinRR<urem, REMU_rrr>;
def : BinRR<mulhu, MULHU_rrr>;
def : BinRR<mulhs, MULHS_rrr>;
def : BinRR<smin, MIN_rrr>;
def : BinRR<smax, MAX_rrr>;
def : BinRR<umin, MINU_rrr>;
def : BinRR<umax, MAXU_rrr>;
def : BinRI<add, ADD_rri, immS8>;
def : BinRI<and, AND_rri, immU8>;
def : BinRI<or, OR_rri, immU8>;
def : BinRI<xor, XOR_rri, immS8>;
def : BinRI<shl, SHL_rri, immSh5>;
def : BinRI<srl, SHR_rri, immSh5>;
def : BinRI<sra, SAR_rri, immSh5>;
def : BinRI<rotr, ROTR_rri, immSh5>;
def : BinRI<mul, MUL_rri, immS8>;
def : Pat<(i32 (sub immS8:$a, (i32 GPR:$b))), (RSUB_rri GPR:$b, imm:$a)>;
def : Pat<(i32 (rotl (i32 GPR:$a), immSh5:$b)), (ROTR_rri GPR:$a, (NegRotate imm:$b))>;
def : Pat<(i32 (rotl (i32 GPR:$a), (i32 GPR:$b))), (ROTRR_rrr GPR:$a, (RSUB_rri GPR:$b, 0))>;
def : Pat<(i32 (and (i32 GPR:$a), 0xffff)), (ZEXTH_rr GPR:$a)>;
def : Pat<(i32 (sext_inreg (i32 GPR:$a), i8)), (SEXTB_rr GPR:$a)>;
def : Pat<(i32 (sext_inreg (i32 GPR:$a), i16)), (SEXTH_rr GPR:$a)>;
def : Pat<(i32 (sext_inreg (i32 GPR:$a), i1)), (EXTS_rr GPR:$a, 0, 1)>;
def : Pat<(i32 (ctlz (i32 GPR:$a))), (CLZ_rr GPR:$a)>;
def : Pat<(i32 (cttz (i32 GPR:$a))), (CTZ_rr GPR:$a)>;
def : Pat<(i32 (ctpop (i32 GPR:$a))), (POPCNT_rr GPR:$a)>;
def : Pat<(i32 (bswap (i32 GPR:$a))), (BSWAP_rr GPR:$a)>;
def oneuse_shl : PatFrag<(ops node:$a, node:$b), (shl node:$a, node:$b), [{ return N->hasOneUse(); }]>;
def oneuse_mul : PatFrag<(ops node:$a, node:$b), (mul node:$a, node:$b), [{ return N->hasOneUse(); }]>;
let AddedComplexity = 4 in {
  def : Pat<(i32 (add (i32 GPR:$a), (oneuse_shl (i32 GPR:$b), (i32 1)))), (SHADD1_rrr GPR:$a, GPR:$b)>;
  def : Pat<(i32 (add (i32 GPR:$a), (oneuse_shl (i32 GPR:$b), (i32 2)))), (SHADD2_rrr GPR:$a, GPR:$b)>;
  def : Pat<(i32 (add (i32 GPR:$a), (oneuse_shl (i32 GPR:$b), (i32 3)))), (SHADD3_rrr GPR:$a, GPR:$b)>;
  // A small constant is added for less than it costs to load it.
  def : Pat<(i32 (add (i32 (mul (i32 GPR:$b), (i32 GPR:$c))), immS8:$i)), (ADD_rri (MUL_rrr GPR:$b, GPR:$c), imm:$i)>;
  def : Pat<(i32 (add (i32 GPR:$a), (oneuse_mul (i32 GPR:$b), (i32 GPR:$c)))), (MLA_xrr GPR:$a, GPR:$b, GPR:$c)>;
}

//===-- Conditions --------------------------------------------------------------------------------------------------===//
multiclass SetCC<CondCode cc, dag rr> { def : Pat<(i32 (setcc (i32 GPR:$a), (i32 GPR:$b), cc)), rr>; }
defm : SetCC<SETEQ, (SEQR_rrr GPR:$a, GPR:$b)>;
defm : SetCC<SETNE, (SNER_rrr GPR:$a, GPR:$b)>;
defm : SetCC<SETLT, (SLT_rrr GPR:$a, GPR:$b)>;
defm : SetCC<SETGT, (SLT_rrr GPR:$b, GPR:$a)>;
defm : SetCC<SETGE, (XOR_rri (SLT_rrr GPR:$a, GPR:$b), 1)>;
defm : SetCC<SETLE, (XOR_rri (SLT_rrr GPR:$b, GPR:$a), 1)>;
defm : SetCC<SETULT, (SLTU_rrr GPR:$a, GPR:$b)>;
defm : SetCC<SETUGT, (SLTU_rrr GPR:$b, GPR:$a)>;
defm : SetCC<SETUGE, (XOR_rri (SLTU_rrr GPR:$a, GPR:$b), 1)>;
defm : SetCC<SETULE, (XOR_rri (SLTU_rrr GPR:$b, GPR:$a), 1)>;
class SetCCI<CondCode cc, ImmLeaf leaf, dag d> : Pat<(i32 (setcc (i32 GPR:$a), leaf:$b, cc)), d>;
def : SetCCI<SETEQ, immS8, (SEQ_rri GPR:$a, imm:$b)>;
def : SetCCI<SETNE, immS8, (SNE_rri GPR:$a, imm:$b)>;
def : SetCCI<SETLT, immS8, (SLT_rri GPR:$a, imm:$b)>;
def : SetCCI<SETGE, immS8, (XOR_rri (SLT_rri GPR:$a, imm:$b), 1)>;
def : SetCCI<SETLE, immS8m1, (SLT_rri GPR:$a, (IncImm imm:$b))>;
def : SetCCI<SETGT, immS8m1, (XOR_rri (SLT_rri GPR:$a, (IncImm imm:$b)), 1)>;
def : SetCCI<SETULT, immU8, (SLTU_rri GPR:$a, imm:$b)>;
def : SetCCI<SETUGE, immU8, (XOR_rri (SLTU_rri GPR:$a, imm:$b), 1)>;
def : SetCCI<SETULE, immU8m1, (SLTU_rri GPR:$a, (IncImm imm:$b))>;
def : SetCCI<SETUGT, immU8m1, (XOR_rri (SLTU_rri GPR:$a, (IncImm imm:$b)), 1)>;
let AddedComplexity = 5 in {
  def : Pat<(i32 (setcc (i32 GPR:$a), 0, SETLT)), (SHR_rri GPR:$a, 31)>;
}

// Branches.
def : Pat<(br bb:$t), (JMP8 bb:$t)>;
def : Pat<(brcond (i32 GPR:$a), bb:$t), (BNE_rz GPR:$a, bb:$t)>;
class BrRR<CondCode cc, Instruction i> : Pat<(brcond (i32 (setcc (i32 GPR:$a), (i32 GPR:$b), cc)), bb:$t), (i GPR:$a, GPR:$b, bb:$t)>;
class BrSwap<CondCode cc, Instruction i> : Pat<(brcond (i32 (setcc (i32 GPR:$a), (i32 GPR:$b), cc)), bb:$t), (i GPR:$b, GPR:$a, bb:$t)>;
class BrRI<CondCode cc, ImmLeaf leaf, Instruction i> : Pat<(brcond (i32 (setcc (i32 GPR:$a), leaf:$b, cc)), bb:$t), (i GPR:$a, imm:$b, bb:$t)>;
class BrRIInc<CondCode cc, ImmLeaf leaf, Instruction i>
    : Pat<(brcond (i32 (setcc (i32 GPR:$a), leaf:$b, cc)), bb:$t), (i GPR:$a, (IncImm imm:$b), bb:$t)>;
def : BrRR<SETEQ, BEQ_rr>;
def : BrRR<SETNE, BNE_rr>;
def : BrRR<SETLT, BLT_rr>;
def : BrRR<SETGE, BGE_rr>;
def : BrRR<SETULT, BLTU_rr>;
def : BrRR<SETUGE, BGEU_rr>;
def : BrSwap<SETGT, BLT_rr>;
def : BrSwap<SETLE, BGE_rr>;
def : BrSwap<SETUGT, BLTU_rr>;
def : BrSwap<SETULE, BGEU_rr>;
def : BrRI<SETEQ, immS8, BEQ_ri>;
def : BrRI<SETNE, immS8, BNE_ri>;
def : BrRI<SETLT, immS8, BLT_ri>;
def : BrRI<SETGE, immS8, BGE_ri>;
def : BrRI<SETULT, immU8, BLTU_ri>;
def : BrRI<SETUGE, immU8, BGEU_ri>;
def : BrRIInc<SETGT, immS8m1, BGE_ri>;
def : BrRIInc<SETLE, immS8m1, BLT_ri>;
def : BrRIInc<SETUGT, immU8m1, BGEU_ri>;
def : BrRIInc<SETULE, immU8m1, BLTU_ri>;
let AddedComplexity = 10 in {
  class BrZ<CondCode cc, int z, Instruction i> : Pat<(brcond (i32 (setcc (i32 GPR:$a), (i32 z), cc)), bb:$t), (i GPR:$a, bb:$t)>;
  def : BrZ<SETEQ, 0, BEQ_rz>;
  def : BrZ<SETNE, 0, BNE_rz>;
  def : BrZ<SETLT, 0, BLT_rz>;
  def : BrZ<SETGE, 0, BGE_rz>;
  def : BrZ<SETGT, -1, BGE_rz>;
  def : BrZ<SETLE, -1, BLT_rz>;
  def : BrZ<SETULT, 1, BEQ_rz>;
  def : BrZ<SETUGT, 0, BNE_rz>;
  def : Pat<(brcond (i32 (setcc (and (i32 GPR:$a), immU8:$m), 0, SETEQ)), bb:$t), (BTZ_ri GPR:$a, imm:$m, bb:$t)>;
  def : Pat<(brcond (i32 (setcc (and (i32 GPR:$a), immU8:$m), 0, SETNE)), bb:$t), (BTNZ_ri GPR:$a, imm:$m, bb:$t)>;
  def : Pat<(brcond (i32 (and (i32 GPR:$a), immU8:$m)), bb:$t), (BTNZ_ri GPR:$a, imm:$m, bb:$t)>;
}

// Selects. Selecting a 64-bit value is selecting its halves.
multiclass Select<dag cond, dag c, bit inv = 0> {
  foreach ty = [i32, f32] in
    def : Pat<(ty (select cond, (ty GPR:$x), (ty GPR:$y))), !if(inv, (SEL_rrrr c, GPR:$y, GPR:$x), (SEL_rrrr c, GPR:$x, GPR:$y))>;
  foreach ty = [i64, f64] in
    def : Pat<(ty (select cond, (ty GPR64:$x), (ty GPR64:$y))),
              !if(inv, (REG_SEQUENCE GPR64, (SEL_rrrr c, (i32 (EXTRACT_SUBREG GPR64:$y, sub_lo)), (i32 (EXTRACT_SUBREG GPR64:$x, sub_lo))), sub_lo,
                                            (SEL_rrrr c, (i32 (EXTRACT_SUBREG GPR64:$y, sub_hi)), (i32 (EXTRACT_SUBREG GPR64:$x, sub_hi))), sub_hi),
                       (REG_SEQUENCE GPR64, (SEL_rrrr c, (i32 (EXTRACT_SUBREG GPR64:$x, sub_lo)), (i32 (EXTRACT_SUBREG GPR64:$y, sub_lo))), sub_lo,
                                            (SEL_rrrr c, (i32 (EXTRACT_SUBREG GPR64:$x, sub_hi)), (i32 (EXTRACT_SUBREG GPR64:$y, sub_hi))), sub_hi))>;
}
defm : Select<(i32 GPR:$c), (i32 GPR:$c)>;
defm : Select<(i32 (setcc (i32 GPR:$a), 0, SETNE)), (i32 GPR:$a)>;
defm : Select<(i32 (setcc (i32 GPR:$a), 0, SETEQ)), (i32 GPR:$a), 1>;
defm : Select<(i32 (setcc (i32 GPR:$a), (i32 GPR:$b), SETNE)), (XOR_rrr GPR:$a, GPR:$b)>;
defm : Select<(i32 (setcc (i32 GPR:$a), (i32 GPR:$b), SETEQ)), (XOR_rrr GPR:$a, GPR:$b), 1>;
defm : Select<(i32 (setcc (i32 GPR:$a), (i32 GPR:$b), SETGE)), (SLT_rrr GPR:$a, GPR:$b), 1>;
defm : Select<(i32 (setcc (i32 GPR:$a), (i32 GPR:$b), SETLE)), (SLT_rrr GPR:$b, GPR:$a), 1>;
defm : Select<(i32 (setcc (i32 GPR:$a), (i32 GPR:$b), SETUGE)), (SLTU_rrr GPR:$a, GPR:$b), 1>;
defm : Select<(i32 (setcc (i32 GPR:$a), (i32 GPR:$b), SETULE)), (SLTU_rrr GPR:$b, GPR:$a), 1>;
defm : Select<(i32 (setcc (i32 GPR:$a), immS8:$b, SETGE)), (SLT_rri GPR:$a, imm:$b), 1>;
defm : Select<(i32 (setcc (i32 GPR:$a), immU8:$b, SETUGE)), (SLTU_rri GPR:$a, imm:$b), 1>;
defm : Select<(i32 (setcc (i32 GPR:$a), immS8m1:$b, SETGT)), (SLT_rri GPR:$a, (IncImm imm:$b)), 1>;
defm : Select<(i32 (setcc (i32 GPR:$a), immU8m1:$b, SETUGT)), (SLTU_rri GPR:$a, (IncImm imm:$b)), 1>;

//===-- 64-bit integers ---------------------------------------------------------------------------------------------===//
class BinDD<SDPatternOperator op, Instruction i> : Pat<(i64 (op (i64 GPR64:$a), (i64 GPR64:$b))), (i GPR64:$a, GPR64:$b)>;
def : BinDD<add, ADDD_rrr>;
def : BinDD<sub, SUBD_rrr>;
def : BinDD<and, ANDD_rrr>;
def : BinDD<or, ORD_rrr>;
def : BinDD<xor, XORD_rrr>;
def : BinDD<mul, MULD_rrr>;
def : BinDD<sdiv, DIVD_rrr>;
def : BinDD<udiv, DIVUD_rrr>;
def : BinDD<srem, REMD_rrr>;
def : BinDD<urem, REMUD_rrr>;
def : Pat<(i64 (add (i64 GPR64:$a), immS8_64:$b)), (ADDID_rri GPR64:$a, (LowWord imm:$b))>;
multiclass ShiftD<SDPatternOperator op, Instruction rr, Instruction ri> {
  def : Pat<(i64 (op (i64 GPR64:$a), (i32 GPR:$b))), (rr GPR64:$a, GPR:$b)>;
  def : Pat<(i64 (op (i64 GPR64:$a), immSh6:$b)), (ri GPR64:$a, imm:$b)>;
}
defm : ShiftD<shl, SHLD_rrr, SHLD_rri>;
defm : ShiftD<srl, SHRD_rrr, SHRD_rri>;
defm : ShiftD<sra, SARD_rrr, SARD_rri>;
def : Pat<(i64 (zext (i32 GPR:$a))), (ZEXTD_rr GPR:$a)>;
def : Pat<(i64 (sext (i32 GPR:$a))), (SEXTD_rr GPR:$a)>;
def : Pat<(i64 (anyext (i32 GPR:$a))), (INSERT_SUBREG (i64 (IMPLICIT_DEF)), GPR:$a, sub_lo)>;
def : Pat<(i32 (trunc (i64 GPR64:$a))), (EXTRACT_SUBREG GPR64:$a, sub_lo)>;
let AddedComplexity = 10 in {
  def : Pat<(i32 (trunc (srl (i64 GPR64:$a), (i32 32)))), (EXTRACT_SUBREG GPR64:$a, sub_hi)>;
  def : Pat<(i32 (trunc (sra (i64 GPR64:$a), (i32 32)))), (EXTRACT_SUBREG GPR64:$a, sub_hi)>;
  def : Pat<(i64 (srl (i64 GPR64:$a), (i32 32))), (ZEXTD_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi)))>;
  def : Pat<(i64 (sra (i64 GPR64:$a), (i32 32))), (SEXTD_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi)))>;
  def : Pat<(i64 (shl (i64 GPR64:$a), (i32 32))), (REG_SEQUENCE GPR64, (LI_ri 0), sub_lo, (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)), sub_hi)>;
  def : Pat<(i64 (shl (i64 (anyext (i32 GPR:$a))), (i32 32))), (REG_SEQUENCE GPR64, (LI_ri 0), sub_lo, GPR:$a, sub_hi)>;
  def : Pat<(i64 (shl (i64 (zext (i32 GPR:$a))), (i32 32))), (REG_SEQUENCE GPR64, (LI_ri 0), sub_lo, GPR:$a, sub_hi)>;
  def : Pat<(i64 (or (i64 (zext (i32 GPR:$a))), (i64 (shl (i64 (anyext (i32 GPR:$b))), (i32 32))))),
            (REG_SEQUENCE GPR64, GPR:$a, sub_lo, GPR:$b, sub_hi)>;
  def : Pat<(i64 (or (i64 (zext (i32 GPR:$a))), (i64 (shl (i64 (zext (i32 GPR:$b))), (i32 32))))),
            (REG_SEQUENCE GPR64, GPR:$a, sub_lo, GPR:$b, sub_hi)>;
  def : Pat<(i64 (and (i64 GPR64:$a), (i64 0xffffffff))), (ZEXTD_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)))>;
  def : Pat<(i64 (mul (i64 (zext (i32 GPR:$a))), (i64 (zext (i32 GPR:$b))))), (MULUD_rrr GPR:$a, GPR:$b)>;
  def : Pat<(i64 (mul (i64 (sext (i32 GPR:$a))), (i64 (sext (i32 GPR:$b))))), (MULSD_rrr GPR:$a, GPR:$b)>;
}
def : Pat<(i64 (sext_inreg (i64 GPR64:$a), i32)), (SEXTD_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)))>;
def : Pat<(i64 (sext_inreg (i64 GPR64:$a), i8)), (SEXTD_rr (SEXTB_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo))))>;
def : Pat<(i64 (sext_inreg (i64 GPR64:$a), i16)), (SEXTD_rr (SEXTH_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo))))>;
def : Pat<(i64 (sext_inreg (i64 GPR64:$a), i1)), (SEXTD_rr (EXTS_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)), 0, 1))>;
def : Pat<(i64 (espb_mulu (i32 GPR:$a), (i32 GPR:$b))), (MULUD_rrr GPR:$a, GPR:$b)>;
def : Pat<(i64 (espb_muls (i32 GPR:$a), (i32 GPR:$b))), (MULSD_rrr GPR:$a, GPR:$b)>;
def : Pat<(i64 (ctlz (i64 GPR64:$a))), (ZEXTD_rr (CLZD_rr GPR64:$a))>;
def : Pat<(i64 (cttz (i64 GPR64:$a))), (ZEXTD_rr (CTZD_rr GPR64:$a))>;
def : Pat<(i32 (trunc (i64 (ctlz (i64 GPR64:$a))))), (CLZD_rr GPR64:$a)>;
def : Pat<(i32 (trunc (i64 (cttz (i64 GPR64:$a))))), (CTZD_rr GPR64:$a)>;
def : Pat<(i64 (ctpop (i64 GPR64:$a))),
          (ZEXTD_rr (ADD_rrr (POPCNT_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo))), (POPCNT_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi)))))>;
def : Pat<(i64 (bswap (i64 GPR64:$a))),
          (REG_SEQUENCE GPR64, (BSWAP_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi))), sub_lo, (BSWAP_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo))), sub_hi)>;
multiclass SetCCD<CondCode cc, CondCode inv, Instruction i, bit swap> {
  defvar d = !if(swap, (i GPR64:$b, GPR64:$a), (i GPR64:$a, GPR64:$b));
  def : Pat<(i32 (setcc (i64 GPR64:$a), (i64 GPR64:$b), cc)), d>;
  def : Pat<(brcond (i32 (setcc (i64 GPR64:$a), (i64 GPR64:$b), cc)), bb:$t), (BNE_rz d, bb:$t)>;
  if !eq(!cast<string>(inv), "SETEQ") then {} else {
    def : Pat<(i32 (setcc (i64 GPR64:$a), (i64 GPR64:$b), inv)), (XOR_rri d, 1)>;
    def : Pat<(brcond (i32 (setcc (i64 GPR64:$a), (i64 GPR64:$b), inv)), bb:$t), (BEQ_rz d, bb:$t)>;
  }
}
defm : SetCCD<SETEQ, SETEQ, SEQD_rrr, 0>;
defm : SetCCD<SETNE, SETEQ, SNED_rrr, 0>;
defm : SetCCD<SETLT, SETGE, SLTD_rrr, 0>;
defm : SetCCD<SETGT, SETLE, SLTD_rrr, 1>;
defm : SetCCD<SETULT, SETUGE, SLTUD_rrr, 0>;
defm : SetCCD<SETUGT, SETULE, SLTUD_rrr, 1>;
let AddedComplexity = 10 in {
  // Against zero the halves tell.
  def : Pat<(i32 (setcc (i64 GPR64:$a), (i64 0), SETEQ)), (SEQ_rri (OR_rrr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)), (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi))), 0)>;
  def : Pat<(i32 (setcc (i64 GPR64:$a), (i64 0), SETNE)), (SNE_rri (OR_rrr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)), (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi))), 0)>;
  def : Pat<(i32 (setcc (i64 GPR64:$a), (i64 0), SETLT)), (SHR_rri (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi)), 31)>;
  def : Pat<(brcond (i32 (setcc (i64 GPR64:$a), (i64 0), SETEQ)), bb:$t),
            (BEQ_rz (OR_rrr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)), (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi))), bb:$t)>;
  def : Pat<(brcond (i32 (setcc (i64 GPR64:$a), (i64 0), SETNE)), bb:$t),
            (BNE_rz (OR_rrr (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)), (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi))), bb:$t)>;
  def : Pat<(brcond (i32 (setcc (i64 GPR64:$a), (i64 0), SETLT)), bb:$t), (BLT_rz (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi)), bb:$t)>;
  def : Pat<(brcond (i32 (setcc (i64 GPR64:$a), (i64 0), SETGE)), bb:$t), (BGE_rz (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi)), bb:$t)>;
  def : Pat<(brcond (i32 (setcc (i64 GPR64:$a), (i64 -1), SETGT)), bb:$t), (BGE_rz (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi)), bb:$t)>;
}

//===-- Memory ------------------------------------------------------------------------------------------------------===//
multiclass LoadP<ValueType ty, SDPatternOperator op, Instruction ro> {
  def : Pat<(ty (op (AddrRO (i32 GPR:$a), i32:$o))), (ro GPR:$a, i32:$o)>;
}
multiclass StoreP<ValueType ty, RegisterClass rc, SDPatternOperator op, Instruction ro> {
  def : Pat<(op (ty rc:$v), (AddrRO (i32 GPR:$a), i32:$o)), (ro rc:$v, GPR:$a, i32:$o)>;
}
multiclass LoadX<ValueType ty, SDPatternOperator op, Instruction rx, ComplexPattern addr> {
  let AddedComplexity = 12 in
  def : Pat<(ty (op (addr (i32 GPR:$a), (i32 GPR:$b)))), (rx GPR:$a, GPR:$b)>;
}
multiclass StoreX<ValueType ty, RegisterClass rc, SDPatternOperator op, Instruction rx, ComplexPattern addr> {
  let AddedComplexity = 12 in
  def : Pat<(op (ty rc:$v), (addr (i32 GPR:$a), (i32 GPR:$b))), (rx rc:$v, GPR:$a, GPR:$b)>;
}
multiclass LoadA<ValueType ty, SDPatternOperator op, Instruction i, ComplexPattern addr> {
  let AddedComplexity = 14 in
  def : Pat<(ty (op (addr i32:$s))), (i i32:$s)>;
}
multiclass StoreA<ValueType ty, RegisterClass rc, SDPatternOperator op, Instruction i> {
  let AddedComplexity = 14 in
  def : Pat<(op (ty rc:$v), (AddrD i32:$s)), (i rc:$v, i32:$s)>;
}
foreach ty = [i32, f32] in {
  defm : LoadP<ty, load, LW_ro>;
  defm : LoadX<ty, load, LW_rx, AddrRX4>;
  defm : LoadA<ty, load, LW_rd, AddrD>;
  defm : LoadA<ty, load, LW_rk, AddrK>;
  defm : StoreP<ty, GPR, store, SW_ro>;
  defm : StoreX<ty, GPR, store, SW_rx, AddrRX4>;
  defm : StoreA<ty, GPR, store, SW_rd>;
  let AddedComplexity = 14 in
  def : Pat<(store (ty GPR:$v), (AddrSP i32:$o)), (SW_rs GPR:$v, i32:$o)>;
}
foreach ty = [i64, f64] in {
  defm : LoadP<ty, load, LDD_ro>;
  defm : LoadX<ty, load, LDDX_rx, AddrRX8>;
  defm : LoadA<ty, load, LDDX_rd, AddrD>;
  defm : StoreP<ty, GPR64, store, SDD_ro>;
  defm : StoreX<ty, GPR64, store, SDDX_rx, AddrRX8>;
  defm : StoreA<ty, GPR64, store, SDDX_rd>;
  let AddedComplexity = 14 in
  def : Pat<(store (ty GPR64:$v), (AddrSP i32:$o)), (SDD_rs GPR64:$v, i32:$o)>;
}
foreach op = [zextloadi8, extloadi8] in {
  defm : LoadP<i32, op, LBU_ro>;
  defm : LoadX<i32, op, LBU_rx, AddrRX1>;
  defm : LoadA<i32, op, LBUX_rd, AddrD>;
  defm : LoadA<i32, op, LBUX_rk, AddrK>;
}
foreach op = [zextloadi16, extloadi16] in {
  defm : LoadP<i32, op, LHU_ro>;
  defm : LoadX<i32, op, LHU_rx, AddrRX2>;
  defm : LoadA<i32, op, LHUX_rd, AddrD>;
}
defm : LoadP<i32, sextloadi8, LB_ro>;
defm : LoadX<i32, sextloadi8, LBX_rx, AddrRX1>;
defm : LoadP<i32, sextloadi16, LH_ro>;
defm : LoadX<i32, sextloadi16, LH_rx, AddrRX2>;
defm : LoadA<i32, sextloadi16, LHX_rd, AddrD>;
defm : StoreP<i32, GPR, truncstorei8, SB_ro>;
defm : StoreX<i32, GPR, truncstorei8, SB_rx, AddrRX1>;
defm : StoreA<i32, GPR, truncstorei8, SBX_rd>;
defm : StoreP<i32, GPR, truncstorei16, SH_ro>;
defm : StoreX<i32, GPR, truncstorei16, SH_rx, AddrRX2>;
defm : StoreA<i32, GPR, truncstorei16, SHX_rd>;
def : Pat<(espb_memcpy (i32 GPR:$d), (i32 GPR:$s), (i32 GPR:$n)), (MEMCPY GPR:$d, GPR:$s, GPR:$n)>;
def : Pat<(espb_memset (i32 GPR:$d), (i32 GPR:$v), (i32 GPR:$n)), (MEMSET GPR:$d, GPR:$v, GPR:$n)>;

//===-- Atomics -----------------------------------------------------------------------------------------------------===//
def : Pat<(atomic_fence timm, timm), (FENCE)>;
defm : LoadP<i32, atomic_load_nonext_32, LW_ro>;
defm : LoadP<i32, atomic_load_azext_16, LHU_ro>;
defm : LoadP<i32, atomic_load_asext_16, LH_ro>;
defm : LoadP<i32, atomic_load_azext_8, LBU_ro>;
defm : LoadP<i32, atomic_load_asext_8, LB_ro>;
defm : StoreP<i32, GPR, atomic_store_32, SW_ro>;
defm : StoreP<i32, GPR, atomic_store_16, SH_ro>;
defm : StoreP<i32, GPR, atomic_store_8, SB_ro>;
class Amo<SDPatternOperator op, Instruction i> : Pat<(i32 (op (i32 GPR:$a), (i32 GPR:$v))), (i GPR:$a, GPR:$v)>;
def : Amo<atomic_swap_i32, AMOSWAP>;
def : Amo<atomic_load_add_i32, AMOADD>;
def : Amo<atomic_load_and_i32, AMOAND>;
def : Amo<atomic_load_or_i32, AMOOR>;
def : Amo<atomic_load_xor_i32, AMOXOR>;
def : Amo<atomic_load_min_i32, AMOMIN>;
def : Amo<atomic_load_max_i32, AMOMAX>;
def : Amo<atomic_load_umin_i32, AMOMINU>;
def : Amo<atomic_load_umax_i32, AMOMAXU>;
def : Pat<(i32 (atomic_load_sub_i32 (i32 GPR:$a), (i32 GPR:$v))), (AMOADD GPR:$a, (RSUB_rri GPR:$v, 0))>;
def : Pat<(i32 (atomic_cmp_swap_i32 (i32 GPR:$a), (i32 GPR:$e), (i32 GPR:$v))), (CAS GPR:$a, GPR:$e, GPR:$v)>;
def : Pat<(i64 (atomic_cmp_swap_i64 (i32 GPR:$a), (i64 GPR64:$e), (i64 GPR64:$v))), (CASD GPR:$a, GPR64:$e, GPR64:$v)>;

//===-- Floating point ----------------------------------------------------------------------------------------------===//
multiclass Fp<ValueType ty, RegisterClass rc, string s> {
  foreach o = [["fadd", "FADD"], ["fsub", "FSUB"], ["fmul", "FMUL"], ["fdiv", "FDIV"]] in
    def : Pat<(ty (!cast<SDPatternOperator>("any_" # o[0]) (ty rc:$a), (ty rc:$b))), (!cast<Instruction>(o[1] # s # "_rrr") rc:$a, rc:$b)>;
  defvar feq = !cast<Instruction>("FEQ" # s # "_rrr");
  defvar flt = !cast<Instruction>("FLT" # s # "_rrr");
  defvar fle = !cast<Instruction>("FLE" # s # "_rrr");
  defvar fun = !cast<Instruction>("FUN" # s # "_rrr");
  foreach c = [[SETOEQ, SETUNE], [SETEQ, SETNE]] in {
    def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), c[0])), (feq rc:$a, rc:$b)>;
    def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), c[1])), (XOR_rri (feq rc:$a, rc:$b), 1)>;
    def : Pat<(brcond (i32 (any_fsetcc (ty rc:$a), (ty rc:$b), c[1])), bb:$t), (BEQ_rz (feq rc:$a, rc:$b), bb:$t)>;
  }
  foreach c = [[SETOLT, SETUGE], [SETLT, SETGE]] in {
    def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), c[0])), (flt rc:$a, rc:$b)>;
    def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), c[1])),
              !if(!eq(!cast<string>(c[1]), "SETGE"), (fle rc:$b, rc:$a), (XOR_rri (flt rc:$a, rc:$b), 1))>;
  }
  def : Pat<(brcond (i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETUGE)), bb:$t), (BEQ_rz (flt rc:$a, rc:$b), bb:$t)>;
  foreach c = [[SETOLE, SETUGT], [SETLE, SETGT]] in {
    def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), c[0])), (fle rc:$a, rc:$b)>;
    def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), c[1])),
              !if(!eq(!cast<string>(c[1]), "SETGT"), (flt rc:$b, rc:$a), (XOR_rri (fle rc:$a, rc:$b), 1))>;
  }
  def : Pat<(brcond (i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETUGT)), bb:$t), (BEQ_rz (fle rc:$a, rc:$b), bb:$t)>;
  def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETOGT)), (flt rc:$b, rc:$a)>;
  def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETOGE)), (fle rc:$b, rc:$a)>;
  def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETULE)), (XOR_rri (flt rc:$b, rc:$a), 1)>;
  def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETULT)), (XOR_rri (fle rc:$b, rc:$a), 1)>;
  def : Pat<(brcond (i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETULE)), bb:$t), (BEQ_rz (flt rc:$b, rc:$a), bb:$t)>;
  def : Pat<(brcond (i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETULT)), bb:$t), (BEQ_rz (fle rc:$b, rc:$a), bb:$t)>;
  def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETUO)), (fun rc:$a, rc:$b)>;
  def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETO)), (XOR_rri (fun rc:$a, rc:$b), 1)>;
  def : Pat<(brcond (i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETO)), bb:$t), (BEQ_rz (fun rc:$a, rc:$b), bb:$t)>;
  def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETONE)), (OR_rrr (flt rc:$a, rc:$b), (flt rc:$b, rc:$a))>;
  def : Pat<(i32 (any_fsetcc (ty rc:$a), (ty rc:$b), SETUEQ)), (XOR_rri (OR_rrr (flt rc:$a, rc:$b), (flt rc:$b, rc:$a)), 1)>;

  def : Pat<(i32 (any_fp_to_sint (ty rc:$a))), (!cast<Instruction>("FTOS" # s # "_rr") rc:$a)>;
  def : Pat<(i32 (any_fp_to_uint (ty rc:$a))), (!cast<Instruction>("FTOU" # s # "_rr") rc:$a)>;
  def : Pat<(i64 (any_fp_to_sint (ty rc:$a))), (!cast<Instruction>("FTOSD" # s # "_rr") rc:$a)>;
  def : Pat<(i64 (any_fp_to_uint (ty rc:$a))), (!cast<Instruction>("FTOUD" # s # "_rr") rc:$a)>;
  def : Pat<(i32 (fp_to_sint_sat (ty rc:$a), i32)), (!cast<Instruction>("FTOS" # s # "_rr") rc:$a)>;
  def : Pat<(i32 (fp_to_uint_sat (ty rc:$a), i32)), (!cast<Instruction>("FTOU" # s # "_rr") rc:$a)>;
  def : Pat<(i64 (fp_to_sint_sat (ty rc:$a), i64)), (!cast<Instruction>("FTOSD" # s # "_rr") rc:$a)>;
  def : Pat<(i64 (fp_to_uint_sat (ty rc:$a), i64)), (!cast<Instruction>("FTOUD" # s # "_rr") rc:$a)>;
  def : Pat<(ty (any_sint_to_fp (i32 GPR:$a))), (!cast<Instruction>("STOF" # s # "_rr") GPR:$a)>;
  def : Pat<(ty (any_uint_to_fp (i32 GPR:$a))), (!cast<Instruction>("UTOF" # s # "_rr") GPR:$a)>;
  def : Pat<(ty (any_sint_to_fp (i64 GPR64:$a))), (!cast<Instruction>("SDTOF" # s # "_rr") GPR64:$a)>;
  def : Pat<(ty (any_uint_to_fp (i64 GPR64:$a))), (!cast<Instruction>("UDTOF" # s # "_rr") GPR64:$a)>;
}
defm : Fp<f32, GPR, "">;
defm : Fp<f64, GPR64, "_D">;
def : Pat<(f64 (any_fpextend (f32 GPR:$a))), (FEXT_rr GPR:$a)>;
def : Pat<(f32 (any_fpround (f64 GPR64:$a))), (FTRUNC_rr GPR64:$a)>;
def : Pat<(f32 (bitconvert (i32 GPR:$a))), (COPY_TO_REGCLASS GPR:$a, GPR)>;
def : Pat<(i32 (bitconvert (f32 GPR:$a))), (COPY_TO_REGCLASS GPR:$a, GPR)>;
def : Pat<(f64 (bitconvert (i64 GPR64:$a))), (COPY_TO_REGCLASS GPR64:$a, GPR64)>;
def : Pat<(i64 (bitconvert (f64 GPR64:$a))), (COPY_TO_REGCLASS GPR64:$a, GPR64)>;
// The sign bit by integer means.
def : Pat<(f32 (fneg (f32 GPR:$a))), (XOR_rrr GPR:$a, (LI_rl 0x80000000))>;
def : Pat<(f32 (fabs (f32 GPR:$a))), (EXTU_rr GPR:$a, 0, 31)>;
def : Pat<(f64 (fneg (f64 GPR64:$a))),
          (REG_SEQUENCE GPR64, (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)), sub_lo,
                        (XOR_rrr (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi)), (LI_rl 0x80000000)), sub_hi)>;
def : Pat<(f64 (fabs (f64 GPR64:$a))),
          (REG_SEQUENCE GPR64, (i32 (EXTRACT_SUBREG GPR64:$a, sub_lo)), sub_lo, (EXTU_rr (i32 (EXTRACT_SUBREG GPR64:$a, sub_hi)), 0, 31), sub_hi)>;

def : Pat<(espb_callseq_start timm:$a, timm:$b), (ADJCALLSTACKDOWN timm:$a, timm:$b)>;
def : Pat<(espb_callseq_end timm:$a, timm:$b), (ADJCALLSTACKUP timm:$a, timm:$b)>;

//===-- Control -----------------------------------------------------------------------------------------------------===//
def : Pat<(espb_switch (i32 GPR:$a), tjumptable:$t), (SWITCH GPR:$a, tjumptable:$t)>;
def : Pat<(espb_switch32 (i32 GPR:$a), tjumptable:$t), (SWITCH32 GPR:$a, tjumptable:$t)>;
def : Pat<(trap), (TRAP 1)>;
def : Pat<(debugtrap), (TRAP 1)>;
def : Pat<(ubsantrap (i32 timm)), (TRAP 1)>;
def : Pat<(espb_getsp), (GETSP)>;
def : Pat<(espb_setsp (i32 GPR:$a)), (SETSP GPR:$a)>;
def : Pat<(espb_dynarea), (PseudoDYNAREA)>;
