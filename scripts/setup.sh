#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes sure that the Debian 12 packages ESPB needs are installed. Quick when they are. As root (or with a sudo that asks nothing) it
# installs what is missing; otherwise it prints the command and fails.
#   scripts/setup.sh          what building, running and testing need
#   scripts/setup.sh --demo   only what demo.sh needs
set -euo pipefail

packages=(
  g++ cmake ninja-build ccache python3 pkg-config           # the build
  llvm-22-dev zlib1g-dev clang-22 libffi-dev                    # the translator, guest code, calls on the host board
  libcli11-dev nlohmann-json3-dev                           # the espb command
  libc++-22-dev                                             # the C++ headers of guests
  gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf      # RV32 firmwares, and the guests' C headers
  qemu-system-misc                                          # the emulated boards
  xz-utils                                                  # unpacks the FreeRTOS kernel (firmware/freertos/fetch_kernel.sh)
)
if [ "${1:-}" != --demo ]; then
  packages+=(
    libgtest-dev libclang-rt-22-dev clang-format-22 clang-tidy-22   # tests, fuzzing, style
    csmith libcsmith-dev llvm-22                                    # random programs, llvm-stress
    qemu-user                                                       # Xtensa programs without a board
    make bison flex m4 patch meson libgmp-dev libmpfr-dev libmpc-dev # what scripts/xtensa_toolchain.sh builds with
  )
fi

missing=()
for package in "${packages[@]}"; do
  case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true) in
  installed) ;;
  *) missing+=("$package") ;;
  esac
done
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi

install=(apt-get install -y --no-install-recommends "${missing[@]}")
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  else
    echo "These packages are missing; install them as root and start again:" >&2
    echo "  apt-get update && ${install[*]}" >&2
    exit 1
  fi
fi
echo "Installing ${#missing[@]} packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update &&
       "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "setup: apt-get could not install: ${missing[*]}" >&2
  echo "LLVM 22 comes with Debian 12's security updates: that suite must be among the machine's apt sources." >&2
  exit 1
fi
