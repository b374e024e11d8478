#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# size_check.sh [--quiet]: compiles the runtime's part of a firmware (interpreter, verifier, linker, instance, native bridge and thunks, API)
# for rv32imc at -Os and prints its flash (.text + .rodata + .data) and static RAM (.data + .bss) per room, without libc, libgcc, port and
# application. Fails when flash is over 32 KB or static RAM over 1 KB.
set -eu
flash_limit=32768
ram_limit=1024
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags="-march=rv32imc -mabi=ilp32 --specs=picolibc.specs -Os -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables
 -DESPB_PROFILE_NATIVE=1 -I$root -I$root/runtime -I$root/runtime/include"
cxx_flags="-std=c++20 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics"
for source in "$root"/format/image.cpp "$root"/runtime/module/*.cpp "$root"/runtime/native/rv32/* "$root"/runtime/interp/rv32/*; do
    object=$work/$(echo "${source#"$root"/}" | tr / _).o
    # shellcheck disable=SC2086
    case $source in
    *.cpp) riscv64-unknown-elf-g++ $flags $cxx_flags -c "$source" -o "$object" ;;
    *.S) riscv64-unknown-elf-gcc $flags -c "$source" -o "$object" ;;
    esac
done
for object in "$work"/*.o; do
    riscv64-unknown-elf-size -A "$object" | awk -v name="$(basename "$object" .o)" '
        $1 ~ /^\.(text|rodata|srodata)/ { flash += $2 }
        $1 ~ /^\.(data|sdata)/ { flash += $2; ram += $2 }
        $1 ~ /^\.(bss|sbss)/ { ram += $2 }
        END { print name, flash + 0, ram + 0 }'
done | awk -v flash_limit=$flash_limit -v ram_limit=$ram_limit '
    BEGIN { printf "%-34s %8s %8s\n", "rv32imc -Os, bytes", "flash", "RAM" }
    { printf "%-34s %8d %8d\n", $1, $2, $3; flash += $2; ram += $3 }
    END {
        printf "%-34s %8d %8d\n%-34s %8d %8d\n", "sum", flash, ram, "limit", flash_limit, ram_limit
        if (flash > flash_limit || ram > ram_limit) { print "over the limit"; exit 1 }
        print "within the limits"
    }'
