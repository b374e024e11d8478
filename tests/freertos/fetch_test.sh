#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Where fetch_kernel.sh finds a kernel, and what it refuses. Fetches the real one at most once, into the usual cache.
set -eu
fetch=$(cd "$(dirname "$0")/../../firmware/freertos" && pwd)/fetch_kernel.sh
kernel=$("$fetch")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

expect() { # description, expected, actual
  if [ "$2" = "$3" ]; then
    echo "ok $1"
  else
    echo "FAILED $1: expected \"$2\", got \"$3\""
    failed=1
  fi
}
refuses() { # description, expected part of the message, command ...
  description=$1
  expected=$2
  shift 2
  if output=$("$@" 2>&1); then
    echo "FAILED $description: accepted: $output"
    failed=1
  elif echo "$output" | grep -q -- "$expected"; then
    echo "ok $description"
  else
    echo "FAILED $description: expected \"$expected\", got \"$output\""
    failed=1
  fi
}

for layout in . Source FreeRTOS/Source FreeRTOS-Kernel; do
  mkdir -p "$scratch/own/$layout"
  cp -r "$kernel/." "$scratch/own/$layout/"
  expect "kernel in $layout" "$(cd "$scratch/own/$layout" && pwd)" "$(FREERTOS_KERNEL_PATH=$scratch/own "$fetch")"
  rm -rf "$scratch/own"
done
cp -r "$kernel" "$scratch/incomplete"
rm "$scratch/incomplete/portable/MemMang/heap_4.c"
refuses "incomplete kernel" "holds no FreeRTOS kernel" env FREERTOS_KERNEL_PATH="$scratch/incomplete" "$fetch"

expect "from the cache, without a network" "$kernel" "$(env -u FREERTOS_KERNEL_PATH PATH=/usr/bin:/bin ESPB_DEBIAN_MIRROR=none: "$fetch")"

echo "not a tarball" >"$scratch/bad.tar.xz"
refuses "wrong download" "not used" \
  env -u FREERTOS_KERNEL_PATH XDG_CACHE_HOME="$scratch/cache" ESPB_FREERTOS_TARBALL="$scratch/bad.tar.xz" "$fetch"
refuses "missing download" "no such file" \
  env -u FREERTOS_KERNEL_PATH XDG_CACHE_HOME="$scratch/cache" ESPB_FREERTOS_TARBALL="$scratch/none" "$fetch"
refuses "mirror out of reach" "apt-get update failed" \
  env -u FREERTOS_KERNEL_PATH XDG_CACHE_HOME="$scratch/cache" ESPB_DEBIAN_MIRROR="file:$scratch/nothing-here" "$fetch"
expect "nothing left behind" "" "$(ls "$scratch/cache/espb/freertos")"

# The library refuses a kernel of a version that its shim does not know.
cp -r "$kernel" "$scratch/old"
sed -i 's/^\(#define tskKERNEL_VERSION_MAJOR\).*/\1 8/' "$scratch/old/include/task.h"
refuses "unknown version" "has the version '8.0'" \
  env FREERTOS_KERNEL_PATH="$scratch/old" "${fetch%/*}/build_library.sh" "$scratch/library"
exit $failed
