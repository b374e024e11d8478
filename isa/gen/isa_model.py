# SPDX-License-Identifier: Apache-2.0
"""The instruction set as Python objects, read from the TableGen definition: what every generator here works on."""

import json
import os
import re
import shutil
import subprocess
import sys

ISA_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(ISA_DIR)


class ModelError(Exception):
    """The definition says something no generator understands."""


class Field:
    """One encoded operand: its kind (see EspbFormats.td), its place in the instruction and whether it is written."""

    def __init__(self, name, kind, size, is_out):
        self.name = name
        self.kind = kind
        self.size = size
        self.is_out = is_out
        self.offset = 0
        self.tied = False  # also read: a tied "_in" operand names it


class Instruction:
    def __init__(self, name, record, base):
        self.name = name
        self.page = record["Page"]
        self.opcode = record["Opcode"]
        self.mode = record["Mode"]
        self.base_name = record["BaseOp"]["def"]
        self.mnemonic = base["Mnemonic"]
        self.kind = base["Kind"]
        self.types = base["Types"]
        self.cxx = base["Cxx"]
        self.rv32 = base["Rv32"]
        self.xtensa = ""  # load() knows
        self.doc = base["Doc"]
        self.imm_kind = base["Imm"]["def"]
        self.early_clobber = bool(base["EarlyClobber"])
        self.commutes = bool(base["Commutes"])
        self.access_bytes = base["AccessBytes"]
        self.routine = base["Routine"]
        self.reads_acc = bool(record["ReadsAcc"])
        self.writes_acc = bool(record["WritesAcc"])
        self.is_branch = bool(record["isBranch"])
        self.is_terminator = bool(record["isTerminator"])
        self.is_barrier = bool(record["isBarrier"])
        self.is_call = bool(record["isCall"])
        self.is_return = bool(record["isReturn"])
        self.fields = []
        self.length = 1 if self.page == 0 else 2

    def field(self, name):
        for f in self.fields:
            if f.name == name:
                return f
        raise ModelError(f"{self.name}: no operand {name}")

    def has_field(self, name):
        return any(f.name == name for f in self.fields)

    @property
    def key(self):
        return (self.page, self.opcode)


def find_tblgen():
    for candidate in (os.environ.get("LLVM_TBLGEN"), "llvm-tblgen-22", "/usr/lib/llvm-22/bin/llvm-tblgen"):
        if candidate and shutil.which(candidate):
            return candidate
    raise ModelError("llvm-tblgen of LLVM 22 not found (install llvm-22, or set LLVM_TBLGEN)")


def llvm_include_dir():
    explicit = os.environ.get("LLVM_INCLUDE")
    for candidate in (explicit, "/usr/lib/llvm-22/include", "/usr/include/llvm-22"):
        if candidate and os.path.exists(os.path.join(candidate, "llvm", "Target", "Target.td")):
            return candidate
    raise ModelError("llvm/Target/Target.td of LLVM 22 not found (install llvm-22-dev, or set LLVM_INCLUDE)")


def dump_json():
    command = [find_tblgen(), "-I", llvm_include_dir(), "-I", ISA_DIR, "--dump-json", os.path.join(ISA_DIR, "Espb.td")]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise ModelError("llvm-tblgen failed:\n" + done.stderr)
    return json.loads(done.stdout)


def operand_field(records, name, class_name, is_out):
    if class_name == "GPR":
        return Field(name, "r", 1, is_out)
    if class_name == "GPR64":
        return Field(name, "p", 1, is_out)
    record = records[class_name]
    if "Field" not in record:
        raise ModelError(f"operand {name}: {class_name} is no field of the encoding")
    return Field(name, record["Field"], record["Bytes"], is_out)


def load():
    """Returns all instructions, ordered by page and opcode."""
    records = dump_json()
    instructions = []
    xtensa = {}
    for name in records["!instanceof"].get("XtensaTemplate", []):
        xtensa[records[name]["Op"]["def"]] = records[name]["Text"]
    for name in records["!instanceof"].get("EspbInst", []):
        record = records[name]
        ins = Instruction(name, record, records[record["BaseOp"]["def"]])
        ins.xtensa = xtensa.get(ins.base_name, "")
        for arg, operand_name in record["OutOperandList"]["args"]:
            ins.fields.append(operand_field(records, operand_name, arg["def"], True))
        for arg, operand_name in record["InOperandList"]["args"]:
            if operand_name.endswith("_in"):
                ins.field(operand_name[:-3]).tied = True
                continue
            ins.fields.append(operand_field(records, operand_name, arg["def"], False))
        for f in ins.fields:
            f.offset = ins.length
            ins.length += f.size
        instructions.append(ins)
    instructions.sort(key=lambda i: i.key)
    seen = {}
    for ins in instructions:
        if ins.key in seen:
            raise ModelError(f"{ins.name} and {seen[ins.key].name} share opcode {ins.opcode} of page {ins.page}")
        seen[ins.key] = ins
        if ins.opcode > 254 or ins.page > 1:
            raise ModelError(f"{ins.name}: opcode {ins.opcode} of page {ins.page} does not exist")
    return instructions


def write_or_check(outputs, check):
    """outputs: {path relative to the root: text}. In check mode compares, prints what is stale, returns False then."""
    fresh = True
    for path, text in sorted(outputs.items()):
        full = os.path.join(ROOT, path)
        old = None
        if os.path.exists(full):
            with open(full, encoding="utf-8") as f:
                old = f.read()
        if old == text:
            continue
        if check:
            fresh = False
            print(f"{path} is stale: run python3 isa/gen/gen_isa.py && python3 isa/gen/gen_rv32.py && python3 isa/gen/gen_xtensa.py", file=sys.stderr)
            continue
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as f:
            f.write(text)
        print(f"wrote {path}")
    return fresh


def split_template(text):
    """The machine instructions of an Rv32 template; a label stays with what follows it."""
    parts = []
    for part in text.split(";"):
        part = part.strip()
        match = re.match(r"^(\d+:)\s*(.*)$", part)
        if match:
            parts.append(match.group(1))
            part = match.group(2)
        if part:
            parts.append(part)
    return parts
