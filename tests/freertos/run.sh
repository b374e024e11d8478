#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the FreeRTOS test firmware and runs it on an emulated board; for RV32 also compiles the headers as scripts do.
# usage: run.sh [BUILD-DIRECTORY]
#   ESPB_CHIP is rv32 (default) or xtensa, CC_RV32 or CC_XTENSA its compiler.
# Needs gcc-riscv64-unknown-elf, picolibc-riscv64-unknown-elf, qemu-system-misc; clang-22 for the headers. The kernel is fetched once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "${1:-$root/build/tests/freertos}"
out=$(cd "${1:-$root/build/tests/freertos}" && pwd)
freertos=$root/firmware/freertos
chip=${ESPB_CHIP:-rv32}
case $chip in
  rv32)
    board=$root/firmware/rv32_virt/board script=virt.ld
    cc=${CC_RV32:-riscv64-unknown-elf-gcc}
    machine="--specs=picolibc.specs -march=rv32imc -mabi=ilp32" libraries=-lm ;;
  xtensa)
    board=$root/firmware/xtensa_sim/board script=sim.ld
    cc=${CC_XTENSA:-xtensa-espb-elf-gcc}
    machine="-mtext-section-literals -nostdlib" libraries="-lm -lc -lgcc" ;;
  *) echo "run.sh: no board with the chip '$chip'" >&2; exit 2 ;;
esac
board_sources=$(echo "$board"/*.S "$board"/*.c)

library=$("$freertos/build_library.sh" "$out/library")
kernel=$("$freertos/fetch_kernel.sh")
major=$(sed -n 's/^#define tskKERNEL_VERSION_MAJOR[[:space:]]*\([0-9]*\).*/\1/p' "$kernel/include/task.h")
flags="$machine -std=gnu11 -O2 -g -Wall -Wextra -Werror"
program_flags="$flags -I$root/firmware/include -I$freertos/portable/common -I$freertos/portable/$chip -I$freertos/shim -I$freertos/sim -I$freertos -I$board"
program_flags="$program_flags -I$root/firmware/common -I$root/runtime/include"
kernel_flags="$flags -DESPB_KERNEL_MAJOR=$major -I$freertos/config -I$freertos/portable/common -I$freertos/portable/$chip -I$kernel/include -I$here"
link="-nostartfiles -T $board/$script -Wl,--gc-sections -Wl,--no-warn-rwx-segments"
failed=0

# ---- the headers, as modules see them and as C++ ----
picolibc=$($cc --specs=picolibc.specs -march=rv32imc -mabi=ilp32 -print-sysroot 2>/dev/null || true)
for directory in "$picolibc/include" /usr/lib/picolibc/riscv64-unknown-elf/include; do
  [ -f "$directory/stdio.h" ] && libc=$directory && break
done
clang=${ESPB_CLANG:-clang-22}
if [ "$chip" != rv32 ]; then
  echo "the headers are tested on rv32"
elif command -v "$clang" >/dev/null; then
  for language in c c++; do
    for header in $(cd "$root/firmware/include" && find . -name '*.h' | sort); do
      printf '#include "%s"\n' "${header#./}" >"$out/header.c"
      "$clang" -x $language --target=riscv32-unknown-none-elf -march=rv32im -mabi=ilp32 -nostdinc++ -isystem "$libc" -I"$root/firmware/include" \
        -Wall -Wextra -Werror -fsyntax-only "$out/header.c" || { echo "FAILED: $header as $language"; failed=1; }
    done
    "$clang" -x $language --target=riscv32-unknown-none-elf -march=rv32im -mabi=ilp32 -nostdinc++ -isystem "$libc" -I"$root/firmware/include" \
      -Wall -Wextra -Werror -O2 -emit-llvm -c -o "$out/script.bc" "$here/script.c" || { echo "FAILED: script.c as $language"; failed=1; }
    $cc -x $language --specs=picolibc.specs -march=rv32imc -mabi=ilp32 -I"$root/firmware/include" -Wall -Wextra -Werror -O2 -c \
      -o "$out/script.o" "$here/script.c" || { echo "FAILED: script.c as native $language"; failed=1; }
  done
  [ $failed = 1 ] || echo "ok headers"
else
  echo "skipped: the headers for scripts, since $clang is not installed"
fi

"$here/check_symbols.py" "$root" || failed=1

# ---- a run: program, expected exit status ----
emulate() {
  timeout 300 "$board/qemu.sh" "$1"
}

# The tables name functions of the runtime, which is not part of these programs: they get some address.
guest=$(sed -n 's/.*, \(espb_guest_[a-z_]*\)).*/-Wl,--defsym=\1=board_main/p' "$freertos/idf_fast.sym" "$freertos/custom_fast.sym" | sort -u)

# shellcheck disable=SC2086
{
  $cc $kernel_flags -c -o "$out/types_kernel.o" "$here/types_kernel.c"
  # The prefix fingerprints are computed while compiling.
  ${cc%gcc}g++ $(echo "$program_flags" | sed 's/-std=gnu11/-std=c++20/') -ffreestanding -fno-exceptions -fno-rtti \
    -c -o "$out/tables.o" "$here/tables.cpp"
  $cc $program_flags -o "$out/test.elf" "$here"/main.c "$here"/test_*.c "$here/$chip/registers.S" "$out/types_kernel.o" "$out/tables.o" \
    $board_sources "$library" $link $guest $libraries
}
emulate "$out/test.elf" || { echo "FAILED: the test firmware ended with status $?"; failed=1; }

illegal=2
[ $chip = rv32 ] || illegal=0
mistake=0
while IFS='|' read -r name expected; do
  mistake=$((mistake + 1))
  # shellcheck disable=SC2086
  $cc $program_flags -O1 -DMISTAKE=$mistake -o "$out/fatal$mistake.elf" "$here/fatal.c" $board_sources "$library" $link $libraries
  status=0
  emulate "$out/fatal$mistake.elf" >"$out/fatal$mistake.log" 2>&1 </dev/null || status=$?
  if [ $status = 1 ] && grep -q "$expected" "$out/fatal$mistake.log"; then
    echo "ok $name"
  else
    echo "FAILED $name: status $status, expected 1 and \"$expected\" in:"
    cat "$out/fatal$mistake.log"
    failed=1
  fi
done <<END
stack overflow|stack overflow in task: careless
task returned|task function returned instead of calling vTaskDelete: careless
illegal instruction|unhandled exception: cause $illegal at pc 0x
assertion|queue.c:
double free|heap: free or realloc of memory that is not allocated
error check|ESP_ERROR_CHECK failed: esp_err_t 0x107 (ESP_ERR_TIMEOUT)
END

[ $failed = 0 ] && echo "all FreeRTOS tests passed"
exit $failed
