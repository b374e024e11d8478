#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Finds or fetches the FreeRTOS kernel and prints the directory that holds tasks.c, include/ and portable/MemMang/heap_4.c.
#
# The kernel is not part of this repository: its licence (V9: GPLv2 with the FreeRTOS exception) is not ours to change. It comes
#   1. from FREERTOS_KERNEL_PATH, when that is set (V9, V10 or V11; a kernel checkout or a FreeRTOS distribution), or
#   2. from Debian's source package "micropython", which carries FreeRTOS V9.0.0, with a private apt configuration: neither the
#      machine's package lists nor its sources are touched and no root rights are needed. The mirror is the machine's own.
# The result is kept in ${XDG_CACHE_HOME:-$HOME/.cache}/espb/freertos and used again without any network.
#
# Environment: FREERTOS_KERNEL_PATH   a kernel of your own
#              ESPB_DEBIAN_MIRROR     the mirror to use instead of the one in the machine's apt sources
#              ESPB_FREERTOS_TARBALL  an already downloaded micropython_1.25.0+ds.orig.tar.xz (no network at all)
set -eu

readonly package=micropython
readonly version=1.25.0+ds-1
readonly suite=trixie
readonly tarball_sha256=7b25be99a502f070b2de81dafc08da7051d992325d6e67daa9045a918fffdbea
readonly inner=ports/cc3200/FreeRTOS/Source

fail() {
  echo "fetch_kernel.sh: $*" >&2
  exit 1
}

is_kernel() {
  [ -f "$1/tasks.c" ] && [ -f "$1/queue.c" ] && [ -f "$1/timers.c" ] && [ -f "$1/event_groups.c" ] && [ -f "$1/list.c" ] &&
    [ -f "$1/include/FreeRTOS.h" ] && [ -f "$1/portable/MemMang/heap_4.c" ]
}

if [ -n "${FREERTOS_KERNEL_PATH:-}" ]; then
  for candidate in "$FREERTOS_KERNEL_PATH" "$FREERTOS_KERNEL_PATH/Source" "$FREERTOS_KERNEL_PATH/FreeRTOS/Source" \
    "$FREERTOS_KERNEL_PATH/FreeRTOS-Kernel"; do
    if is_kernel "$candidate"; then
      cd "$candidate" && pwd
      exit 0
    fi
  done
  fail "FREERTOS_KERNEL_PATH=$FREERTOS_KERNEL_PATH holds no FreeRTOS kernel: tasks.c, queue.c, timers.c, event_groups.c, list.c," \
    "include/FreeRTOS.h and portable/MemMang/heap_4.c are needed there, in Source/, FreeRTOS/Source/ or FreeRTOS-Kernel/"
fi

cache=${XDG_CACHE_HOME:-$HOME/.cache}/espb/freertos
kernel=$cache/V9.0.0
if is_kernel "$kernel" && [ -f "$kernel/.complete" ]; then
  echo "$kernel"
  exit 0
fi

# The address of the Debian archive the machine installs from: what apt already knows about it when package lists are there, and
# otherwise what the source files say.
debian_mirror() {
  if [ -n "${ESPB_DEBIAN_MIRROR:-}" ]; then
    echo "$ESPB_DEBIAN_MIRROR"
    return
  fi
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" { print $3; exit }'
}

mirror_from_sources() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null | awk '
    $1 == "deb" || $1 == "deb-src" {
      sub(/\[[^]]*\]/, "")
      if ($2 ~ /\/debian\/?$/) { print $2; exit }
    }
    $1 == "URIs:" { for (i = 2; i <= NF; i++) if ($i ~ /\/debian\/?$/) { print $i; exit } }'
}

# What helps when the network does not.
readonly otherwise="; without it: FREERTOS_KERNEL_PATH names a kernel on this machine, ESPB_FREERTOS_TARBALL the file\
 ${package}_1.25.0+ds.orig.tar.xz of Debian's source package, ESPB_DEBIAN_MIRROR another mirror"

mkdir -p "$cache"
work=$(mktemp -d "$cache/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

if [ -n "${ESPB_FREERTOS_TARBALL:-}" ]; then
  tarball=$ESPB_FREERTOS_TARBALL
  [ -f "$tarball" ] || fail "ESPB_FREERTOS_TARBALL=$tarball: no such file"
else
  command -v apt-get >/dev/null || fail "apt-get is needed to fetch FreeRTOS; or set FREERTOS_KERNEL_PATH to a kernel of your own"
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || mirror=$(mirror_from_sources)
  [ -n "$mirror" ] || fail "no Debian mirror in this machine's apt sources; set ESPB_DEBIAN_MIRROR or FREERTOS_KERNEL_PATH"
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -f "$keyring" ] || fail "$keyring is missing (package debian-archive-keyring): the download could not be trusted"

  mkdir -p "$work/parts" "$work/lists/partial" "$work/cache/archives/partial" "$work/source"
  echo "deb-src [signed-by=$keyring] $mirror $suite main" >"$work/sources.list"
  apt() {
    apt-get -q -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts="$work/parts" \
      -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" \
      -o Acquire::Languages=none -o Acquire::IndexTargets::deb-src::Contents-deb::DefaultEnabled=false \
      -o APT::Get::List-Cleanup=false -o Acquire::Retries=3 "$@"
  }
  echo "fetch_kernel.sh: fetching FreeRTOS V9.0.0 (Debian source package $package $version)" >&2
  apt update >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "apt-get update failed for the source list of $suite$otherwise"; }
  (cd "$work/source" && apt source --download-only "$package=$version" >"$work/log" 2>&1) ||
    { cat "$work/log" >&2; fail "apt-get source $package=$version failed$otherwise"; }
  tarball=$(find "$work/source" -name "${package}_*.orig.tar.xz" -o -name "${package}_*.orig.tar.gz" | head -n 1)
  [ -n "$tarball" ] || { cat "$work/log" >&2; fail "the source package $package holds no orig tarball"; }
fi

actual=$(sha256sum "$tarball" | cut -d' ' -f1)
[ "$actual" = "$tarball_sha256" ] ||
  fail "$(basename "$tarball") has the sha256 $actual, expected $tarball_sha256: not used"

mkdir "$work/tree"
tar -xf "$tarball" -C "$work/tree" --wildcards "*/$inner/*" || fail "cannot unpack $inner from $(basename "$tarball")"
source=$(find "$work/tree" -path "*/$inner" -type d | head -n 1)
[ -n "$source" ] && is_kernel "$source" || fail "$(basename "$tarball") has no complete kernel in $inner"
touch "$source/.complete"

# A second process may have been faster; a directory is moved into place whole or not at all.
rm -rf "$kernel.old"
if [ -e "$kernel" ] && [ ! -f "$kernel/.complete" ]; then
  mv "$kernel" "$kernel.old"
  rm -rf "$kernel.old"
fi
if [ ! -e "$kernel" ]; then
  mv -T "$source" "$kernel" 2>/dev/null || [ -f "$kernel/.complete" ] || fail "cannot move the kernel to $kernel"
fi
echo "$kernel"
