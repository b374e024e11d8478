#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Random IR through the backend: stress.sh ESPB_LLC [SEEDS] [FIRST]. Every module must be translated, machine-verified and without a crash.
# A module with a construct that ESPB refuses (it says "error: ...") counts as translated.
set -u
llc=${1:?usage: stress.sh ESPB_LLC [SEEDS] [FIRST]}
seeds=${2:-200}
first=${3:-1}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0
for ((seed = first; seed < first + seeds; seed++)); do
  llvm-stress-22 -seed "$seed" -size $((50 + seed % 5 * 100)) -o "$tmp/s.ll" || exit 2
  for level in 0 2; do
    if ! timeout 60 "$llc" -verify-machineinstrs -O$level "$tmp/s.ll" -o "$tmp/s.o" >"$tmp/log" 2>&1 && ! grep -q '^error: ' "$tmp/log"; then
      echo "seed $seed -O$level:" && grep -m2 -E 'ERROR|Bad machine|error|Assert' "$tmp/log"
      failed=$((failed + 1))
    fi
  done
done
echo "$seeds seeds, $failed failures"
[ "$failed" -eq 0 ]
