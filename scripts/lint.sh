#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Style: clang-format on every C and C++ file of our own, and with --tidy clang-tidy on the host code of a build directory.
#   scripts/lint.sh                 check the format
#   scripts/lint.sh --fix           put it right
#   scripts/lint.sh --tidy [BUILD]  check the format, then run clang-tidy with BUILD/compile_commands.json (default: build)
set -euo pipefail
cd "$(dirname "$0")/.."

# Test programs and benchmark kernels are input, laid out as their authors like; generated files are as their generator writes them.
files() {
  git ls-files --cached --others --exclude-standard -- '*.c' '*.cpp' '*.h' '*.hpp' |
    grep -vE "^(tests/programs|tests/csmith|tests/translator/cases|tests/freertos|tests/freertos_programs|tests/jit/programs|tests/fuzz/corpus|bench/kernels|bench/train|isa/generated|firmware/include|translator/include_guest|examples)/" |
    while read -r file; do [ -e "$file" ] && echo "$file"; done
}
case "${1:-}" in
--fix)
  files | xargs clang-format-22 -i
  ;;
--tidy)
  build=${2:-build}
  files | xargs clang-format-22 --dry-run -Werror
  [ -e "$build/compile_commands.json" ] || { echo "lint: $build/compile_commands.json is missing: configure first" >&2; exit 1; }
  # clang does not know all of gcc's options.
  database=$(mktemp -d)
  trap 'rm -rf "$database"' EXIT
  sed 's/ -fno-gcse//g; s/ -fno-crossjumping//g' "$build/compile_commands.json" >"$database/compile_commands.json"
  files | grep '\.cpp$' | grep -E '^(runtime|format|isa|tools|translator)/' |
    while read -r file; do grep -q "$PWD/$file\"" "$database/compile_commands.json" && echo "$file"; done |
    xargs -P "$(nproc)" -n 4 clang-tidy-22 -p "$database" --quiet --extra-arg=-Wno-unknown-warning-option --warnings-as-errors='*'
  ;;
*)
  files | xargs clang-format-22 --dry-run -Werror
  ;;
esac
