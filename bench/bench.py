#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the benchmark table of a chip: native gcc -O2, the interpreter, dispatches, the JIT, sizes, load cost.

Every number is a count of executed instructions (minstret under qemu's -icount; on Xtensa its clock, which counts by 25) or of bytes; nothing is timed. See
docs/benchmarks.md for what each column is and how the native baseline is built.
"""
import argparse
import concurrent.futures
import json
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BOARDS = {"rv32": ROOT / "firmware/rv32_virt/board", "xtensa": ROOT / "firmware/xtensa_sim/board"}
NATIVE_SIZE = {"rv32": ["-march=rv32imc", "-mabi=ilp32", "--specs=picolibc.specs", "-fno-asynchronous-unwind-tables"],
               "xtensa": ["-mtext-section-literals", "-fno-asynchronous-unwind-tables"]}


def cross(chip):
    """The chip's compiler as a path that ends in "-", to be completed by a tool's name."""
    if chip == "rv32":
        return "riscv64-unknown-elf-"
    named = os.environ.get("CC_XTENSA")
    if named:
        return named.removesuffix("gcc")
    found = subprocess.run([ROOT / "scripts/xtensa_toolchain.sh", "--find"], capture_output=True, text=True)
    if found.returncode != 0:
        raise Failed(found.stderr.strip())
    return found.stdout.strip() + "/bin/xtensa-espb-elf-"


class Failed(Exception):
    pass


def run(command, timeout, what, ok=(0,), **kwargs):
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=timeout, errors="replace", **kwargs)
    except subprocess.TimeoutExpired:
        raise Failed(f"{what}: no end after {timeout} s")
    if ok is not None and done.returncode not in ok:
        raise Failed(f"{what}: exit status {done.returncode}: {(done.stderr or done.stdout).strip()[-400:]}")
    return done


def read_list(path):
    programs = []
    for line in path.read_text().splitlines():
        words = line.split("#")[0].split()
        if words:
            programs.append({"name": words[0], "file": path.parent / words[1], "kind": words[2]})
    return programs


def native(program, directory, options):
    elf = directory / "native.elf"
    environment = dict(os.environ, ENTRY="main" if options.train else "kernel_run", ESPB_CHIP=options.chip)
    run([ROOT / "bench/native/build.sh", program["file"], elf], options.timeout, "native build", env=environment)
    done = run([BOARDS[options.chip] / "qemu.sh", elf], options.timeout, "native run")
    result = json.loads(done.stdout.strip().splitlines()[-1])
    if result["result"] != 0:
        raise Failed(f"native run: wrong checksum (result {result['result']})")
    tools = cross(options.chip)
    compiler = [tools + "g++", "-std=c++20", "-fno-exceptions", "-fno-rtti"] if program["file"].suffix == ".cpp" else [tools + "gcc"]
    small = directory / "native-Os.o"
    run(compiler + NATIVE_SIZE[options.chip] + ["-Os", "-c", program["file"], "-o", small], options.timeout, "native -Os build")
    text, data = run([tools + "size", small], 60, "size").stdout.splitlines()[1].split()[:2]
    return {"native_instructions": result["instructions"], "native_size": int(text) + int(data), "native_text": int(text)}


def stats(espb, module, arguments, options, what):
    done = run([espb, "run", module, "--stats"] + arguments, options.timeout, what, cwd=module.parent)
    for line in reversed(done.stderr.strip().splitlines()):
        if line.startswith("{"):
            return json.loads(line)
    raise Failed(f"{what}: no statistics on stderr: {done.stderr.strip()[-300:]}")


def interpreted(program, directory, options):
    espb = options.build / "bin/espb"
    fast, small = directory / "fast.espb", directory / "small.espb"
    run([espb, "build", program["file"], "-" + options.level, "--jit", "all", "-o", fast], options.timeout, "translate")
    run([espb, "build", program["file"], "-Os", "-o", small], options.timeout, "translate -Os")
    got = stats(espb, fast, ["--on", options.chip, "--engine", "interp"], options, "run on " + options.chip)
    row = {"interp_instructions": got["guest_instructions"], "dispatches": got["dispatches"], "load_instructions": got["load_instructions"],
           "module_size": small.stat().st_size, "module_size_fast": fast.stat().st_size}
    # The code bytes and the bytecode instructions in them: what loading costs is judged by these.
    shown = json.loads(run([espb, "dump", "--json", fast], options.timeout, "dump").stdout)
    row["code_bytes"], row["code_instructions"] = code_counts(shown)
    return row


def compiled(program, directory, options):
    """The JIT: instructions and what compiling took at the bench's level, size of the machine code at -Os."""
    espb = options.build / "bin/espb"
    fast, small = directory / "jit.espb", directory / "jit-small.espb"
    row = {}
    for module, level in ((fast, options.level), (small, "Os")):
        run([espb, "build", program["file"], "-" + level, "--jit", "all", "-o", module], options.timeout, "translate for the JIT")
        got = stats(espb, module, ["--on", options.chip, "--engine", "jit"], options, "run on the JIT")
        if got["jit_compiled"] != got["jit_wanted"] or not got["jit_wanted"]:
            raise Failed(f"JIT: {got['jit_compiled']} of {got['jit_wanted']} functions compiled")
        if module is fast:
            row.update(jit_instructions=got["guest_instructions"], jit_compile_instructions=got["jit_instructions"])
        else:
            row["jit_size"] = got["jit_code_bytes"]
    return row


def code_counts(dump):
    """Code bytes and instructions of `espb dump --json`: the instructions are listed per function."""
    functions = dump["functions"]
    return (sum(f.get("bytes", f.get("code_bytes", 0)) for f in functions), sum(len(f.get("instructions", f.get("code", []))) for f in functions))


def external(program, command, options):
    done = run(shlex.split(command) + [program["file"]], options.timeout, f"engine {command}")
    numbers = re.findall(r"\d+", done.stdout.replace(",", "").replace("_", ""))
    if not numbers:
        raise Failed(f"engine {command}: printed no instruction count")
    return int(numbers[-1])


def measure(program, options):
    row = {"name": program["name"], "kind": program["kind"], "errors": []}
    with tempfile.TemporaryDirectory(prefix="espb-bench-") as temporary:
        directory = pathlib.Path(temporary)
        parts = [native] + ([] if options.native_only else [interpreted, compiled])
        for part in parts:
            try:
                row.update(part(program, directory, options))
            except (Failed, OSError, KeyError, ValueError) as error:
                row["errors"].append(str(error) if isinstance(error, Failed) else f"{type(error).__name__}: {error}")
        for name, command in options.engines:
            try:
                row["engine_" + name] = external(program, command, options)
            except (Failed, OSError) as error:
                row["errors"].append(str(error))
    if options.progress:
        print(f"\r{program['name']:<20}", end="", file=sys.stderr, flush=True)
    return row


def ratio(row, top, bottom):
    return row[top] / row[bottom] if row.get(top) and row.get(bottom) else None


def geometric_mean(values):
    values = [v for v in values if v]
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def summarise(rows, options):
    summary = {}
    ratios = [("interp_ratio", "interp_instructions"), ("jit_ratio", "jit_instructions"), ("dispatch_ratio", "dispatches")] + \
        [("engine_" + n + "_ratio", "engine_" + n) for n, _ in options.engines]
    for row in rows:
        for name, top in ratios:
            row[name] = ratio(row, top, "native_instructions")
        row["size_ratio"] = ratio(row, "module_size", "native_size")
        row["jit_size_ratio"] = ratio(row, "jit_size", "native_text")
        row["jit_per_instruction"] = ratio(row, "jit_compile_instructions", "code_instructions")
        row["load_per_byte"] = ratio(row, "load_instructions", "code_bytes")
        row["load_per_instruction"] = ratio(row, "load_instructions", "code_instructions")
    for kind in ("int", "float", "all"):
        of_kind = [r for r in rows if kind in (r["kind"], "all")]
        summary[kind] = {"kernels": len(of_kind), **{n: geometric_mean(r[n] for r in of_kind) for n, _ in ratios}}
    whole = [r for r in rows if r.get("module_size") and r.get("native_size")]
    for name in ("native_size", "module_size", "module_size_fast"):
        summary[name] = sum(r[name] for r in whole)
    summary["size_ratio"] = ratio(summary, "module_size", "native_size")
    jitted = [r for r in rows if r.get("jit_size") and r.get("code_instructions")]
    for name in ("jit_size", "native_text", "jit_compile_instructions"):
        summary[name] = sum(r[name] for r in jitted)
    summary["jit_size_ratio"] = ratio(summary, "jit_size", "native_text")
    summary["jit_per_instruction"] = ratio({"a": summary["jit_compile_instructions"], "b": sum(r["code_instructions"] for r in jitted)}, "a", "b")
    loaded = [r for r in rows if r.get("load_instructions") and r.get("code_instructions")]
    totals = {n: sum(r[n] for r in loaded) for n in ("load_instructions", "code_bytes", "code_instructions")}
    summary["load_per_byte"] = ratio(totals, "load_instructions", "code_bytes")
    summary["load_per_instruction"] = ratio(totals, "load_instructions", "code_instructions")
    return summary


def show(value, digits=2):
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.{digits}f}"


def print_table(rows, summary, options):
    columns = [("kernel", lambda r: r["name"]), ("kind", lambda r: r["kind"]), ("native -O2", lambda r: show(r.get("native_instructions")))]
    if not options.native_only:
        columns += [("interpreter", lambda r: show(r.get("interp_instructions"))), ("x native", lambda r: show(r.get("interp_ratio"))),
                    ("disp/nat", lambda r: show(r.get("dispatch_ratio"), 3)), ("JIT", lambda r: show(r.get("jit_instructions"))),
                    ("x native", lambda r: show(r.get("jit_ratio")))]
    for name, _ in options.engines:
        columns += [(name, lambda r, n=name: show(r.get("engine_" + n))), ("x native", lambda r, n=name: show(r.get("engine_" + n + "_ratio")))]
    columns += [("native -Os B", lambda r: show(r.get("native_size")))]
    if not options.native_only:
        columns += [("JIT B", lambda r: show(r.get("jit_size"))), ("x text", lambda r: show(r.get("jit_size_ratio"))),
                    ("JIT/insn", lambda r: show(r.get("jit_per_instruction"), 0)), ("module B", lambda r: show(r.get("module_size"))), ("ratio", lambda r: show(r.get("size_ratio"))),
                    ("load/byte", lambda r: show(r.get("load_per_byte"), 1)), ("load/insn", lambda r: show(r.get("load_per_instruction"), 1))]
    lines = [[title for title, _ in columns]] + [[cell(r) for _, cell in columns] for r in rows]
    for kind, label in (("int", "geomean, integer"), ("float", "geomean, float"), ("all", "geomean, all")):
        s = summary[kind]
        if not s["kernels"]:
            continue
        line = [label, f"{s['kernels']}", ""]
        if not options.native_only:
            line += ["", show(s["interp_ratio"]), show(s["dispatch_ratio"], 3), "", show(s["jit_ratio"])]
        for name, _ in options.engines:
            line += ["", show(s["engine_" + name + "_ratio"])]
        lines.append(line + [""] * (len(columns) - len(line)))
    total = ["sum"] + [""] * (len(columns) - 1)
    titles = [t for t, _ in columns]
    total[titles.index("native -Os B")] = show(summary["native_size"] or sum(r.get("native_size", 0) for r in rows))
    if not options.native_only:
        total[-7:-4] = [show(summary["jit_size"]), show(summary["jit_size_ratio"]), show(summary["jit_per_instruction"], 0)]
        total[-4:] = [show(summary["module_size"]), show(summary["size_ratio"]), show(summary["load_per_byte"], 1),
                      show(summary["load_per_instruction"], 1)]
    lines.append(total)
    widths = [max(len(l[i]) for l in lines) for i in range(len(columns))]
    for i, line in enumerate(lines):
        print("  ".join(c.ljust(w) if j < 2 else c.rjust(w) for j, (c, w) in enumerate(zip(line, widths))).rstrip())
        if i in (0, len(rows)):
            print("  ".join("-" * w for w in widths))


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kernels", nargs="*", help="only these kernels (names of bench/kernels/kernels.txt)")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build", help="build directory with bin/espb (default: build)")
    parser.add_argument("--chip", choices=sorted(BOARDS), default="rv32", help="the board that everything runs on (default: rv32)")
    parser.add_argument("--train", action="store_true", help="run the training programs (bench/train) instead of the kernels")
    parser.add_argument("--level", default="O2", help="optimisation level of the interpreted modules (default: O2)")
    parser.add_argument("--native-only", action="store_true", help="only the native baseline")
    parser.add_argument("--engine-cmd", action="append", default=[], metavar="NAME=CMD", dest="engine_commands",
                        help="a further column: CMD gets the kernel's C file as last argument and prints an instruction count last")
    parser.add_argument("--json", action="store_true", help="print the rows and the summary as JSON")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="kernels measured at once")
    parser.add_argument("--timeout", type=int, default=300, help="seconds that one step may take")
    options = parser.parse_args(arguments)
    options.build = options.build.resolve()
    options.engines = []
    for text in options.engine_commands:
        name, separator, command = text.partition("=")
        if not separator or not name or not command:
            parser.error(f'--engine-cmd wants NAME=CMD, not "{text}"')
        options.engines.append((name, command))
    options.progress = sys.stderr.isatty()
    if not options.native_only and not (options.build / "bin/espb").exists():
        parser.error(f"{options.build}/bin/espb is not there: build first, or name the build directory with --build")
    return options, parser


def main(arguments):
    options, parser = parse(arguments)
    programs = read_list(ROOT / ("bench/train/train.txt" if options.train else "bench/kernels/kernels.txt"))
    if options.kernels:
        unknown = sorted(set(options.kernels) - {p["name"] for p in programs})
        if unknown:
            parser.error(f"no such kernel: {', '.join(unknown)}; there are {', '.join(p['name'] for p in programs)}")
        programs = [p for p in programs if p["name"] in options.kernels]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        rows = list(pool.map(lambda p: measure(p, options), programs))
    if options.progress:
        print("\r" + " " * 20 + "\r", end="", file=sys.stderr)
    summary = summarise(rows, options)
    failed = [r for r in rows if r["errors"]]
    if options.json:
        print(json.dumps({"command": shlex.join(["bench/run.sh"] + arguments), "kernels": rows, "summary": summary}, indent=1))
    else:
        print("$ " + shlex.join(["bench/run.sh"] + arguments))
        print_table(rows, summary, options)
    crossings = options.build / "firmware/native-crossings.elf"
    if options.chip == "rv32" and not options.json and not options.kernels and not options.train and not options.native_only and crossings.exists():
        print("\n$ bench/crossings.sh", flush=True)
        if subprocess.run([ROOT / "bench/crossings.sh", options.build]).returncode != 0:
            return 1
    for row in failed:
        for error in row["errors"]:
            print(f"{row['name']}: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
