#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# qemu.sh PROGRAM.elf [more qemu options]: runs a bare-metal program on the emulated board; its console is this console.
program=$1
shift
exec qemu-system-xtensa -M sim -cpu de233_fpu -m 1G -display none -serial none -monitor none -icount shift=0,sleep=off -semihosting \
    -kernel "$program" "$@"
