# SPDX-License-Identifier: GPL-2.0
# Sourced by every lab script: where things are, and how to complain.

lab_dir=${lab_dir:?set by the caller}
top_dir=$(cd "$lab_dir/../.." && pwd)
cache=${GTP_LAB_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/gtp-tools/lab}

say() { [ -n "${GTP_LAB_QUIET:-}" ] || echo "lab: $*" >&2; }

# die WHAT [ADVICE]
die()
{
	echo "lab: $1" >&2
	[ -z "${2:-}" ] || echo "  try: $2" >&2
	exit 3
}

need()
{
	for _tool; do
		command -v "$_tool" >/dev/null 2>&1 ||
			die "$_tool is not installed" "scripts/install-deps"
	done
}
