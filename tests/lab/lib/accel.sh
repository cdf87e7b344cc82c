# SPDX-License-Identifier: GPL-2.0
# Whether KVM works. A /dev/kvm that opens proves nothing: inside some clouds'
# machines it cannot run a guest. So boot one, once, and remember.

# accel_probe: prints kvm or tcg. Needs $kernel_root, $kernel_release, $initramfs.
accel_probe()
{
	if [ ! -e "$cache/accel" ]; then
		_accel=tcg
		if [ -w /dev/kvm ]; then
			say "trying KVM (once)"
			timeout 10 qemu-system-x86_64 -nodefaults -no-user-config \
				-display none -no-reboot -accel kvm \
				-cpu max,-arch-capabilities -m 256 \
				-kernel "$kernel_root/boot/vmlinuz-$kernel_release" \
				-initrd "$initramfs" -append "panic=-1 lab.probe=1" \
				>/dev/null 2>&1 && _accel=kvm
		fi
		echo "$_accel" >"$cache/accel"
	fi
	cat "$cache/accel"
}
