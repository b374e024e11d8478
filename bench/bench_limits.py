#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench_limits.py BUILD [CHIP]: what the project promises about all kernels, measured by the bench. Every number is an exact count, so that a test
may hold it."""
import json
import pathlib
import subprocess
import sys

RUN = pathlib.Path(__file__).resolve().parent / "run.sh"
LIMITS = {"rv32": (
    ("interpreter, integer kernels: instructions by native gcc -O2, geometric mean", ("int", "interp_ratio"), 9.0),
    ("JIT, integer kernels: instructions by native gcc -O2, geometric mean", ("int", "jit_ratio"), 1.35),
    ("JIT: bytes of machine code by native -Os text, sum", ("jit_size_ratio",), 1.5),
    ("JIT: instructions of compiling per bytecode instruction", ("jit_per_instruction",), 400.0),
    ("modules: bytes by native -Os text and data, sum", ("size_ratio",), 1.1),
    ("loading: instructions per bytecode instruction", ("load_per_instruction",), 40.0),
), "xtensa": (
    ("interpreter, integer kernels: instructions by native gcc -O2, geometric mean", ("int", "interp_ratio"), 9.0),
    ("JIT, integer kernels: instructions by native gcc -O2, geometric mean", ("int", "jit_ratio"), 1.4),
)}


def main():
    chip = (sys.argv[2:] or ["rv32"])[0]
    run = subprocess.run([RUN, "--build", sys.argv[1], "--chip", chip, "--json", "--jobs", "2"], capture_output=True, text=True)
    if run.returncode != 0:
        print(run.stderr, file=sys.stderr)
        return 1
    result = json.loads(run.stdout)
    failed = any(row["errors"] for row in result["kernels"])
    for what, path, limit in LIMITS[chip]:
        value = result["summary"]
        for name in path:
            value = value[name]
        print(f"{'ok    ' if value <= limit else 'FAILED'} {what}: {value:.3f}, at most {limit}")
        failed |= not value <= limit
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
