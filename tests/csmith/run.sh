#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh N [SEED]: N random programs natively on RV32 and on every engine must agree (csmith.py --help).
exec python3 "$(dirname "$0")/csmith.py" "$@"
