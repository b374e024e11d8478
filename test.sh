#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Sets up, builds everything, runs all tests: the whole suite in an ordinary build, and the runtime's part of it once more under
# AddressSanitizer and UndefinedBehaviorSanitizer. The last line says how many passed; the exit status is 0 only if all did.
#   ./test.sh            everything
#   ./test.sh PATTERN    only the tests whose name matches
set -uo pipefail
cd "$(dirname "$0")"

jobs=$(nproc)
pattern=()
[ $# -gt 0 ] && pattern=(-R "$1")
passed=0 failed=0

# Counts one check that is no CTest test.
check() {
  local name=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
    echo "ok      $name"
  else
    failed=$((failed + 1))
    echo "FAILED  $name"
  fi
}

run_ctest() {
  local build=$1
  echo "== Tests in $build"
  local log=$build/ctest.log status
  ctest --test-dir "$build" --no-tests=error -j "$jobs" --output-on-failure "${pattern[@]}" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  local line bad total
  # "97% tests passed, 3 tests failed out of 100"
  line=$(grep -E 'tests passed, [0-9]+ tests failed out of [0-9]+' "$log" | tail -n 1)
  bad=$(sed -nE 's/.*passed, ([0-9]+) tests failed.*/\1/p' <<<"$line")
  total=$(sed -nE 's/.*out of ([0-9]+).*/\1/p' <<<"$line")
  if [ -z "$total" ]; then
    # No test of that build matches the pattern: fine there, as long as the other build has some.
    if [ ${#pattern[@]} -gt 0 ] && grep -q 'No tests were found' "$log"; then
      return
    fi
    bad=1 total=1
  fi
  [ "$status" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
  failed=$((failed + bad))
  passed=$((passed + total - bad))
}

finish() {
  echo
  echo "$passed passed, $failed failed ($SECONDS s)"
  if [ "$failed" -gt 0 ] || [ "$passed" -eq 0 ]; then
    exit 1
  fi
  exit 0
}

check "setup" scripts/setup.sh
[ "$failed" -gt 0 ] && finish
if [ ${#pattern[@]} -eq 0 ]; then
  check "format" scripts/lint.sh
fi
# Built once, in about twelve minutes; later found in the cache.
check "Xtensa toolchain" scripts/xtensa_toolchain.sh
[ "$failed" -gt 0 ] && finish
check "build" scripts/build.sh build -DESPB_XTENSA=ON
check "build with sanitizers" scripts/build.sh build-asan -DESPB_SANITIZE=ON
[ "$failed" -gt 0 ] && finish
run_ctest build
run_ctest build-asan
if [ ${#pattern[@]} -eq 0 ]; then
  check "programs under sanitizers" python3 tests/run_programs.py --espb build/bin/espb --host-espb build-asan/bin/espb \
    --boards host --levels 0,2,z
fi
finish
