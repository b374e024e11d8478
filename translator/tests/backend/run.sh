#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The backend's own tests: run.sh ESPB_LLC [ESPB]. Every .ll file is compiled and its listing checked (lines CHECK), as is what is said on
# stderr (lines INFO). With ESPB, features.c is also translated at every level, executed on the host board and compared with what the same
# program prints when it is compiled for this machine.
set -u
llc=${1:?usage: run.sh ESPB_LLC [ESPB]}
espb=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0
fail() { echo "FAIL: $*"; failed=$((failed + 1)); }

for test in "$here"/*.ll; do
  name=$(basename "$test")
  timeout 60 "$llc" -S -info -verify-machineinstrs "$test" -o "$tmp/s" 2>"$tmp/info"
  code=$?
  if [ "$name" = refusals.ll ]; then
    [ $code -eq 1 ] || fail "$name: exit code $code"
  else
    [ $code -eq 0 ] || fail "$name: exit code $code: $(head -3 "$tmp/info")"
    # Tabs and runs of blanks are one blank to FileCheck.
    FileCheck-22 "$test" --input-file "$tmp/s" || fail "$name: listing"
  fi
  if grep -q 'INFO' "$test"; then
    FileCheck-22 "$test" --check-prefix INFO --input-file "$tmp/info" || fail "$name: messages"
  fi
done

if [ -n "$espb" ]; then
  clang-22 -w -O1 "$here/features.c" -o "$tmp/native" && "$tmp/native" >"$tmp/want" || fail "features.c: native"
  for level in 0 1 2 3 s z; do
    if ! "$espb" build -w -O$level "$here/features.c" -o "$tmp/f.espb"; then
      fail "features.c -O$level: build"
    elif ! timeout 60 "$espb" run --on host --stack 65536 "$tmp/f.espb" >"$tmp/got"; then
      fail "features.c -O$level: run"
    elif ! cmp -s "$tmp/want" "$tmp/got"; then
      fail "features.c -O$level: $(diff "$tmp/want" "$tmp/got" | head -4 | cut -c1-200)"
    fi
  done
fi
[ "$failed" -eq 0 ] && echo "backend tests passed"
[ "$failed" -eq 0 ]
