# SPDX-License-Identifier: GPL-2.0
# A User-Mode-Linux kernel from Debian's linux-source with every checker on:
# KASAN, lockdep, RCU proofs, kmemleak. Built once (a quarter of an hour),
# boots in seconds, one processor. The host's root is mounted read-only.

_debug_series=6.12

# debug_build: sets $debug (the build folder).
debug_build()
{
	_dir=$cache/debug
	_source=$_dir/linux-source-$_debug_series
	debug=$_dir/build
	[ -x "$debug/linux" ] && [ "$debug/linux" -nt "$lab_dir/debug.config" ] && return
	need apt-get make gcc flex bison
	mkdir -p "$debug"
	if [ ! -d "$_source" ]; then
		(cd "$_dir" && apt-get -q download "linux-source-$_debug_series" >&2 &&
			dpkg-deb -x linux-source-*.deb unpacked &&
			tar xf "unpacked/usr/src/linux-source-$_debug_series.tar.xz" &&
			rm -rf unpacked linux-source-*.deb) ||
			die "cannot get linux-source-$_debug_series"
	fi
	say "building the debug kernel (once, about 15 minutes)"
	{
		make -C "$_source" ARCH=um O="$debug" tinyconfig &&
			(cd "$debug" && ARCH=um "$_source/scripts/kconfig/merge_config.sh" \
				-m -O . .config "$lab_dir/debug.config") &&
			make -C "$_source" ARCH=um O="$debug" olddefconfig &&
			make -C "$_source" ARCH=um O="$debug" ${GTP_LAB_MAKEFLAGS:-}
	} >"$_dir/build.log" 2>&1 || die "the debug kernel does not build: $_dir/build.log"
}

debug_module()
{
	_build=$cache/debug/gtp-build
	mkdir -p "$_build"
	(cd "$top_dir/kernel" && tar cf - .) | (cd "$_build" && tar xf -)
	module_ko=$_build/gtp.ko
	make -C "$debug" ARCH=um M="$_build" modules >"$_build.log" 2>&1 || {
		cat "$_build.log" >&2
		die "gtp.ko does not build for the debug kernel"
	}
}

# debug_run: needs $job, $timeout, $memory; sets $emulator.
debug_run()
{
	cat >"$job/init" <<-END
		#!/bin/sh
		export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
		export HOME=/root LAB=1
		mount -t proc proc /proc
		mount -t sysfs sys /sys
		mount -t devtmpfs dev /dev
		mkdir -p /dev/pts /dev/shm
		mount -t tmpfs tmpfs /run
		mount -t tmpfs tmpfs /dev/shm
		mount -t debugfs debugfs /sys/kernel/debug
		mkdir -p /run/netns /run/lock /run/job
		mount -t hostfs -o "$job" none /run/job || mount -t hostfs none -o "$job" /run/job
		ip link set lo up
		status=3
		if [ -z "$module_arg" ] || insmod "$module_arg" 2>/run/job/err; then
			setsid -w /bin/sh /run/job/command </dev/null >/run/job/out 2>>/run/job/err
			status=\$?
		fi
		if [ -w /sys/kernel/debug/kmemleak ]; then
			echo scan >/sys/kernel/debug/kmemleak
			sleep 6
			echo scan >/sys/kernel/debug/kmemleak
			cat /sys/kernel/debug/kmemleak >/run/job/leaks
		fi
		dmesg >/run/job/console
		cat /run/job/leaks >>/run/job/console
		echo \$status >/run/job/end
		sync
		echo o >/proc/sysrq-trigger
		while :; do :; done
	END
	chmod 755 "$job/init"
	timeout -k 5 --foreground "$timeout" "$debug/linux" "mem=${memory}M" \
		rootfstype=hostfs rootflags=/ ro "init=$job/init" \
		con=null con0=null,fd:1 loglevel=7 >"$job/qemu" 2>&1 </dev/null
	emulator=$?
	[ -e "$job/console" ] || cp "$job/qemu" "$job/console"
	[ ! -e "$job/out" ] || cat "$job/out"
	[ ! -e "$job/err" ] || cat "$job/err" >&2
}
