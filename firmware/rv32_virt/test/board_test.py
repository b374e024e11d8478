#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs hand-assembled modules on the emulated board through the protocol of protocol.h and checks console, exit status and record.

board_test.py FIRMWARE.elf MAKE_MODULES
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

NONE = 0xffffffff
RUN = pathlib.Path(__file__).resolve().parent.parent / "board/qemu.sh"
failures = []


def request(module, record, arguments=(), entry=None, fuel=(1 << 64) - 1, magic=0x52505345):
    strings = b""
    offsets = []
    for text in [record, entry or "", module.name, *arguments]:
        offsets.append(len(strings))
        strings += str(text).encode() + b"\0"
    offsets.append(len(strings))
    return struct.pack("<49I", magic, 2, 1, 0, fuel & NONE, fuel >> 32, 0, 0, offsets[1] if entry else NONE, offsets[0],
                       len(arguments), offsets[3], len(strings), NONE, NONE, 0, 0,
                       0x84010000, module.stat().st_size, offsets[2], 0, *[0] * 28) + strings


def run(directory, firmware, module, **options):
    path = directory / f"{module}.espb"
    record, block = directory / "record.json", directory / "request.bin"
    record.unlink(missing_ok=True)
    block.write_bytes(request(path, record, **options))
    done = subprocess.run([RUN, firmware, "-device", f"loader,file={block},addr=0x84000000,force-raw=on",
                           "-device", f"loader,file={path},addr=0x84010000,force-raw=on"], capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr, json.loads(record.read_text()) if record.exists() else None


def check(name, good, shown):
    print(("ok      " if good else "FAILED  ") + name)
    if not good:
        failures.append(name)
        print(f"        got {shown}")


def main():
    firmware, make_modules = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    with tempfile.TemporaryDirectory(prefix="espb-board-") as temporary:
        directory = pathlib.Path(temporary)
        subprocess.run([make_modules, directory], check=True)

        got = run(directory, firmware, "hello")
        status, out, _, record = got
        check("console, exit status", (status, out) == (7, "hello 42\n"), got)
        check("record of a good run", record and record["ok"] and record["stage"] == "done" and record["exit"] == 7
              and record["result"] == "7" and record["result_type"] == "i" and record["protocol"] == 2, got)
        check("counts", record and record["guest_instructions"] > 100 and record["load_instructions"] > record["open_instructions"] > 0
              and record["module_bytes"] == (directory / "hello.espb").stat().st_size, got)
        again = run(directory, firmware, "hello")
        check("the same count every time", got == again, (got, again))
        got = run(directory, firmware, "callback")
        check("native code calls the guest back", got[:2] == (0, "-5 7 12 30 100\n"), got)
        got = run(directory, firmware, "arguments", arguments=["one two", "3"])
        check("arguments of main", got[:2] == (3, "one two\n"), got)
        got = run(directory, firmware, "exit")
        check("exit() ends the run", got[0] == 33 and got[3]["ok"] and got[3]["exit"] == 33, got)
        got = run(directory, firmware, "loop", fuel=10000)
        check("fuel", got[0] == 125 and got[3]["trap_name"] == "out of fuel" and got[3]["fuel_left"] == 0, got)

        # Only the assembly keeps its place where a machine trap can find it.
        place = {} if "count" in firmware.name else {"code_offset": 3}
        for module, expected in (("divide", {"stage": "call", "trap": 3, "function": 0, "code_offset": 6}),
                                 ("recursion", {"stage": "call", "trap": 4, "function": 0}),
                                 ("abort", {"stage": "call", "trap": 2, "function": 0}),
                                 ("missing", {"stage": "instantiate", "status": 4}),
                                 ("thunks", {"stage": "instantiate", "status": 3}),
                                 ("fault", {"stage": "call", "trap": 6, "function": 0, **place})):
            got = run(directory, firmware, module)
            record = got[3] or {}
            check(f"failing run: {module}", got[0] == 125 and record.get("ok") is False and record.get("message")
                  and all(record.get(k) == v for k, v in expected.items()), got)
            print("        " + record.get("message", ""))

        got = run(directory, firmware, "hello", entry="nothing")
        check("an entry that is not there", got[0] == 125 and got[3]["stage"] == "find" and "nothing" in got[3]["message"], got)
        got = run(directory, firmware, "hello", magic=1)
        check("no request", got[0] == 125 and "no run request" in got[2], got)
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
