# SPDX-License-Identifier: GPL-2.0
# Debian's kernel and header packages, unpacked into the cache. Nothing is
# installed: apt only downloads, dpkg-deb only unpacks. No version is pinned:
# Debian's security updates move them, and what they replace is gone.

# apt-get or apt-cache $1, on the host's package lists or, after apt_update,
# on lists of our own: no root needed, and the host's stay as they are.
apt()
{
	_tool=$1
	shift
	if [ -d "$cache/apt/lists" ]; then
		set -- -o "Dir::State::lists=$cache/apt/lists" -o "Dir::Cache=$cache/apt" "$@"
	fi
	"$_tool" -o APT::Sandbox::User=root -o Acquire::Retries=2 \
		-o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 \
		-o Acquire::Languages=none "$@" </dev/null
}

apt_update()
{
	say "fetching apt's package lists"
	mkdir -p "$cache/apt/lists/partial" "$cache/apt/archives/partial"
	# One source of several may fail; whether ours did shows when we look.
	apt apt-get -q update >"$cache/apt/log" 2>&1 || tail -n 3 "$cache/apt/log" >&2
}

# The kernel of series $1, by way of Debian's meta packages, as uname -r will
# say it. Debian 12's own kernel is 6.1, newer ones are in its updates.
kernel_release_of()
{
	for _meta in "linux-image-$1-amd64" linux-image-amd64; do
		apt apt-cache depends "$_meta" 2>/dev/null |
			sed -n "s/^ *Depends: linux-image-\($1[.].*-amd64\)\$/\1/p"
	done | head -n 1
}

# apt wants "common" headers and kbuild beside the flavour's own headers.
kernel_packages()
{
	echo "linux-image-$1 linux-headers-$1"
	apt apt-cache depends "linux-headers-$1" |
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

# kernel_download SERIES: leaves packages in $cache/download, sets $kernel_release.
kernel_download()
{
	rm -rf "$cache/download" "$cache/download.log"
	kernel_release=$(kernel_release_of "$1")
	[ -n "$kernel_release" ] || return
	say "fetching Linux $kernel_release (once)"
	mkdir -p "$cache/download"
	_packages=$(kernel_packages "$kernel_release")
	# shellcheck disable=SC2086 # a list of package names
	(cd "$cache/download" && apt apt-get -q download $_packages >../download.log 2>&1)
}

kernel_unable()
{
	[ ! -e "$cache/download.log" ] || tail -n 3 "$cache/download.log" >&2
	ls "$cache"/apt/lists/*Release >/dev/null 2>&1 ||
		unable "apt cannot download Linux $1: no package source can be reached"
	[ -n "$kernel_release" ] || unable "apt knows no Linux $1 (Debian 12 has 6.1 and 6.12)"
	unable "apt cannot download Linux $kernel_release"
}

# kernel_fetch SERIES: sets $kernel_root and $kernel_release.
kernel_fetch()
{
	_series=$1
	if [ -z "${GTP_LAB_REFRESH:-}" ] && [ -e "$cache/$_series/ready" ]; then
		kernel_root=$(cd "$cache/$_series" && pwd -P)
		kernel_release=$(cat "$kernel_root/ready")
		return
	fi
	need apt-get apt-cache dpkg dpkg-deb depmod
	[ "$(dpkg --print-architecture)" = amd64 ] ||
		unable "the lab's kernels are for amd64, this is $(dpkg --print-architecture)"
	# Lists of last week name files that are gone today.
	kernel_download "$_series" || { apt_update; kernel_download "$_series"; } ||
		kernel_unable "$_series"
	kernel_root=$cache/$kernel_release
	rm -rf "$kernel_root"
	mkdir -p "$kernel_root"
	for _deb in "$cache/download"/*.deb; do
		dpkg-deb -x "$_deb" "$kernel_root" || die "cannot unpack $_deb"
	done
	rm -rf "$cache/download" "$cache/download.log" "$cache/apt"
	kernel_root=$(cd "$kernel_root" && pwd -P)
	kernel_relocate "$kernel_root"
	depmod -b "$kernel_root" "$kernel_release" || die "depmod failed"
	echo "$kernel_release" >"$kernel_root/ready"
	ln -sfn "$kernel_release" "$cache/$_series"
}
