#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the translator from outside, through the espb command.

A file in cases/ says in its comments what must happen:
    FLAGS: ...     options of espb build
    EXPECT: regex  translation fails and the message matches (may be repeated; every one must)
    EXIT: n        it translates, runs on the host and exits with n, at -O0, -O2 and -Oz
    OUT: text      ... and prints this
    EXPORTS: a b   the module's exports are exactly these
The rest - damaged files, foreign files, symbol tables, random modules - is written below.
"""
import argparse
import concurrent.futures
import os
import re
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TRIPLE = 'target triple = "riscv32-unknown-none-elf"\ntarget datalayout = "e-m:e-p:32:32-i64:64-n32-S128"\n'


class Failure(Exception):
    pass


def need(condition, text):
    if not condition:
        raise Failure(text)


class Module:
    """What the tests want to know of a module (docs/format.md)."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.bytes = data = f.read()
        need(data[:4] == b"\xe5PB\n", "no module magic")
        count, at = data[6], 12 + 4 * data[6]
        self.sections = {}
        for i in range(count):
            word, = struct.unpack_from("<I", data, 12 + 4 * i)
            size = word & 0xFFFFFF
            at = (at + 3) & ~3
            self.sections[word >> 24] = data[at:at + size]
            at += size

    def string(self, offset):
        s = self.sections[15]
        return s[offset:s.index(b"\0", offset)].decode()

    def signature(self, index):
        return self.string(struct.unpack_from("<H", self.sections[9], 2 * index)[0])

    def signatures(self):
        """Of imports and exported functions by name: what they are called with or take."""
        out = {}
        for i in range(0, len(self.sections.get(8, b"")), 8):
            name, _table, flags, signature, _ = struct.unpack_from("<HBBHH", self.sections[8], i)
            if not flags & 2:
                out.setdefault(self.string(name), set()).add(self.signature(signature))
        for i in range(0, len(self.sections.get(11, b"")), 8):
            name, kind, _, _function, signature = struct.unpack_from("<HBBHH", self.sections[11], i)
            if kind == 0:
                out.setdefault(self.string(name), set()).add(self.signature(signature))
        return out

    def exports(self):
        return [self.string(struct.unpack_from("<H", self.sections[11], i)[0]) for i in range(0, len(self.sections.get(11, b"")), 8)]

    def imports(self):
        out = []
        data = self.sections.get(8, b"")
        for i in range(0, len(data), 8):
            name, table, flags, _signature, _ = struct.unpack_from("<HBBHH", data, i)
            out.append((self.string(name) if table == 0xFF else name, table, flags))
        return out

    def tables(self):
        data = self.sections.get(7, b"")
        return [(self.string(name), length, mark) for mark, length, name in
                (struct.unpack_from("<IHH", data, i) for i in range(0, len(data), 8))]


class Suite:
    def __init__(self, args, directory):
        self.args = args
        self.dir = directory
        self.tests = []

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text):
        mode = "wb" if isinstance(text, bytes) else "w"
        with open(self.path(name), mode) as f:
            f.write(text)
        return self.path(name)

    def run(self, command, timeout=120):
        try:
            return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, errors="replace")
        except subprocess.TimeoutExpired:
            raise Failure("no end after %d s: %s" % (timeout, " ".join(command)))

    def espb(self, *words, timeout=120):
        r = self.run([self.args.espb, *words], timeout)
        need(r.returncode >= 0, "espb died by signal %d: %s" % (-r.returncode, " ".join(words)))
        return r

    def translates(self, *words, timeout=120):
        r = self.espb(*words, timeout=timeout)
        need(r.returncode == 0, "espb %s failed:\n%s" % (" ".join(words), r.stderr))
        return r

    def refuses(self, *words, expect=(), timeout=120):
        r = self.espb(*words, timeout=timeout)
        need(r.returncode != 0, "espb %s was expected to fail" % " ".join(words))
        need("error:" in r.stderr, "no error message:\n" + r.stderr)
        for pattern in expect:
            need(re.search(pattern, r.stderr), "message does not match %r:\n%s" % (pattern, r.stderr))
        return r

    def bitcode(self, name, source, *flags):
        self.write(name + ".c", source)
        out = self.path(name + ".bc")
        r = self.run([self.args.clang, "--target=riscv32-unknown-none-elf", "-march=rv32im", "-mabi=ilp32", "-O1", "-g", "-emit-llvm", "-c",
                      self.path(name + ".c"), "-o", out, *flags])
        need(r.returncode == 0, r.stderr)
        return out

    def add(self, name, function):
        self.tests.append((name, function))

    # ---- the files in cases/ ----------------------------------------------------------------------------------------

    def add_case(self, file):
        path = os.path.join(HERE, "cases", file)
        words = {"FLAGS": [], "EXPECT": [], "EXIT": [], "OUT": [], "EXPORTS": []}
        with open(path) as f:
            for line in f:
                m = re.match(r"(?://|;) (FLAGS|EXPECT|EXIT|OUT|EXPORTS): (.*)", line)
                if m:
                    words[m.group(1)].append(m.group(2).strip())
        flags = " ".join(words["FLAGS"]).split()

        def test():
            need(words["EXPECT"] or words["EXIT"] or words["OUT"] or words["EXPORTS"], "the case says nothing")
            stem = self.path(file.replace(".", "_"))
            if words["EXPECT"]:
                r = self.refuses("build", path, *flags, "-o", stem + ".espb", expect=words["EXPECT"])
                need("internal error" not in r.stderr and "translator failed" not in r.stderr, r.stderr)
                need(not os.path.exists(stem + ".espb"), "a module was written all the same")
                return
            for level in ("-O0", "-O2", "-Oz"):
                out = stem + level + ".espb"
                self.translates("build", path, level, *flags, "-o", out)
                if words["EXPORTS"]:
                    need(sorted(Module(out).exports()) == sorted(words["EXPORTS"][0].split()), "exports are %s" % Module(out).exports())
                if words["EXIT"] or words["OUT"]:
                    r = self.espb("run", out, "--on", "host")
                    want = int(words["EXIT"][0]) if words["EXIT"] else 0
                    need(r.returncode == want, "%s: exit status %d, not %d\n%s%s" % (level, r.returncode, want, r.stdout, r.stderr))
                    if words["OUT"]:
                        need(r.stdout.strip() == words["OUT"][0], "%s: printed %r" % (level, r.stdout))

        self.add("case " + file, test)

    # ---- bitcode of older clangs ---------------------------------------------------------------------------------------

    def add_bitcode(self):
        programs = os.path.join(os.path.dirname(HERE), "programs")

        def test_of(file):
            def test():
                out = self.path(file + ".espb")
                self.translates("translate", os.path.join(HERE, "bitcode", file), "-o", out)
                r = self.espb("run", out, "--on", "host")
                with open(os.path.join(programs, file.split(".")[0] + ".out")) as f:
                    need(r.returncode == 0 and r.stdout == f.read(), "exit status %d, printed\n%s%s" % (r.returncode, r.stdout, r.stderr))
            return test

        files = [f for f in sorted(os.listdir(os.path.join(HERE, "bitcode"))) if f.endswith(".bc")]
        need(len(files) >= 6, "the bitcode files are missing")
        for file in files:
            self.add("bitcode " + file, test_of(file))

    # ---- inputs ---------------------------------------------------------------------------------------------------

    def add_inputs(self):
        out = lambda: self.path("input.espb")

        def foreign():
            for triple, layout in (("x86_64-unknown-linux-gnu", "e-m:e-p270:32:32-i64:64-n8:16:32:64-S128"), ("armv7-none-eabi", "e-m:e-p:32:32-Fi8-i64:64-n32-S64"),
                                   ("wasm32-unknown-unknown", "e-m:e-p:32:32-i64:64-n32:64-S128"), ("riscv64-unknown-elf", "e-m:e-p:64:64-i64:64-n32:64-S128"),
                                   ("i686-pc-linux-gnu", "e-m:e-p:32:32-n8:16:32-S128")):
                f = self.write(triple + ".ll", 'target triple = "%s"\ntarget datalayout = "%s"\ndefine i32 @main() {\n  ret i32 0\n}\n' % (triple, layout))
                self.refuses("translate", f, "-o", out(), expect=[re.escape(triple), "hint: .*riscv32"])
            f = self.write("be.ll", 'target triple = "riscv32-unknown-none-elf"\ntarget datalayout = "E-p:32:32"\ndefine i32 @main() {\n  ret i32 0\n}\n')
            self.refuses("translate", f, "-o", out(), expect=["data layout"])

        def no_bitcode():
            self.refuses("translate", self.write("empty.bc", b""), "-o", out(), expect=["empty.bc: error: the file is empty"])
            self.refuses("translate", self.write("noise.bc", b"\x01\x02\x00\x03" * 50), "-o", out(), expect=["noise.bc: error: "])
            self.refuses("translate", self.write("elf.bc", b"\x7fELF\x01\x01\x01" + bytes(60)), "-o", out(), expect=["elf.bc: error: this is an ELF file"])
            self.refuses("translate", self.write("text.ll", "hello\n"), "-o", out(), expect=[r"text.ll:1: error: not readable as LLVM IR"])
            self.refuses("translate", self.write("bad.ll", TRIPLE + "define i32 @main() {\n  %x = add i32 1, %y\n  ret i32 %x\n}\n"), "-o", out(),
                         expect=[r"bad.ll:4: error: .*undefined value"])
            self.refuses("translate", self.write("dom.ll", TRIPLE + "define i32 @main() {\n  %x = add i32 1, %x\n  ret i32 %x\n}\n"), "-o", out(),
                         expect=[r"dom.ll: error: not valid LLVM IR|dom.ll:\d+: error"])
            self.refuses("translate", self.path("absent.bc"), "-o", out(), expect=["absent.bc"])

        def duplicates():
            a = self.bitcode("dup_a", "int shared(void) { return 1; }\nint main(void) { return shared(); }\n")
            b = self.bitcode("dup_b", "\nint shared(void) { return 2; }\n")
            self.refuses("translate", a, b, "-o", out(), expect=["'shared' is defined twice", "dup_a", "dup_b.c:2"])

        def damaged():
            bc = self.bitcode("damage", "#include <stdarg.h>\nstatic int t[4] = {1, 2, 3, 4};\nint (*fp)(int);\nint sum(int n, ...) { va_list a; va_start(a, n); int s = 0;"
                              " while (n--) s += va_arg(a, int); va_end(a); return s; }\nint main(int c, char **v) { switch (c) { case 1: return t[c];"
                              " case 2: return fp(c); case 9: return sum(2, c, 3); } double d = c; return (int)(d * 1.5); }\n")
            with open(bc, "rb") as f:
                good = f.read()
            self.translates("translate", bc, "-o", out())
            seed = 12345
            for i in range(self.args.damage):
                seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
                if i % 4 == 0:
                    data = good[:seed % len(good)]
                else:
                    at = seed // 7 % len(good)
                    data = good[:at] + bytes([good[at] ^ (1 << seed // 3 % 8)]) + good[at + 1:]
                r = self.espb("translate", self.write("damaged.bc", data), "--timeout", "20", "-o", self.path("damaged.espb"), timeout=60)
                need(r.returncode == 0 or "error:" in r.stderr, "variant %d: exit status %d without a message" % (i, r.returncode))

        self.add("foreign machines", foreign)
        self.add("files that are no bitcode", no_bitcode)
        self.add("duplicate definitions", duplicates)
        self.add("damaged bitcode", damaged)

    # ---- symbols ---------------------------------------------------------------------------------------------------

    def add_symbols(self):
        table = self.write("board_fast.sym", '// comment\n#include "board.h"\nESPB_SYM("malloc", &malloc)\n/* more\n   comment */ ESPB_SYM_OPT(CONFIG_X, "optional_thing", (cast(1, 2))optional)\n'
                           'ESPB_SYM("xTimerCreate", (const void *)&xTimerCreate),\nESPB_SYM("odd", f(")", 1))\nESPB_SYM("cycles", &cycles)\nESPB_SYM("never_used", 0 + 0)\n')
        source = "void *xTimerCreate(int);\nint optional_thing(void);\nint cycles(void);\nint main(void) {\n  return xTimerCreate(3) != 0 && optional_thing();\n}\n"

        def fast():
            bc = self.bitcode("fast", source)
            out = self.path("fast.espb")
            self.translates("translate", bc, "--symbols", table, "--strict-symbols", "-o", out)
            m = Module(out)
            need(sorted(m.imports()) == [(1, 0, 0), (2, 0, 0)], "imports are %s" % m.imports())
            mark = 2166136261
            for byte in b"malloc\0optional_thing\0xTimerCreate\0":
                mark = ((mark ^ byte) * 16777619) & 0xFFFFFFFF
            need(m.tables() == [("board_fast", 3, mark)], "tables are %s" % m.tables())

        def named():
            bc = self.bitcode("named", source)
            out = self.path("named.espb")
            self.translates("translate", bc, "-o", out)
            need(sorted(Module(out).imports()) == [("optional_thing", 0xFF, 0), ("xTimerCreate", 0xFF, 0)], "imports are %s" % Module(out).imports())

        def strict():
            bc = self.bitcode("strict", "int xTimerCreat(int);\nint quite_another(void);\nint main(void) {\n  return xTimerCreat(3) +\n    quite_another();\n}\n")
            self.refuses("translate", bc, "--symbols", table, "--strict-symbols", "-o", self.path("s.espb"),
                         expect=[r"strict.c:4: error: in function main: 'xTimerCreat' is in none of the symbol files\n *hint: did you mean xTimerCreate\?",
                                 r"strict.c:5: error: in function main: 'quite_another'"])
            self.translates("translate", bc, "--symbols", table, "-o", self.path("s.espb"))

        def weak():
            bc = self.bitcode("weak", "__attribute__((weak)) int perhaps(void);\nint main(void) { return perhaps ? perhaps() : 0; }\n")
            self.translates("translate", bc, "--symbols", table, "--strict-symbols", "-o", self.path("w.espb"))
            need(all(name == "perhaps" and flags & 1 for name, _, flags in Module(self.path("w.espb")).imports()), "not weak: %s" % Module(self.path("w.espb")).imports())

        def asm_import():
            bc = self.bitcode("asmimport", "static inline int cycles(void) { int v; __asm__ volatile(\"rdcycle %0\" : \"=r\"(v)); return v; }\n"
                              "int main(void) { return cycles(); }\n", "-O0")
            self.translates("translate", bc, "-O2", "--symbols", table, "-o", self.path("asm.espb"))
            need(Module(self.path("asm.espb")).imports() == [(4, 0, 0)], "imports are %s" % Module(self.path("asm.espb")).imports())
            self.refuses("translate", bc, "-O2", "-o", self.path("asm2.espb"), expect=["inline assembly"])

        def optimiser_stays_in_the_table():
            bc = self.bitcode("printf", "int printf(const char *, ...);\nint main(void) { printf(\"line\\n\"); return 0; }\n", "-O0", "-Xclang", "-disable-O0-optnone")
            only = self.write("only.sym", 'ESPB_SYM("printf", &printf)\n')
            self.translates("translate", bc, "-O2", "--symbols", only, "--strict-symbols", "-o", self.path("p.espb"))

        def errors():
            bc = self.bitcode("symerr", "int main(void) { return 0; }\n")
            for text, line, expect in (('ESPB_SYM("a", 1)\nESPB_SYM("b", 2)\nESPB_SYM("a", 3)\n', 3, '"a" is listed twice .first in line 1'),
                                       ('\nESPB_SYM(a, 1)\n', 2, "double quotes"), ('ESPB_SYM("a", (1)\n', 1, "no closing parenthesis"), ('ESPB_SYM("a")\n', 1, "expected ','"),
                                       ('ESPB_SYMBOL("a", 1)\n', 1, "unknown entry 'ESPB_SYMBOL'"), ('#if X\nESPB_SYM("a", 1)\n#endif\n', 2, "ESPB_SYM_OPT"),
                                       ('/* no end\n', 2, "comment has no end"), ('ESPB_SYM("a", )\n', 1, "no address"), ("@\n", 1, "unexpected '@'"),
                                       ('ESPB_SYM("a\n', 1, "no closing quote")):
                f = self.write("bad.sym", text)
                self.refuses("translate", bc, "--symbols", f, "-o", self.path("e.espb"), expect=[r"bad\.sym:%d: error: " % line, expect])
            self.refuses("translate", bc, "--symbols", self.path("absent.sym"), "-o", self.path("e.espb"), expect=["absent.sym"])

        for f in (fast, named, strict, weak, asm_import, optimiser_stays_in_the_table, errors):
            self.add("symbols: " + f.__name__, f)

    # ---- the rest ----------------------------------------------------------------------------------------------------

    def add_options(self):
        def export_option():
            bc = self.bitcode("exp", "int hidden_one(void) { return 1; }\nint main(void) { return 0; }\n")
            out = self.path("exp.espb")
            self.translates("translate", bc, "--export", "hidden_one", "-o", out)
            need(sorted(Module(out).exports()) == ["hidden_one", "main"], "exports are %s" % Module(out).exports())
            self.refuses("translate", bc, "--export", "absent", "-o", out, expect=["cannot export 'absent'"])

        def timeout():
            # Millions of bits: type legalisation does not come to an end.
            f = self.write("huge.ll", TRIPLE + "define void @main(ptr %p) {\n  %v = load i2000000, ptr %p\n  %w = mul i2000000 %v, %v\n  store i2000000 %w, ptr %p\n  ret void\n}\n")
            self.refuses("translate", f, "--timeout", "3", "-o", self.path("huge.espb"), expect=["translator failed|error:"], timeout=60)

        def sharing():
            bc = self.bitcode("share", 'const char *const names[] = {"timer", "xtimer", "timer", "r"};\nint main(int c, char **v) { return names[c & 3][0]; }\n')
            self.translates("translate", bc, "-o", self.path("share.espb"))
            need(Module(self.path("share.espb")).bytes.count(b"timer\0") == 1, "strings are not shared")

        # Structures by value: size and alignment are told whatever the level, for calls, parameters and results.
        source = """
struct b9 { char b[9]; }; struct b12 { int b[3]; }; struct b8 { int a, b; }; struct d16 { long long a; int b; }; struct q32 { _Alignas(16) char b[32]; };
struct __attribute__((packed)) p11 { char a; long long b; short c; }; typedef const struct d16 d; union u { struct b12 a; double d; }; struct e {};
struct b12 plain(struct b8, struct b9, int); struct q32 large(struct q32, d, union u); int vary(int, ...);
_Complex double complex(_Complex double, _Complex float); long long eight(struct { long long a; }), pointer(const struct b12 *);
EXPORT struct b9 mine(struct b12 a, struct b8 b, struct p11 c, d e, union u f, struct q32 g) {
  struct b12 r = plain(b, (struct b9){"x"}, 1); struct q32 q = large(g, e, f); _Complex double z = complex(2, 3);
  return (struct b9){{r.b[0], q.b[0], vary(1, a, c, e), (char)__real__ z, pointer(&a)}};
}
EXPORT int unnamed(struct b12, struct e, struct d16 *p) { return p->b; }
int main(void) { return 0; }
"""
        source = source.replace("EXPORT", '__attribute__((used, annotate("espb_export")))')
        wanted = {"plain": "v(piipi)r0:12w1:8w3:9", "large": "v(pppp)q1:32d2:16d3:16", "vary": "i(i.ppp)w1:12w2:11d3:16", "complex": "v(ppii)r0:16c1:16",
                  "pointer": "l(p)", "mine": "v(ppiipppp)r0:9w1:12w2:8w4:11d5:16d6:16q7:32", "unnamed": "i(pp)w0:12"}

        def has_signatures(module, wanted):
            signatures = Module(module).signatures()
            for name, signature in wanted.items():
                need(signatures.get(name) == {signature}, "%s is %s, not %s" % (name, signatures.get(name), signature))

        def structures():
            for level in ("-O0", "-O1", "-O2", "-Os"):
                out = self.path("structures%s.espb" % level)
                self.translates("build", self.write("structures.c", source), level, "-Wno-everything", "-o", out)
                has_signatures(out, wanted)
            # As an older clang writes it, pointers to copies are not marked: what the declarations say stays. The code was optimised
            # already.
            bc = self.bitcode("marked", source, "-Wno-everything")
            r = self.run([self.args.clang, "--target=riscv32-unknown-none-elf", "-x", "ir", bc, "-S", "-emit-llvm", "-Xclang", "-disable-llvm-passes", "-o", "-"])
            need(r.returncode == 0 and "dead_on_return" in r.stdout, r.stderr)
            out = self.path("unmarked.espb")
            self.translates("translate", self.write("unmarked.ll", r.stdout.replace(" dead_on_return", "")), "-o", out)
            has_signatures(out, {name: signature for name, signature in wanted.items() if name not in ("vary", "complex", "unnamed")})

        self.add("structures by value", structures)
        self.add("--export", export_option)
        self.add("--timeout", timeout)
        self.add("shared strings", sharing)

    def add_stress(self):
        def batch(first):
            def test():
                bad = []
                for seed in range(first, min(first + 20, self.args.stress)):
                    f = self.path("stress%d.ll" % seed)
                    r = self.run([self.args.llvm_stress, "-size=%d" % (60 + seed % 5 * 60), "-seed=%d" % seed, "-o", f])
                    need(r.returncode == 0, "llvm-stress: " + r.stderr)
                    r = self.espb("translate", f, "-O%s" % "02sz3"[seed % 5], "-o", f + ".espb")
                    if r.returncode != 0:
                        bad.append("seed %d: %s" % (seed, r.stderr.strip()[:300]))
                    os.unlink(f)
                need(not bad, "%d of 20 modules were not translated:\n%s" % (len(bad), "\n".join(bad)))
            return test
        for first in range(0, self.args.stress, 20):
            self.add("llvm-stress %d.." % first, batch(first))


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--espb", required=True)
    p.add_argument("--clang", default="clang-22")
    p.add_argument("--llvm-stress", default="llvm-stress-22")
    p.add_argument("--stress", type=int, default=200, help="number of llvm-stress modules")
    p.add_argument("--damage", type=int, default=60, help="number of damaged variants of a bitcode file")
    p.add_argument("--only", default="", help="run the tests whose name contains this")
    p.add_argument("-j", type=int, default=2)
    args = p.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        suite = Suite(args, directory)
        for file in sorted(os.listdir(os.path.join(HERE, "cases"))):
            suite.add_case(file)
        suite.add_bitcode()
        suite.add_inputs()
        suite.add_symbols()
        suite.add_options()
        suite.add_stress()
        tests = [t for t in suite.tests if args.only in t[0]]
        failed = 0
        with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
            for (name, _), future in [(t, pool.submit(t[1])) for t in tests]:
                try:
                    future.result()
                except Failure as e:
                    failed += 1
                    print("FAILED %s\n    %s" % (name, str(e).strip().replace("\n", "\n    ")), flush=True)
                except Exception as e:  # noqa: a test that breaks has failed
                    failed += 1
                    print("FAILED %s\n    %r" % (name, e), flush=True)
        print("%d passed, %d failed" % (len(tests) - failed, failed))
        return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main())
