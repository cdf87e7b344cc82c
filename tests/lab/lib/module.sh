# SPDX-License-Identifier: GPL-2.0
# Our gtp.ko, built out of the tree from a copy of its sources. Every state of
# the sources has a folder of its own: kernels never share objects, and neither
# do runs at the same time, whatever is being edited meanwhile.

# module_source DIR: copies what the module is made of, $GTP_LAB_SOURCE or the
# tree's kernel/, to a new DIR.
module_source()
{
	mkdir -p "$1"
	(cd "${GTP_LAB_SOURCE:-$top_dir/kernel}" && tar cf - --exclude='*.o' .) |
		(cd "$1" && tar xf -)
}

# module_build BASE HEADERS [MAKE-ARGUMENT ...]: sets $module_ko. Builds below
# BASE against the kernel in HEADERS.
module_build()
{
	need make gcc
	_base=$1 _headers=$2
	shift 2
	mkdir -p "$_base"
	_copy=$_base/copy.$$
	rm -rf "$_copy"
	module_source "$_copy"
	_sum=$(cd "$_copy" && find . -type f -print0 | LC_ALL=C sort -z |
		xargs -0 cksum | cksum | cut -d' ' -f1)
	_build=$_base/$_sum
	(
		flock 9
		[ -d "$_build" ] || mv "$_copy" "$_build"
		rm -rf "$_copy"
		[ -e "$_build/ready" ] && exit 0
		make -C "$_headers" M="$_build" "$@" ${GTP_LAB_MAKEFLAGS:-} \
			modules >"$_build.log" 2>&1 9>&- || {
			cat "$_build.log" >&2
			exit 1
		}
		touch "$_build/ready"
		# What was built long ago will not be asked for again.
		find "$_base" -mindepth 1 -maxdepth 1 -mmin +600 -exec rm -rf {} +
	) 9>"$_base/lock" || die "gtp.ko does not build against $_headers"
	touch "$_build"
	module_ko=$_build/gtp.ko
}
