# SPDX-License-Identifier: Apache-2.0
"""C++ handlers of the portable engine: one ESPB_CASE per instruction whose semantics the definition carries.

Handlers use macros of runtime/interp/interpreter.cpp: ESPB_GET_type(offset) and ESPB_SET_type(offset, value) access the register named by
the byte at pc[offset]; ESPB_NEXT(length) ends an instruction; ESPB_BRANCH(displacement) takes a branch."""

import isa_model

CTYPES = {"u32": "uint32_t", "s32": "int32_t", "u64": "uint64_t", "s64": "int64_t", "f32": "float", "f64": "double"}


def imm_expr(ins, field_name="imm"):
    f = ins.field(field_name)
    reader = {"s8": "ESPB_S8", "u8": "ESPB_U8", "sh5": "ESPB_U8", "sh6": "ESPB_U8", "s16": "ESPB_S16", "u16": "ESPB_U16",
              "l32": "ESPB_L32"}[f.kind]
    return f"{reader}({f.offset})"


def source(ins, letter, field_name, ctype):
    """Expression of a source operand of type ctype."""
    if letter == "r":
        return f"ESPB_GET_{ctype}({ins.field(field_name).offset})"
    if letter == "x":
        return f"ESPB_GET_{ctype}({ins.field('rd').offset})"
    if letter == "a":
        return f"ESPB_ACC_{ctype}()"
    if letter == "i":
        return f"({CTYPES[ctype]}){imm_expr(ins)}"
    if letter == "z":
        return "0"
    raise isa_model.ModelError(f"{ins.name}: mode letter {letter}")


def finish_value(ins, ctype, dest_letter, dest_field="rd"):
    """Statements that put d into its destination and acc."""
    out = []
    if dest_letter == "r":
        out.append(f"ESPB_SET_{ctype}({ins.field(dest_field).offset}, d);")
    if ins.writes_acc:
        out.append(f"ESPB_SET_ACC_{ctype}(d);")
    return out


def gen_bin(ins):
    td, ta, tb = ins.types
    lines = [f"const {CTYPES[ta]} a = {source(ins, ins.mode[1], 'ra', ta)};",
             f"const {CTYPES[tb]} b = {source(ins, ins.mode[2], 'rb', tb)};",
             f"{CTYPES[td]} d;"]
    lines.append(ins.cxx + ";")
    lines += finish_value(ins, td, ins.mode[0])
    lines.append(f"ESPB_NEXT({ins.length});")
    return lines


def gen_un(ins):
    td, ta = ins.types
    lines = [f"const {CTYPES[ta]} a = {source(ins, ins.mode[1], 'ra', ta)};", f"{CTYPES[td]} d;", ins.cxx + ";"]
    lines += finish_value(ins, td, ins.mode[0])
    lines.append(f"ESPB_NEXT({ins.length});")
    return lines


def gen_memory(ins):
    shift = {1: 0, 2: 1, 4: 2, 8: 3}[ins.access_bytes]
    t = ins.types[0]
    letter = ins.mode[1]
    off = {f.name: f.offset for f in ins.fields}
    if letter == "o":
        addr = f"ESPB_GET_u32({off['ra']}) + (uint32_t)ESPB_S8({off['off']})"
    elif letter == "z":
        addr = f"ESPB_GET_u32({off['ra']})"
    elif letter in "pq":
        addr = f"ESPB_GET_u32({off['wb']})"
    elif letter == "x":
        addr = f"ESPB_GET_u32({off['ra']}) + (ESPB_GET_u32({off['rb']}) << {shift})"
    elif letter == "y":
        addr = f"ESPB_GET_u32({off['ra']}) + (ESPB_ACC_u32() << {shift})"
    elif letter == "b":
        addr = f"ESPB_ACC_u32() + (uint32_t)ESPB_S8({off['off']})"
    elif letter == "c":
        addr = "ESPB_ACC_u32()"
    elif letter == "s":
        addr = f"sp + 4u * (uint32_t)ESPB_U8({off['off']})"
    elif letter == "d":
        addr = f"ESPB_DATA_BASE + (uint32_t)ESPB_U16({off['off']})"
    elif letter == "k":
        addr = f"ESPB_RODATA_BASE + (uint32_t)ESPB_U16({off['off']})"
    else:
        raise isa_model.ModelError(f"{ins.name}: address mode {letter}")
    lines = [f"const uint32_t addr = {addr};"]
    step = {"p": str(ins.access_bytes) + "u", "q": f"(uint32_t)ESPB_S8({off.get('off', 0)})"}.get(letter)
    if ins.kind == "load":
        lines += [f"{CTYPES[t]} d;", ins.cxx + ";"]
        # The address is written back first: should both name the same register, the loaded value stays.
        if step:
            lines.append(f"ESPB_SET_u32({off['wb']}, addr + {step});")
        lines += finish_value(ins, t, ins.mode[0])
    else:
        value = f"ESPB_ACC_{t}()" if ins.mode[0] == "a" else f"ESPB_GET_{t}({off['rv']})"
        lines += [f"const {CTYPES[t]} v = {value};", ins.cxx + ";"]
        if step:
            lines.append(f"ESPB_SET_u32({off['wb']}, addr + {step});")
    lines.append(f"ESPB_NEXT({ins.length});")
    return lines


def gen_branch(ins):
    ta, tb = ins.types
    target = ins.field("target")
    disp = {"d8": "ESPB_S8", "d16": "ESPB_S16", "d32": "ESPB_L32S"}[target.kind]
    return [f"const {CTYPES[ta]} a = {source(ins, ins.mode[0], 'ra', ta)};",
            f"const {CTYPES[tb]} b = {source(ins, ins.mode[1], 'rb', tb)};",
            f"if ({ins.cxx})", f"  ESPB_BRANCH({disp}({target.offset}));", f"ESPB_NEXT({ins.length});"]


def handler(ins):
    lines = {"bin": gen_bin, "un": gen_un, "load": gen_memory, "store": gen_memory, "branch": gen_branch}[ins.kind](ins)
    body = "".join(f"  {line}\n" for line in lines)
    return f"ESPB_CASE({ins.name}) {{\n{body}}}\n"


def in_rv32_assembly(ins):
    """Whether the generated RV32 engine has the instruction in assembly; the others of page 1 go through exec_page1."""
    import gen_rv32
    return gen_rv32.has_handler(ins)


def gen_cxx(instructions):
    """{file name: text}: handlers of each page and the label tables. Page 1 is split by whether RV32 has it in assembly."""
    files = {"interp_page0.inc": "", "interp_page1_asm.inc": "", "interp_page1_shared.inc": ""}
    rest = {"shared": []}
    for ins in instructions:
        if ins.page == 1 and not in_rv32_assembly(ins):
            rest["shared"].append(ins.name)
        if ins.kind == "special":
            continue
        text = handler(ins)
        if ins.page == 0:
            files["interp_page0.inc"] += text
        elif in_rv32_assembly(ins):
            files["interp_page1_asm.inc"] += text
        else:
            files["interp_page1_shared.inc"] += text
    labels = ("// ESPB_LABEL(name) for every opcode of a page in order, ESPB_NO_LABEL() for holes.\n")
    for page in (0, 1):
        by_opcode = {i.opcode: i for i in instructions if i.page == page}
        labels += f"#ifdef ESPB_LABELS_PAGE{page}\n"
        for op in range(256):
            labels += f"ESPB_LABEL({by_opcode[op].name})\n" if op in by_opcode else \
                ("ESPB_LABEL_PAGE1()\n" if page == 0 and op == 255 else "ESPB_NO_LABEL()\n")
        labels += "#endif\n"
    files["interp_labels.inc"] = labels
    files["interp_page1_shared_names.inc"] = (
        "// The instructions of page 1 that exec_page1 runs for the RV32 engine.\n" +
        "".join(f"ESPB_SHARED({name})\n" for name in rest["shared"]))
    return files
