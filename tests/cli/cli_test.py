#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The espb command as a user meets it: exit codes, messages, help, JSON, files left and not left behind."""
import argparse
import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ESPB = None
BOARDS = ("host", "rv32")

SOURCES = {
    "hello.c": '#include <stdio.h>\n#include <stdlib.h>\n'
               'int main(int argc, char **argv) {\n'
               '    for (int i = 1; i < argc; i++) printf("[%s]", argv[i]);\n'
               '    printf("hello\\n");\n    return argc > 1 ? atoi(argv[1]) : 42;\n}\n',
    "divide.c": 'static volatile int zero;\n'
                '__attribute__((noinline)) int compute(int a) {\n'
                '    return a / zero;\n}\n'
                'int main(void) { return compute(5); }\n',
    "loop.c": 'static volatile int on = 1;\nint main(void) { while (on) {} return 0; }\n',
    "deep.c": '__attribute__((noinline)) int down(volatile int *p) { volatile int x = *p + 1; return down(&x) + x; }\n'
              'int main(void) { volatile int x = 0; return down(&x); }\n',
    "missing.c": 'int no_such_function(int);\nint main(void) { return no_such_function(1); }\n',
    "twice.c": '#include <espb/guest.h>\nESPB_EXPORT int twice(int x) { return 2 * x; }\n'
               'ESPB_EXPORT int add3(int a, int b, int c) { return a + b + c; }\nint main(void) { return 0; }\n'
               'ESPB_EXPORT int both(struct { int a, b; } s) { return s.a * s.b; }\n',
    "wide.c": '#include <stdio.h>\nint table[100] = {1, 2, 3};\nint buffer[50];\n'
              '__attribute__((noinline)) int extra(int x) { return x * 3 + buffer[x & 7]; }\n'
              'int main(int argc, char **argv) { printf("%d\\n", table[argc] + extra(argc)); return 0; }\n',
    "broken.c": 'int main(void) {\n    return 1 +;\n}\n',
    "asm.c": 'int main(void) {\n    __asm__ volatile("csrr t0, mcycle");\n    return 0;\n}\n',
    "app.c": '#include <stdio.h>\nvoid app_main(void) { puts("from app_main"); }\n',
    "one.c": 'int two(void);\nint main(void) { return two(); }\n',
    "two.cpp": 'extern "C" int two() { return SEVEN; }\n',
    "standard.cpp": "#include <algorithm>\n#include <functional>\n#include <map>\n#include <memory>\n#include <string>\n#include <vector>\n"
                    "int main() {\n    std::vector<int> v{3, 1, 2};\n    std::sort(v.begin(), v.end());\n"
                    "    std::map<std::string, std::unique_ptr<int>> m;\n    m[std::to_string(v[2])].reset(new int(40));\n"
                    "    std::function<int(int)> f = [&](int x) { return x + *m[\"3\"]; };\n"
                    "    return f(__cplusplus >= 202002L ? v[1] : v[0]);\n}\n",
    "owner.cpp": "#include <memory>\nstruct P {\n    int a, b;\n    P(int x, int y) : a(x), b(y) {}\n};\n"
                 "int main() {\n    auto p = std::make_unique<P>(3, 4);\n    auto q = std::make_unique<int[]>(5);\n"
                 "    q[4] += p->b;\n    return p->a + q[4] + q[0];\n}\n",
}


def run(*words, cwd=None, env=None, timeout=120, stdin=subprocess.DEVNULL):
    environment = dict(os.environ, **(env or {}))
    return subprocess.run([ESPB, *map(str, words)], cwd=cwd, env=environment, timeout=timeout, stdin=stdin,
                          capture_output=True, text=True)


class Cli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temp = tempfile.TemporaryDirectory(prefix="espb-cli-")
        cls.dir = pathlib.Path(cls.temp.name)
        for name, text in SOURCES.items():
            (cls.dir / name).write_text(text)
        cls.built = {}

    @classmethod
    def tearDownClass(cls):
        cls.temp.cleanup()

    def module(self, name, *flags):
        key = (name, flags)
        if key not in self.built:
            output = self.dir / f"{pathlib.Path(name).stem}{len(self.built)}.espb"
            done = run("build", name, *flags, "-o", output, cwd=self.dir)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.built[key] = output
        return self.built[key]

    def assert_fails(self, done, code, *patterns):
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for pattern in patterns:
            self.assertRegex(done.stderr, pattern)

    # ---- Usage

    def test_help_teaches(self):
        top = run("--help")
        self.assertEqual(top.returncode, 0)
        for word in ("build", "translate", "run", "dump", "size", "Examples:", "125"):
            self.assertIn(word, top.stdout)
        for command in ("build", "translate", "run", "dump", "size"):
            done = run(command, "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn("Examples:", done.stdout, command)

    def test_version(self):
        self.assertRegex(run("--version").stdout, r"^espb \d+\.\d+\.\d+\n$")

    def test_wrong_usage(self):
        self.assert_fails(run(), 120, "subcommand")
        self.assert_fails(run("frobnicate"), 120, "frobnicate|subcommand")
        self.assert_fails(run("run"), 120, "module")
        self.assert_fails(run("run", "a.espb", "--on", "moon"), 120, "moon")
        self.assert_fails(run("build"), 120, "no input files")
        self.assert_fails(run("dump", "a.espb", "--no-such-option"), 120, "--no-such-option", "espb dump --help")
        self.assert_fails(run("run", self.module("hello.c"), "--gpio", "5:3"), 120, "no change of a pin")

    # ---- Files

    def test_unreadable_files(self):
        for words in (("run", "nowhere.espb"), ("run", "--on", "host", "nowhere.espb"), ("dump", "nowhere.espb"),
                      ("size", "nowhere.espb"), ("translate", "nowhere.bc"), ("build", "nowhere.c")):
            self.assert_fails(run(*words), 121, r'cannot read "nowhere\.\w+": No such file')
        self.assert_fails(run("build", "hello.c", "-o", "no/such/dir/x.espb", cwd=self.dir), 121, "cannot write")
        self.assert_fails(run("build", "hello.c", "--symbols", "no.sym", "-o", "x.espb", cwd=self.dir), 121, 'cannot read "no.sym"')

    def test_not_a_module(self):
        garbage = self.dir / "garbage.espb"
        garbage.write_bytes(b"this is no module at all, by any measure")
        self.assert_fails(run("dump", garbage), 123, "garbage.espb")
        self.assert_fails(run("size", garbage), 123, "garbage.espb")
        for board in BOARDS:
            self.assert_fails(run("run", garbage, "--on", board), 123, "garbage.espb")
        damaged = self.dir / "damaged.espb"
        whole = self.module("hello.c").read_bytes()
        damaged.write_bytes(whole[: len(whole) // 2])
        for board in BOARDS:
            self.assert_fails(run("run", damaged, "--on", board), 123, "damaged.espb")

    # ---- build, translate

    def test_build_passes_flags_and_mixes_languages(self):
        output = self.dir / "mixed.espb"
        done = run("build", "one.c", "two.cpp", "-D", "SEVEN=3+4", "-Os", "-Wall", "-o", output, cwd=self.dir)
        self.assertEqual(done.returncode, 0, done.stderr)
        for board in BOARDS:
            self.assertEqual(run("run", output, "--on", board).returncode, 7)

    def test_headers_of_cxx17(self):
        output = self.dir / "owner.espb"
        done = run("build", "owner.cpp", "-std=c++17", "-o", output, cwd=self.dir)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(run("run", output, "--on", "host").returncode, 7)

    def test_cxx_library_missing(self):
        env = {"ESPB_LIBCXX_INCLUDE": "/nowhere"}
        (self.dir / "vector.cpp").write_text("#include <vector>\nint main() { return 0; }\n")
        self.assert_fails(run("build", "vector.cpp", "-o", "v.espb", cwd=self.dir, env=env), 122, "'vector' file not found",
                          "C\\+\\+ library's headers are not in /nowhere", "install libc\\+\\+-22-dev", "ESPB_LIBCXX_INCLUDE")
        (self.dir / "plain.cpp").write_text("#include <stdio.h>\nclass A { public: int f() { return 4; } };\nint main() { return A().f(); }\n")
        done = run("build", "plain.cpp", "-o", "plain.espb", cwd=self.dir, env=env)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_cxx_standards(self):
        for standard, status in (("11", 201), ("14", 201), ("17", 201), ("20", 202), ("23", 202)):
            output = self.dir / "standard.espb"
            done = run("build", "standard.cpp", "-std=c++" + standard, "-o", output, cwd=self.dir)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(run("run", output, "--on", "host").returncode, status - 200 + 40)

    def test_level_above_three(self):
        done = run("build", "hello.c", "-O9", "-o", self.dir / "nine.espb", cwd=self.dir)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, "warning: optimization level '-O9' is not supported; using '-O3' instead")

    def test_build_default_output_and_debug_file(self):
        with tempfile.TemporaryDirectory() as place:
            done = run("build", self.dir / "hello.c", cwd=place)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(sorted(os.listdir(place)), ["hello.espb", "hello.espbdbg"])
            done = run("build", self.dir / "hello.c", "--no-debug", cwd=place)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(os.listdir(place), ["hello.espb"])

    def test_build_errors(self):
        with tempfile.TemporaryDirectory() as place:
            env = {"TMPDIR": place}
            self.assert_fails(run("build", "broken.c", "-o", "broken.espb", cwd=self.dir, env=env), 122, r"broken\.c:2")
            self.assert_fails(run("build", "asm.c", "-o", "asm.espb", cwd=self.dir, env=env), 122, r"asm\.c:2", "main", "(?i)asm")
            self.assertFalse((self.dir / "broken.espb").exists())
            self.assertFalse((self.dir / "asm.espb").exists())
            self.assertEqual(os.listdir(place), [], "temporary files are left behind")

    def test_build_json(self):
        output = self.dir / "json.espb"
        done = run("build", "hello.c", "--json", "--timing", "-o", output, cwd=self.dir)
        data = json.loads(done.stdout)
        self.assertTrue(data["ok"])
        self.assertEqual(data["module_bytes"], output.stat().st_size)
        self.assertGreater(len(data["milliseconds"]), 3)
        data = json.loads(run("build", "asm.c", "--json", "-o", output, cwd=self.dir).stdout)
        self.assertFalse(data["ok"])
        self.assertTrue(any(d["severity"] == "error" and d.get("line") == 2 for d in data["diagnostics"]), data)

    def test_clang_missing(self):
        self.assert_fails(run("build", "hello.c", "--clang", "/no/such/clang", cwd=self.dir), 126, "clang")

    def test_translate(self):
        bitcode = self.dir / "hello.bc"
        # The commands that build shows are the ones that make bitcode.
        shown = run("build", "hello.c", "--verbose", "-o", "shown.espb", cwd=self.dir).stderr.splitlines()[0].split()
        subprocess.run([*shown[:-1], "-c", self.dir / "hello.c", "-o", bitcode], check=True)
        output = self.dir / "translated.espb"
        done = run("translate", bitcode, "-O2", "-o", output)
        self.assertEqual(done.returncode, 0, done.stderr)
        for board in BOARDS:
            done = run("run", output, "--on", board)
            self.assertEqual((done.stdout, done.returncode), ("hello\n", 42))
        self.assert_fails(run("translate", self.dir / "hello.c", "-o", output), 122, r"hello\.c")

    # ---- run

    def test_run_passes_status_arguments_and_console(self):
        module = self.module("hello.c")
        self.assertEqual(run("run", module).stdout, "hello\n")  # the RV32 board
        for board in BOARDS:
            done = run("run", module, "--on", board)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (42, "hello\n", ""))
            done = run("run", module, "--on", board, "--", "17", "two words", "-x", "--on")
            self.assertEqual((done.returncode, done.stdout), (17, "[17][two words][-x][--on]hello\n"))

    def test_app_main(self):
        for board in BOARDS:
            done = run("run", self.module("app.c"), "--on", board)
            self.assertEqual((done.returncode, done.stdout), (0, "from app_main\n"))

    def test_entry(self):
        module = self.module("twice.c")
        for board in BOARDS:
            self.assertEqual(run("run", module, "--on", board, "--entry", "twice", "--", "21").returncode, 42)
            self.assertEqual(run("run", module, "--on", board, "--entry", "add3", "--", "1", "-2", "30").returncode, 29)
            self.assertEqual(run("run", module, "--on", board, "--entry", "both", "--", "6", "7").returncode, 42)
            self.assert_fails(run("run", module, "--on", board, "--entry", "nothing"), 123, "nothing", "espb dump")

    def test_trap_names_function_line_and_offset(self):
        module = self.module("divide.c")
        pattern = r"^trap: division by zero in compute\(\) at \S*divide\.c:3 \(function \d+, offset 0x[0-9a-f]+\)$"
        for board in BOARDS:
            done = run("run", module, "--on", board)
            self.assertEqual(done.returncode, 125, done.stderr)
            self.assertRegex(done.stderr.splitlines()[0], pattern)
        bare = self.module("divide.c", "--no-debug")
        for board in BOARDS:
            self.assert_fails(run("run", bare, "--on", board), 125, r"trap: division by zero", "no debug file")

    def test_fuel_stack_and_missing_symbol(self):
        for board in BOARDS:
            self.assert_fails(run("run", self.module("loop.c"), "--on", board, "--fuel", "20000"), 125, "(?i)fuel", "loop.c:2", "--fuel 20000")
            self.assert_fails(run("run", self.module("deep.c"), "--on", board), 125, r"stack overflow in down\(\) at \S*deep\.c:\d+ ")
            self.assert_fails(run("run", self.module("missing.c"), "--on", board), 123, "no_such_function")

    def test_timeout_and_interrupt(self):
        module = self.module("loop.c")
        with tempfile.TemporaryDirectory() as place:
            env = dict(os.environ, TMPDIR=place)
            for board in BOARDS:
                self.assert_fails(run("run", module, "--on", board, "--timeout", "0.5", env={"TMPDIR": place}), 124, "0.5 seconds")
                running = subprocess.Popen([ESPB, "run", str(module), "--on", board], env=env, stderr=subprocess.PIPE, text=True)
                time.sleep(1)
                running.send_signal(signal.SIGINT)
                _, err = running.communicate(timeout=30)
                self.assertEqual(running.returncode, 130, err)
                self.assertIn("interrupted", err)
            self.assertEqual(os.listdir(place), [], "temporary files are left behind")

    def test_console_is_live(self):
        source = self.dir / "ask.c"
        source.write_text('#include <stdio.h>\n#include <stdlib.h>\nstatic volatile int on = 1;\n'
                          'int main(void) { puts("ready"); fflush(stdout); while (on) {} return 0; }\n')
        module = self.module("ask.c")
        for board in BOARDS:
            running = subprocess.Popen([ESPB, "run", str(module), "--on", board], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                self.assertEqual(running.stdout.readline(), "ready\n")  # while the guest still runs
            finally:
                running.send_signal(signal.SIGINT)
                running.communicate(timeout=30)

    def test_stats(self):
        module = self.module("wide.c")
        seen = {}
        for board in BOARDS:
            done = run("run", module, "--on", board, "--stats")
            self.assertEqual(done.returncode, 0, done.stderr)
            lines = done.stderr.splitlines()
            self.assertEqual(len(lines), 1, done.stderr)
            stats = json.loads(lines[0])
            for key in ("guest_instructions", "dispatches", "peak_ram_bytes", "module_bytes", "load_instructions", "engine", "board"):
                self.assertIn(key, stats)
            self.assertEqual(stats["module_bytes"], module.stat().st_size)
            self.assertEqual((stats["engine"], stats["board"]), ("interp", board))
            self.assertGreater(stats["dispatches"], 5)
            self.assertGreater(stats["peak_ram_bytes"], 600)  # its own data alone
            seen[board] = stats
        self.assertGreater(seen["rv32"]["guest_instructions"], seen["rv32"]["dispatches"])
        self.assertGreater(seen["rv32"]["load_instructions"], 0)
        again = json.loads(run("run", module, "--stats").stderr)
        self.assertEqual(again, seen["rv32"], "the emulated board is deterministic")

    def test_firmware_or_qemu_missing(self):
        module = self.module("hello.c")
        self.assert_fails(run("run", module, env={"PATH": "/nowhere"}), 126, "qemu-system-riscv32", "--on host")

    # ---- dump, size

    def test_dump(self):
        module = self.module("divide.c")
        done = run("dump", module)
        self.assertEqual(done.returncode, 0, done.stderr)
        for pattern in (r"(?m)^Sections$", r"(?m)^Imports$", r"(?m)^Exports$", r"(?m)^  main ", r"function \d+  compute",
                        r"divide\.c:3 +return a / zero;", r"\bdiv\b"):
            self.assertRegex(done.stdout, pattern)
        only = run("dump", module, "--function", "compute").stdout
        self.assertIn("compute", only)
        self.assertNotIn("Sections", only)
        self.assertNotRegex(only, r"(?m)^function \d+  main")
        self.assert_fails(run("dump", module, "--function", "nothing"), 120, "nothing")
        self.assertRegex(run("dump", self.module("hello.c"), "--imports").stdout, r"printf +i\(p\.p\)")

    def test_dump_json(self):
        module = self.module("hello.c")
        data = json.loads(run("dump", module, "--json").stdout)
        self.assertEqual(data["bytes"], module.stat().st_size)
        self.assertIn("main", [e["name"] for e in data["exports"]])
        self.assertTrue(any(i.get("name") == "printf" for i in data["imports"]), data["imports"])
        main = next(f for f in data["functions"] if f["name"] == "main")
        self.assertEqual(sum(i["bytes"] for i in main["code"]), main["bytes"])
        self.assertTrue(any(i.get("line") for i in main["code"]))

    def test_size(self):
        module, bigger = self.module("hello.c"), self.module("wide.c")
        data = json.loads(run("size", module, "--json").stdout)
        self.assertEqual(sum(s["bytes"] for s in data["sections"]), module.stat().st_size)
        code = next(s["bytes"] for s in data["sections"] if s["name"] == "code")
        self.assertEqual(sum(f["bytes"] for f in data["functions"]), code)
        both = json.loads(run("size", bigger, module, "--json").stdout)
        self.assertEqual(both["difference"], bigger.stat().st_size - module.stat().st_size)
        extra = next(f for f in both["functions"] if f["name"] == "extra")
        self.assertEqual((extra["other_bytes"], extra["difference"]), (0, extra["bytes"]))
        text = run("size", bigger, module).stdout
        self.assertRegex(text, r"(?m)^  extra +\d+ +0 +\+\d+$")
        self.assertRegex(text, r"(?m)^  total +\d+ +\d+ +[+-]\d+$")

    # ---- Terminal

    def test_colours_on_terminals_only(self):
        module = self.module("divide.c")
        self.assertNotIn("\033", run("run", module, "--on", "host").stderr)

        def on_terminal(env):
            master, slave = pty.openpty()
            subprocess.run([ESPB, "run", str(module), "--on", "host"], stdin=slave, stdout=slave, stderr=slave, timeout=60,
                           env=dict(os.environ, TERM="xterm", **env))
            os.close(slave)
            text = b""
            try:
                while chunk := os.read(master, 4096):
                    text += chunk
            except OSError:  # the other side is closed
                pass
            os.close(master)
            return text
        environment = os.environ.pop("NO_COLOR", None)
        try:
            self.assertIn(b"\033[", on_terminal({}))
            self.assertNotIn(b"\033[", on_terminal({"NO_COLOR": "1"}))
        finally:
            if environment is not None:
                os.environ["NO_COLOR"] = environment


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--espb", default=str(pathlib.Path(__file__).resolve().parents[2] / "build/bin/espb"))
    options, rest = parser.parse_known_args()
    ESPB = options.espb
    unittest.main(argv=[sys.argv[0], *rest])
