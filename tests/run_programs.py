#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds every program of tests/programs into one module per optimisation level, runs that module on every board and compares
output and exit status with what is expected; then checks that every program of tests/programs/errors fails as it should.

A program is NAME.c, NAME.cpp or a directory NAME/, its expected output NAME.out. Directives in its sources:
  // EXIT: n        expected exit status (0 without it)
  // FLAGS: ...     further flags for `espb build`
  // RUN: ...       further flags for `espb run`
NAME.trace, when it is there, is what must stand on stderr on the RV32 board.
Programs in errors/ have besides
  // EXPECT: regex  must be found in what is printed on stderr (may be repeated: all of them)
  // REFUSE: stage  refused by compile, translate or load; or
  // TRAP           traps when it runs; or
  // FUEL: n        runs with this budget and uses it up
"""
import argparse
import concurrent.futures
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

EXIT_TRANSLATE, EXIT_LOAD, EXIT_TRAP = 122, 123, 125
HERE = pathlib.Path(__file__).resolve().parent


class Program:
    def __init__(self, path):
        self.path = path
        self.name = path.name if path.is_dir() else path.stem
        self.files = sorted(p for p in path.iterdir() if p.suffix in (".c", ".cpp")) if path.is_dir() else [path]
        text = "\n".join(f.read_text() for f in self.files)
        find = lambda key: re.findall(rf"^// {key}: *(.*?) *$", text, re.M)
        self.flags = " ".join(find("FLAGS")).split()
        self.run = " ".join(find("RUN")).split()
        self.exit = int((find("EXIT") or ["0"])[0])
        trace = path.parent / (self.name + ".trace")
        self.trace = trace.read_text() if trace.exists() else None
        self.expect = find("EXPECT")
        self.refuse = (find("REFUSE") or [None])[0]
        self.fuel = (find("FUEL") or [None])[0]
        self.trap = bool(re.search(r"^// TRAP\s*$", text, re.M)) or self.fuel is not None
        self.args = " ".join(find("ARGS")).split()


def programs_in(directory):
    paths = [p for p in sorted(directory.iterdir()) if p.suffix in (".c", ".cpp") or p.is_dir()]
    return [Program(p) for p in paths if p.name != "errors"]


class Failed(Exception):
    pass


def call(command, timeout, cwd=None):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, cwd=cwd)
    except subprocess.TimeoutExpired:
        raise Failed(f"no end within {timeout} s: {' '.join(map(str, command))}")
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def tail(text, lines=12):
    return "\n".join("      " + line for line in text.splitlines()[-lines:])


class Runner:
    def __init__(self, options, work):
        self.options = options
        self.work = work

    def build(self, program, level):
        module = self.work / f"{program.name}-O{level}.espb"
        command = [self.options.espb, "build", f"-O{level}", "-I", str(HERE / "programs"), *program.flags,
                   *map(str, program.files), "-o", str(module)]
        if any(board.endswith("-jit") for board in self.options.boards) and "--jit" not in program.flags:
            command += ["--jit", "all"]
        status, out, err = call(command, self.options.timeout)
        return module, status, err

    def run(self, program, module, board):
        espb = self.options.host_espb if board == "host" and self.options.host_espb else self.options.espb
        command = [espb, "run", str(module), "--on", board.removesuffix("-jit"), "--timeout", str(self.options.timeout)]
        if board.endswith("-jit"):
            command += ["--engine", "jit"]
        command += program.run
        if program.fuel:
            command += ["--fuel", program.fuel]
        if program.args:
            command += ["--", *program.args]
        return call(command, self.options.timeout + 30)

    def check_program(self, program, level):
        expected_file = program.path.parent / (program.name + ".out")
        if not expected_file.exists():
            raise Failed(f"{expected_file.name} is missing")
        module, status, err = self.build(program, level)
        if status != 0:
            raise Failed(f"espb build ended with {status}\n{tail(err)}")
        expected = expected_file.read_bytes()
        problems = []
        for board in self.options.boards:
            status, out, err = self.run(program, module, board)
            if out != expected:
                diff = difflib.unified_diff(expected.decode(errors="replace").splitlines(),
                                            out.decode(errors="replace").splitlines(), "expected", board, lineterm="", n=1)
                problems.append(f"{board}: wrong output, exit status {status}\n" +
                                "\n".join("      " + line for line in list(diff)[:14]) + "\n" + tail(err))
            elif board in ("rv32", "xtensa") and program.trace is not None and err != program.trace:
                problems.append(f"{board}: stderr is not what {program.name}.trace says:\n{tail(err, 40)}")
            elif status != program.exit:
                problems.append(f"{board}: exit status {status}, expected {program.exit}\n{tail(err)}")
        if problems:
            raise Failed("\n    ".join(problems))

    def check_expectations(self, program, err, where):
        for pattern in program.expect:
            if not re.search(pattern, err):
                raise Failed(f"{where}: nothing on stderr matches /{pattern}/:\n{tail(err)}")

    def check_error(self, program, level):
        if not program.expect or not (program.refuse or program.trap):
            raise Failed("an error program needs EXPECT and one of REFUSE, TRAP, FUEL")
        module, status, err = self.build(program, level)
        if program.refuse in ("compile", "translate"):
            if status != EXIT_TRANSLATE:
                raise Failed(f"espb build ended with {status}, expected {EXIT_TRANSLATE}\n{tail(err)}")
            if module.exists():
                raise Failed("a refused build left a module behind")
            return self.check_expectations(program, err, "build")
        if status != 0:
            raise Failed(f"espb build ended with {status}\n{tail(err)}")
        wanted = EXIT_LOAD if program.refuse == "load" else EXIT_TRAP
        for board in self.options.boards:
            status, out, err = self.run(program, module, board)
            if status != wanted:
                raise Failed(f"{board}: espb run ended with {status}, expected {wanted}\n{tail(err)}")
            self.check_expectations(program, err, board)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--espb", default=str(HERE.parent / "build/bin/espb"), help="the command to test")
    parser.add_argument("--host-espb", help="another build of it for the runs on the host, e.g. one with sanitizers")
    parser.add_argument("--levels", default="0,1,2,3,s,z")
    parser.add_argument("--boards", default="host,rv32", help="host, rv32, xtensa; rv32-jit and xtensa-jit: all functions as machine code")
    parser.add_argument("--only", action="append", help="only programs whose name matches this regular expression")
    parser.add_argument("--what", choices=["all", "programs", "errors"], default="all")
    parser.add_argument("--programs", type=pathlib.Path, default=HERE / "programs", help="directory of the programs")
    parser.add_argument("--timeout", type=int, default=120, help="seconds for each build and run")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=pathlib.Path, help="leave the modules in this directory")
    options = parser.parse_args()
    options.boards = options.boards.split(",")

    tasks = []
    wanted = lambda p: not options.only or any(re.search(o, p.name) for o in options.only)
    work = options.keep or pathlib.Path(tempfile.mkdtemp(prefix="espb-programs-"))
    work.mkdir(parents=True, exist_ok=True)
    runner = Runner(options, work)
    for level in options.levels.split(","):
        if options.what != "errors":
            tasks += [(p, level, runner.check_program) for p in programs_in(options.programs) if wanted(p)]
        if options.what != "programs":
            errors = options.programs / "errors"
            tasks += [(p, level, runner.check_error) for p in programs_in(errors) if wanted(p)]
    passed = failed = 0
    try:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            futures = [(p, level, pool.submit(check, p, level)) for p, level, check in tasks]
            for program, level, future in futures:
                try:
                    future.result()
                    passed += 1
                except Failed as problem:
                    failed += 1
                    print(f"FAILED {program.name} -O{level}\n    {problem}", flush=True)
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)
    if not tasks:
        print("no program matches")
        return 1
    print(f"{passed} passed, {failed} failed (levels {options.levels}, boards {','.join(options.boards)})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
