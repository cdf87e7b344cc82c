# SPDX-License-Identifier: GPL-2.0
# A User-Mode-Linux kernel from Debian's linux-source with every checker on:
# KASAN, lockdep, RCU proofs, kmemleak. Built once (a quarter of an hour),
# boots in seconds, one processor. The host's root is mounted read-only.

_debug_series=6.12

# debug_source: sets $source, Debian's sources, unpacked once.
debug_source()
{
	source=$_debug_dir/linux-source-$_debug_series
	[ -e "$source/.complete" ] && return
	need apt-get dpkg-deb tar xz
	say "fetching the sources of Linux $_debug_series (once)"
	rm -rf "$source" "$_debug_dir/unpack"
	mkdir -p "$_debug_dir/unpack"
	(cd "$_debug_dir/unpack" &&
		{ apt-get -q download "linux-source-$_debug_series" >&2 ||
			{ apt-get -q update >&2 &&
			  apt-get -q download "linux-source-$_debug_series" >&2; }; } &&
		dpkg-deb -x linux-source-*.deb . &&
		tar xf "usr/src/linux-source-$_debug_series.tar.xz" -C "$_debug_dir") ||
		die "cannot get linux-source-$_debug_series"
	rm -rf "$_debug_dir/unpack"
	touch "$source/.complete"
}

# debug_build: sets $debug (the build folder). A second run with the same
# debug.config and sources changes nothing; with another it builds what differs.
debug_build()
{
	_debug_dir=$cache/debug
	debug=$_debug_dir/build
	_wanted=$(cksum <"$lab_dir/debug.config")
	[ "$(cat "$debug/ready" 2>/dev/null)" = "$_wanted" ] && return
	need make gcc flex bison bc flock
	mkdir -p "$debug"
	exec 9>"$_debug_dir/lock"
	flock 9
	[ "$(cat "$debug/ready" 2>/dev/null)" = "$_wanted" ] && { exec 9>&-; return; }
	debug_source
	say "building the debug kernel (once, about 15 minutes)"
	_make="make -C $source ARCH=um O=$debug"
	{
		if [ "$(cat "$debug/configured" 2>/dev/null)" != "$_wanted" ]; then
			$_make tinyconfig &&
				(cd "$debug" && ARCH=um "$source/scripts/kconfig/merge_config.sh" \
					-m -O . .config "$lab_dir/debug.config") &&
				$_make olddefconfig &&
				echo "$_wanted" >"$debug/configured"
		fi &&
			$_make "-j$(nproc)" ${GTP_LAB_MAKEFLAGS:-}
	} >"$_debug_dir/build.log" 2>&1 9>&- ||
		die "the debug kernel does not build: $_debug_dir/build.log"
	echo "$_wanted" >"$debug/ready"
	exec 9>&-
}

debug_module()
{
	module_build "$cache/debug/gtp-build" "$debug" ARCH=um
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
