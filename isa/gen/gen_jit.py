# SPDX-License-Identifier: Apache-2.0
"""Tables of the compiler (runtime/jit): what each opcode does and where its operands are, derived from base operation, mode and the
Rv32 template. A template of one instruction is all there is to say about an operation; the others have code in the compiler of a chip."""

import re

import isa_model

KINDS = ["bin", "un", "load", "store", "branch", "special"]
ADDRESSES = "ozpqxybcsdk"
WIDE = ("u64", "s64", "f64")

# funct3, the upper bits (0: none, 1: 0x20, 2: multiplication) and whether there is a form with an immediate
ALU = {"add": (0, 0, 1), "sub": (0, 1, 0), "sll": (1, 0, 1), "slt": (2, 0, 1), "sltu": (3, 0, 1), "xor": (4, 0, 1), "srl": (5, 0, 1),
       "sra": (5, 1, 1), "or": (6, 0, 1), "and": (7, 0, 1), "mul": (0, 2, 0), "mulh": (1, 2, 0), "mulhu": (3, 2, 0)}
LOADS = {"lb": 0, "lh": 1, "lw": 2, "lbu": 4, "lhu": 5}
STORES = {"sb": 0, "sh": 1, "sw": 2}
BRANCHES = {"beq": 0, "bne": 1, "blt": 4, "bge": 5, "bltu": 6, "bgeu": 7}

# How long the machine code of an instruction is on RV32, in bytes: averages over the project's tests, from which memory is asked for.
CODE_BYTES = {"CALL": 3, "CALLN": 39, "CALLI": 16, "RET": 15, "JMP": 2.5, "SWITCH": 26, "MOV": 2.5, "LI": 3.5, "LID": 6, "LARO": 7.5,
              "LADATA": 5, "ADDSP": 4, "MOV2": 5.5, "MOVD": 6, "SEXTD": 6, "ZEXTD": 5, "MLA": 8.5, "SHADD1": 8.5, "SHADD2": 8.5, "SHADD3": 8.5,
              "SEL": 10, "ROTR": 12.5, "DIV": 15.5, "DIVU": 15.5, "REM": 15.5, "REMU": 15.5, "EXTU": 6.5, "EXTS": 6, "SHLD": 31, "SHRD": 26,
              "SUBD": 21, "MULD": 26, "SEQD": 22, "SNED": 20, "MIN": 8, "MAX": 8, "MINU": 8, "MAXU": 8, "BTZ": 8.5, "BTNZ": 8.5, "ADDBNE": 9,
              "ADDBNZ": 5.5, "ADDM": 10, "SETSP": 25, "ENTER": 14, "TRAP": 10, "DIVD": 58, "REMD": 65, "DIVUD": 50, "REMUD": 51, "CASD": 37}


def code_bytes(ins, word):
    name = ins.base_name[2:]
    if name in CODE_BYTES:
        return CODE_BYTES[name]
    wide = bool(word >> 3 & 7)
    if ins.routine:
        return 31 if wide else 20
    if ins.kind in ("load", "store"):
        return 9.5 if ins.access_bytes == 8 else 4.5
    return 5.5 if ins.kind == "branch" else 16 if wide else 4.5


def mode_of(ins):
    """One byte: for values bit 0 destination is acc, bits 1-2 first source (register, the destination's, acc), bits 3-4 second
    source (register, acc, immediate, zero); for memory bit 0 the value is acc, bits 1-4 the address."""
    m = ins.mode
    if ins.kind in ("load", "store"):
        return (m[0] == "a") | ADDRESSES.index(m[1]) << 1
    if ins.kind in ("bin", "un"):
        return (m[0] == "a") | "rxa".index(m[1]) << 1 | ("rai".index(m[2]) << 3 if ins.kind == "bin" else 0)
    if ins.kind == "branch":
        return "r.a".index(m[0]) << 1 | "raiz".index(m[1]) << 3
    return 1 if ins.writes_acc and not any(f.is_out for f in ins.fields) else 0


def base_of(ins, routines):
    word = KINDS.index(ins.kind)
    wide = [t in WIDE for t in ins.types] + [False] * 3
    if ins.kind in ("bin", "un"):
        word |= wide[0] << 3 | wide[1] << 4 | wide[2] << 5
    simple = None
    if ins.kind == "bin" and (match := re.fullmatch(r"(\w+) \$d, \$a, \$b", ins.rv32)):
        simple = ALU[match.group(1)]
    elif ins.kind in ("load", "store") and (match := re.fullmatch(r"(\w+) \$[dv], 0\(\$a\)", ins.rv32)):
        simple = ((LOADS if ins.kind == "load" else STORES)[match.group(1)], 0, 0)
    elif ins.kind == "branch" and (match := re.fullmatch(r"(\w+) \$a, \$b", ins.rv32)):
        simple = (BRANCHES[match.group(1)], 0, 0)
    if simple:
        word |= 1 << 6 | simple[0] << 7 | simple[1] << 10 | simple[2] << 12
    if ins.access_bytes:
        word |= {1: 0, 2: 1, 4: 2, 8: 3}[ins.access_bytes] << 13
    if ins.routine:
        if ins.routine not in routines:
            routines.append(ins.routine)
        word |= (1 + routines.index(ins.routine)) << 16
    return word | int(2 * code_bytes(ins, word)) << 24


def gen_jit(instructions):
    bases, words, routines = [], [], []
    pages = ([], [])
    for ins in instructions:
        if ins.base_name not in bases:
            bases.append(ins.base_name)
            words.append(base_of(ins, routines))
        page = pages[ins.page]
        if len(page) != ins.opcode:
            raise isa_model.ModelError(f"{ins.name}: opcodes of page {ins.page} have a gap before it")
        page.append((bases.index(ins.base_name), mode_of(ins)))
    if len(bases) > 255 or len(routines) > 254:
        raise isa_model.ModelError("more base operations or routines than a byte counts")
    out = ["enum Base : uint8_t {\n"]
    out += [f"  k{b[2:]},\n" for b in bases]
    out.append("};\n\n// See BaseWord in runtime/jit/operations.h.\n")
    out.append(f"constexpr uint32_t kBases[{len(bases)}] = {{\n")
    out += [f"    {w:#x}, // {b[2:]}\n" for b, w in zip(bases, words)]
    out.append("};\n\nstruct Operation {\n  Base base;\n  uint8_t mode;\n};\n")
    for number, page in enumerate(pages):
        out.append(f"constexpr Operation kPage{number}[{len(page)}] = {{\n")
        out += [f"    {{k{bases[b][2:]}, {m}}},\n" for b, m in page]
        out.append("};\n")
    stubs = "// The routines that compiled code calls, in the order of their numbers.\n" + "".join(f"  ROUTINE {r}\n" for r in routines)
    return {"jit_tables.inc": "".join(out), "jit_routines.inc": stubs}
