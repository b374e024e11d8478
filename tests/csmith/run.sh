#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh N [SEED]: N random programs on native RV32, host interpreter and RV32 interpreter must agree (csmith.py --help).
exec python3 "$(dirname "$0")/csmith.py" "$@"
