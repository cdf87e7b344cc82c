# SPDX-License-Identifier: GPL-2.0
# Our gtp.ko, built against the unpacked headers. The sources are copied into
# the cache first: the tree stays clean, and two kernels never share objects.

# module_build: sets $module_ko. Needs $kernel_root and $kernel_release.
module_build()
{
	need make gcc
	_build=$kernel_root/gtp-build
	_headers=$kernel_root/usr/src/linux-headers-$kernel_release
	_log=$kernel_root/gtp-build.log
	mkdir -p "$_build"
	(cd "$top_dir/kernel" && tar cf - .) | (cd "$_build" && tar xf -)
	module_ko=$_build/gtp.ko
	make -C "$_headers" M="$_build" \
		CONFIG_DEBUG_INFO_BTF_MODULES= ${GTP_LAB_MAKEFLAGS:-} modules >"$_log" 2>&1 || {
		cat "$_log" >&2
		die "gtp.ko does not build for $kernel_release"
	}
}
