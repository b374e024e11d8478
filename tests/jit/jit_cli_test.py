#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the command line says about the JIT: statistics, too little executable memory, nothing to compile, the listing.
jit_cli_test.py ESPB [BOARD]"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAMS = pathlib.Path(__file__).resolve().parents[1] / "programs"
SOURCE = """
#include <espb/guest.h>
#include <stdio.h>
JIT_HOT __attribute__((noinline)) static unsigned mix(const unsigned *p, int n) {
  unsigned h = 1;
  for (int i = 0; i < n; i++) h = (h ^ p[i]) * 31 + (h >> 7);
  return h;
}
JIT_HOT __attribute__((noinline)) static int sum(int n) { int s = 0; while (n > 0) s += n--; return s; }
JIT_HOT __attribute__((noinline)) static int twice(int n) { return sum(n) + sum(n - 1); }
int main(void) {
  unsigned words[20];
  for (int i = 0; i < 20; i++) words[i] = i * 77;
  printf("%u %d\\n", mix(words, 20), twice(100));
  return 5;
}
"""


def main(espb, board="rv32"):
    def call(*words):
        if words[0] == "run" and "--on" not in words:
            words = (*words, "--on", board)
        done = subprocess.run([espb, *map(str, words)], capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout, done.stderr

    def stats(err):
        return json.loads(err.strip().splitlines()[-1])

    with tempfile.TemporaryDirectory() as directory:
        source = pathlib.Path(directory, "a.c")
        source.write_text(SOURCE)
        module, cold = source.with_suffix(".espb"), pathlib.Path(directory, "cold.espb")
        assert call("build", source, "-O2", "-o", module)[0] == 0
        assert call("build", source, "-O2", "--jit", "none", "-o", cold)[0] == 0

        status, expected, err = call("run", module, "--stats")
        assert status == 5 and stats(err)["engine"] == "interp" and "jit_wanted" not in stats(err)
        interpreted = stats(err)["guest_instructions"]

        status, out, err = call("run", module, "--engine", "jit", "--stats")
        full = stats(err)
        assert (status, out) == (5, expected) and "note" not in err, err
        assert full["jit_wanted"] == full["jit_compiled"] == 3 and full["guest_instructions"] < interpreted
        assert full["jit_block_bytes"] >= full["jit_code_bytes"] + 8 * 4 and full["jit_peak_bytes"] > full["jit_block_bytes"]

        # Too little memory for all, and for any.
        fewer = (full["jit_block_bytes"] - 8) // 64 * 64
        for memory, least, most in ((fewer, 1, 2), (64, 0, 0)):
            status, out, err = call("run", module, "--engine", "jit", "--jit-memory", memory, "--stats")
            assert (status, out) == (5, expected), err
            part = stats(err)
            assert least <= part["jit_compiled"] <= most and part["jit_block_bytes"] <= memory, part
            assert f"no room to compile {3 - part['jit_compiled']} of 3 functions" in err, err

        status, out, err = call("run", cold, "--engine", "jit")
        assert (status, out) == (5, expected) and "no function is marked JIT_HOT" in err, err
        status, out, err = call("run", module, "--engine", "jit", "--on", "host")
        assert status == 120 and "rv32 and xtensa boards" in err, err

        status, out, err = call("dump", module, "--jit", board, "--no-source")
        assert status == 0, err
        total = int(re.search(rf"machine code for {board}: (\d+) bytes of 3 functions", out).group(1))
        assert total == full["jit_code_bytes"], out
        assert sum(map(int, re.findall(r"^  machine code: (\d+) bytes$", out, re.M))) == total, out
        ret = {"rv32": "8082 +ret", "xtensa": "f00d +ret.n"}[board]
        assert out.count("  interpreted\n") == 1 and re.search(rf"[0-9a-f]+: {ret}", out), out

        # A larger one: every byte is listed, and every byte as something.
        assert call("build", PROGRAMS / "switches.c", "-O2", "--jit", "all", "-o", module)[0] == 0
        status, _, err = call("run", module, "--engine", "jit", "--stats")
        assert status == 0, err
        status, out, err = call("dump", module, "--jit", board, "--no-source")
        lines = [(int(at, 16), len(code) // 2, code, text) for at, code, text in re.findall(r"^ {40,}([0-9a-f]+): ([0-9a-f]+) +(.*)$", out, re.M)]
        assert sum(length for _, length, _, _ in lines) == stats(call("run", module, "--engine", "jit", "--stats")[2])["jit_code_bytes"]
        by_place = {at: (code, text) for at, _, code, text in lines}
        following = 8
        for at, length, code, text in sorted(lines):
            assert at == following and text and "unknown" not in text, (at, text)
            following += length
            assert text != "(unused)" or (length < 4 and int(code, 16) == 0), (at, code)
        if board == "xtensa":
            words = [(at, *re.fullmatch(r"\.word (\w+), for (.*)", text).groups()) for at, _, _, text in lines if text.startswith(".word")]
            assert words, out
            for at, word, users in words:
                assert int(word, 16) == int(by_place[at][0], 16), (at, word)
                for user in users.split():
                    assert re.fullmatch(rf"l32r a\d+, {at:#x} = {word}", by_place[int(user, 16)][1]), (at, user)
        # More than jumps of Xtensa reach: several blocks.
        assert call("build", PROGRAMS / "cxx_std_format.cpp", "-std=c++23", "-O0", "--jit", "all", "-o", module)[0] == 0
        status, out, err = call("run", module, "--engine", "jit", "--stats")
        assert (status, out) == (0, (PROGRAMS / "cxx_std_format.out").read_text()), err
        large = stats(err)
        assert large["jit_compiled"] == large["jit_wanted"] and large["jit_code_bytes"] > 140_000, large
        status, out, err = call("dump", module, "--jit", board, "--no-source")
        assert status == 0 and "  interpreted\n" not in out, err
    print("all as it should be")


if __name__ == "__main__":
    main(*sys.argv[1:])
