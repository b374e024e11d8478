#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the symbol tables of the FreeRTOS firmware against the headers for scripts and against the C library's table.

usage: check_symbols.py REPOSITORY-ROOT
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
problems = []


def entries(path):
    """Name -> address expression, in order."""
    table = {}
    text = re.sub(r"//.*", "", path.read_text())
    for option, name, address in re.findall(r'ESPB_SYM(?:_OPT\((\w+),\s*|\()"([^"]+)",\s*([^\n]+)\)', text):
        if name in table:
            problems.append(f"{path.name}: {name} is listed twice")
        table[name] = address
    if not table:
        problems.append(f"{path.name}: no entries found")
    return table


def declared(path):
    """Names of the functions that a header declares, inline ones aside."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(), flags=re.S)
    text = re.sub(r"\\\n", "", text)
    text = re.sub(r"^\s*#.*$", "", text, flags=re.M).replace('extern "C" {', "")
    text = re.sub(r"static inline[^{]*\{[^}]*\}", "", text)
    text = re.sub(r"typedef (?:struct|enum)[^{;]*\{[^}]*\}[^;]*;", "", text)
    for statement in text.split(";"):
        statement = " ".join(statement.split())
        if statement.startswith("typedef"):
            continue
        match = re.match(r"[\w\s*]*?\b(\w+)\s*\(", statement)
        if match:
            yield match.group(1)


idf = entries(root / "firmware/freertos/idf_fast.sym")
custom = entries(root / "firmware/freertos/custom_fast.sym")
libc = entries(root / "firmware/common/espb_libc.sym")
for name, address in idf.items():
    if name in libc and libc[name] != address:
        problems.append(f"idf_fast.sym: {name} is {address}, in espb_libc.sym {libc[name]}")
# No mistake: modules import these by name until somebody appends them.
for name in libc:
    if name not in idf:
        print(f"note: {name} of espb_libc.sym is not in idf_fast.sym")

include = root / "firmware/include"
count = 0
for header in sorted(include.rglob("*.h")):
    table, where = (custom, "custom_fast.sym") if header.name == "custom_functions.h" else (idf, "idf_fast.sym")
    for name in declared(header):
        count += 1
        if name not in table:
            problems.append(f"{header.relative_to(include)}: {name} is not in {where}")
# What the guests' own C headers declare, in the C library's table; without what modules bring themselves.
brought = {"atexit": "runtime_guest/exit.cpp", "setjmp": "refused", "longjmp": "refused"}
for header in sorted((root / "translator/include_guest/c").rglob("*.h")):
    for name in declared(header):
        count += 1
        for table, where in ((libc, "espb_libc.sym"), (idf, "idf_fast.sym")):
            if name not in table and name not in brought:
                problems.append(f"{header.name}: {name} is not in {where}")
if count < 450:
    problems.append(f"only {count} declarations found in the headers; is this script still able to read them?")

for problem in problems:
    print(f"FAILED: {problem}")
if not problems:
    print(f"ok symbols: {len(idf)} + {len(custom)} entries, {count} declared functions")
sys.exit(1 if problems else 0)
