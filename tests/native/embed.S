# SPDX-License-Identifier: Apache-2.0
# A module in the image: MODULE_FILE as MODULE_NAME to MODULE_NAME_end.
#define STRING(x) #x
#define JOIN(a, b) a##b
#define END(name) JOIN(name, _end)
    .section .data.modules, "aw", @progbits
    .globl MODULE_NAME
    .globl END(MODULE_NAME)
    .balign 16
MODULE_NAME:
    .incbin MODULE_FILE
END(MODULE_NAME):
