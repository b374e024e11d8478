#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Configures a build directory and builds targets in it: scripts/build.sh DIR [cmake -D options] [-- targets].
# The compiler cache lives outside the checkout, so that a second checkout builds quickly too.
set -euo pipefail
cd "$(dirname "$0")/.."
directory=$1
shift
options=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  options+=("$1")
  shift
done
[ $# -gt 0 ] && shift
export CCACHE_DIR=${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/espb/ccache}
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
# Precious little changes the content of a build: only what was asked for is built.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! cmake -G Ninja -S . -B "$directory" "${options[@]}" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
targets=()
for target in "$@"; do
  targets+=(--target "$target")
done
if [ -t 1 ]; then
  cmake --build "$directory" "${targets[@]}"
elif ! cmake --build "$directory" "${targets[@]}" >"$log" 2>&1; then
  grep -vE '^\[[0-9]+/[0-9]+\] ' "$log" | tail -n 60 >&2
  echo "the build in $directory failed" >&2
  exit 1
fi
