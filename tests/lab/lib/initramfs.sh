# SPDX-License-Identifier: GPL-2.0
# A busybox, the modules that mount the host's root, and lab/init.

# In the order to insert them; what is built in is left out.
_boot_modules="virtio_pci virtio_console virtio_rng 9p 9pnet_virtio overlay"

# initramfs_build: sets $initramfs. Needs $kernel_root and $kernel_release.
initramfs_build()
{
	initramfs=$kernel_root/initramfs
	# shellcheck disable=SC3013 # dash has -nt
	[ "$initramfs" -nt "$lab_dir/init" ] &&
		[ "$initramfs" -nt "$lab_dir/lib/initramfs.sh" ] && return

	need busybox cpio modprobe xz
	# It has to run before there is a C library.
	! ldd "$(command -v busybox)" >/dev/null 2>&1 ||
		unable "busybox is not statically linked" "apt-get install busybox-static"
	_dir=$kernel_root/initramfs.$$
	mkdir -p "$_dir/bin" "$_dir/modules" "$_dir/proc" "$_dir/sys" "$_dir/dev" \
		 "$_dir/ro" "$_dir/rw" "$_dir/guest"
	cp "$(command -v busybox)" "$_dir/bin/busybox"
	cp "$lab_dir/init" "$_dir/init"
	chmod 755 "$_dir/init"
	_n=100
	for _module in $_boot_modules; do
		modprobe -d "$kernel_root" -S "$kernel_release" \
			--show-depends "$_module" 2>/dev/null
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' |
	while read -r _ko; do
		_n=$((_n + 1))
		_name=$_n-$(basename "$_ko" | sed 's/\.ko.*/.ko/')
		case $_ko in
		*.xz) xz -dc "$_ko" >"$_dir/modules/$_name" ;;
		*.zst) zstd -qdc "$_ko" >"$_dir/modules/$_name" ;;
		*) cp "$_ko" "$_dir/modules/$_name" ;;
		esac
	done
	(cd "$_dir" && find . | cpio -o -H newc --quiet) >"$initramfs.new"
	mv "$initramfs.new" "$initramfs"
	rm -rf "$_dir"
}
