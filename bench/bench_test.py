#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench_test.py BUILD: the bench measures two kernels and a made-up engine, twice with equal results, and refuses nonsense."""
import json
import pathlib
import subprocess
import sys
import tempfile

RUN = pathlib.Path(__file__).resolve().parent / "run.sh"


def bench(*arguments):
    return subprocess.run([RUN, "--build", sys.argv[1], *arguments], capture_output=True, text=True, timeout=300)


def main():
    with tempfile.TemporaryDirectory() as directory:
        engine = pathlib.Path(directory) / "engine.sh"
        engine.write_text("#!/bin/sh\ntest -f \"$2\" && echo \"executed 12,345 instructions\"\n")
        engine.chmod(0o755)
        first = bench("fib85", "lu", "--json", "--engine-cmd", f"made-up={engine} --flag")
        second = bench("fib85", "lu", "--json", "--engine-cmd", f"made-up={engine} --flag")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout, "two runs differ"
    got = json.loads(first.stdout)
    fib, lu = got["kernels"]
    assert (fib["name"], lu["name"], lu["kind"]) == ("fib85", "lu", "float")
    for row in (fib, lu):
        assert row["engine_made-up"] == 12345 and not row["errors"]
        assert row["native_instructions"] > 100_000 and row["interp_instructions"] > row["native_instructions"] and row["dispatches"] > 10_000
        assert row["module_size"] > 0 and row["native_size"] > 0 and row["code_bytes"] > row["code_instructions"] > 10
        assert row["load_instructions"] > row["code_instructions"]
        assert abs(row["interp_ratio"] - row["interp_instructions"] / row["native_instructions"]) < 1e-9
    assert got["summary"]["int"]["kernels"] == got["summary"]["float"]["kernels"] == 1 and got["summary"]["all"]["kernels"] == 2
    assert abs(got["summary"]["all"]["interp_ratio"] - (fib["interp_ratio"] * lu["interp_ratio"]) ** 0.5) < 1e-9
    refused = bench("no-such-kernel")
    assert refused.returncode == 2 and "no such kernel: no-such-kernel" in refused.stderr
    failing = bench("fib85", "--engine-cmd", "bad=false")
    assert failing.returncode == 1 and "engine false" in failing.stderr and f"{fib['native_instructions']:,}" in failing.stdout
    print("ok")


if __name__ == "__main__":
    main()
