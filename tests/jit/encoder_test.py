#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""encoder_test.py PROGRAM [OBJDUMP]: disassembles what the encoder's test program wrote and compares it with what was meant. Compressed
instructions count as what they stand for; those that can be compressed must be."""
import pathlib
import re
import subprocess
import sys
import tempfile

COMMUTATIVE = {"add", "and", "or", "xor", "mul", "mulh", "mulhu"}


def expand(text):
    """The long form of a compressed instruction."""
    name, _, rest = text.partition(" ")
    ops = [o.strip() for o in rest.split(",")] if rest else []
    if not name.startswith("c."):
        return name, ops
    name = name[2:]
    if name in ("addi", "andi", "srli", "srai", "slli", "add", "sub", "xor", "or", "and"):
        return name, [ops[0], *ops]
    return {"li": lambda: ("addi", [ops[0], "zero", ops[1]]), "mv": lambda: ("add", [ops[0], "zero", ops[1]]),
            "lui": lambda: ("lui", ops), "lw": lambda: ("lw", ops), "sw": lambda: ("sw", ops),
            "beqz": lambda: ("beq", [ops[0], "zero", ops[1]]), "bnez": lambda: ("bne", [ops[0], "zero", ops[1]]),
            "j": lambda: ("jal", ["zero", ops[0]]), "jal": lambda: ("jal", ["ra", ops[0]]),
            "jr": lambda: ("jalr", ["zero", f"0({ops[0]})"]), "jalr": lambda: ("jalr", ["ra", f"0({ops[0]})"])}[name]()


def canonical(name, ops):
    numbers = []
    for o in ops:
        o = o.lstrip("#^@")
        if re.fullmatch(r"-?\d+", o):
            o = int(o)
        elif re.fullmatch(r"0x[0-9a-f]+", o):
            o = int(o, 16)
        numbers.append(o)
    ops = numbers
    if name in ("addi", "slli", "srli", "srai") and ops[2] == 0:
        name, ops = "add", [ops[0], ops[1], "zero"]
    if name in COMMUTATIVE:
        ops = [ops[0], *sorted(map(str, ops[1:]))]
    if name == "add" and "zero" in ops and ops[0] in ops[1:] and ops[0] != "zero":
        return "nothing"
    if name == "lui":
        ops[1] &= 0xfffff
    return f"{name} {','.join(map(str, ops))}"


def small(line, meant):
    """Whether one of the instructions that the compressed set has was written in four bytes."""
    name, rest = meant.split(" ", 1) if " " in meant else (meant, "")
    ops = rest.split(",")
    near = {"s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5"}
    if name in ("and", "or", "xor", "sub") and ops[0] in near and ops[1] in near and ops[2] in near:
        return ops[0] == ops[1] or (name != "sub" and ops[0] == ops[2])
    if name == "add":
        return ops[0] == ops[1] or ops[0] == ops[2] or "zero" in ops[1:]
    return False


def main(program, objdump="riscv64-unknown-elf-objdump"):
    with tempfile.TemporaryDirectory() as directory:
        code, expected = pathlib.Path(directory, "code.bin"), pathlib.Path(directory, "expected.txt")
        subprocess.run([program, code, expected], check=True)
        listing = subprocess.run([objdump, "-D", "-z", "-b", "binary", "-m", "riscv:rv32", "-M", "no-aliases", code], check=True,
                                 capture_output=True, text=True).stdout
        lines = expected.read_text().splitlines()
    found = {}
    for line in listing.splitlines():
        match = re.match(r"\s*([0-9a-f]+):\t([0-9a-f ]+?)\s*\t(.*)", line)
        if match:
            text = re.sub(r"\s+", " ", match.group(3).split("#")[0].split("<")[0]).strip()
            found[int(match.group(1), 16)] = (len(match.group(2).replace(" ", "")) // 2, text)
    failures = checked = 0
    for line in lines:
        if not re.match(r"[0-9a-f]+ [0-9a-f]+ ", line):
            print("FAIL:", line)
            failures += 1
            continue
        begin, end, meant = line.split(" ", 2)
        at, got, long = int(begin, 16), [], False
        while at < int(end, 16):
            length, text = found[at]
            name, ops = expand(text)
            if name in ("beq", "bne", "blt", "bge", "bltu", "bgeu", "jal"): # addresses: as numbers modulo 2^32
                ops[-1] = str(int(ops[-1], 16))
            got.append(canonical(name, ops))
            long |= length == 4
            at += length
        wanted = []
        for part in meant.split("; "):
            name, _, rest = part.partition(" ")
            ops = rest.split(",")
            if "@" in rest:
                ops[-1] = str(int(ops[-1][1:]) & 0xffffffff)
            wanted.append(canonical(name, ops))
        wanted = [w for w in wanted if w != "nothing"]
        checked += 1
        if got != wanted or (long and small(line, meant)):
            failures += 1
            if failures < 20:
                print(f"FAIL: {meant}: got {'; '.join(got)}{' in four bytes' if got == wanted else ''}, wanted {'; '.join(wanted)}")
    print(f"{checked} instructions, {failures} failures")
    return 1 if failures or not checked else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
