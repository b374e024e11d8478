# SPDX-License-Identifier: Apache-2.0
"""Hand-written handlers of the Xtensa assembly engine, keyed by instruction name or base operation. Each gets a gen_xtensa.Code."""

PC, FP, TABLE, ACC, THREAD, BUDGET, DATA, SP = "a2", "a3", "a4", "a5", "a6", "a7", "a14", "a15"

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


def put_pair(c, low, high):
    c.address("a13", "rd")
    c(f"s32i {low}, a13, 0", f"s32i {high}, a13, 4")
    c.dispatch()


@handles("MLA_xrr")
def mla(c):
    c.get("a8", "ra")
    c.get("a9", "rb")
    c.get(ACC, "rd", "a11")
    c("mull a8, a8, a9", f"add {ACC}, {ACC}, a8", f"s32i {ACC}, a11, 0")
    c.dispatch()


@handles("opEXTU", "opEXTS")
def extract(c):
    shift = "srl" if c.ins.base_name == "opEXTU" else "sra"
    c.get(ACC, "ra")
    c.immediate("a8", "lsb")
    c.immediate("a9", "width")
    # Shifts use the low five bits of their amount: -width is 32 - width.
    c("add a8, a8, a9", "neg a8, a8", "ssl a8", f"sll {ACC}, {ACC}", "neg a9, a9", "ssr a9", f"{shift} {ACC}, {ACC}")
    finish(c)


@handles("SEL_rrrr")
def select(c):
    c.get("a8", "rc")
    c.address("a9", "ra")
    c.address("a10", "rb")
    c("moveqz a9, a10, a8", f"l32i {ACC}, a9, 0")
    finish(c)


@handles("SEL_rarr")
def select_acc(c):
    c.address("a9", "ra")
    c.address("a10", "rb")
    c(f"moveqz a9, a10, {ACC}", f"l32i {ACC}, a9, 0")
    finish(c)


@handles("MOV2_rr")
def mov2(c):
    c.get("a8", "ra")
    c.put("a8", "rd", "a9")
    c.get("a10", "ra2")
    c.put("a10", "rd2", "a11")
    c.dispatch()


@handles("opLI")
def load_immediate(c):
    c.immediate(ACC)
    finish(c)


@handles("opLID")
def load_immediate_pair(c):
    c.immediate("a8")
    c("srai a9, a8, 31")
    put_pair(c, "a8", "a9")


@handles("opLADATA", "opLARO", "opADDSP")
def address(c):
    base = {"opLADATA": DATA, "opLARO": "a9", "opADDSP": SP}[c.ins.base_name]
    c.immediate(ACC, "off")
    if base == "a9":
        c(f"l32i a9, {THREAD}, THREAD_RODATA_BASE")
    c(f"add {ACC}, {ACC}, {base}")
    finish(c)


@handles("opGETSP")
def getsp(c):
    c(f"mov {ACC}, {SP}")
    finish(c)


@handles("opSETSP")
def setsp(c):
    c.get("a8", "ra")
    c(f"l32i a9, {THREAD}, THREAD_STACK_LIMIT", f"l32i a10, {THREAD}, THREAD_STACK_TOP", "bltu a8, a9, .Loverflow",
      "bltu a10, a8, .Loverflow", f"mov {SP}, a8")
    c.dispatch()


@handles("opADDM")
def add_to_memory(c):
    c.get("a8", "ra")
    c.immediate("a9", "off")
    c.immediate("a10", "imm")
    c("add a8, a8, a9", "l32i a11, a8, 0", "add a11, a11, a10", "s32i a11, a8, 0")
    c.dispatch()


@handles("opADDBNE", "opADDBNZ")
def add_branch(c):
    c.get("a8", "rd", "a11")
    c.immediate("a9", "imm")
    c("add a8, a8, a9", "s32i a8, a11, 0")
    if c.ins.base_name == "opADDBNE":
        c.get("a9", "rb")
        c("bne a8, a9, 1f")
    else:
        c("bnez a8, 1f")
    c.dispatch()
    c("1:")
    c.immediate("a8", "target")
    c.take("a8")


@handles("opJMP")
def jump(c):
    c.immediate("a8", "target")
    c.take("a8")


@handles("SWITCH", "SWITCH32")
def switch(c):
    wide = c.ins.name == "SWITCH32"
    c.get("a8", "ra")
    c.immediate("a9", "table")
    # The default displacement lies where case -1 would.
    c("bltu a8, a9, 1f", "movi a8, -1", "1:")
    c(f"addx4 a9, a8, {PC}" if wide else f"addx2 a9, a8, {PC}", "LD_32 a8, a9, 9" if wide else "LD_S16 a8, a9, 6")
    c.take("a8")


def enter_window(c):
    """a8 the callee's window, a11 its entry in the function table, a10 the return pc."""
    c(f"l32i a9, {THREAD}, THREAD_REGISTER_LIMIT", "bltu a9, a8, .Loverflow", "l32i a9, a11, 0", "addi a12, a8, -8", "s32i a10, a12, 0",
      f"s32i {FP}, a12, 4", "#if ESPB_JIT", "bltz a9, .Lcompiled_call", "#endif", "slli a9, a9, 8", "srli a9, a9, 8", f"l32i a10, {THREAD}, THREAD_CODE", f"mov {FP}, a8", f"add {PC}, a9, a10",
      f"addi {BUDGET}, {BUDGET}, -16", f"bltz {BUDGET}, .Lbudget")
    c.dispatch(0)


@handles("CALL8", "CALL16")
def call(c):
    c.immediate("a9", "fn")
    c.address("a8", "win")
    c(f"l32i a11, {THREAD}, THREAD_FUNCTIONS", f"addi a10, {PC}, {c.ins.length}", "addx8 a11, a9, a11")
    enter_window(c)


@handles("CALLN8", "CALLN16")
def call_native(c):
    c.immediate("a11", "fn")
    c.address("a12", "win")
    c(f"s32i {PC}, {THREAD}, THREAD_PC", f"addi {PC}, {PC}, {c.ins.length}", "j .Lcall_native")


@handles("CALLI8", "CALLI16")
def call_pointer(c):
    c.get("a9", "ra")
    c.immediate("a11", "sig")
    c.address("a8", "win")
    c(f"addi a10, {PC}, {c.ins.length}", "j .Lcall_pointer")


@handles("ENTER", "ENTER16")
def enter(c):
    c.immediate("a8", "n")
    c(f"l32i a9, {THREAD}, THREAD_STACK_LIMIT", "slli a8, a8, 4", f"sub a9, {SP}, a9", "bltu a9, a8, .Loverflow", f"sub {SP}, {SP}, a8")
    c.dispatch()


@handles("RET", "RETN", "RETN16")
def ret(c):
    if c.ins.has_field("n"):
        c.immediate("a8", "n")
        c("slli a8, a8, 4", f"add {SP}, {SP}, a8")
    c(f"addi a8, {FP}, -8", f"l32i {PC}, a8, 0", f"l32i {FP}, a8, 4")
    c.dispatch(0)


@handles("TRAP")
def trap(c):
    c.immediate("a9", "code")
    c("movi a8, TRAP_UNREACHABLE", "addi a9, a9, -1", "bnez a9, .Ltrap", "movi a8, TRAP_ABORT", "j .Ltrap")


@handles("EXIT")
def leave(c):
    c(f"s32i {PC}, {THREAD}, THREAD_PC", "movi a8, 0", "j .Lleave")


@handles("NOP")
def nop(c):
    c.dispatch()


@handles("opDIV", "opDIVU", "opREM", "opREMU")
def divide(c):
    c.get(ACC, "ra")
    c.get("a9", "rb")
    operation = {"opDIV": "quos", "opDIVU": "quou", "opREM": "rems", "opREMU": "remu"}[c.ins.base_name]
    # The smallest integer by -1: the quotient wraps to itself, the remainder is 0, as defined.
    c("beqz a9, .Ldivide_by_zero", f"{operation} {ACC}, {ACC}, a9")
    finish(c)


# ---- 32 x 32 -> 64 ----
# Cores without the high half call the compiler library, which keeps nothing above a7: the operands are fetched again for the sign.

@handles("opMULHU", "opMULHS", "opMULUD", "opMULSD")
def multiply_high(c):
    signed = c.ins.base_name in ("opMULHS", "opMULSD")
    pair = c.ins.base_name.endswith("D")
    c.get("a10", "ra")
    c.get("a11", "rb")
    c("#if ESPB_XTENSA_MUL32_HIGH", f"{'mulsh' if signed else 'muluh'} a13, a10, a11")
    if pair:
        c("mull a10, a10, a11")
    c("mov a11, a13", "#else", "CALL_LIBRARY __umulsidi3")
    if signed:
        c.get("a8", "ra")
        c.get("a9", "rb")
        c("bgez a8, 1f", "sub a11, a11, a9", "1:", "bgez a9, 2f", "sub a11, a11, a8", "2:")
    c("#endif")
    if pair:
        c(f"mov {ACC}, a10")
        put_pair(c, ACC, "a11")
    else:
        c(f"mov {ACC}, a11")
        finish(c)


@handles("opMULD")
def multiply_pair(c):
    c.get_pair("a10", "a9", "ra", "a8")
    c.get_pair("a11", "a13", "rb", "a8")
    c("mull a9, a9, a11", "mull a13, a13, a10", f"add {ACC}, a9, a13")
    c("#if ESPB_XTENSA_MUL32_HIGH", "muluh a13, a10, a11", "mull a10, a10, a11", "mov a11, a13", "#else", "CALL_LIBRARY __umulsidi3",
      "#endif", f"add a11, a11, {ACC}")
    put_pair(c, "a10", "a11")


@handles("opSLTD", "opSLTUD")
def compare_pair(c):
    less = "blt" if c.ins.base_name == "opSLTD" else "bltu"
    c.get_pair("a8", "a9", "ra")
    c.get_pair("a10", "a11", "rb")
    c("movi a12, 1", f"{less} a9, a11, 1f", "bne a9, a11, 2f", "bltu a8, a10, 1f", "2:", "movi a12, 0", "1:", f"mov {ACC}, a12")
    finish(c)


@handles("opADDID")
def add_immediate_pair(c):
    c.get_pair("a8", "a9", "ra")
    c.immediate("a10")
    c("srai a11, a10, 31", "add a10, a10, a8", "add a9, a9, a11", "bgeu a10, a8, 1f", "addi a9, a9, 1", "1:")
    put_pair(c, "a10", "a9")


@handles("opSHLD", "opSHRD", "opSARD")
def shift_pair(c):
    c.get_pair("a8", "a9", "ra")
    if c.ins.mode[2] == "i":
        c.immediate("a10")
    else:
        c.get("a10", "rb")
    if c.ins.base_name == "opSHLD":
        c("ssl a10", "bbsi a10, 5, 1f", "src a9, a9, a8", "sll a8, a8", "j 2f", "1:", "sll a9, a8", "movi a8, 0")
    else:
        shift = "srl" if c.ins.base_name == "opSHRD" else "sra"
        c("ssr a10", "bbsi a10, 5, 1f", "src a8, a9, a8", f"{shift} a9, a9", "j 2f", "1:", f"{shift} a8, a9",
          "movi a9, 0" if shift == "srl" else "srai a9, a9, 31")
    c("2:")
    put_pair(c, "a8", "a9")


# ---- Floating point: the unit for f32 where there is one, else the compiler library ----
UNIT = {"FADD": "add.s", "FSUB": "sub.s", "FMUL": "mul.s", "FEQ": "oeq.s", "FLT": "olt.s", "FLE": "ole.s", "FUN": "un.s"}
LIBRARY = {"FADD": "add", "FSUB": "sub", "FMUL": "mul", "FDIV": "div", "FEQ": "eq", "FLT": "lt", "FLE": "le", "FUN": "unord"}
# From what the library answers to 0 or 1: equal and not unordered are zero, less negative.
ANSWERS = {
    "FEQ": (f"nsau {ACC}, a10", f"srli {ACC}, {ACC}, 5"),
    "FLT": (f"extui {ACC}, a10, 31, 1",),
    "FLE": (f"movi {ACC}, 0", "movi a8, 1", "blti a10, 1, 1f", "movi a8, 0", "1:", f"mov {ACC}, a8"),
    "FUN": (f"movi {ACC}, 1", f"moveqz {ACC}, a10, a10"),
}


def float_operation(c):
    name = c.ins.base_name[2:]
    wide = name.endswith("_D")
    name = name.removesuffix("_D")
    if wide:
        c.get_pair("a10", "a11", "ra", "a8")
        c.get_pair("a12", "a13", "rb", "a8")
    else:
        c.get("a10", "ra")
        c.get("a11", "rb")
    unit = not wide and name in UNIT
    if unit:
        c("#if ESPB_XTENSA_FPU", "wfr f0, a10", "wfr f1, a11")
        if name in ANSWERS:
            c(f"{UNIT[name]} b0, f0, f1", f"movi {ACC}, 0", "movi a8, 1", f"movt {ACC}, a8, b0")
        else:
            c(f"{UNIT[name]} f0, f0, f1", "rfr a10, f0")
        c("#else")
    canonical = ("slli a8, a10, 1", "srai a8, a8, 23", "bnei a8, -1, 1f", "movi a10, 0x7fc00000", "1:")
    c(f"CALL_LIBRARY __{LIBRARY[name]}{'d' if wide else 's'}f{2 if name in ANSWERS else 3}")
    if name in ANSWERS:
        c(*ANSWERS[name])
    elif unit:
        c(*canonical)
    if unit:
        c("#endif")
    if name in ANSWERS:
        finish(c)
    elif wide:
        # The library hands NaNs on; ours are RISC-V's canonical one. A quiet NaN has the 12 bits below the sign set.
        c("slli a8, a11, 1", "srai a8, a8, 20", "bnei a8, -1, 1f", "movi a10, 0", "movi a11, 0x7ff80000", "1:", f"mov {ACC}, a10")
        put_pair(c, ACC, "a11")
    elif not unit:
        c(*canonical, f"mov {ACC}, a10")
        finish(c)
    else:
        c(f"mov {ACC}, a10")
        finish(c)


for float_name in LIBRARY:
    for suffix in ("", "_D"):
        SPECIAL["op" + float_name + suffix] = float_operation
