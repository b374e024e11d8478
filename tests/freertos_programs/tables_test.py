#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Modules that were built with another symbol table than the firmware has: what loads, and what the refusals say.

tables_test.py --espb PATH
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

REAL = pathlib.Path(__file__).resolve().parents[2] / "firmware/freertos/idf_fast.sym"
LOAD_ERROR = 123
PROGRAM = """#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include <stdio.h>
void app_main(void) { vTaskDelay(3); printf("%u\\n", (unsigned)xTaskGetTickCount()); }
"""
CALLS = """void {name}(void);
void app_main(void) {{ {name}(); }}
"""
failures = 0


def check(name, good, shown):
    global failures
    print(("ok      " if good else "FAILED  ") + name)
    if not good:
        failures += 1
        print(f"        got {shown}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--espb", required=True)
    espb = str(pathlib.Path(parser.parse_args().espb).resolve())
    real = REAL.read_text()
    with tempfile.TemporaryDirectory(prefix="espb-tables-") as temporary:
        directory = pathlib.Path(temporary)
        table = directory / "idf_fast.sym"  # the table's name is the file's

        def call(*words):
            return subprocess.run([espb, *map(str, words)], cwd=directory, capture_output=True, text=True, timeout=120,
                                  stdin=subprocess.DEVNULL)

        def run(source, symbols=None):
            """Builds with the table `symbols` (None: by name; "own": the firmware's) and runs."""
            (directory / "app.c").write_text(source)
            table.unlink(missing_ok=True)
            if symbols not in (None, "own"):
                table.write_text(symbols)
            built = call("build", "app.c", *(["--symbols", "idf_fast.sym", "--strict-symbols"] if symbols else []), "-o", "app.espb")
            if built.returncode != 0:
                return built
            return call("run", "app.espb")

        def refused(name, done, *patterns):
            good = done.returncode == LOAD_ERROR and all(re.search(p, done.stderr) for p in patterns) and done.stderr.count("\n") == 1
            check(name, good, (done.returncode, done.stdout, done.stderr))

        def runs(name, done):
            check(name, (done.returncode, done.stdout, done.stderr) == (0, "3\n", ""), (done.returncode, done.stdout, done.stderr))

        runs("by name", run(PROGRAM))
        runs("by the firmware's table, found without a directory", run(PROGRAM, "own"))
        dump = call("dump", "app.espb").stdout
        check("the module names the table, not the functions", "idf_fast" in dump, dump[:2000])
        shorter = real[:real.index("// Software timers")]
        runs("built with an older, shorter table", run(PROGRAM, shorter))

        longer = real + '\nESPB_SYM("brand_new", brand_new)\n'
        runs("a longer table of which only the known part is used", run(PROGRAM, longer))
        refused("a symbol that the firmware's table does not have yet", run(CALLS.format(name="brand_new"), longer),
                r"app\.espb: .*idf_fast", f"first {len(re.findall('^ESPB_SYM', longer, re.M))} entries")
        renamed = real.replace('ESPB_SYM("vTaskDelay",', 'ESPB_SYM("vTaskDelayed",')
        assert renamed != real
        refused("a renamed symbol", run(PROGRAM.replace("vTaskDelay(3)", "vTaskDelayed(3)").replace("void app", "void vTaskDelayed(TickType_t);\nvoid app"),
                                        renamed), r"app\.espb: .*idf_fast")
        lines = real.splitlines()
        first = next(i for i, line in enumerate(lines) if line.startswith("ESPB_SYM("))
        lines[first], lines[first + 1] = lines[first + 1], lines[first]
        refused("a reordered table", run(PROGRAM, "\n".join(lines) + "\n"), r"app\.espb: .*idf_fast", "(?i)order|differ|other")
        refused("a disabled symbol", run(CALLS.format(name="vTaskCoreAffinitySet"), "own"), r"app\.espb: .*vTaskCoreAffinitySet|idf_fast",
                "(?i)disabled|switched off|null")
        refused("a disabled symbol, by name", run(CALLS.format(name="esp_psram_get_size")), "esp_psram_get_size")
        refused("a symbol that is nowhere", run(CALLS.format(name="no_such_function")), "no_such_function")
        other = directory / "other_board.sym"
        other.write_text('ESPB_SYM("blink", blink)\n')
        (directory / "app.c").write_text(CALLS.format(name="blink"))
        call("build", "app.c", "--symbols", "other_board.sym", "-o", "app.espb")
        refused("a table that the firmware has not", call("run", "app.espb"), "other_board")
    print(f"{failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
