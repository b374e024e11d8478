#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the FreeRTOS part of a firmware into one archive, libespb_freertos.a.
# usage: build_library.sh OUTPUT-DIRECTORY [more compiler flags ...]
#   ESPB_CHIP is rv32 (default) or xtensa; CC_RV32 (default riscv64-unknown-elf-gcc) or CC_XTENSA its compiler; FREERTOS_KERNEL_PATH a kernel other
#   than Debian's.
# Only what is older than its source, a header or the flags is compiled again.
set -eu
[ $# -ge 1 ] || { echo "usage: build_library.sh OUTPUT-DIRECTORY [compiler flags]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
shift
chip=${ESPB_CHIP:-rv32}
case $chip in
  rv32)
    cc=${CC_RV32:-riscv64-unknown-elf-gcc}
    machine="--specs=picolibc.specs -march=rv32imc -mabi=ilp32"
    hint="package gcc-riscv64-unknown-elf" ;;
  xtensa)
    cc=${CC_XTENSA:-xtensa-espb-elf-gcc}
    machine="-mtext-section-literals"
    hint="scripts/xtensa_toolchain.sh builds it" ;;
  *) echo "build_library.sh: no port for the chip '$chip'" >&2; exit 2 ;;
esac
prefix=${cc%gcc}
command -v "$cc" >/dev/null || { echo "build_library.sh: the compiler $cc is missing ($hint)" >&2; exit 1; }
kernel=$("$here/fetch_kernel.sh")

# The version decides which functions the shim adds; V9 is the oldest that works.
major=$(sed -n 's/^#define tskKERNEL_VERSION_MAJOR[[:space:]]*\([0-9]*\).*/\1/p' "$kernel/include/task.h")
minor=$(sed -n 's/^#define tskKERNEL_VERSION_MINOR[[:space:]]*\([0-9]*\).*/\1/p' "$kernel/include/task.h")
case $major.$minor in
  9.* | 10.[5-9] | 11.*) ;;
  *) echo "build_library.sh: the kernel in $kernel has the version '$major.$minor'; V9, V10.5 and later, and V11 are supported" >&2
    exit 1 ;;
esac

common="$machine -O2 -g -ffunction-sections -fdata-sections -DESPB_KERNEL_MAJOR=$major $*"
kernel_includes="-I$here/config -I$here/portable/common -I$here/portable/$chip -I$here/shim -I$kernel/include"
board_includes="-I$here/../include -I$here/portable/common -I$here/portable/$chip -I$here/shim -I$here/sim"
warnings="-std=gnu11 -Wall -Wextra -Werror"

# A change of the flags or of the kernel makes everything old.
stamp="$cc $common $kernel"
[ -f "$out/flags" ] && [ "$(cat "$out/flags")" = "$stamp" ] || { rm -f "$out"/*.o "$out"/*.a; printf '%s' "$stamp" >"$out/flags"; }

objects=
compile() { # source object flags
  object=$out/$2.o
  objects="$objects $object"
  [ -f "$object" ] && [ -z "$(find "$1" "$here/config" "$here/portable" "$here/shim" "$here/sim" "$here/custom" "$here/../include" \
    -newer "$object" \( -name '*.h' -o -path "$1" \) | head -n 1)" ] && return
  # shellcheck disable=SC2086
  $cc $common $3 -c -o "$object.tmp" "$1"
  mv "$object.tmp" "$object"
}

for name in tasks queue list timers event_groups portable/MemMang/heap_4 stream_buffer; do
  # V9 has no stream buffers; the shim brings them.
  [ $name = stream_buffer ] && [ "$major" = 9 ] && continue
  compile "$kernel/$name.c" "kernel_$(basename "$name")" "-w $kernel_includes"
done
sed "/^#/d; s/@CHIP@/$chip/" "$here/sources.list" >"$out/sources"
while read -r source; do
  name=$(echo "${source%.*}" | tr / _)
  case $source in
    sim/* | custom/*) flags="$board_includes $warnings" ;;
    *.S) flags="$kernel_includes" ;;
    *) flags="$kernel_includes $warnings" ;;
  esac
  compile "$here/$source" "$name" "$flags"
done <"$out/sources"

archive=$out/libespb_freertos.a
# shellcheck disable=SC2086
if [ ! -f "$archive" ] || [ -n "$(find $objects -newer "$archive" | head -n 1)" ]; then
  rm -f "$archive"
  "${prefix}ar" rcs "$archive" $objects
fi
echo "$archive"
