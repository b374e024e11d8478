#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Prints the folder of the Xtensa toolchain (bin/xtensa-espb-elf-gcc and so on, picolibc, freestanding libstdc++). When it is not there yet it is
# built from Debian's source packages first, in about twelve minutes on two cores; a second process waits for the first one.
#
# Debian has no Xtensa compiler with register windows. binutils and GCC are taken as they are, except for the table of the core's instructions:
# that is the one of QEMU's core de233_fpu, from QEMU's source, so that assembler, compiler and emulator agree.
#
#   scripts/xtensa_toolchain.sh           builds if need be
#   scripts/xtensa_toolchain.sh --find    never builds: fails when the toolchain is not there
#
# Environment: ESPB_XTENSA_PREFIX  where the toolchain is or goes, instead of ${XDG_CACHE_HOME:-$HOME/.cache}/espb/xtensa-VERSION
#              ESPB_DEBIAN_MIRROR  the mirror to use instead of the one in the machine's apt sources
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

readonly version=14.2-2 # GCC's version, and a number that goes up with every change of what is built
readonly target=xtensa-espb-elf
readonly binutils=2.40 gcc=14.2.0 gcc_major=14 picolibc=1.8.10
prefix=${ESPB_XTENSA_PREFIX:-${XDG_CACHE_HOME:-$HOME/.cache}/espb/xtensa-$version}

fail() {
  echo "xtensa_toolchain.sh: $*" >&2
  exit 1
}

if [ -f "$prefix/.complete" ]; then
  echo "$prefix"
  exit 0
fi
[ "${1:-}" != --find ] || fail "no toolchain in $prefix; scripts/xtensa_toolchain.sh builds it"

missing=()
for tool in apt-get dpkg-deb g++ make bison flex m4 patch xz python3 meson ninja flock; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
for header in gmp.h mpfr.h mpc.h zlib.h; do
  echo "#include <$header>" | g++ -E -x c++ - >/dev/null 2>&1 || missing+=("<$header>")
done
[ ${#missing[@]} -eq 0 ] || fail "these are missing: ${missing[*]}; scripts/setup.sh installs them"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -f "$keyring" ] || fail "$keyring is missing (package debian-archive-keyring): the download could not be trusted"

mkdir -p "$(dirname "$prefix")"
exec 9>"$prefix.lock"
if ! flock -n 9; then
  echo "xtensa_toolchain.sh: another process builds $prefix; waiting" >&2
  flock 9
fi
if [ -f "$prefix/.complete" ]; then
  echo "$prefix"
  exit 0
fi
[ ! -e "$prefix" ] || [ -z "$(ls -A "$prefix")" ] || fail "$prefix is something else (no .complete in it): not touched"

work=$(mktemp -d "$prefix.work.XXXXXX")
log=$prefix.log
: >"$log"
finish() {
  local status=$?
  if [ $status -ne 0 ]; then
    tail -n 20 "$log" >&2
    echo "xtensa_toolchain.sh: building the Xtensa toolchain failed; the whole log is $log" >&2
  fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

step() {
  echo "xtensa_toolchain.sh: $1 (${SECONDS} s)" >&2
  echo "== $1" >>"$log"
}

# The Debian archive the machine installs from.
mirror=${ESPB_DEBIAN_MIRROR:-}
if [ -z "$mirror" ]; then
  mirror=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" && !found { print $3; found = 1 }' || true)
fi
if [ -z "$mirror" ]; then
  mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null | awk '
    $1 == "deb" || $1 == "deb-src" { sub(/\[[^]]*\]/, ""); if ($2 ~ /\/debian\/?$/ && !found) { print $2; found = 1 } }
    $1 == "URIs:" { for (i = 2; i <= NF; i++) if ($i ~ /\/debian\/?$/ && !found) { print $i; found = 1 } }' || true)
fi
[ -n "$mirror" ] || fail "no Debian mirror in this machine's apt sources; set ESPB_DEBIAN_MIRROR"

# A private apt configuration: neither the machine's package lists nor its sources are touched, and no root rights are needed.
step "fetching the sources"
mkdir -p "$work"/{parts,lists/partial,cache/archives/partial,get,source,stage}
cat >"$work/sources.list" <<END
deb-src [signed-by=$keyring] $mirror bookworm main
deb [signed-by=$keyring] $mirror bookworm main
deb [signed-by=$keyring] $mirror trixie main
deb-src [signed-by=$keyring] $mirror trixie main
END
private_apt() {
  apt-get -q -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts="$work/parts" -o Dir::State::Lists="$work/lists" \
    -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none -o Acquire::Retries=3 \
    -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false \
    -o Acquire::IndexTargets::deb-src::Contents-deb::DefaultEnabled=false "$@"
}
private_apt update >>"$log" 2>&1
cd "$work/get"
private_apt download binutils-source/bookworm gcc-$gcc_major-source/trixie >>"$log" 2>&1
private_apt source --tar-only qemu/bookworm >>"$log" 2>&1
private_apt source --tar-only picolibc/trixie >>"$log" 2>&1

step "unpacking"
cd "$work/source"
for package in binutils-source gcc-$gcc_major-source; do
  dpkg-deb -x "$work/get/$package"_*.deb packages
done
tar -xf packages/usr/src/binutils/binutils-$binutils.tar.xz
tar -xf packages/usr/src/gcc-$gcc_major/gcc-$gcc-dfsg.tar.xz
(cd gcc-$gcc && patch -s -p2 <../packages/usr/src/gcc-$gcc_major/patches/gcc-gfdl-build.diff >>"$log" 2>&1)
mkdir picolibc qemu
tar -xf "$work/get/picolibc_$picolibc.orig.tar.gz" -C picolibc --strip-components=1
tar -xf "$(find "$work/get" -name 'qemu_*.orig.tar.*' ! -name '*.asc' | head -n 1)" -C qemu --strip-components=1 --wildcards '*/target/xtensa/*'
rm -rf packages "$work/get" "$work/lists" "$work/cache"

for tree in binutils-$binutils gcc-$gcc; do
  mv $tree/include/xtensa-config.h xtensa-config.h
  python3 "$here/xtensa_config.py" xtensa-config.h $tree/include/xtensa-config.h
done
sed 's/#include "xtensa-isa.h"/#include "ansidecl.h"\n#include <xtensa-isa.h>/' qemu/target/xtensa/core-de233_fpu/xtensa-modules.c.inc \
  >binutils-$binutils/bfd/xtensa-modules.c

jobs=$(nproc)
stage=$work/stage
export PATH=$stage/bin:$PATH CFLAGS="-O1 -g0 -w -pipe" CXXFLAGS="-O1 -g0 -w -pipe"
for_target="-O2 -g0 -mtext-section-literals"

step "building binutils $binutils"
mkdir "$work/binutils" && cd "$work/binutils"
"$work/source/binutils-$binutils/configure" --target=$target --prefix="$stage" --disable-nls --disable-werror --disable-gdb --disable-gdbserver \
  --disable-sim --disable-libdecnumber --disable-readline --disable-gprof --disable-gprofng --disable-plugins MAKEINFO=true >>"$log" 2>&1
make -j"$jobs" MAKEINFO=true >>"$log" 2>&1
make install-strip MAKEINFO=true >>"$log" 2>&1

step "building GCC $gcc"
mkdir "$work/gcc" && cd "$work/gcc"
"$work/source/gcc-$gcc/configure" --target=$target --prefix="$stage" --enable-languages=c,c++ --without-headers --with-newlib \
  --disable-hosted-libstdcxx --disable-bootstrap --disable-nls --disable-shared --disable-threads --disable-multilib --disable-tls --disable-libssp \
  --disable-libgomp --disable-libquadmath --disable-libatomic --disable-lto --disable-plugin --disable-libcc1 --disable-decimal-float \
  --disable-fixed-point --without-zstd --without-isl --enable-checking=release MAKEINFO=true \
  CFLAGS_FOR_TARGET="$for_target" CXXFLAGS_FOR_TARGET="$for_target" >>"$log" 2>&1
make -j"$jobs" all-gcc MAKEINFO=true >>"$log" 2>&1
step "building GCC's libraries"
make -j"$jobs" all-target-libgcc MAKEINFO=true >>"$log" 2>&1
make install-strip-gcc install-target-libgcc MAKEINFO=true >>"$log" 2>&1
make -j"$jobs" all-target-libstdc++-v3 MAKEINFO=true >>"$log" 2>&1
make install-target-libstdc++-v3 MAKEINFO=true >>"$log" 2>&1

step "building picolibc $picolibc"
libc=$stage/$target
mkdir -p "$libc/include/xtensa/config" # what picolibc's assembly asks about the core
cp "$work/source/qemu/target/xtensa/core-de233_fpu/core-isa.h" "$libc/include/xtensa/config/"
cat >"$work/cross.txt" <<END
[binaries]
c = ['$stage/bin/$target-gcc', '-nostdlib']
ar = '$stage/bin/$target-ar'
as = '$stage/bin/$target-as'
nm = '$stage/bin/$target-nm'
strip = '$stage/bin/$target-strip'
[host_machine]
system = 'none'
cpu_family = 'xtensa'
cpu = 'xtensa'
endian = 'little'
[properties]
skip_sanity_check = true
c_args = ['-mtext-section-literals', '-O2', '-ffunction-sections', '-fdata-sections']
END
unset CFLAGS CXXFLAGS
meson setup "$work/picolibc" "$work/source/picolibc" --cross-file "$work/cross.txt" -Dprefix="$libc" -Dlibdir=lib -Dincludedir=include \
  -Dspecsdir=none -Dmultilib=false -Dpicocrt=false -Dtests=false -Dsemihost=false -Dthread-local-storage=false -Dio-long-long=true \
  -Dformat-default=double -Dposix-console=false >>"$log" 2>&1
ninja -C "$work/picolibc" -j"$jobs" install >>"$log" 2>&1
# GCC links these besides libc: what Tensilica's simulator would bring. A board brings its own.
for library in sim handlers-sim hal; do
  "$stage/bin/$target-ar" rcs "$libc/lib/lib$library.a"
done

step "checking"
cd "$work"
printf '#include <stdio.h>\n#include <math.h>\nint main(int c, char **v) { return sprintf(v[0], "%%f", sin(c)); }\n' >check.c
"$stage/bin/$target-gcc" -O2 -mtext-section-literals -nostartfiles check.c -lm -o check.elf >>"$log" 2>&1
for library in libc.a libm.a libgcc.a libsupc++.a; do
  [ -f "$("$stage/bin/$target-gcc" -print-file-name=$library)" ] || fail "no $library came out of the build"
done
rm -rf "$stage/share"
touch "$stage/.complete"
# In place whole or not at all; GCC finds its parts relative to itself.
rmdir "$prefix" 2>/dev/null || true
mv -T "$stage" "$prefix"
step "done: $prefix"
echo "$prefix"
