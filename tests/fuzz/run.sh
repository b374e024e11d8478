#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh [SECONDS]: builds the fuzzer of the loader, verifier, interpreter and host library with clang-22 and runs it (60 seconds when not
# said otherwise) on the corpus in ${ESPB_FUZZ_CORPUS:-a temporary directory}. A finding is left in the current directory, and the exit status is not 0.
set -eu
seconds=${1:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
corpus=${ESPB_FUZZ_CORPUS:-$work/corpus}
mkdir -p "$corpus"
clang=${ESPB_CLANG:-clang++-22}
# Casts through the two kinds of instruction pointers and unaligned reads are all under UBSan's eyes: nothing is left out.
"$clang" -std=gnu++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
    -I"$root" -I"$root/runtime/include" \
    "$root"/tests/fuzz/fuzz_module.cpp "$root"/tests/runtime/sample.cpp \
    "$root"/format/*.cpp "$root"/runtime/module/*.cpp "$root"/runtime/interp/interpreter.cpp "$root"/runtime/native/*.cpp "$root"/runtime/native/host/*.cpp \
    "$root"/runtime/port/posix/port.cpp -lffi -lpthread -o "$work/fuzz_module"
"$work/fuzz_module" --seed "$corpus"
"$work/fuzz_module" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 "$corpus"
