#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the core's description (xtensa-config.h) for binutils and GCC: xtensa_config.py ORIGINAL RESULT.

The core is QEMU's de233_fpu: little endian, windowed registers, what an ESP32 has. Its double-precision FPU is left out, since no ESP32 has one.
"""
import re
import sys

CORE = {
    "XCHAL_HAVE_BE": 0,
    "XCHAL_NUM_AREGS": 32,
    "XCHAL_HAVE_LOOPS": 1,
    "XCHAL_HAVE_MAC16": 1,
    "XCHAL_HAVE_MUL32_HIGH": 0,
    "XCHAL_HAVE_CLAMPS": 1,
    "XCHAL_HAVE_BOOLEANS": 1,
    "XCHAL_HAVE_S32C1I": 1,
    "XCHAL_HAVE_THREADPTR": 1,
    "XCHAL_HAVE_MMU": 0,
    "XCHAL_HAVE_FP": 1,
    "XCHAL_HAVE_FP_DIV": 1,
    "XCHAL_HAVE_FP_RECIP": 1,
    "XCHAL_HAVE_FP_SQRT": 1,
    "XCHAL_HAVE_FP_RSQRT": 1,
    "XCHAL_HAVE_DFP_accel": 0,
}


def main():
    original, result = sys.argv[1:]
    with open(original) as file:
        text = file.read()
    end = "#endif /* !XTENSA_CONFIG_H */"
    for name, value in CORE.items():
        text, found = re.subn(rf"(#define\s+{name}\s+)\S+", rf"\g<1>{value}", text)
        if not found:
            if end not in text:
                sys.exit(f"{original}: no '{end}'")
            text = text.replace(end, f"#undef {name}\n#define {name} {value}\n\n{end}")
    with open(result, "w") as file:
        file.write(text)


main()
