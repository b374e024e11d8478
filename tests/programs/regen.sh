#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Regenerates tests/programs/*.out on this PC: compiles every program with clang at -O0 (with sanitizers) and at -O2, insists that
# both print the same and leave the expected exit status, and writes NAME.out. With --check nothing is written, the stored output
# is compared instead. Names given on the command line limit the work to these programs.
#
# A program is NAME.c, NAME.cpp or a directory NAME/. A line "// EXIT: n" in its first file says that it ends with status n.
set -u
cd "$(dirname "$0")"
CLANG=${CLANG:-clang-22}
CLANGXX=${CLANGXX:-clang++-22}
SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=all"
check=0
if [ "${1:-}" = --check ]; then
    check=1
    shift
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # output, flags, files...
    local out=$1 flags=$2 objects=() file
    shift 2
    for file in "$@"; do
        local object
        object=$work/$(basename "$file").o
        case $file in
        *.cpp) $CLANGXX -std=c++20 -fno-exceptions -ffp-contract=off $flags -c "$file" -o "$object" || return 1 ;;
        *) $CLANG -std=gnu17 -ffp-contract=off $flags -c "$file" -o "$object" || return 1 ;;
        esac
        objects+=("$object")
    done
    $CLANGXX $flags "${objects[@]}" -o "$out" -lm
}

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    for path in *.c *.cpp */; do
        name=${path%/}
        name=${name%.*}
        [ "$name" = errors ] || names+=("$name")
    done
fi

failed=0
for name in "${names[@]}"; do
    if [ -d "$name" ]; then
        files=("$name"/*.c "$name"/*.cpp)
        files=($(ls "${files[@]}" 2>/dev/null))
    elif [ -f "$name.cpp" ]; then
        files=("$name.cpp")
    else
        files=("$name.c")
    fi
    want=$(sed -n 's|^// EXIT: *||p' "${files[@]}" | head -1)
    extra=$(sed -n 's|^// HOSTFLAGS: *||p' "${files[@]}" | head -1)
    good=1
    for flags in "-O0 -g $SANITIZE $extra" "-O2 $extra"; do
        build "$work/program" "$flags" "${files[@]}" || { good=0; break; }
        timeout 60 "$work/program" >"$work/now" 2>"$work/err"
        status=$?
        if [ $status -ne "${want:-0}" ] || [ -s "$work/err" ]; then
            echo "$name ($flags): status $status, wanted ${want:-0}" >&2
            head -5 "$work/err" >&2
            good=0
            break
        fi
        if [ "$flags" != "-O2 $extra" ]; then
            mv "$work/now" "$work/first"
        elif ! cmp -s "$work/first" "$work/now"; then
            echo "$name: -O0 and -O2 differ" >&2
            good=0
        fi
    done
    if [ $good -eq 1 ] && [ $check -eq 1 ] && ! cmp -s "$work/first" "$name.out"; then
        echo "$name: the stored output is not what this PC prints" >&2
        good=0
    fi
    if [ $good -eq 0 ]; then
        failed=$((failed + 1))
    elif [ $check -eq 0 ]; then
        cp "$work/first" "$name.out"
    fi
done
echo "${#names[@]} programs, $failed failed"
[ $failed -eq 0 ]
