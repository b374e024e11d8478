#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# profile.sh [-b BUILD] [-n ROWS] [PROGRAM.c...]: which instructions and pairs of neighbours the training programs (or the named
# ones) execute most, translated at -O2 and run on the host. What the fused instructions are chosen by; see docs/benchmarks.md.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build
rows=40
while getopts b:n: option; do
    case $option in
    b) build=$OPTARG ;;
    n) rows=$OPTARG ;;
    *) echo "usage: profile.sh [-b BUILD] [-n ROWS] [PROGRAM.c...]" >&2; exit 2 ;;
    esac
done
shift $((OPTIND - 1))
cmake --build "$build" --target espb-profile >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046
    set -- $(awk -v d="$root/bench/train/" '$1 !~ /^#/ && NF >= 2 { print d $2 }' "$root/bench/train/train.txt")
fi
for program in "$@"; do
    "$build/bin/espb" build "$program" -O2 -o "$work/$(basename "$program").espb" || echo "$program: left out" >&2
done
"$build/bin/espb-profile" -n "$rows" "$work"/*.espb
