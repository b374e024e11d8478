#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds one kernel natively for the RV32 board: build.sh KERNEL.c|.cpp OUT.elf [compiler flags...]. The compiler and its flags are the ones that
# docs/benchmarks.md names as the baseline. ENTRY=main in the environment for programs that are no kernels.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
kernel=$1 out=$2
shift 2
machine="-march=rv32imc -mabi=ilp32 --specs=picolibc.specs"
board=$root/firmware/rv32_virt/board
case $kernel in
*.cpp) compiler="riscv64-unknown-elf-g++ -std=c++20 -fno-exceptions -fno-rtti" ;;
*) compiler=riscv64-unknown-elf-gcc ;;
esac
entry=${ENTRY:-kernel_run}
defines=
if [ "$entry" = kernel_run ]; then defines=-DKERNEL_NO_MAIN; fi
# shellcheck disable=SC2086
$compiler $machine -O2 "$@" $defines -c "$kernel" -o "$out.o"
# shellcheck disable=SC2086
riscv64-unknown-elf-gcc $machine -O2 -DHARNESS_ENTRY="$entry" -Wno-main -I"$root" "$out.o" "$root/bench/native/harness.c" "$board/board.c" "$board/memory.c" "$board/start.S" \
    -nostartfiles -T"$board/virt.ld" -Wl,--gc-sections,--no-warn-rwx-segments -lm -o "$out"
