#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# size_check.sh [rv32|xtensa]: compiles the runtime's part of a firmware (interpreter, verifier, linker, instance, native bridge and thunks, API)
# for rv32imc, or for Xtensa with register windows, at -Os and prints its flash (.text + .rodata + .data) and static RAM (.data + .bss) per room, without libc, libgcc, port and
# application. Fails when the whole is over 36 KB of flash, on rv32 the part without calls to and from native code and contexts (runtime/native)
# over 32 KB, or static RAM over 1 KB. CC_XTENSA names the Xtensa compiler when it is not that of scripts/xtensa_toolchain.sh.
set -eu
core_limit=32768
flash_limit=36864
ram_limit=1024
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chip=${1:-rv32}
case $chip in
rv32)
    cc=riscv64-unknown-elf-gcc
    machine="-march=rv32imc -mabi=ilp32 --specs=picolibc.specs"
    title='rv32imc -Os, bytes' ;;
xtensa)
    cc=${CC_XTENSA:-$("$root/scripts/xtensa_toolchain.sh" --find)/bin/xtensa-espb-elf-gcc}
    machine=-mtext-section-literals
    core_limit=$flash_limit
    title='xtensa -Os, bytes' ;;
*)
    echo "usage: size_check.sh [rv32|xtensa]" >&2
    exit 2 ;;
esac
prefix=${cc%gcc}
flags="$machine -Os -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables
 -DESPB_PROFILE_NATIVE=1 -I$root -I$root/runtime -I$root/runtime/include"
cxx_flags="-std=c++20 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics"
for source in "$root"/format/image.cpp "$root"/runtime/module/*.cpp "$root"/runtime/native/*.cpp "$root"/runtime/native/$chip/* "$root"/runtime/interp/$chip/*; do
    object=$work/$(echo "${source#"$root"/}" | tr / _).o
    # shellcheck disable=SC2086
    case $source in
    *.cpp) "${prefix}g++" $flags $cxx_flags -c "$source" -o "$object" ;;
    *.S) "$cc" $flags -c "$source" -o "$object" ;;
    esac
done
# What is not linked is at 0, where direct calls must reach.
cat >"$work/script.ld" <<'END'
SECTIONS {
  . = 0x1000;
  .text : { *(.text .text.* .literal .literal.*) }
  .rodata : { *(.rodata .rodata.* .srodata .srodata.*) }
  .data : { *(.data .data.* .sdata .sdata.*) }
  .bss : { *(.bss .bss.* .sbss .sbss.*) }
}
END
# Linked as a firmware would be: everything that the API reaches, shared constants and strings once.
roots=$("${prefix}nm" --defined-only -g "$work"/runtime_module_*.o | awk '$2 == "T" && $3 ~ /^espb_/ { printf " -Wl,-u,%s", $3 }')
# shellcheck disable=SC2086
"$cc" $flags -nostdlib -nostartfiles "$work"/*.o $roots -Wl,-e,espb_module_open,--gc-sections \
    -Wl,--unresolved-symbols=ignore-all,--no-warn-rwx-segments,-T"$work/script.ld",-Map="$work/map" -o "$work/linked" >"$work/link.log" 2>&1 || { cat "$work/link.log"; exit 1; }
sizes() {
    "${prefix}size" -A "$1" | awk -v name="$2" '
        $1 ~ /^\.(text|rodata|srodata)/ { flash += $2 }
        $1 ~ /^\.(data|sdata)/ { flash += $2; ram += $2 }
        $1 ~ /^\.(bss|sbss)/ { ram += $2 }
        END { printf "%-40s %8d %8d\n", name, flash, ram }'
}
printf '%-40s %8s %8s\n' "$title" flash RAM
for object in "$work"/*.o; do
    sizes "$object" "$(basename "$object" .o)"
done
total=$(sizes "$work/linked" 'linked (shared parts once)')
native=$(for object in "$work"/runtime_native_*.o; do sizes "$object" native; done | awk '{ sum += $2 } END { print sum }')
core=$(echo "$total" | awk -v native="$native" '{ print $(NF - 1) - native }')
printf '%s\n%-40s %8d %8d\n' "$total" limit $flash_limit $ram_limit
printf '%-40s %8d\n%-40s %8d\n' 'of it without runtime/native' "$core" limit $core_limit
echo "$total $core" | awk -v flash=$flash_limit -v ram=$ram_limit -v core=$core_limit '
    $(NF - 2) > flash || $(NF - 1) > ram || $NF > core { print "over the limit"; exit 1 }
    { print "within the limits" }'
