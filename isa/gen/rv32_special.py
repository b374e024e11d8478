# SPDX-License-Identifier: Apache-2.0
"""Hand-written handlers of the RV32 assembly engine, keyed by instruction name or base operation. Each gets a gen_rv32.Code."""

PC, FP, BASE, DATA, RODATA, SP = "s2", "s3", "s4", "s5", "s6", "s7"
BUDGET, LIMIT, FUNCTIONS, CODE, THREAD, ACC = "s8", "s9", "s10", "s11", "s0", "s1"

SPECIAL = {}


def handles(*names):
    def register(function):
        for name in names:
            SPECIAL[name] = function
        return function
    return register


def finish(c):
    """Result in ACC: to rd when there is one, then on."""
    if c.ins.has_field("rd"):
        c.put(ACC, "rd")
    c.dispatch()


@handles("MLA_xrr")
def mla(c):
    c.get("a2", "ra")
    c.get("a3", "rb")
    c.get(ACC, "rd", "a5")
    c("mul a2, a2, a3", f"add {ACC}, {ACC}, a2", f"sw {ACC}, 0(a5)")
    c.dispatch()


@handles("opEXTU", "opEXTS")
def extract(c):
    shift = "srl" if c.ins.base_name == "opEXTU" else "sra"
    c.get(ACC, "ra")
    c.immediate("a2", "lsb")
    c.immediate("a3", "width")
    # Shifts use the low five bits of their amount: -width is 32 - width.
    c("neg a3, a3", "sub a2, a3, a2", f"sll {ACC}, {ACC}, a2", f"{shift} {ACC}, {ACC}, a3")
    finish(c)


@handles("SEL_rrrr")
def select(c):
    c.get("a2", "rc")
    c.address("a3", "ra")
    c("bnez a2, 1f")
    c.address("a3", "rb")
    c("1:", f"lw {ACC}, 0(a3)")
    finish(c)


@handles("SEL_rarr")
def select_acc(c):
    c(f"bnez {ACC}, 1f")
    c.get(ACC, "rb")
    finish(c)
    c("1:")
    c.get(ACC, "ra")
    finish(c)


@handles("MOV2_rr")
def mov2(c):
    c.get("a0", "ra")
    c.put("a0", "rd", "a1")
    c.get("a2", "ra2")
    c.put("a2", "rd2", "a3")
    c.dispatch()


@handles("opLI")
def load_immediate(c):
    c.immediate(ACC)
    finish(c)


@handles("opLID")
def load_immediate_pair(c):
    c.immediate("a0")
    c("srai a1, a0, 31")
    c.address("a5", "rd")
    c("sw a0, 0(a5)", "sw a1, 4(a5)")
    c.dispatch()


@handles("opLADATA", "opLARO", "opADDSP")
def address(c):
    base = {"opLADATA": DATA, "opLARO": RODATA, "opADDSP": SP}[c.ins.base_name]
    c.immediate(ACC, "off")
    c(f"add {ACC}, {ACC}, {base}")
    finish(c)


@handles("opGETSP")
def getsp(c):
    c(f"mv {ACC}, {SP}")
    finish(c)


@handles("opSETSP")
def setsp(c):
    c.get("a0", "ra")
    c(f"lw a1, THREAD_STACK_LIMIT({THREAD})", f"lw a2, THREAD_STACK_TOP({THREAD})", f"bltu a0, a1, {c.stub('overflow')}",
      f"bltu a2, a0, {c.stub('overflow')}", f"mv {SP}, a0")
    c.dispatch()


@handles("opADDM")
def add_to_memory(c):
    c.get("a0", "ra")
    c.immediate("a1", "off")
    c.immediate("a2", "imm")
    c("add a0, a0, a1", "lw a3, 0(a0)", "add a3, a3, a2", "sw a3, 0(a0)")
    c.dispatch()


@handles("opADDBNE", "opADDBNZ")
def add_branch(c):
    c.get("a0", "rd", "a5")
    c.immediate("a1", "imm")
    c("add a0, a0, a1", "sw a0, 0(a5)")
    if c.ins.base_name == "opADDBNE":
        c.get("a1", "rb")
        c("beq a0, a1, .Lnear_next5") # does not fit: in the slot of JMP8
    else:
        c("bnez a0, 1f")
        c.dispatch()
        c("1:")
    c.immediate("a0", "target")
    c.take("a0")


@handles("opJMP")
def jump(c):
    c.immediate("a0", "target")
    c.take("a0")
    if c.ins.name == "JMP8":
        c(".Lnear_next5:")
        c.dispatch(5)


@handles("SWITCH")
def switch(c):
    c.get("a0", "ra")
    c.immediate("a1", "table")
    # The default displacement lies where case -1 would.
    c("bltu a0, a1, 1f", "li a0, -1", "1:", "slli a0, a0, 1", f"add a0, a0, {PC}", "LD_S16 a1, 6, a0")
    c("#if ESPB_RV32_MISALIGNED")
    c.take("a1")
    c("#else", "j .Ltake", "#endif")


@handles("SWITCH32")
def switch32(c):
    c.get("a0", "ra")
    c.immediate("a1", "table")
    c("bltu a0, a1, 1f", "li a0, -1", "1:", "slli a0, a0, 2", f"add a0, a0, {PC}", "LD_32 a1, 9, a0")
    c.take("a1")


@handles("CALL8")
def call8(c):
    c.immediate("a1", "fn")
    c(f"addi a2, {PC}, 3", ".Lcall:")
    c.address("a0", "win")
    c("slli a1, a1, 3", f"add a3, a1, {FUNCTIONS}", f"bltu {LIMIT}, a0, {c.stub('overflow')}", "lw a1, 0(a3)", "sw a2, -8(a0)",
      f"sw {FP}, -4(a0)", "#if ESPB_JIT", "bltz a1, .Lnear_compiled", "#endif", "slli a1, a1, 8", "srli a1, a1, 8", f"mv {FP}, a0",
      f"add {PC}, a1, {CODE}", f"addi {BUDGET}, {BUDGET}, -16", f"bltz {BUDGET}, {c.stub('budget')}")
    c.dispatch(0)


@handles("CALL16")
def call16(c):
    c.immediate("a1", "fn")
    c(f"addi a2, {PC}, 4", "j .Lcall")


@handles("CALLN8", "CALLN16")
def call_native(c):
    c.address("a2", "win")
    c.immediate("a1", "fn")
    c(f"sw {PC}, THREAD_PC({THREAD})", f"addi {PC}, {PC}, {c.ins.length}", "j .Lcall_native")


@handles("CALLI8", "CALLI16")
def call_pointer(c):
    c.get("a1", "ra")
    c.immediate("a2", "sig")
    c.address("a0", "win")
    c(f"addi a5, {PC}, {c.ins.length}", "j .Lcall_pointer")


@handles("ENTER", "ENTER16")
def enter(c):
    c.immediate("a0", "n")
    c(f"lw a1, THREAD_STACK_LIMIT({THREAD})", "slli a0, a0, 4", f"sub a1, {SP}, a1", f"bltu a1, a0, {c.stub('overflow')}",
      f"sub {SP}, {SP}, a0")
    c.dispatch()


@handles("RET", "RETN", "RETN16")
def ret(c):
    if c.ins.has_field("n"):
        c.immediate("a0", "n")
        c("slli a0, a0, 4", f"add {SP}, {SP}, a0")
    c(f"lw {PC}, -8({FP})", f"lw {FP}, -4({FP})")
    c.dispatch(0)
    if c.ins.name == "RET":
        # In reach of the conditional branches of every slot that needs them.
        c(".Lnear_budget:", "j .Lbudget", ".Lnear_overflow:", "j .Loverflow", "#if ESPB_JIT", ".Lnear_compiled:", "j .Lcompiled_call",
          "#endif")


@handles("TRAP")
def trap(c):
    c.immediate("a1", "code")
    c("li a0, TRAP_UNREACHABLE", "addi a1, a1, -1", "bnez a1, 1f", "li a0, TRAP_ABORT", "1:", "j .Ltrap")


@handles("EXIT")
def leave(c):
    c(f"sw {PC}, THREAD_PC({THREAD})", "li a0, 0", "j .Lleave")


@handles("NOP")
def nop(c):
    c.dispatch()


@handles("opDIV", "opDIVU", "opREM", "opREMU")
def divide(c):
    c.get(ACC, "ra")
    c.get("a2", "rb")
    # The machine's own answers for the smallest integer by -1 are the defined ones.
    c("beqz a2, .Ldivide_by_zero", f"{c.ins.base_name[2:].lower()} {ACC}, {ACC}, a2")
    finish(c)


def put_pair(c, low, high):
    c.address("a5", "rd")
    c(f"sw {low}, 0(a5)", f"sw {high}, 4(a5)")
    c.dispatch()


@handles("opMULD")
def multiply_pair(c):
    c.get_pair("a0", "a1", "ra")
    c.get_pair("a2", "a3", "rb")
    c("mul a1, a1, a2", "mul a3, a3, a0", "mulhu a4, a0, a2", "mul a0, a0, a2", "add a1, a1, a3", "add a1, a1, a4")
    put_pair(c, "a0", "a1")


@handles("opSLTD", "opSLTUD")
def compare_pair(c):
    slt = "slt" if c.ins.base_name == "opSLTD" else "sltu"
    c.get_pair("a0", "a1", "ra")
    c.get_pair("a2", "a3", "rb")
    c(f"{slt} {ACC}, a1, a3", "bne a1, a3, 1f", f"sltu {ACC}, a0, a2", "1:")
    finish(c)


@handles("opADDID")
def add_immediate_pair(c):
    c.get_pair("a0", "a1", "ra")
    c.immediate("a2")
    c("srai a3, a2, 31", "add a2, a2, a0", "add a1, a1, a3", "sltu a0, a2, a0", "add a1, a1, a0")
    put_pair(c, "a2", "a1")


@handles("opSHLD", "opSHRD", "opSARD")
def shift_pair(c):
    c.get_pair("a0", "a1", "ra")
    if c.ins.mode[2] == "i":
        c.immediate("a2")
    else:
        c.get("a2", "rb")
    c("slli a3, a2, 26", "bltz a3, 1f", "not a3, a2")
    if c.ins.base_name == "opSHLD":
        c("srli a4, a0, 1", "srl a4, a4, a3", "sll a1, a1, a2", "sll a0, a0, a2", "or a1, a1, a4")
        high = ("sll a1, a0, a2", "li a0, 0")
    else:
        shift = "srl" if c.ins.base_name == "opSHRD" else "sra"
        c("slli a4, a1, 1", "sll a4, a4, a3", "srl a0, a0, a2", f"{shift} a1, a1, a2", "or a0, a0, a4")
        high = (f"{shift} a0, a1, a2", "li a1, 0" if shift == "srl" else "srai a1, a1, 31")
    c("2:")
    put_pair(c, "a0", "a1")
    c("1:", *high, "j 2b")  # by 32 and more is rare


# Floating point is the compiler library's: the arguments go where it wants them, by a subroutine for each width.
FLOAT_CALLS = {"FADD": "add", "FSUB": "sub", "FMUL": "mul", "FDIV": "div", "FEQ": "eq", "FLT": "lt", "FLE": "le", "FUN": "unord"}
FLOAT_RESULTS = {"FEQ": "seqz s1, a0", "FLT": "slti s1, a0, 0", "FLE": "slti s1, a0, 1", "FUN": "snez s1, a0"}


def float_operation(c):
    name = c.ins.base_name[2:]
    wide = name.endswith("_D")
    name = name.removesuffix("_D")
    compares = name in FLOAT_RESULTS
    c(f"jal t0, .Lfloat_arguments{'_d' if wide else ''}", f"call __{FLOAT_CALLS[name]}{'d' if wide else 's'}f{2 if compares else 3}")
    if compares:
        c(FLOAT_RESULTS[name], "j .Lfinish5")
    elif wide:
        c("j .Lfinish_pair5")
    else:
        c("mv s1, a0", "j .Lfinish5")


for float_name in FLOAT_CALLS:
    for suffix in ("", "_D"):
        SPECIAL["op" + float_name + suffix] = float_operation
