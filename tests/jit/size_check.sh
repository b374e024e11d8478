#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# size_check.sh [rv32|xtensa]: flash that the JIT adds to a firmware, rv32imc or Xtensa with register windows, at -Os: compiler, routines, and what
# the engine and the runtime have more with ESPB_JIT=1. Without the compiler's own library, and without saved.cpp and place.cpp, which only firmware
# has that calls them. Fails above 24 KB, on Xtensa 26 KB, or when there is static RAM. CC_XTENSA as for bench/size_check.sh.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
chip=${1:-rv32}
case $chip in
rv32)
    limit=24576
    prefix=riscv64-unknown-elf-
    machine="-march=rv32imc -mabi=ilp32 --specs=picolibc.specs" ;;
xtensa)
    limit=26624
    prefix=${CC_XTENSA:-$("$root/scripts/xtensa_toolchain.sh" --find)/bin/xtensa-espb-elf-gcc}
    prefix=${prefix%gcc}
    machine=-mtext-section-literals ;;
*)
    echo "usage: size_check.sh [rv32|xtensa]" >&2
    exit 2 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags="$machine -Os -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables
 -DESPB_PROFILE_NATIVE=1 -I$root -I$root/runtime -I$root/runtime/include"
cxx_flags="-std=c++20 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics"
compile() { # jit sources...
    jit=$1
    shift
    for source in "$@"; do
        object=$work/$jit$(echo "${source#"$root"}" | tr / _).o
        # shellcheck disable=SC2086
        case $source in
        *.cpp) "${prefix}g++" $flags $cxx_flags -DESPB_JIT="$jit" -c "$source" -o "$object" ;;
        *.S) "${prefix}gcc" $flags -DESPB_JIT="$jit" -c "$source" -o "$object" ;;
        esac
    done
    "${prefix}size" -t "$work/$jit"_* | awk '/TOTALS/ { print $1 + $2, $2 + $3 }'
}
set -- "$root"/runtime/interp/$chip/* "$root"/runtime/module/*.cpp "$root"/runtime/native/*.cpp "$root"/runtime/native/$chip/*
without=$(compile 0 "$@")
jit=$(find "$root/runtime/jit" -maxdepth 1 -name '*.cpp' ! -name saved.cpp ! -name place.cpp)
# shellcheck disable=SC2086
with=$(compile 1 "$@" $jit "$root"/runtime/jit/$chip/*.cpp)
echo "$without $with" | awk -v limit=$limit '{
    printf "flash of the JIT %d bytes, limit %d; static RAM %d\n", $3 - $1, limit, $4 - $2
    exit $3 - $1 > limit || $4 > $2 }'
