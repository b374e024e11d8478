#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generates the Xtensa assembly engine runtime/interp/xtensa/handlers.S from the instruction set's definition.

    python3 isa/gen/gen_xtensa.py            write it when it has changed
    python3 isa/gen/gen_xtensa.py --check    exit 1 when the checked-in file is stale

A dispatch loads the handler's address from a table: addx4 makes that as short as computing it, and handlers need no slots. Registers and
the rest of the engine are in xtensa_frame.S; operations in isa/EspbXtensa.td and xtensa_special.py."""

import argparse
import os
import sys

import isa_model
from handler_code import WIDE, HandlerCode, text_of
from xtensa_special import SPECIAL, enter_window

PC, FP, TABLE, ACC, THREAD, BUDGET, DATA, SP = "a2", "a3", "a4", "a5", "a6", "a7", "a14", "a15"
NEXT, SCRATCH = "a12", "a13"  # the next opcode, then its handler; what the macros need
# Opcodes of page 0 that no module may use (the verifier knows no such instruction): ways between the interpreter and compiled code.
JIT_ENTRIES = {253: ".Lcompiled_entry", 254: ".Lcompiled_return"}


def has_handler(ins):
    """Whether this instruction is executed in assembly; else C++ does it. The same ones as on RV32, which the C++ side is generated for."""
    return ins.page == 0 or ins.name in SPECIAL or ins.base_name in SPECIAL or bool(ins.rv32)


class Code(HandlerCode):
    PC, FP, ACC, ADDRESS, RESULT_ADDRESS, MOVE, KEPT = PC, FP, ACC, "a8", "a11", "mov", (NEXT, SCRATCH)
    JUMPS = ("b", "j ", "call", "#", "CALL")

    @staticmethod
    def load_byte(reg, base, offset):
        return f"l8ui {reg}, {base}, {offset}"

    @staticmethod
    def load_word(reg, base, offset):
        return f"l32i {reg}, {base}, {offset}"

    @staticmethod
    def store_word(reg, base, offset):
        return f"s32i {reg}, {base}, {offset}"

    def load_signed_byte(self, reg, base, offset):
        self(f"l8ui {reg}, {base}, {offset}", f"sext {reg}, {reg}, 7")

    @staticmethod
    def load_macro(macro, reg, base, offset):
        return f"{macro} {reg}, {base}, {offset}"

    @staticmethod
    def is_field_load(line, words):
        return words[0] == "l8ui" and words[2] == PC

    def dispatch(self, length=None):
        """The next instruction, `length` bytes on; 0 when pc is there already."""
        if length is None:
            length = self.ins.length
        self(f"l8ui {NEXT}, {PC}, {length}")
        if length:
            self(f"addi {PC}, {PC}, {length}")
        self(f"addx4 {NEXT}, {NEXT}, {TABLE}", f"l32i {NEXT}, {NEXT}, 0", f"jx {NEXT}")

    def take(self, reg, label=None):
        """pc += reg, the distance of a taken branch; backward ones charge it."""
        if label:
            self(label)
        self(f"add {PC}, {PC}, {reg}", f"bgez {reg}, 9f", f"add {BUDGET}, {BUDGET}, {reg}", f"bltz {BUDGET}, .Lbudget", "9:")
        self.dispatch(0)


def gen_bin(c):
    ins = c.ins
    m = ins.mode
    wide_d, wide_a, wide_b = (t in WIDE for t in ins.types)
    regs = {"t0": NEXT, "t1": SCRATCH}
    if wide_a:
        c.get_pair("a8", "a9", "rd" if m[1] == "x" else "ra")
        regs.update(al="a8", ah="a9")
    elif m[1] == "a":
        regs["a"] = ACC
    else:
        regs["a"] = "a8"
        c.get("a8", "rd" if m[1] == "x" else "ra", "a11" if m[1] == "x" else None)
    if wide_b:
        c.get_pair("a10", "a11", "rb")
        regs.update(bl="a10", bh="a11")
    elif m[2] == "a":
        regs["b"] = ACC
    elif m[2] == "i":
        c.immediate("a10")
        regs["b"] = "a10"
    else:
        c.get("a10", "rb")
        regs["b"] = "a10"
    if wide_d:
        regs.update(dl=ACC, dh=SCRATCH)
    else:
        regs["d"] = ACC
    c.template(ins.xtensa, regs)
    finish(c, wide_d, m[1] == "x" and not wide_a)


def finish(c, wide_d, have_address):
    """Stores the result, ACC or ACC:SCRATCH, and goes on. The address is in a11 when it is known."""
    if c.ins.mode[0] == "r":
        if not have_address:
            c.address("a11", "rd")
        c(f"s32i {ACC}, a11, 0")
        if wide_d:
            c(f"s32i {SCRATCH}, a11, 4")
    c.dispatch()


def gen_un(c):
    ins = c.ins
    wide_d, wide_a = (t in WIDE for t in ins.types)
    regs = {"t0": NEXT, "t1": "a9"}
    if wide_a:
        low = ACC if wide_d else "a10"
        high = SCRATCH if wide_d else "a11"
        c.get_pair(low, high, "ra", "a8")
        regs.update(al=low, ah=high)
    elif ins.mode[1] == "a":
        regs["a"] = ACC
    else:
        c.get(ACC, "ra")
        regs["a"] = ACC
    if wide_d:
        regs.update(dl=ACC, dh=SCRATCH)
    else:
        regs["d"] = ACC
    c.template(ins.xtensa, regs)
    finish(c, wide_d, False)


def gen_memory(c):
    ins = c.ins
    letter = ins.mode[1]
    shift = {1: 0, 2: 1, 4: 2, 8: 3}[ins.access_bytes]
    sum_of = {0: "add", 1: "addx2", 2: "addx4", 3: "addx8"}[shift]
    wide = ins.types[0] in WIDE
    addr = "a8"
    if letter in "oz":
        c.get("a8", "ra")
        if letter == "o":
            c.immediate("a9", "off")
            c("add a8, a8, a9")
    elif letter in "pq":
        c.get("a8", "wb", "a11")
        if letter == "q":
            c.immediate("a9", "off")
    elif letter == "x":
        c.get("a8", "ra")
        c.get("a9", "rb")
        c(f"{sum_of} a8, a9, a8")
    elif letter == "y":
        c.get("a8", "ra")
        c(f"{sum_of} a8, {ACC}, a8")
    elif letter == "b":
        c.immediate("a8", "off")
        c(f"add a8, {ACC}, a8")
    elif letter == "c":
        addr = ACC
    elif letter == "s":
        c.immediate("a8", "off")
        c(f"addx4 a8, a8, {SP}")
    elif letter == "d":
        c.immediate("a8", "off")
        c(f"add a8, a8, {DATA}")
    elif letter == "k":
        c.immediate("a8", "off")
        c(f"l32i a9, {THREAD}, THREAD_RODATA_BASE", "add a8, a8, a9")
    if ins.kind == "load":
        c.template(ins.xtensa, {"d": ACC, "a": addr, "dl": ACC, "dh": SCRATCH})
        write_back(c, letter)
        finish(c, wide, False)
        return
    if ins.mode[0] == "a":
        value = {"v": ACC}
    elif wide:
        c.get_pair("a10", SCRATCH, "rv")
        value = {"vl": "a10", "vh": SCRATCH}
    else:
        c.get("a10", "rv")
        value = {"v": "a10"}
    c.template(ins.xtensa, dict(value, a=addr))
    write_back(c, letter)
    c.dispatch()


def write_back(c, letter):
    if letter == "p":
        c(f"addi a8, a8, {c.ins.access_bytes}", "s32i a8, a11, 0")
    elif letter == "q":
        c("add a8, a8, a9", "s32i a8, a11, 0")


def gen_branch(c):
    ins = c.ins
    if ins.mode[0] == "a":
        a = ACC
    else:
        a = "a8"
        c.get("a8", "ra")
    operation = ins.xtensa.split()[0]
    if ins.mode[1] == "z":
        c(f"{operation}z {a}, 1f")
    else:
        if ins.mode[1] == "i":
            c.immediate("a9")
        else:
            c.get("a9", "rb")
        c(f"{operation} {a}, a9, 1f")
    c.dispatch()
    c("1:")
    c.immediate("a8", "target")
    c.take("a8")


def body(ins):
    c = Code(ins)
    special = SPECIAL.get(ins.name) or SPECIAL.get(ins.base_name)
    if special:
        special(c)
    else:
        {"bin": gen_bin, "un": gen_un, "load": gen_memory, "store": gen_memory, "branch": gen_branch}[ins.kind](c)
    c.interleave()
    return c.lines


def render(instructions):
    pages = [{i.opcode: i for i in instructions if i.page == page} for page in (0, 1)]
    with open(os.path.join(isa_model.ISA_DIR, "gen", "xtensa_frame.S"), encoding="utf-8") as f:
        frame = f.read()
    table, handlers = [], []
    for page in (0, 1):
        for op in range(256 if page == 0 else 1 + max(pages[1])):
            ins = pages[page].get(op)
            if not ins:
                target = ".Lpage1" if (page, op) == (0, 255) else ".Lbad_opcode"
            elif not has_handler(ins):
                target = ".Lpage1_shared"
            else:
                target = f".Lop_{ins.name}"
                handlers.append(f"\n// page {page}, {op} {ins.name}\n{target}:\n" + text_of(body(ins)))
            if page == 0 and op in JIT_ENTRIES:
                table.append(f"#if ESPB_JIT\n  .word {JIT_ENTRIES[op]}\n#else\n  .word {target}\n#endif\n")
            else:
                table.append(f"  .word {target}\n")
    enter = Code(None)
    enter_window(enter)
    frame = frame.replace("@ENTER@", text_of(enter.lines).rstrip("\n"))
    return frame.replace("@TABLE@", "".join(table).rstrip("\n")).replace("@HANDLERS@", "".join(handlers))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    args = parser.parse_args()
    try:
        fresh = isa_model.write_or_check({"runtime/interp/xtensa/handlers.S": render(isa_model.load())}, args.check)
    except isa_model.ModelError as error:
        print(f"gen_xtensa: {error}", file=sys.stderr)
        return 2
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main())
