#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generates the RV32IMC assembly engine runtime/interp/rv32/handlers.S from the instruction set's definition.

    python3 isa/gen/gen_rv32.py            write it when it has changed
    python3 isa/gen/gen_rv32.py --check    exit 1 when the checked-in file is stale
    python3 isa/gen/gen_rv32.py --costs    print the machine instructions executed per handler, dispatch included

Page 0 lives in slots of 64 bytes in the order of opcodes, so that a dispatch computes the address of the next handler instead of loading it.
What does not fit, slow paths and page 1 follow after the slots. See docs/adding-an-instruction.md for the registers."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

import isa_model
from handler_code import WIDE, HandlerCode, text_of
from rv32_special import SPECIAL

PC, FP, BASE, DATA, RODATA, SP = "s2", "s3", "s4", "s5", "s6", "s7"
BUDGET, LIMIT, FUNCTIONS, CODE, THREAD, ACC = "s8", "s9", "s10", "s11", "s0", "s1"
NEXT = "t6"  # the next opcode, then its handler's address
SLOT = 64

# Opcodes of page 0 that no module may use (the verifier knows no such instruction): ways between the interpreter and compiled code.
JIT_SLOTS = {253: ".Lcompiled_entry", 254: ".Lcompiled_return"}

LOADS = ("lbu", "lb", "LD_U16", "LD_S16", "LD_32")


def has_handler(ins):
    """Whether this instruction is executed in assembly; else exec_page1 (C++) does it."""
    return ins.page == 0 or ins.name in SPECIAL or ins.base_name in SPECIAL or bool(ins.rv32)


class Code(HandlerCode):
    PC, FP, ACC, ADDRESS, RESULT_ADDRESS, MOVE, KEPT, JUMPS = PC, FP, ACC, "a0", "a5", "mv", (NEXT,), ("b", "j ", "jal", "tail")

    @staticmethod
    def load_byte(reg, base, offset):
        return f"lbu {reg}, {offset}({base})"

    @staticmethod
    def load_word(reg, base, offset):
        return f"lw {reg}, {offset}({base})"

    @staticmethod
    def store_word(reg, base, offset):
        return f"sw {reg}, {offset}({base})"

    def load_signed_byte(self, reg, base, offset):
        self(f"lb {reg}, {offset}({base})")

    @staticmethod
    def load_macro(macro, reg, base, offset):
        return f"{macro} {reg}, {offset}, {base}"

    @staticmethod
    def is_field_load(line, words):
        return words[0] in ("lbu", "lb") and line.endswith(f"({PC})")

    def dispatch(self, length=None):
        """The next instruction, `length` bytes on; 0 when pc is there already. Its opcode is loaded as early as possible."""
        if length is None:
            length = self.ins.length
        self(f"lbu {NEXT}, {length}({PC})", f"slli {NEXT}, {NEXT}, 6", f"add {NEXT}, {NEXT}, {BASE}")
        if length:
            self(f"addi {PC}, {PC}, {length}")
        self(f"jr {NEXT}")

    def take(self, reg, label=None):
        """pc += reg, the distance of a taken branch; backward ones charge it."""
        if label:
            self(label)
        self(f"add {PC}, {PC}, {reg}", f"bgez {reg}, 9f", f"add {BUDGET}, {BUDGET}, {reg}", f"bltz {BUDGET}, {self.stub('budget')}",
             "9:")
        self.dispatch(0)

    def stub(self, what):
        """Label of a jump to a slow path that a conditional branch reaches."""
        return f".Lnear_{what}" if self.ins.page == 0 else f".L{what}"

    def hoist_next(self):
        """Moves the load of the next opcode behind the leading operand loads: an in-order core waits less."""
        loads = [i for i, line in enumerate(self.lines) if line.startswith(f"lbu {NEXT},")]
        if len(loads) != 1 or not self.straight():
            return
        if f", 0({PC})" in self.lines[loads[0]]: # pc has moved
            return
        line = self.lines.pop(loads[0])
        at = 0
        for i, other in enumerate(self.lines):
            if other.split()[0] in LOADS and f"({PC})" in other:
                at = i + 1
        self.lines.insert(at, line)


def gen_bin(c):
    ins = c.ins
    td, ta, tb = ins.types
    m = ins.mode
    wide_d, wide_a, wide_b = (t in WIDE for t in (td, ta, tb))
    regs = {"t0": "t1", "t1": "t2"}
    if wide_a:
        c.get_pair("a0", "a1", "rd" if m[1] == "x" else "ra", "a5" if m[1] == "x" else None)
        regs.update(al="a0", ah="a1")
    elif m[1] == "a":
        regs["a"] = ACC
    else:
        regs["a"] = "a0" if m[2] == "a" or wide_d else ACC
        c.get(regs["a"], "rd" if m[1] == "x" else "ra", "a5" if m[1] == "x" else None)
    if wide_b:
        c.get_pair("a2", "a3", "rb")
        regs.update(bl="a2", bh="a3")
    elif m[2] == "a":
        regs["b"] = ACC
    elif m[2] == "i":
        c.immediate("a2")
        regs["b"] = "a2"
    else:
        c.get("a2", "rb")
        regs["b"] = "a2"
    if wide_d:
        regs.update(dl=ACC, dh="a4")
    else:
        regs["d"] = ACC
    c.template(ins.rv32, regs)
    finish(c, wide_d, m[1] == "x")


def finish(c, wide_d, have_address):
    """Stores the result, ACC or ACC:a4, and goes on."""
    if c.ins.mode[0] == "r":
        if not have_address:
            c.address("a5", "rd")
        c(f"sw {ACC}, 0(a5)")
        if wide_d:
            c("sw a4, 4(a5)")
    c.dispatch()


def gen_un(c):
    ins = c.ins
    td, ta = ins.types
    wide_d, wide_a = (t in WIDE for t in (td, ta))
    regs = {"t0": "t1", "t1": "t2"}
    if wide_a:
        low = ACC if wide_d else "a2"
        high = "a4" if wide_d else "a3"
        c.get_pair(low, high, "ra", "a0")
        regs.update(al=low, ah=high)
    elif ins.mode[1] == "a":
        regs["a"] = ACC
    else:
        c.get(ACC, "ra")
        regs["a"] = ACC
    if wide_d:
        regs.update(dl=ACC, dh="a4")
    else:
        regs["d"] = ACC
    c.template(ins.rv32, regs)
    finish(c, wide_d, False)


def gen_memory(c):
    ins = c.ins
    letter = ins.mode[1]
    shift = {1: 0, 2: 1, 4: 2, 8: 3}[ins.access_bytes]
    wide = ins.types[0] in WIDE
    load = ins.kind == "load"
    addr = "a0"
    if letter in "oz":
        c.get("a0", "ra")
        if letter == "o":
            c.immediate("a1", "off")
            c("add a0, a0, a1")
    elif letter in "pq":
        c.get("a0", "wb", "a3")
        if letter == "q":
            c.immediate("a1", "off")
    elif letter == "x":
        c.get("a0", "ra")
        c.get("a1", "rb")
        if shift:
            c(f"slli a1, a1, {shift}")
        c("add a0, a0, a1")
    elif letter == "y":
        c.get("a0", "ra")
        if shift:
            c(f"slli {ACC}, {ACC}, {shift}")
        c(f"add a0, a0, {ACC}")
    elif letter == "b":
        c.immediate("a1", "off")
        c(f"add a0, {ACC}, a1")
    elif letter == "c":
        addr = ACC
    elif letter == "s":
        c.immediate("a0", "off")
        c("slli a0, a0, 2", f"add a0, a0, {SP}")
    elif letter in "dk":
        c.immediate("a0", "off")
        c(f"add a0, a0, {DATA if letter == 'd' else RODATA}")
    if load:
        c.template(ins.rv32, {"d": ACC, "a": addr, "dl": ACC, "dh": "a4"})
        write_back(c, letter)
        finish(c, wide, False)
        return
    if ins.mode[0] == "a":
        value = {"v": ACC}
    elif wide:
        c.get_pair("a2", "a4", "rv")
        value = {"vl": "a2", "vh": "a4"}
    else:
        c.get("a2", "rv")
        value = {"v": "a2"}
    c.template(ins.rv32, dict(value, a=addr))
    write_back(c, letter)
    c.dispatch()


def write_back(c, letter):
    if letter == "p":
        c(f"addi a0, a0, {c.ins.access_bytes}", "sw a0, 0(a3)")
    elif letter == "q":
        c("add a0, a0, a1", "sw a0, 0(a3)")


def gen_branch(c):
    ins = c.ins
    if ins.mode[0] == "a":
        a = ACC
    else:
        a = "a0"
        c.get("a0", "ra")
    if ins.mode[1] == "z":
        b = "zero"
    elif ins.mode[1] == "i":
        b = "a1"
        c.immediate("a1")
    else:
        b = "a1"
        c.get("a1", "rb")
    parts = isa_model.split_template(ins.rv32)
    for i, part in enumerate(parts):
        line = part.replace("$a", a).replace("$b", b)
        c(line + ", 1f" if i == len(parts) - 1 else line)
    c.dispatch()
    c("1:")
    c.immediate("a0", "target")
    c.take("a0")


def body(ins):
    c = Code(ins)
    special = SPECIAL.get(ins.name) or SPECIAL.get(ins.base_name)
    if special:
        special(c)
    else:
        {"bin": gen_bin, "un": gen_un, "load": gen_memory, "store": gen_memory, "branch": gen_branch}[ins.kind](c)
    c.interleave()
    c.hoist_next()
    return c.lines


MACRO_COST = {"LD_U16": 1, "LD_S16": 1, "LD_32": 1}


def path_costs(lines):
    """Numbers of machine instructions on the paths through a handler that end in a dispatch. A jump to a slow path or into
    another handler ends a path without being counted."""
    costs = set()

    def find(label, at):
        number, direction = label[:-1], label[-1]
        if not number.isdigit():
            return None
        span = range(at + 1, len(lines)) if direction == "f" else range(at, -1, -1)
        for k in span:
            if lines[k] == number + ":":
                return k
        return None

    def walk(at, count, seen):
        while at < len(lines):
            line = lines[at]
            if line.startswith("#else"): # the costs are those of ESPB_RV32_MISALIGNED
                return
            if line.startswith("#if ESPB_JIT"): # and those without compiled code
                at = lines.index("#endif", at)
                continue
            if line.endswith(":") or line.startswith("#"):
                at += 1
                continue
            words = re.findall(r"[\w.$]+", line)
            count += MACRO_COST.get(words[0], 1)
            if words[0] == "jr":
                costs.add(count)
                return
            if words[0] in ("j", "tail"):
                target = find(words[-1], at)
                if target is None:
                    return
                at = target
                continue
            if words[0].startswith("b"):
                target = find(words[-1], at)
                if target is not None and (at, target) not in seen:
                    walk(target, count, seen | {(at, target)})
            at += 1

    walk(0, 0, frozenset())
    return sorted(costs)


def cost_text(ins, lines):
    costs = path_costs(lines)
    extra = 6 if ins.page == 1 else 0  # the way over the page prefix
    return "/".join(str(n + extra) for n in costs) if costs else "calls out"


def page1_text(ins, lines):
    return f"// page 1, {ins.opcode} {ins.name}: {cost_text(ins, lines)}\n.Lop_{ins.name}:\n" + text_of(lines)


class Placement:
    """What of page 1 and of the slow paths fills the free bytes behind which handler of page 0 (by its opcode)."""

    def __init__(self):
        self.whole = {}  # name of a handler: slot
        self.pieces = {}  # name of a handler: [(its lines, slot)], each piece ending in a jump to the next
        self.slow = {}  # label of a slow path: slot
        self.measured = set()  # handlers that get a label in front of each line


SLOW_BLOCK = re.compile(r"^// @free\n(\.L(\w+):.*\n(?:.+\n)+)", re.M)  # in rv32_frame.S: a slow path that nothing falls into or out of


def unique_labels(name, lines):
    """Numeric labels do not survive being taken apart."""
    lines = [re.sub(r"^(\d):", rf".Lx_{name}_\1:", line) for line in lines]
    return [re.sub(r"\b(\d)[fb]$", rf".Lx_{name}_\1", line) for line in lines]


def render(instructions, placement):
    """The whole source."""
    page0 = {i.opcode: i for i in instructions if i.page == 0}
    page1 = {i.opcode: i for i in instructions if i.page == 1}
    with open(os.path.join(isa_model.ISA_DIR, "gen", "rv32_frame.S"), encoding="utf-8") as f:
        frame = f.read()
    guests, handlers, table = {}, [], []
    for op in range(1 + max(page1)):
        ins = page1.get(op)
        if not ins or not has_handler(ins):
            table.append(f"  .half {'.Lpage1_shared' if ins else '.Lbad_opcode'} - .Lslots\n")
            continue
        table.append(f"  .half .Lop_{ins.name} - .Lslots\n")
        lines = body(ins)
        text = page1_text(ins, lines)
        if ins.name in placement.whole:
            guests.setdefault(placement.whole[ins.name], []).append(text)
        elif ins.name in placement.pieces:
            pieces = placement.pieces[ins.name]
            for k, (piece, slot) in enumerate(pieces):
                head = f"// page 1, {ins.opcode} {ins.name}: {cost_text(ins, lines)}\n.Lop_{ins.name}:\n" if k == 0 else f".Lx_{ins.name}_part{k}:\n"
                tail = [f"j .Lx_{ins.name}_part{k + 1}"] if k + 1 < len(pieces) else []
                text = head + text_of(piece + tail)
                if slot is None:
                    handlers.append("\n" + text)
                else:
                    guests.setdefault(slot, []).append(text)
        elif ins.name in placement.measured:
            measured = [part for k, line in enumerate(unique_labels(ins.name, lines)) for part in (f".Lop_{ins.name}__{k}:", line)]
            handlers.append("\n" + page1_text(ins, measured) + f".Lop_{ins.name}__{len(lines)}:\n")
        else:
            handlers.append("\n" + text)
    for block in SLOW_BLOCK.finditer(frame):
        if block[2] in placement.slow:
            guests.setdefault(placement.slow[block[2]], []).append(block[1])
    frame = SLOW_BLOCK.sub(lambda block: "" if block[2] in placement.slow else f".Lfree_{block[2]}_begin:\n{block[1]}.Lfree_{block[2]}_end:\n", frame)
    slots = []
    for op in range(256):
        slots.append(f"\n  .balign {SLOT}\n")
        if op in page0:
            ins = page0[op]
            lines = body(ins)
            slots.append(f"// {op:3} {ins.name}: {cost_text(ins, lines)}\n.Lop_{ins.name}:\n" + text_of(lines))
        elif op == 255:
            slots.append(f"// 255: page 1\n.Lop_255:\n  lbu {NEXT}, 1({PC})\n  slli {NEXT}, {NEXT}, 1\n"
                         f"  add {NEXT}, {NEXT}, {BASE}\n  lhu {NEXT}, -PAGE1_TABLE_BYTES({NEXT})\n"
                         f"  add {NEXT}, {NEXT}, {BASE}\n  jr {NEXT}\n")
        elif op in JIT_SLOTS:
            slots.append(f"// {op:3} not an instruction: in the JIT's own return stubs\n.Lop_{op}:\n#if ESPB_JIT\n  j {JIT_SLOTS[op]}\n#else\n"
                         "  j .Lbad_opcode\n#endif\n")
        else:
            slots.append(f"// {op:3} free\n.Lop_{op}:\n  j .Lbad_opcode\n")
        slots.append(f".Lend_{op}:\n")
        slots += guests.get(op, [])
    frame = frame.replace("@PAGE1_TABLE_BYTES@", str((2 * len(table) + SLOT - 1) // SLOT * SLOT))
    text = frame.replace("@PAGE1_TABLE@", "".join(table).rstrip("\n"))
    return text.replace("@SLOTS@", "".join(slots)).replace("@PAGE1@", "".join(handlers))


def symbols(text, misaligned, jit=0):
    """Assembles the source; {name: address} of its labels."""
    compiler = shutil.which(os.environ.get("ESPB_RV32_CC", "riscv64-unknown-elf-gcc"))
    if not compiler:
        raise isa_model.ModelError("riscv64-unknown-elf-gcc not found: the sizes of handlers cannot be checked")
    visible = re.sub(r"\.L(op_|end_|slots|page1_shared|free_)", r"vis_\1", text)
    with tempfile.TemporaryDirectory() as directory:
        source, obj = os.path.join(directory, "handlers.S"), os.path.join(directory, "handlers.o")
        with open(source, "w", encoding="utf-8") as f:
            f.write(visible)
        subprocess.run([compiler, "-march=rv32imc", "-mabi=ilp32", f"-DESPB_RV32_MISALIGNED={misaligned}", f"-DESPB_JIT={jit}",
                        "-I", os.path.join(isa_model.ROOT, "runtime", "interp", "rv32"), "-c", source, "-o", obj],
                       check=True)
        listing = subprocess.run([compiler.replace("-gcc", "-nm"), obj], check=True, capture_output=True, text=True).stdout
    return {words[2][4:]: int(words[0], 16) for words in (line.split() for line in listing.splitlines())
            if len(words) == 3 and words[2].startswith("vis_")}


JUMP = 4  # bytes of a jump that does not reach with two


def far_jumps(lines):
    """Bytes that lines may take more from another place: jumps and branches that leave them need their longer forms."""
    labels = {line[:-1] for line in lines if line.endswith(":")}
    leaving = [line for line in lines if re.search(r"\.L\w+$", line) and line.split()[-1] not in labels]
    return sum(2 if re.match(r"j\b", line) else 6 for line in leaving)


def fill(free, size):
    """The slot with the least room that takes size bytes, or None."""
    fits = [(room, op) for op, room in free.items() if room >= size]
    if not fits:
        return None
    room, op = min(fits)
    free[op] = room - size
    return op


def take_apart(name, lines, sizes, free):
    """Puts a handler into several slots, as much into each as goes; [(lines, slot)]."""
    pieces, at = [], 0
    while at < len(lines):
        room = max(free.values())
        end, used = at, 0
        while end < len(lines) and used + sizes[end] + far_jumps(lines[at:end + 1]) + (JUMP if end + 1 < len(lines) else 0) <= room:
            used += sizes[end]
            end += 1
        if end == at or used <= JUMP:
            return pieces + [(lines[at:], None)]
        slot = fill(free, used + far_jumps(lines[at:end]) + (JUMP if end < len(lines) else 0))
        pieces.append((lines[at:end], slot))
        at = end
    return pieces


def place(instructions):
    """Finds room for page-1 handlers and slow paths behind the handlers of page 0 in their slots: largest first, where it fits tightest;
    what is too long for any is taken apart."""
    placement = Placement()
    by_name = {i.name: i for i in instructions}
    placement.measured = {i.name for i in instructions if i.page == 1 and has_handler(i)}
    text = render(instructions, placement)
    places = [symbols(text, misaligned) for misaligned in (0, 1)]
    free = {}
    for op in range(256):
        used = max(p[f"end_{op}"] - p["slots"] for p in places) % SLOT
        if used:
            free[op] = SLOT - used
    sizes, lines_of = {}, {}
    for name in placement.measured:
        lines_of[name] = unique_labels(name, body(by_name[name]))
        at = [[p[f"op_{name}__{k}"] for k in range(len(lines_of[name]) + 1)] for p in places]
        sizes[name] = [max(a[k + 1] - a[k] for a in at) for k in range(len(lines_of[name]))]
    placement.measured = set()
    long = []
    for name in sorted(sizes, key=lambda n: (-sum(sizes[n]), n)):
        slot = fill(free, sum(sizes[name]) + far_jumps(lines_of[name]))
        if slot is None:
            long.append(name)
        else:
            placement.whole[name] = slot
    for label in sorted(n[5:-4] for n in places[0] if n.startswith("free_") and n.endswith("_end")):
        slot = fill(free, max(p[f"free_{label}_end"] - p[f"free_{label}_begin"] for p in places) + 8)
        if slot is not None:
            placement.slow[label] = slot
    for name in long:
        placement.pieces[name] = take_apart(name, lines_of[name], sizes[name], free)
    return placement


def generate(instructions):
    return {"runtime/interp/rv32/handlers.S": render(instructions, place(instructions))}


def check_slots(text):
    """Names handlers of page 0 that are longer than a slot: the assembler cannot be told to refuse them, since it checks .org before
    it has settled the sizes of branches."""
    for misaligned, jit in ((0, 0), (1, 0), (0, 1), (1, 1)):
        where = symbols(text, misaligned, jit)
        if where["slots_end"] - where["slots"] == SLOT * 256:
            continue
        names = ["op_" + n for n in re.findall(r"^// +\d+ (\w+):.*\n\.Lop_", text, re.M)]
        starts = sorted((where[n], n) for n in names if where.get(n, 1 << 32) < where["slots_end"])
        long = [n[3:] for (at, n), (after, _) in zip(starts, starts[1:]) if after - at > SLOT]
        raise isa_model.ModelError(f"longer than {SLOT} bytes (ESPB_RV32_MISALIGNED={misaligned}, ESPB_JIT={jit}): {', '.join(long)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--costs", action="store_true", help="print executed instructions per handler")
    args = parser.parse_args()
    try:
        instructions = isa_model.load()
        if args.costs:
            for ins in instructions:
                if has_handler(ins):
                    print(f"{ins.page} {ins.opcode:3} {ins.name:12} {cost_text(ins, body(ins))}")
            return 0
        outputs = generate(instructions)
        for text in outputs.values():
            check_slots(text)
        fresh = isa_model.write_or_check(outputs, args.check)
    except isa_model.ModelError as error:
        print(f"gen_rv32: {error}", file=sys.stderr)
        return 2
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main())
