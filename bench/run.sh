#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the benchmark table (bench.py --help says what else it can do; docs/benchmarks.md what the columns mean).
exec python3 "$(dirname "$0")/bench.py" "$@"
