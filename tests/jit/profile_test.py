#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`espb run --profile` on the host and on another board: counts that are known beforehand, what deserves JIT_HOT. profile_test.py ESPB [BOARD]"""
import json
import pathlib
import subprocess
import sys
import tempfile

SOURCE = """
#include <espb/guest.h>
#include <stdio.h>
volatile unsigned word;
__attribute__((noinline)) void loop(int n) { do word = word * 5 + 1; while (--n > 0); }
JIT_HOT __attribute__((noinline)) void once(void) { word ^= 3; }
__attribute__((noinline)) void hundred(int n) { if (n > 0) { word += n; hundred(n - 1); word -= n; } }
__attribute__((noinline)) void never(void) { word = 1; }
int main(int argc, char **argv) {
  if (argc > 1) never();
  for (int i = 0; i < 7; i++) loop(1000);
  hundred(100);
  once();
  printf("%u\\n", word);
  return 3;
}
"""


def main(espb, chip="rv32"):
    def call(*words):
        if words[0] == "run" and "--on" not in words:
            words = (*words, "--on", chip)
        done = subprocess.run([espb, *map(str, words)], capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout, done.stderr

    with tempfile.TemporaryDirectory() as directory:
        source = pathlib.Path(directory, "a.c")
        source.write_text(SOURCE)
        module = source.with_suffix(".espb")
        status, _, err = call("build", source, "-O1", "-g", "-o", module)
        assert status == 0, err
        status, expected, _ = call("run", module)
        assert status == 3

        profiles = []
        for board in ("host", chip):
            status, out, err = call("run", module, "--on", board, "--profile", "--json")
            assert (status, out) == (3, expected), (status, out, err)
            rows = json.loads(err.strip().splitlines()[-1])["profile"]
            profiles.append(rows)
            by_name = {row["name"].split("(")[0]: row for row in rows}
            assert "never" not in by_name and len(by_name) >= 4, rows
            loop = by_name["loop"]
            assert (loop["calls"], loop["back_edges"]) == (7, 7 * 999), loop
            assert rows[0] is loop and loop["deserves_hot"] and not loop["hot"] and loop["share"] > 0.9
            assert (by_name["hundred"]["calls"], by_name["hundred"]["back_edges"]) in ((101, 0), (1, 100)), by_name["hundred"]
            assert by_name["once"]["calls"] == by_name["main"]["calls"] == 1
            assert by_name["once"]["hot"] and not by_name["once"]["deserves_hot"]
            assert abs(sum(row["share"] for row in rows) - 1) < 1e-9
            assert [row["executed"] for row in rows] == sorted((row["executed"] for row in rows), reverse=True)
        assert profiles[0] == profiles[1], profiles

        # All that is executed is in some function.
        status, _, err = call("run", module, "--on", "host", "--profile", "--json", "--stats")
        profile, stats = map(json.loads, err.strip().splitlines()[-2:])
        assert 0 <= stats["dispatches"] - sum(row["executed"] for row in profile["profile"]) <= 4, (profile, stats)

        status, out, err = call("run", module, "--engine", "jit", "--profile")
        lines = err.splitlines()
        assert (status, out) == (3, expected) and lines[0].split() == ["function", "calls", "back-edges", "executed", "share", "JIT_HOT"], err
        assert lines[1].startswith("loop") and lines[1].endswith("should be") and " 6993 " in lines[1], err
        assert any(line.startswith("once") and line.endswith("is, need not be") for line in lines), err

        status, _, err = call("run", module, "--json")
        assert status == 120 and "--profile" in err, err
    print("all as it should be")


if __name__ == "__main__":
    main(*sys.argv[1:])
