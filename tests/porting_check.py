#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""porting_check.py NM FIRMWARE.elf [NM FIRMWARE.elf ...]: every symbol that the tables of docs/porting.md ask of a chip is defined in each firmware."""
import pathlib
import re
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parent.parent / "docs/porting.md"


def main():
    wanted = re.findall(r"^\| `([\w:]+)` \|", PAGE.read_text(), re.M)
    if len(wanted) < 20:
        print(f"{PAGE}: only {len(wanted)} symbols in its tables", file=sys.stderr)
        return 1
    failed = False
    arguments = sys.argv[1:]
    for nm, firmware in zip(arguments[::2], arguments[1::2]):
        listing = subprocess.run([nm, "-C", "--defined-only", firmware], check=True, capture_output=True, text=True).stdout
        # "00001234 T espb::call_import(espb::Thread&, ...)"
        defined = {line.split(None, 2)[2].split("(")[0] for line in listing.splitlines() if len(line.split(None, 2)) == 3}
        missing = [name for name in wanted if name not in defined]
        print(f"{firmware}: {len(wanted) - len(missing)} of {len(wanted)} symbols")
        for name in missing:
            print(f"FAILED {firmware} does not define {name}")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
