#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random C programs (csmith) on all engines: native code on the RV32 board, the host interpreter, interpreter and JIT on RV32 and Xtensa.

Each program prints a checksum of all its variables; all must print the same. Where the engines agree with each other and
not with gcc's code, clang's own RV32 code for the board decides: if it prints what the interpreters print, gcc and clang read the program
differently (csmith's floating-point programs convert out of range, which C leaves undefined), and it counts as disputed. A pointer to a member of a packed
structure may be misaligned, of which C says nothing either: RV32's board loads from there, Xtensa's does not, and the program counts as
misaligned. The optimisation levels of the native and of the
translated program are chosen from the seed. A program that takes too many native instructions is skipped and replaced by the next
seed. Programs that disagree or fail to translate are kept, with what each engine said.
"""
import argparse
import concurrent.futures
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BOARD = ROOT / "firmware/rv32_virt/board"
MACHINE = ["-march=rv32imc", "-mabi=ilp32", "--specs=picolibc.specs"]
QEMU = ["qemu-system-riscv32", "-M", "virt", "-m", "128M", "-bios", "none", "-display", "none", "-serial", "none", "-monitor", "none",
        "-icount", "shift=0,sleep=off", "-semihosting-config", "enable=on,target=native"]
LEVELS = ["O0", "O1", "O2", "O3", "Os", "Oz"]


def run(command, directory, timeout):
    """Exit status, stdout, stderr; the status is None after `timeout` seconds."""
    try:
        done = subprocess.run([str(c) for c in command], cwd=directory, capture_output=True, text=True, errors="replace", timeout=timeout,
                              stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        return None, "", f"no end after {timeout} s"


def csmith_options(rng):
    """Options that vary what the programs are made of. Nothing here may bring undefined behaviour."""
    options = ["--no-argc", "--concise", "--max-funcs", str(rng.choice([3, 6, 10])), "--max-block-depth", str(rng.choice([3, 5])),
               "--max-array-len-per-dim", str(rng.choice([4, 10]))]
    if rng.random() < 0.3:
        options += ["--float", "--strict-float"]  # no float behind an int pointer: that would be undefined
    if rng.random() < 0.3:
        options += ["--builtins", "--enable-builtin-kinds", "generic", "--disable-builtin-kinds", "x86"] if rng.random() < 0.5 else ["--no-packed-struct"]
    return options


class Case:
    def __init__(self, seed, options):
        self.seed, self.options = seed, options
        rng = random.Random(seed)
        self.level, self.native_level = rng.choice(LEVELS), rng.choice(["O0", "O1", "O2", "Os"])
        self.csmith = csmith_options(rng)
        self.log = []

    def fail(self, what, status, out, err):
        self.log.append(f"{what}: exit status {status}\n{out}{err}".rstrip())
        return "failed"

    def judge(self, directory):
        """"agreed", "skipped", "disputed", "misaligned" or "failed"; self.log says why."""
        o = self.options
        (directory / "platform.info").write_text("integer size = 4\npointer size = 4\n")
        source = directory / "program.c"
        status, out, err = run(["csmith", "--seed", self.seed, "--output", source] + self.csmith, directory, 60)
        if status != 0 or not source.exists():
            return "skipped" if status is None else self.fail("csmith", status, out, err)
        status, out, err = run(["riscv64-unknown-elf-gcc", *MACHINE, "-" + self.native_level, "-w", "-I", o.include, source, *o.support,
                                "-nostartfiles", f"-T{BOARD}/virt.ld", "-Wl,--no-warn-rwx-segments", "-lm", "-o", directory / "native.elf"],
                               directory, 120)
        if status != 0:
            return self.fail("native compilation", status, out, err)
        status, expected, err = run(QEMU + ["-kernel", directory / "native.elf"], directory, 120)
        if status in (99, None):
            return "skipped"
        if status != 0 or "checksum = " not in expected:
            return self.fail("native run", status, expected, err)
        self.log.append(f"native -{self.native_level}: {expected.strip()}")
        module = directory / "program.espb"
        status, out, err = run([o.espb, "build", source, "-" + self.level, "--jit", "all", "-w", "-Wno-incompatible-pointer-types", "-I", o.include, "-o", module], directory, max(120, o.timeout))
        if status != 0:
            return self.fail(f"espb build -{self.level}", status, out, err)
        verdict, printed = "agreed", set()
        for board, engine in o.engines:
            status, out, err = run([o.espb, "run", module, "--on", board, "--engine", engine, "--stack", 65536], directory, o.timeout)
            if board == "xtensa" and status == 125 and "misaligned load or store" in err and "#pragma pack" in source.read_text():
                verdict = "misaligned" if verdict == "agreed" else verdict
                continue
            printed.add((status, out))
            if status != 0 or out != expected:
                verdict = self.fail(f"-{self.level} on {board}, {engine}", status, out, err)
        if verdict == "failed" and printed == {self.clang(source, directory)}:
            return "disputed"
        return verdict

    def clang(self, source, directory):
        """Exit status and output of the program as clang compiles it for the board, at the level of the translated one."""
        o = self.options
        status, out, err = run([o.clang, "--target=riscv32-unknown-elf", "-march=rv32imc", "-mabi=ilp32", "-" + self.level, "-w",
                                "-Wno-incompatible-pointer-types", "-isystem", o.libc, "-I", o.include, "-c", source, "-o",
                                directory / "clang.o"], directory, 120)
        if status == 0:
            status, out, err = run(["riscv64-unknown-elf-gcc", *MACHINE, directory / "clang.o", *o.support, "-nostartfiles",
                                    f"-T{BOARD}/virt.ld", "-Wl,--no-warn-rwx-segments", "-lm", "-o", directory / "clang.elf"], directory, 120)
        if status == 0:
            status, out, err = run(QEMU + ["-kernel", directory / "clang.elf"], directory, 120)
        self.log.append(f"clang -{self.level}: exit status {status}\n{out}{err}".rstrip())
        return status, out


def find_engines(options):
    """Boards and engines to run on. Xtensa where there is a toolchain for it, hence firmware."""
    engines = [("host", "interp"), ("rv32", "interp"), ("rv32", "jit")]
    if (options.build / "firmware/espb-xtensa-sim.elf").exists():
        engines.append(("xtensa", "interp"))
        # A file that is no module: refused by the board, unless the engine was refused before.
        status, out, err = run([options.espb, "run", "/dev/null", "--on", "xtensa", "--engine", "jit"], options.build, 60)
        if "--engine jit" not in err:
            engines.append(("xtensa", "jit"))
    return [engine for engine in engines if options.on in (None, engine[0])]


def measure(seed, options):
    case = Case(seed, options)
    with tempfile.TemporaryDirectory(prefix="espb-csmith-") as temporary:
        directory = pathlib.Path(temporary)
        verdict = case.judge(directory)
        if verdict == "failed":
            kept = options.keep / str(seed)
            shutil.rmtree(kept, ignore_errors=True)
            kept.mkdir(parents=True)
            for name in ("program.c", "program.espb"):
                if (directory / name).exists():
                    shutil.copy(directory / name, kept)
            (kept / "log.txt").write_text(f"csmith --seed {seed} {' '.join(case.csmith)}\n" + "\n\n".join(case.log) + "\n")
    return seed, verdict, case.log


def compile_support(options, directory):
    """The board's start-up code, compiled once."""
    objects = []
    for source in (BOARD / "start.S", BOARD / "board.c", BOARD / "memory.c", ROOT / "tests/csmith/native_main.c"):
        objects.append(directory / (source.stem + ".o"))
        subprocess.run(["riscv64-unknown-elf-gcc", *MACHINE, "-O2", "-Wno-main", f"-DINSTRUCTION_LIMIT={options.limit}", "-I", ROOT, "-c", source,
                        "-o", objects[-1]], check=True)
    return objects


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="programs that must agree")
    parser.add_argument("seed", type=int, nargs="?", default=1, help="first seed (default: 1)")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build", help="build directory with bin/espb")
    parser.add_argument("--limit", type=int, default=3_000_000, help="native instructions that a program may take")
    parser.add_argument("--timeout", type=int, default=120, help="seconds that a translated program may take")
    parser.add_argument("--include", type=pathlib.Path, default=pathlib.Path("/usr/include/csmith"), help="directory of csmith.h")
    parser.add_argument("--clang", default="clang-22", help="the clang that decides disputes")
    parser.add_argument("--libc", type=pathlib.Path, default=pathlib.Path("/usr/lib/picolibc/riscv64-unknown-elf/include"),
                        help="picolibc's headers, for --clang")
    parser.add_argument("--keep", type=pathlib.Path, help="where failing programs go (default: csmith-failures in the build directory)")
    parser.add_argument("--on", choices=["host", "rv32", "xtensa"], help="run on this board only (default: all there are)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    options.build = options.build.resolve()
    options.espb = options.build / "bin/espb"
    options.keep = (options.keep or options.build / "csmith-failures").resolve()
    for needed, why in ((options.espb, "build first, or name the build directory with --build"),
                        (options.include / "csmith.h", "install libcsmith-dev, or name its directory with --include")):
        if not needed.exists():
            sys.exit(f"{needed} is not there: {why}")
    options.engines = find_engines(options)
    if not options.engines:
        sys.exit(f"no firmware for {options.on} in {options.build}")
    print("on " + ", ".join(f"{board} {engine}" for board, engine in options.engines), flush=True)
    counts = {"agreed": 0, "skipped": 0, "disputed": 0, "misaligned": 0, "failed": 0}
    failures = []
    with tempfile.TemporaryDirectory(prefix="espb-csmith-board-") as temporary, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        options.support = compile_support(options, pathlib.Path(temporary))
        next_seed, last = options.seed, options.seed + 4 * options.count + 20
        running = set()
        while True:
            # As many as are still wanted: a skipped program makes room for another seed.
            while next_seed < last and len(running) < options.jobs and counts["agreed"] + counts["failed"] + len(running) < options.count:
                running.add(pool.submit(measure, next_seed, options))
                next_seed += 1
            if not running:
                break
            done, running = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                seed, verdict, log = future.result()
                counts[verdict] += 1
                if verdict == "failed":
                    failures.append(seed)
                    print(f"seed {seed}: {log[-1] if log else 'failed'}\n  kept in {options.keep / str(seed)}", flush=True)
                total = sum(counts.values())
                if sys.stderr.isatty():
                    print(f"\r{total} programs", end="", file=sys.stderr, flush=True)
                elif total % 100 == 0:
                    print(f"{total} programs: {counts['agreed']} agreed, {counts['failed']} failed, "
                          f"{counts['skipped']} skipped, {counts['disputed']} disputed, {counts['misaligned']} misaligned", flush=True)
    if sys.stderr.isatty():
        print("\r" + " " * 30 + "\r", end="", file=sys.stderr)
    print(f"csmith: {counts['agreed']} agreed, {counts['failed']} failed, {counts['skipped']} skipped (too long), "
          f"{counts['disputed']} disputed (clang and gcc differ), {counts['misaligned']} misaligned, "
          f"seeds {options.seed} to {next_seed - 1}")
    if failures:
        print("failing seeds: " + " ".join(map(str, sorted(failures))))
    if counts["agreed"] + counts["failed"] < options.count:
        print(f"only {counts['agreed'] + counts['failed']} of {options.count} programs could be judged")
        return 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
