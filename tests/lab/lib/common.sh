# SPDX-License-Identifier: GPL-2.0
# Sourced by every lab script: where things are, and how to complain.
# Status 77, of unable(), is "this host cannot run the lab": tests are skipped.

lab_dir=${lab_dir:?set by the caller}
top_dir=$(cd "$lab_dir/../.." && pwd)
cache=${GTP_LAB_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/gtp-tools/lab}

say() { [ -n "${GTP_LAB_QUIET:-}" ] || echo "lab: $*" >&2; }

# die WHAT [ADVICE]: something is broken.
die()
{
	echo "lab: $1" >&2
	[ -z "${2:-}" ] || echo "  try: $2" >&2
	exit 3
}

# unable WHY [ADVICE]: something is missing.
unable()
{
	echo "lab: $1" >&2
	[ -z "${2:-}" ] || echo "  try: $2" >&2
	exit 77
}

need()
{
	for _tool; do
		command -v "$_tool" >/dev/null 2>&1 ||
			unable "$_tool is not installed" "scripts/install-deps lab"
	done
}

# Runs that start at once fetch and build one after the other.
lock()
{
	mkdir -p "$cache" || unable "cannot write to $cache" "GTP_LAB_CACHE=DIR"
	exec 8>"$cache/lock"
	flock 8
}

unlock() { exec 8>&-; }

# quoted WORD: for a shell to read.
quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }
