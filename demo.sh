#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh Debian 12 machine to C code running on an emulated RV32 chip: installs what is missing, builds what is needed, compiles
# and translates examples/demo/demo.c, and runs the one module on the chip and on this PC.
set -euo pipefail
cd "$(dirname "$0")"

step() { printf '\n== %s\n' "$*"; }
espb=build/bin/espb
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step "Setting up and building (the first time this takes some minutes)"
scripts/setup.sh --demo
scripts/build.sh build -- espb espb-rv32-virt espb-rv32-virt-count

step "Compile and translate: espb build examples/demo/demo.c -O2 -o demo.espb"
$espb build examples/demo/demo.c -O2 -o "$work/demo.espb"

step "Run on the emulated RV32 chip: espb run demo.espb --stats"
$espb run "$work/demo.espb" --stats 2>"$work/stats" | tee "$work/rv32.txt"
cat "$work/stats"

step "Run the same file on this PC: espb run demo.espb --on host"
$espb run "$work/demo.espb" --on host >"$work/host.txt"
if ! cmp "$work/rv32.txt" "$work/host.txt"; then
  echo "demo: the PC printed something else than the chip" >&2
  exit 1
fi
echo "The PC printed the same $(wc -l <"$work/host.txt") lines."

step "An ESP-IDF program as it stands, under FreeRTOS: espb run blink.espb --gpio 1100:9=0"
$espb build examples/blink/main.c -o "$work/blink.espb"
$espb run "$work/blink.espb" --gpio 1100:9=0 2>&1

step "What is in it: espb size demo.espb"
$espb size "$work/demo.espb"

step "And the code: espb dump demo.espb --function main (the first lines)"
$espb dump "$work/demo.espb" --function main >"$work/dump.txt"
head -n 24 "$work/dump.txt"

step "Done. Try: $espb --help"
