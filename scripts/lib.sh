# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the scripts beside this file share. Sourced by bash, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

step() { printf '\n== %s\n' "$*"; }
note() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# command_line WORD ...: as a user would type it.
command_line() {
  printf '$'
  printf ' %s' "${@@Q}" | sed "s/'\([A-Za-z0-9_.:=,+/-]*\)'/\1/g"
  printf '\n'
}

# die STATUS MESSAGE [ADVICE]
die() {
  note "$2"
  [ $# -lt 3 ] || printf '  try: %s\n' "$3" >&2
  exit "$1"
}

# build PRESET [TARGET ...]: configures and builds in build/PRESET. A compiler cache is used where there is one.
build() {
  local preset=$1 log=$root/build/$1.log targets=("${@:2}")
  if command -v ccache >/dev/null; then export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}; fi
  mkdir -p "$root/build"
  (cd "$root" && cmake --preset "$preset") >"$log" 2>&1 || { cat "$log" >&2 && return 1; }
  cmake --build "$root/build/$preset" ${targets[0]+--target "${targets[@]}"}
}
