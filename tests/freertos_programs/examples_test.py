#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does what the README of each example says and compares what the last command prints with the example's expected output.

The commands are the README's lines that begin with four blanks and "espb". `# exit status N` behind one says how it ends (0 without).
expected.out is the last command's stdout, expected.trace, where there is one, its stderr.
"""
import argparse
import difflib
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"


def different(name, expected, actual):
    if expected == actual:
        return []
    return list(difflib.unified_diff(expected.splitlines(), actual.splitlines(), f"expected {name}", f"actual {name}", lineterm=""))


def adapted(words, board, engine):
    """The command for another board or engine than its README has."""
    if engine == "jit" and words[0] == "build" and "--jit" not in words:
        return [*words, "--jit", "all"]
    if words[0] != "run":
        return words
    end = words.index("--") if "--" in words else len(words)
    more = ["--on", board] if board and "--on" not in words else []
    if engine and "--engine" not in words:
        more += ["--engine", engine]
    return [*words[:end], *more, *words[end:]]


def run_example(directory, espb, options):
    problems = []
    commands = re.findall(r"^    espb (.*?)(?: *# exit status (\d+))?$", (directory / "README.md").read_text(), re.M)
    if not commands:
        return ["its README has no commands"]
    with tempfile.TemporaryDirectory(prefix="espb-example-") as work:
        shutil.copytree(directory, work, dirs_exist_ok=True)
        for words, status in commands:
            try:
                done = subprocess.run([espb, *adapted(shlex.split(words), options.board, options.engine)], cwd=work, capture_output=True, text=True, timeout=120,
                                      stdin=subprocess.DEVNULL)
            except subprocess.TimeoutExpired:
                return [f"no end of `espb {words}`"]
            if done.returncode != int(status or 0):
                return [f"`espb {words}` ended with {done.returncode}", done.stdout[-2000:], done.stderr[-2000:]]
        trace = directory / "expected.trace"
        if options.update:
            (directory / "expected.out").write_text(done.stdout)
            if done.stderr:
                trace.write_text(done.stderr)
            return []
        problems += different("output", (directory / "expected.out").read_text(), done.stdout)
        problems += different("trace", trace.read_text() if trace.exists() else "", done.stderr)
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--espb", required=True)
    parser.add_argument("--board", help="run everything on this board")
    parser.add_argument("--engine", help="run everything with this engine; jit: with all functions as machine code")
    parser.add_argument("--update", action="store_true", help="take what is printed as what is expected")
    parser.add_argument("examples", nargs="*", help="only these")
    options = parser.parse_args()
    espb = str(pathlib.Path(options.espb).resolve())
    names = options.examples or sorted(d.name for d in EXAMPLES.iterdir() if (d / "README.md").exists())
    failed = 0
    for name in names:
        problems = run_example(EXAMPLES / name, espb, options)
        print(f"{'FAILED' if problems else 'ok'} {name}")
        for line in problems:
            print("    " + line)
        failed += bool(problems)
    if not names:
        print("no examples")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main())
