#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# crossings.sh [BUILD]: what it costs to cross between guest and native code on RV32, in exact machine instructions, as a table.
# Fails when a number is over its limit. BUILD (default: build) must have the firmwares and the translator.
root=$(cd "$(dirname "$0")/.." && pwd)
exec "$root/firmware/rv32_virt/board/qemu.sh" "${1:-$root/build}/firmware/native-crossings.elf"
