#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""encoder_test.py PROGRAM OBJDUMP: disassembles what the Xtensa encoder's test program wrote and compares it with what was meant; and
so what the listings of `espb dump` would show."""
import pathlib
import re
import subprocess
import sys
import tempfile

NUMBER = re.compile(r"\b0x[0-9a-f]+\b|(?<![\w.])-?\d+\b")
# The core that the toolchain is for has no products of 64 bits and its disassembler does not know them: by the manual.
HIGH = {"muluh": 0xa2, "mulsh": 0xb2}


def canonical(text):
    text = re.sub(r"\s+", " ", re.sub(r"<.*?>|\(.*?\)", "", text)).strip()
    return NUMBER.sub(lambda m: str(int(m.group(0), 0) & 0xffffffff), text)


def disassemble(objdump, code):
    listing = subprocess.run([objdump, "-D", "-z", "-b", "binary", "-m", "xtensa", code], check=True, capture_output=True, text=True).stdout
    found = {}
    for line in listing.splitlines():
        if match := re.match(r"\s*([0-9a-f]+):\s+([0-9a-f]+)\s+(.*)", line):
            found[int(match.group(1), 16)] = (len(match.group(2)) // 2, canonical(match.group(3)))
    return found


def main(program, objdump):
    with tempfile.TemporaryDirectory() as directory:
        code, expected, listed = (pathlib.Path(directory, name) for name in ("code.bin", "expected.txt", "listed.txt"))
        subprocess.run([program, code, expected, listed], check=True)
        shown = {int(line.split(";")[0], 16): line.rstrip("\n").split("; ")[1:] for line in listed.read_text().splitlines()}
        lines = expected.read_text().splitlines()
        whole = code.read_bytes()
        # Each piece alone behind no-ops to its place modulo 4: data between pieces must not confuse the disassembler.
        pieces, failures, checked = [], 0, 0
        for line in lines:
            if not (match := re.match(r"([0-9a-f]+) ([0-9a-f]+) (.*)", line)):
                print("FAIL:", line)
                failures += 1
                continue
            pieces.append((int(match.group(1), 16), int(match.group(2), 16), match.group(3)))
        blank = bytearray(b"\x3d\xf0" * (len(whole) // 2 + 1))[:len(whole)]
        end = 0
        for at, (begin, stop, _) in enumerate(pieces):
            gap = begin - end
            fill = b"\xf0\x20\x00" + b"\x3d\xf0" * ((gap - 3) // 2) if gap % 2 else b"\x3d\xf0" * (gap // 2)
            if gap:
                blank[end:begin] = fill[:gap]
            if pieces[at][2].split()[0] in HIGH:
                blank[begin:stop] = b"\xf0\x20\x00"
            else:
                blank[begin:stop] = whole[begin:stop]
            end = stop
        code.write_bytes(blank[:end])
        found = disassemble(objdump, code)
    for begin, stop, meant in pieces:
        at, got = begin, []
        if [canonical(part) for part in shown[begin]] != [canonical(part) for part in meant.split("; ")]:
            failures += 1
            if failures < 20:
                print(f"FAIL: at {begin:x}: {meant}: listed as {'; '.join(shown[begin])}")
        if meant.split()[0] in HIGH:
            checked += 1
            name, d, a, b = re.match(r"(\w+) a(\d+), a(\d+), a(\d+)", meant).groups()
            if whole[begin:stop] != (HIGH[name] << 16 | int(d) << 12 | int(a) << 8 | int(b) << 4).to_bytes(3, "little"):
                failures += 1
                print(f"FAIL: at {begin:x}: {meant}")
            continue
        while at < stop:
            length, text = found.get(at, (stop - at, "nothing"))
            got.append(text)
            at += length
        wanted = [canonical(part) for part in meant.split("; ")]
        checked += 1
        if got != wanted or at != stop:
            failures += 1
            if failures < 20:
                print(f"FAIL: at {begin:x}: {'; '.join(wanted)}: got {'; '.join(got)}")
    print(f"{checked} instructions, {failures} failures")
    return 1 if failures or not checked else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
