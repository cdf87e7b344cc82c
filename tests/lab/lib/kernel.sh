# SPDX-License-Identifier: GPL-2.0
# Debian's kernel and header packages, unpacked into the cache. Nothing is
# installed: apt only downloads, dpkg-deb only unpacks.

# The packages that carry kernel series $1, by way of Debian's meta packages.
# Prints "RELEASE" (as uname -r will say it).
kernel_release_of()
{
	case $1 in
	6.1) _meta=linux-image-amd64 ;;
	*) _meta=linux-image-$1-amd64 ;;
	esac
	apt-cache depends "$_meta" 2>/dev/null |
		sed -n "s/^ *Depends: linux-image-\($1[.0-9].*-amd64\)\$/\1/p" |
		head -n 1
}

# apt wants "common" headers and kbuild beside the flavour's own headers.
kernel_packages()
{
	echo "linux-image-$1 linux-headers-$1"
	apt-cache depends "linux-headers-$1" |
		sed -n -e 's/^ *Depends: \(linux-headers-.*-common\)$/\1/p' \
		       -e 's/^ *Depends: \(linux-kbuild-.*\)$/\1/p'
}

# The unpacked headers name the folders they would be installed into.
kernel_relocate()
{
	_root=$1
	sed -i "s|^include /usr/src/|include $_root/usr/src/|" \
		"$_root"/usr/src/linux-headers-*-amd64/Makefile
	find "$_root/lib/modules" "$_root/usr/src" -type l |
	while read -r _link; do
		_to=$(readlink "$_link")
		case $_to in
		/usr/*) ln -sfn "$_root$_to" "$_link" ;;
		esac
	done
}

# kernel_fetch SERIES: sets $kernel_root and $kernel_release.
kernel_fetch()
{
	_series=$1
	mkdir -p "$cache"
	if [ -z "${GTP_LAB_REFRESH:-}" ] && [ -e "$cache/$_series/ready" ]; then
		kernel_root=$(cd "$cache/$_series" && pwd -P)
		kernel_release=$(cat "$kernel_root/ready")
		return
	fi
	need apt-get apt-cache dpkg-deb depmod
	kernel_release=$(kernel_release_of "$_series")
	if [ -z "$kernel_release" ]; then
		apt-get -q update >&2 || die "apt-get update failed"
		kernel_release=$(kernel_release_of "$_series")
	fi
	[ -n "$kernel_release" ] ||
		die "apt knows no kernel $_series" "apt-get update, or --kernel with another series"

	say "fetching Linux $kernel_release (once)"
	kernel_root=$cache/$kernel_release
	rm -rf "$kernel_root" "$cache/download.$$"
	mkdir -p "$kernel_root" "$cache/download.$$"
	_packages=$(kernel_packages "$kernel_release")
	# shellcheck disable=SC2086 # a list of package names
	(cd "$cache/download.$$" && apt-get -q download $_packages >&2) ||
		die "cannot download $_packages"
	for _deb in "$cache/download.$$"/*.deb; do
		dpkg-deb -x "$_deb" "$kernel_root" || die "cannot unpack $_deb"
	done
	rm -rf "$cache/download.$$"
	kernel_relocate "$kernel_root"
	depmod -b "$kernel_root" "$kernel_release"
	echo "$kernel_release" >"$kernel_root/ready"
	ln -sfn "$kernel_release" "$cache/$_series"
	kernel_root=$(cd "$kernel_root" && pwd -P)
}
