#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds one kernel natively for a board: build.sh KERNEL.c|.cpp OUT.elf [compiler flags...]. The compiler and its flags are the ones that
# docs/benchmarks.md names as the baseline. ENTRY=main in the environment for programs that are no kernels; ESPB_CHIP=xtensa for that board,
# with CC_XTENSA as its compiler.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
kernel=$1 out=$2
shift 2
chip=${ESPB_CHIP:-rv32}
case $chip in
rv32)
    cc=riscv64-unknown-elf-gcc
    machine="-march=rv32imc -mabi=ilp32 --specs=picolibc.specs"
    board=$root/firmware/rv32_virt/board script=virt.ld libraries=-lm ;;
xtensa)
    cc=${CC_XTENSA:-$("$root/scripts/xtensa_toolchain.sh" --find)/bin/xtensa-espb-elf-gcc}
    machine="-mtext-section-literals -nostdlib -ffp-contract=off" # the checksums are those of separate roundings
    board=$root/firmware/xtensa_sim/board script=sim.ld libraries="-lm -lc -lgcc" ;;
esac
case $kernel in
*.cpp) compiler="${cc%gcc}g++ -std=c++20 -fno-exceptions -fno-rtti" ;;
*) compiler=$cc ;;
esac
entry=${ENTRY:-kernel_run}
defines=
if [ "$entry" = kernel_run ]; then defines=-DKERNEL_NO_MAIN; fi
memory=$root/firmware/rv32_virt/board/memory.c
# shellcheck disable=SC2086
$compiler $machine -O2 "$@" $defines -c "$kernel" -o "$out.o"
# shellcheck disable=SC2086
$cc $machine -O2 -DHARNESS_ENTRY="$entry" -Wno-main -I"$root" -I"$board" -I"$root/firmware/freertos/portable/$chip" "$out.o" "$root/bench/native/harness.c" "$board/board.c" \
    "$memory" "$board/start.S" -nostartfiles -T"$board/$script" -Wl,--gc-sections,--no-warn-rwx-segments $libraries -o "$out"
