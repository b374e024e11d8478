# SPDX-License-Identifier: Apache-2.0
"""What the generators of the assembly engines share: a handler's body as lines of assembly, operands fetched by the instruction's fields."""

import re

import isa_model

SIGNED_BYTES = ("s8", "d8")
BYTES = ("u8", "sh5", "sh6", "spo", "frm", "win", "wid", "trp", "fn8", "imp8", "sig8")
SIGNED_HALVES = ("s16", "d16")
HALVES = ("u16", "dat16", "ro16", "fn16", "imp16", "sig16", "frm16", "tab16", "tab32")
WORDS = ("l32", "d32", "dat32", "ro32")
WIDE = ("u64", "s64", "f64")


class HandlerCode:
    """The body of one handler: machine instructions as text, registers by role. A chip's class names the registers and writes the accesses.

    PC, FP, ACC: registers of the engine; ADDRESS: where an address goes when the value's register is ACC; RESULT_ADDRESS: that of a result;
    MOVE: the mnemonic of a move; KEPT: registers whose loads stay where they are; JUMPS: how lines begin that end straight-line code."""

    def __init__(self, ins):
        self.ins = ins
        self.lines = []

    def __call__(self, *lines):
        self.lines += lines
        return self

    # The chip's: one line of assembly each, and what a template of the instruction set is written in.
    @staticmethod
    def load_byte(reg, base, offset):
        raise NotImplementedError

    @staticmethod
    def load_word(reg, base, offset):
        raise NotImplementedError

    @staticmethod
    def store_word(reg, base, offset):
        raise NotImplementedError

    def load_signed_byte(self, reg, base, offset):
        """May be several lines."""
        raise NotImplementedError

    @staticmethod
    def load_macro(macro, reg, base, offset):
        """LD_U16, LD_S16, LD_32 of the frame: loads of any alignment."""
        raise NotImplementedError

    @staticmethod
    def is_field_load(line, words):
        """Whether the line, taken apart into words, loads a byte of the instruction."""
        raise NotImplementedError

    def offset(self, field):
        return self.ins.field(field).offset

    def address(self, reg, field):
        """reg = address of the register named by a field."""
        self(self.load_byte(reg, self.PC, self.offset(field)), f"add {reg}, {reg}, {self.FP}")

    def get(self, reg, field, via=None):
        """reg = value of the register named by a field. The address goes through `via` (stays there) or reg itself."""
        if via is None:
            via = reg if reg != self.ACC else self.ADDRESS
        self.address(via, field)
        self(self.load_word(reg, via, 0))

    def get_pair(self, low, high, field, via=None):
        if via is None:
            via = low
        self.address(via, field)
        words = [self.load_word(low, via, 0), self.load_word(high, via, 4)]
        self(*(reversed(words) if via == low else words))

    def put(self, reg, field, via=None):
        via = via or self.RESULT_ADDRESS
        self.address(via, field)
        self(self.store_word(reg, via, 0))

    def immediate(self, reg, field="imm"):
        f = self.ins.field(field)
        if f.kind in SIGNED_BYTES:
            self.load_signed_byte(reg, self.PC, f.offset)
        elif f.kind in BYTES:
            self(self.load_byte(reg, self.PC, f.offset))
        elif f.kind in SIGNED_HALVES:
            self(self.load_macro("LD_S16", reg, self.PC, f.offset))
        elif f.kind in HALVES:
            self(self.load_macro("LD_U16", reg, self.PC, f.offset))
        elif f.kind in WORDS:
            self(self.load_macro("LD_32", reg, self.PC, f.offset))
        else:
            raise isa_model.ModelError(f"{self.ins.name}: no load of a {f.kind} field")

    def template(self, text, regs):
        """The lines of a template with its operands put in; moves of a register to itself are left out."""
        if not text:
            raise isa_model.ModelError(f"{self.ins.name}: neither a template nor a special handler")
        for part in isa_model.split_template(text):
            line = re.sub(r"\$([a-z]+\d?)", lambda m: regs[m.group(1)], part)
            match = re.match(rf"{self.MOVE} (\w+), (\w+)$", line)
            if match and match.group(1) == match.group(2):
                continue
            self(line)

    def straight(self):
        """Whether the code has no branch into it or out of it."""
        return not any(line.endswith(":") or line.startswith(self.JUMPS) for line in self.lines)

    def interleave(self):
        """Operand field loads of straight-line code go to the front, so that none is used by the instruction behind it."""
        if not self.straight():
            return
        front, rest, written, used = [], [], set(), set()
        for line in self.lines:
            words = re.findall(r"[\w$]+", line)
            is_field = self.is_field_load(line, words) and words[1] not in self.KEPT
            if is_field and words[1] not in written and words[1] not in used:
                front.append(line)
                written.add(words[1])
            else:
                rest.append(line)
                used.update(words[1:])
        self.lines = front + rest


def text_of(lines):
    return "".join(line + "\n" if line.endswith(":") or line.startswith("#") else f"  {line}\n" for line in lines)
